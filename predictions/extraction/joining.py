"""Which sentences only go on with what the one before said: answers, afterthoughts, conditions taken up again."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from datetime import date

from predictions.extraction.claim import Claim
from predictions.extraction.features import Features, features
from predictions.extraction.sentences import Sentence
from predictions.extraction.signs import BIAS, Sign

DATES = frozenset((Sign.DATED, Sign.SPAN))
COUNTED = DATES | {Sign.QUANTITY}
LONGEST = 800  # characters that one claim may come to
SHORT = 60  # characters of an answer or an afterthought
BREATH = r"(?:uh|um|er|hmm|well|and|but|so|or|oh|like|you know|i mean|i guess|i think|i'd say|i don't know|(?:he|she|they) says?|,|\s)*"
ANSWER = re.compile(
    BREATH
    + r"(?:(?:yes|yeah|no|nope|never|probably|definitely|absolutely|certainly|of course|all of|both|neither|not|maybe|perhaps|possibly|"
    r"i think so|i doubt|about|within|in|by|around)\b|是|不|會|会|可能|大概|也許|也许|當然|当然|肯定)",
    re.IGNORECASE,
)
AFTERTHOUGHT = re.compile(
    BREATH
    + r"(?:(?:maybe|perhaps|possibly|probably|at least|at most|less|more|or|of which|could be|as much as|up to|within|in|by|around|about)\b|"
    r"也許|也许|可能|大概|最多|至少|不到)",
    re.IGNORECASE,
)
CONDITION = re.compile(
    BREATH
    + r"(?:if\s+)+(?:it|so|they|he|she|that|this|we|not)\b\s*(?:is|are|does|do|doesn't|happens|not|,)|如果(?:是|會|不會|真的)",
    re.IGNORECASE,
)
HOW_LONG = re.compile(
    r"\b(?:how (?:long|far|soon|many (?:years|months))|when)\b|多久|何時|什麼時候|幾年|几年", re.IGNORECASE
)


def antecedent(text: str, recent: deque[Claim], part: Claim) -> Claim | None:
    """The claim just before that this one only goes on with, or None."""
    if (
        not recent
        or part.end - recent[-1].start > LONGEST
        or recent[-1].sentence.passage is not part.sentence.passage
        or Sign.QUESTION in part.features.shown
    ):
        return None
    return next((before for goes_on in WAYS if (before := goes_on(text, recent, part)) is not None), None)


def takes_up(text: str, recent: deque[Claim], part: Claim) -> Claim | None:
    """I hope it stands in 2100. If it does, …"""
    last = recent[-1].features.shown.keys()
    dated = last & DATES and Sign.QUESTION not in last and not part.features.shown.keys() & DATES
    return recent[-1] if dated and CONDITION.match(text, part.start, part.end) else None


def says_when(text: str, recent: deque[Claim], part: Claim) -> Claim | None:
    """How long will it take? … Maybe a year."""
    if not brief(part) or not part.features.shown.keys() & DATES:
        return None
    for before in reversed(recent):
        if Sign.QUESTION in before.features.shown and HOW_LONG.search(text, before.start, before.end):
            return before
    return None


def answers(text: str, recent: deque[Claim], part: Claim) -> Claim | None:
    """Will it hold? Probably."""
    asked = {Sign.QUESTION, Sign.WILL} <= recent[-1].features.shown.keys()
    return recent[-1] if asked and brief(part) and ANSWER.match(text, part.start, part.end) else None


def adds(text: str, recent: deque[Claim], part: Claim) -> Claim | None:
    """It will be done in 30 months. Maybe 36."""
    last = recent[-1]
    claimed = last.points_ahead and last.score > BIAS / 2 and Sign.QUESTION not in last.features.shown
    counted = brief(part) and part.features.shown.keys() & COUNTED
    return last if claimed and counted and AFTERTHOUGHT.match(text, part.start, part.end) else None


def brief(part: Claim) -> bool:
    return part.end - part.start <= SHORT and Sign.WILL not in part.features.shown


WAYS: tuple[Callable[[str, deque[Claim], Claim], Claim | None], ...] = (takes_up, says_when, answers, adds)


def join(text: str, before: Claim, after: Claim, said_on: date) -> None:
    """Let the claim before run on to the end of the one after."""
    whole = Sentence(before.start, after.end, before.sentence.passage)
    shown = {**after.features.shown, **before.features.shown}
    for sign in (Sign.QUESTION, Sign.FRAGMENT, Sign.WISH, Sign.VETO):
        shown.pop(sign, None)
    seen = features(text, whole, said_on)
    before.features = Features(shown, seen.horizons, before.features.odds or after.features.odds)
    before.end = after.end
