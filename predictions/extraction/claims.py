"""From weighed sentences to claims: one sentence may hold several, and one claim may take several sentences."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from predictions.extraction.claim import Claim
from predictions.extraction.features import YEAR, features
from predictions.extraction.joining import antecedent, join
from predictions.extraction.mending import goes_on
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
LOOK = -0.95  # the least score that is worth a person's look
AROUND = 3  # sentences on either side that show whether a story is being told
WITHIN = 2  # sentences from a forecast, in which the plain present goes on with it
MY_STORY = frozenset((Sign.PAST, Sign.MYSELF))
COMPANION = 0.3  # the least score of a sentence that makes the next one more likely
FORK = re.compile(
    r"(?:[;\uff1b]|,? [–—-] |[,，]?\s+but\b|，但是?|，而且?|,\s+and(?:\s+then)?\b|\s+and(?=\s+(?:if|then)\b)|,(?=\s+(?:while|whereas|though|although)\b))\s*",
    re.IGNORECASE,
)
OF_STORIES_TOO = re.compile("[月日號号]|可能")  # a day without its year, and what seemed likely
LEAST = 12  # characters of a part of a sentence


class Alone(NamedTuple):
    """A sentence before its neighbours are looked at: whether it tells the past, foretells, does so plainly, or sells."""

    claim: Claim
    tells: bool
    proposes: bool
    leads: bool
    sells: bool


def alone(text: str, sentence: Sentence, said_on: date) -> Alone:
    claim = Claim(sentence.start, sentence.end, sentence, features(text, sentence, said_on))
    shown = claim.features.shown
    proposes = claim.points_ahead and claim.score >= LOOK
    return Alone(
        claim, Sign.PAST in shown, proposes, proposes and claim.score > COMPANION, Sign.ADVERT in shown
    )


def weighed(text: str, found: Iterable[Sentence], said_on: date) -> Iterator[Claim]:
    """The sentences with all that they and their neighbours show."""
    window: deque[Alone] = deque(maxlen=2 * AROUND + 1)
    waiting = 0
    for sentence in found:
        window.append(alone(text, sentence, said_on))
        waiting += 1
        if waiting > AROUND:
            yield placed(window, len(window) - 1 - AROUND)
            waiting -= 1
    for index in range(len(window) - waiting, len(window)):
        yield placed(window, index)


def placed(window: deque[Alone], index: int) -> Claim:
    """A sentence with what the sentences round it show of it."""
    claim = window[index].claim
    shown, passage = claim.features.shown, claim.sentence.passage
    near = {
        n - index: one
        for n, one in enumerate(window)
        if n != index and abs(n - index) <= AROUND and one.claim.sentence.passage is passage
    }
    told = sum(one.tells for one in near.values())
    tenseless = passage.segment.language.startswith("zh")
    beside = [near[step] for step in (-1, 1) if step in near]
    led = any(one.leads for one in beside)
    if told > (1 if tenseless else 3) and not stands_out(shown) and not (led and MY_STORY.isdisjoint(shown)):
        shown[Sign.STORY] = "the sentences around it"
    if led:
        shown[Sign.COMPANY] = "the sentence beside it"
    if any(one.proposes for step, one in near.items() if abs(step) <= WITHIN) and goes_on(shown):
        shown.setdefault(Sign.COMPANY, "a sentence near it")
    if any(one.sells for one in beside):
        shown[Sign.SELLING] = "the sentence beside it"
    return claim


def stands_out(shown: dict[Sign, str]) -> bool:
    """Whether a sentence is too plainly about what is to come to belong to a story: what calls itself a forecast, names a year to come in figures, or tells nothing of the past."""
    said_ahead = shown.keys() & {Sign.WILL, Sign.BOUND}
    put_ahead = shown.keys() & {Sign.AHEAD, Sign.SOMEDAY, Sign.DATED, Sign.NEAR}
    ahead = shown.get(Sign.DATED) or shown.get(Sign.BOUND)
    plainly = ahead and Sign.PAST not in shown and not OF_STORIES_TOO.search(ahead)
    return bool(
        Sign.FORESEE in shown
        or (said_ahead and put_ahead)
        or plainly
        or YEAR.search(shown.get(Sign.DATED, ""))
    )


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
    for sign in (Sign.STORY, Sign.COMPANY, Sign.SELLING, Sign.QUESTION):
        if sign in claim.features.shown:
            seen.shown[sign] = claim.features.shown[sign]
    return Claim(start, end, sentence, seen)
