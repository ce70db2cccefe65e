"""The words that a candidate's form is filled with, in the language in which it was said."""

from __future__ import annotations

from datetime import date

LONGEST_CLAIM = 400
CRITERIA = (
    "Yes if, {when}, it can be shown in public that this came true as claimed. Partly if only some of it did, or "
    "in a weaker form. Settled by first-hand records where there are any, otherwise by two independent reports."
)
CRITERIA_IN_CHINESE = (
    "是：{when}，有公開資料可證明此事如所述成真。部分：只有一部分成真，或程度較弱。"
    "有第一手紀錄者以其為準，否則以兩份各自獨立的報導為準。"
)


def criteria(deadline: date | None, language: str) -> str:
    """How to tell whether it came true, to be made more exact by whoever logs it."""
    if language.startswith("zh"):
        day = (
            f"到 {deadline.year} 年 {deadline.month} 月 {deadline.day} 日為止" if deadline else "在未來某一天"
        )
        return CRITERIA_IN_CHINESE.format(when=day)
    day = f"by {deadline.day} {deadline:%B %Y}" if deadline else "on some day to come"
    return CRITERIA.format(when=day)


def claim(quote: str, language: str) -> str:
    """The quote as a sentence to be made into a claim: one line, a capital, a full stop, not too long."""
    words = " ".join(quote.split()).strip(" ,;:–-，、；：")
    if len(words) > LONGEST_CLAIM - 1:
        words = words[: LONGEST_CLAIM - 2].rsplit(" ", 1)[0] + "…"
    if words and words[-1] not in ".!?…。！？":
        words += "。" if language.startswith("zh") else "."
    return words[:1].upper() + words[1:]
