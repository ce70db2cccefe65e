"""Passages and sentences of a transcript: where one voice's words run on, and where one thought ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from predictions.extraction.quoting import words_said
from predictions.transcripts import Segment, Transcript

LONGEST_SEAM = 120  # characters that captions may repeat where two segments meet
LONGEST = 320  # a sentence longer than this is cut where its speaker draws breath
SHORTEST = 60  # but not into pieces shorter than this

CLOSING = "\"'”’」』）)\\]*_"
OPENING = "\"'“\u2018「『（(\\[*_"
ABBREVIATIONS = (
    "mr mrs ms dr prof st sr jr vs etc eg ie e.g i.e u.s u.k u.n a.m p.m no inc ltd co corp gen sen rep gov fig vol approx "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
NOT_THE_END = frozenset(ABBREVIATIONS.split())
END = re.compile(
    rf"(?P<mark>[。！？\uff1b][{CLOSING}]*"
    rf"|(?<![.!?…])[.!?…]++[{CLOSING}]*+(?=[\s\u3400-\u9fff]|$)"
    r"|[.!?](?=[A-Z][a-z])"
    r"|\n[ \t]*\n)"
)
NEXT = re.compile(rf"\s*[{OPENING}]*(\S)")
LAST_WORD = re.compile(r"(?!(?<=[\d'’])s$)[A-Za-z.]+$")  # the s of "the 2040s" is no initial
BREATH = re.compile(
    r"(?:[,;:—–]|(?<!\s))\s++(?=(?:(?:um|uh|and|but|so|like|well|okay|now|because)\s+){0,3}"
    r"(?:but|so|and then|and so|then|because|whereas|i think|i mean|i guess|you know|well|okay|now|actually|and we|and i|and it|and they)\b)"
    r"|，(?=但|而|所以|因此|然後|不過|因為|如果)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that one voice says without a break. ``fresh`` is where they stop repeating the passage before."""

    start: int
    end: int
    fresh: int
    segment: Segment


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    passage: Passage


def passages(transcript: Transcript) -> Iterator[Passage]:
    """The segments, those joined that run on: captions of one voice that only a line end parts."""
    text = transcript.text
    open_: Segment | None = None
    end = 0
    before = (0, 0)
    for segment in transcript.segments:
        if open_ and text[end : segment.start] in ("\n", " ", "\r\n") and open_.speaker == segment.speaker:
            end = segment.end
            continue
        if open_:
            yield passage(text, open_, end, before)
            before = (open_.start, end)
        open_, end = segment, segment.end
    if open_:
        yield passage(text, open_, end, before)


def passage(text: str, segment: Segment, end: int, before: tuple[int, int]) -> Passage:
    return Passage(segment.start, end, segment.start + seam(text, before, (segment.start, end)), segment)


def seam(text: str, before: tuple[int, int], after: tuple[int, int]) -> int:
    """How many characters at the beginning of a passage only repeat the end of the one before it."""
    end = text[max(before[0], before[1] - LONGEST_SEAM) : before[1]].rstrip().rstrip("。.")
    head = text[after[0] : min(after[1], after[0] + LONGEST_SEAM)]
    for length in range(min(len(end), len(head)), 7, -1):
        if end.endswith(head[:length]):
            return length
    return 0


def sentences(transcript: Transcript) -> Iterator[Sentence]:
    """Every sentence of the transcript in order, the overlong ones in pieces; of two that captions repeat, the first."""
    for passage in passages(transcript):
        for start, end in spans(transcript.text, passage.start, passage.end):
            if start >= passage.fresh or (end - passage.fresh) * 2 > end - start:
                yield Sentence(start, end, passage)


def spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for first, last in ends(text, start, end):
        for span in breaths(text, first, last):
            trimmed = trim(text, *span)
            if trimmed[1] > trimmed[0]:
                yield words_said(text, *trimmed) or trimmed


def ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """From one full stop to the next."""
    done = start
    for match in END.finditer(text, start, end):
        if done < match.end() and stops(text, done, match, end):
            yield done, match.end()
            done = match.end()
    if done < end:
        yield done, end


def stops(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether a mark ends the sentence, or only an abbreviation, or a pause within it."""
    mark = match["mark"]
    if mark[0] in "。！？\uff1b\n!?":
        following = NEXT.match(text, match.end(), end)
        return mark[0] not in "!?" or not following or not following[1].islower()
    following = NEXT.match(text, match.end(), end)
    if following and following[1].islower():
        return False
    if mark.startswith(("…", "..")):
        return True
    word = LAST_WORD.search(text, max(start, match.start() - 12), match.start())
    last = word.group().lower().strip(".") if word else ""
    return last not in NOT_THE_END and not (len(last) == 1 and last not in "ai" and following is not None)


def breaths(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """An overlong sentence in pieces, cut where a new thought begins; one without such places by its words."""
    if end - start <= LONGEST:
        yield start, end
        return
    done = start
    for match in BREATH.finditer(text, start, end):
        if match.start() - done >= SHORTEST and end - match.end() >= SHORTEST:
            yield from measured(text, done, match.end())
            done = match.end()
    yield from measured(text, done, end)


def measured(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > 3 * LONGEST:
        cut = max(text.rfind(mark, start + LONGEST, start + 2 * LONGEST) for mark in (" ", "，", ",", "\n"))
        cut = cut + 1 if cut > 0 else start + LONGEST
        yield start, cut
        start = cut
    yield start, end


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
