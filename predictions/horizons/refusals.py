"""Why no date can be derived from some words, for a reader."""

from __future__ import annotations

from datetime import date

from predictions.horizons.patterns import NAME
from predictions.horizons.reading import parse

SENTENCES = {"en": "No date can be derived: {}.", "zh": "無法推算日期：{}。"}
CHINESE_REASONS = {
    "vague": "用詞含糊（如「不久」、「遲早」），沒有指明時間",
    "at least": "只說了下限（如「至少」、「不早於」），沒有最後一天",
    "rate": "說的是頻率（如「每年」），不是時間點",
    "past": "所說的時間在說話當天已經過去",
    "event": "時間取決於一件事，而話中沒有說那件事的日期",
    "fiscal": "說的是會計年度或學年，而各公司、各學校的起訖不同",
    "calendar": "說的是其他曆法（如農曆）的日期，無法換算",
    "part": "所說的時間只有一部分讀得懂",
    "year or length": "所說的數字可能是民國紀年，也可能是時間的長短",
    "tolerance": "只說了誤差，沒有說時間長短",
    "no such day": "那個月沒有這一天",
    "beyond": "日期超出了公元九九九九年",
    "none": "話中沒有提到未來的時間",
}
REASONS = {
    "vague": "the words are vague (“soon”, “eventually”) and name no time",
    "at least": "only a lower bound is given (“at least”, “not before”), which has no last day",
    "rate": "the words give a rate (“a year”, “every month”), not a point in time",
    "past": "the time that is named was over on the day it was said",
    "event": "the time depends on an event whose date the words do not give",
    "fiscal": "a fiscal period is named, and fiscal and school years differ from place to place",
    "calendar": "the date is of a calendar that is not read, like the lunar one",
    "part": "the words name a time of which only a part can be read",
    "year or length": "the number may be a year of the Republic of China or a length of time",
    "tolerance": "only a tolerance (“give or take”) is given, with no length to apply it to",
    "no such day": "the month has no such day",
    "beyond": "the date lies beyond the year 9999",
    "none": "the words name no time in the future",
}


def why_not(text: str, said_on: date, language: str | None = None) -> str:
    """Why no date can be derived from a text, as a sentence for a reader; "" when one can.

    In Chinese when ``language`` is "zh", else in English.
    """
    reason = refusal(text, said_on)
    return _sentence(reason, language) if reason else ""


def retold(sentence: str, language: str | None = None) -> str:
    """What ``why_not`` once said in English, in ``language``; anything else as it is."""
    return next(
        (_sentence(reason, language) for reason in REASONS if _sentence(reason) == sentence), sentence
    )


def _sentence(reason: str, language: str | None = None) -> str:
    if language == "zh":
        return SENTENCES["zh"].format(CHINESE_REASONS[reason])
    return SENTENCES["en"].format(REASONS[reason])


def refusal(text: str, said_on: date) -> str:
    """The name of the reason; "" when there is a date after all."""
    tokens = parse(text, said_on)
    reasons = []
    for letter, value in zip(tokens.kinds, tokens.values, strict=True):
        name = NAME[letter]
        if name == "READING":
            if value.deadline >= said_on:
                return ""
            reasons.append("past")
        elif name in ("REFUSED", "BEYOND", "VAGUE", "EVENT", "OTHER_YEAR"):
            reasons.append(value)
    return reasons[0] if reasons else "event" if depends(tokens.kinds) else "none"


def depends(kinds: str) -> bool:
    """Whether the words hang on something that is to happen first."""
    names = [NAME[letter] for letter in kinds]
    return any(name in ("NEXT", "BEFORE", "AFTER", "UNTIL", "IF", "BEFORE_POST", "BY") for name in names)
