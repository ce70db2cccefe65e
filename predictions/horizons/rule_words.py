"""What each rule does, in words for a reader."""

from __future__ import annotations

RULES = {
    "in N": "counted from the day it was said",
    "within N": "any day from the day it was said until that much later",
    "the next N": "the stretch that starts on the day it was said",
    "N to M": "between the shorter and the longer length, counted from the day it was said; the longer one sets the deadline",
    "the next N quarters": "whole calendar quarters, from the next one on",
    "N after a day": "counted from the day that is named",
    "N before a day": "counted back from the day that is named",
    "a weekday of that week": "that weekday of the week so far ahead",
    "by": "any day up to the last day of the time named",
    "before": "any day before the time named begins",
    "before the end": "any day up to the end that is named",
    "a period": "any day of the period named; its last day is the deadline",
    "a day": "the day that is named",
    "from one period to another": "from the first day of the one to the last day of the other",
    "this time again": "about the same day, so much later",
    "outer bound of several": "several horizons in one statement: the latest of them is the deadline, and the first is what was hoped for",
    "outer bound, with a best estimate": "the outer bound is the deadline, and the estimate is kept beside it",
}
IN_CHINESE = {
    "in N": "從說出的那一天起算",
    "within N": "從說出的那一天起，到那麼久之後為止的任何一天",
    "the next N": "從說出的那一天開始的那段時間",
    "N to M": "介於較短與較長的時間之間，從說出的那一天起算；期限依較長者",
    "the next N quarters": "完整的曆季，從下一季起",
    "N after a day": "從所說的那一天起算",
    "N before a day": "從所說的那一天往回算",
    "a weekday of that week": "那麼久之後的那一週，所說的星期幾",
    "by": "到所說時間的最後一天為止的任何一天",
    "before": "所說時間開始之前的任何一天",
    "before the end": "到所說的結束之時為止的任何一天",
    "a period": "所說時段中的任何一天；最後一天為期限",
    "a day": "所說的那一天",
    "from one period to another": "從前一個時段的第一天，到後一個時段的最後一天",
    "this time again": "那麼久之後，大約同一天",
    "outer bound of several": "一句話裡有數個期限：最晚的為期限，最早的是原先的期望",
    "outer bound, with a best estimate": "外限為期限，估計值列在旁邊",
}


def rule_in_words(rule: str, language: str | None = None) -> str:
    """What the rule of a horizon does, for a reader; "" for a name that no rule has.

    In Chinese when ``language`` is "zh", else in English.
    """
    return (IN_CHINESE if language == "zh" else RULES).get(rule, "")
