"""From weighed sentences to claims: one sentence may hold several, and one claim may take several sentences."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date

from predictions.extraction.claim import Claim
from predictions.extraction.features import features
from predictions.extraction.joining import antecedent, join
from predictions.extraction.sentences import Sentence, trim
from predictions.extraction.signs import POINTERS, Sign

# a part of a sentence with none of these is no claim of its own
STRONG = POINTERS - {
    Sign.SURE,
    Sign.LIKELY,
    Sign.MIGHT,
    Sign.COULD,
    Sign.TRIGGER,
    Sign.CONSEQUENCE,
    Sign.CHANGE,
    Sign.AIM,
    Sign.MYSELF,
    Sign.LISTENER,
}
LOOK = -1.0  # the least score that is worth a person's look
AROUND = 3  # sentences on either side that show whether a story is being told
COMPANION = 0.3  # the least score of a sentence that makes the next one more likely
FORK = re.compile(
    r"(?:[;\uff1b]|,? [–—-] |[,，]?\s+but\b|，但是?|，而且?|,\s+and(?:\s+then)?\b|\s+and(?=\s+(?:if|then)\b)|,(?=\s+(?:while|whereas|though|although)\b))\s*",
    re.IGNORECASE,
)
LEAST = 12  # characters of a part of a sentence


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
            if before is None:
                if len(recent) == recent.maxlen:
                    yield recent.popleft()
                recent.append(part)
                continue
            join(text, before, part, said_on)
            while recent[-1] is not before:
                recent.pop()
    yield from recent


def split(text: str, claim: Claim, said_on: date) -> list[Claim]:
    """The parts of a sentence that each point ahead on their own; the sentence itself when it has only one."""
    pieces = list(forked(text, claim.start, claim.end))
    if len(pieces) == 1:
        return [claim]
    spans: list[tuple[int, int]] = []
    whole = False  # whether the last span points ahead on its own
    for start, end in pieces:
        alone = stands_alone(part_of(text, claim, start, end, said_on))
        if spans and not (alone and whole):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
            whole = False
        whole = whole or alone
    return [part_of(text, claim, *span, said_on) for span in spans] if len(spans) > 1 else [claim]


def forked(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a sentence between the words at which a new thought may begin."""
    for fork in FORK.finditer(text, start + LEAST, end - LEAST):
        if fork.start() - start >= LEAST:
            yield start, fork.start()
            start = fork.end()
    yield start, end


def stands_alone(part: Claim) -> bool:
    return bool(part.features.shown.keys() & STRONG) and part.score >= LOOK


def part_of(text: str, claim: Claim, start: int, end: int, said_on: date) -> Claim:
    start, end = trim(text, start, end)
    sentence = Sentence(start, end, claim.sentence.passage)
    seen = features(text, sentence, said_on)
    for sign in (Sign.STORY, Sign.COMPANY, Sign.QUESTION):
        if sign in claim.features.shown:
            seen.shown[sign] = claim.features.shown[sign]
    return Claim(start, end, sentence, seen)
