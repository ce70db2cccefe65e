"""From weighed sentences to claims: one sentence may hold several, and one claim may take several sentences."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from predictions.extraction.features import Features, features
from predictions.extraction.sentences import Sentence, trim
from predictions.extraction.signs import BIAS, POINTERS, Sign

STRONG = frozenset(
    (
        Sign.WILL,
        Sign.BOUND,
        Sign.NEAR,
        Sign.DATED,
        Sign.SPAN,
        Sign.FORESEE,
        Sign.ODDS,
        Sign.SOMEDAY,
        Sign.AHEAD,
    )
)
DATES = frozenset((Sign.DATED, Sign.SPAN))
LOOK = -1.0  # the least score that is worth a person's look
AROUND = 3  # sentences on either side that show whether a story is being told
COMPANION = 0.3  # the least score of a sentence that makes the next one more likely
SHORT = 60  # characters of an answer or an afterthought
FORK = re.compile(
    r"(?:[;；]|,? [–—-] |[,，]?\s+but\b|，但是?|，而且?|,\s+and(?:\s+then)?\b|\s+and(?=\s+(?:if|then)\b)|,(?=\s+(?:while|whereas|though|although)\b))\s*",
    re.IGNORECASE,
)
LEAST = 12  # characters of a part of a sentence
ANSWER = re.compile(
    r"(?:uh|um|well|oh|,|\s)*(?:yes|yeah|no|nope|never|probably|definitely|absolutely|certainly|of course|all of|both|neither|not|maybe|perhaps|"
    r"possibly|i think so|i doubt|about|within|in|by|around|是|不|會|可能|大概|也許|當然|肯定)\b",
    re.IGNORECASE,
)
AFTERTHOUGHT = re.compile(
    r"(?:uh|um|and|or|well|,|\s)*(?:maybe|perhaps|possibly|probably|at least|at most|less|more|or|of which|could be|as much as|up to|within|"
    r"in|by|around|about|也許|可能|大概|最多|至少|不到)\b",
    re.IGNORECASE,
)
THEN = re.compile(
    r"(?:uh|um|and|but|so|,|\s)*(?:if\s+)+(?:it|so|they|he|she|that|this|we|not)\b\s*(?:is|are|does|do|doesn't|happens|not|,)|如果(?:是|會|不會|真的)",
    re.IGNORECASE,
)
HOW_LONG = re.compile(
    r"\b(?:how (?:long|far|soon|many (?:years|months))|when)\b|多久|何時|什麼時候|幾年", re.IGNORECASE
)


@dataclass(slots=True)
class Claim:
    """One or more sentences, or a part of one, weighed."""

    start: int
    end: int
    sentence: Sentence
    features: Features
    index: int = 0

    @property
    def bare(self) -> float:
        """The score of the sentence alone, whatever its neighbours show."""
        return self.score - sum(
            sign.weight for sign in (Sign.COMPANY, Sign.STORY) if sign in self.features.shown
        )

    @property
    def score(self) -> float:
        return self.features.score(BIAS)

    @property
    def points_ahead(self) -> bool:
        return bool(POINTERS & self.features.shown.keys())


def weighed(text: str, found: Iterable[Sentence], said_on: date) -> Iterator[Claim]:
    """The sentences with all that they and their neighbours show."""
    window: deque[Claim] = deque(maxlen=2 * AROUND + 1)
    waiting = 0
    for index, sentence in enumerate(found):
        window.append(Claim(sentence.start, sentence.end, sentence, features(text, sentence, said_on), index))
        waiting += 1
        if waiting > AROUND:
            yield placed(window, len(window) - 1 - AROUND)
            waiting -= 1
    for index in range(len(window) - waiting, len(window)):
        yield placed(window, index)


def placed(window: deque[Claim], index: int) -> Claim:
    """A sentence with what the sentences round it show of it."""
    claim = window[index]
    shown = claim.features.shown
    near = [
        c
        for n, c in enumerate(window)
        if abs(n - index) <= AROUND and c is not claim and c.sentence.passage is claim.sentence.passage
    ]
    told = sum(Sign.PAST in c.features.shown for c in near)
    tenseless = claim.sentence.passage.segment.language.startswith("zh")
    ahead = shown.keys() & {Sign.WILL, Sign.BOUND} and shown.keys() & {
        Sign.AHEAD,
        Sign.SOMEDAY,
        Sign.DATED,
        Sign.NEAR,
    }
    if told > (1 if tenseless else 3) and not ahead:
        shown[Sign.STORY] = "the sentences around it"
    if any(abs(c.index - claim.index) == 1 and c.points_ahead and c.bare > COMPANION for c in near):
        shown[Sign.COMPANY] = "the sentence beside it"
    return claim


def claims(text: str, found: Iterable[Claim], said_on: date) -> Iterator[Claim]:
    """Sentences split where they hold several claims, and joined where a claim runs on."""
    recent: deque[Claim] = deque(maxlen=3)
    for claim in found:
        for part in split(text, claim, said_on):
            before = antecedent(text, recent, part)
            if before is not None:
                join(text, before, part, said_on)
                while recent[-1] is not before:
                    recent.pop()
                continue
            if len(recent) == recent.maxlen:
                yield recent.popleft()
            recent.append(part)
    yield from recent


def split(text: str, claim: Claim, said_on: date) -> list[Claim]:
    """The parts of a sentence that each point ahead on their own; the sentence itself when it has only one."""
    if len(claim.features.horizons) < 2 and claim.end - claim.start < 2 * LEAST:
        return [claim]
    for fork in FORK.finditer(text, claim.start + LEAST, claim.end - LEAST):
        halves = [
            part_of(text, claim, claim.start, fork.start(), said_on),
            part_of(text, claim, fork.end(), claim.end, said_on),
        ]
        if all(half.features.shown.keys() & STRONG and half.score >= LOOK for half in halves):
            return [halves[0], *split(text, halves[1], said_on)]
    return [claim]


def part_of(text: str, claim: Claim, start: int, end: int, said_on: date) -> Claim:
    start, end = trim(text, start, end)
    sentence = Sentence(start, end, claim.sentence.passage)
    seen = features(text, sentence, said_on)
    for sign in (Sign.STORY, Sign.COMPANY, Sign.QUESTION):
        if sign in claim.features.shown:
            seen.shown[sign] = claim.features.shown[sign]
    return Claim(start, end, sentence, seen)


def antecedent(text: str, recent: deque[Claim], part: Claim) -> Claim | None:
    """The claim just before that this one only answers or adds to, or None."""
    if not recent or recent[-1].sentence.passage is not part.sentence.passage:
        return None
    last, words, shown = recent[-1], text[part.start : part.end], part.features.shown
    if Sign.QUESTION in shown:
        return None
    if THEN.match(words) and not shown.keys() & DATES and last.features.shown.keys() & DATES and Sign.QUESTION not in last.features.shown:
        return last
    if len(words) > SHORT or Sign.WILL in shown:
        return None
    if shown.keys() & DATES:
        for before in reversed(recent):
            if Sign.QUESTION in before.features.shown and HOW_LONG.search(text, before.start, before.end):
                return before
    asked = Sign.QUESTION in last.features.shown
    if asked and Sign.WILL in last.features.shown and ANSWER.match(words):
        return last
    adds = AFTERTHOUGHT.match(words) and shown.keys() & {Sign.DATED, Sign.SPAN, Sign.QUANTITY}
    return last if adds and not asked and last.points_ahead and last.score > BIAS / 2 else None


def join(text: str, before: Claim, after: Claim, said_on: date) -> None:
    """Let the claim before run on to the end of the one after."""
    whole = Sentence(before.start, after.end, before.sentence.passage)
    shown = {**after.features.shown, **before.features.shown}
    for sign in (Sign.QUESTION, Sign.FRAGMENT, Sign.WISH):
        shown.pop(sign, None)
    seen = features(text, whole, said_on)
    before.features = Features(shown, seen.horizons, before.features.odds or after.features.odds)
    before.end = after.end
