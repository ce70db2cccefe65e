"""Cutting a transcript for the worker: into the rows of its segments, and into stretches to be searched.

A long one has a hundred thousand segments. They are stored in batches, so that nobody who wants to
write meanwhile waits for all; whoever begins anew goes on after the last that is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from predictions import transcripts
from predictions.models import Original, Segment, Speaker, Transcript

AT_ONCE = 2_000


def cut(transcript: Transcript, words: transcripts.Transcript) -> Iterator[list[Segment]]:
    """The segments that ``transcript`` lacks, unsaved, in batches. ``words`` is what was read in its file."""
    rows = _rows(transcript, words, transcript.segments.count())
    while batch := list(islice(rows, AT_ONCE)):
        yield batch


def words(transcript: Transcript) -> transcripts.Transcript:
    """What was read in the file of ``transcript`` when it came.

    It is read anew; if a later version of the reader reads it otherwise, what was stored stands: its text, the
    segments that are there, and the rest as one.
    """
    original = Original.objects.get(transcript=transcript)
    try:
        read = transcripts.read(bytes(original.data), transcript.name)
    except transcripts.Unreadable:
        read = None
    if read and read.text == original.text and _same(transcript, read):
        return read
    return transcripts.Transcript(original.text, transcript.format, tuple(_stored(transcript)))


def _same(transcript: Transcript, read: transcripts.Transcript) -> bool:
    """Whether the segments that are stored begin and end where those just read do."""
    rows = transcript.segments.order_by("ordinal").values_list("start", "end").iterator()
    return all(row == (segment.start, segment.end) for row, segment in zip(rows, read.segments, strict=False))


def _stored(transcript: Transcript) -> Iterator[transcripts.Segment]:
    end = 0
    for row in transcript.segments.order_by("ordinal"):
        began = timedelta(seconds=row.began) if row.began is not None else None
        certainty = transcripts.Certainty(row.certainty)
        yield transcripts.Segment(row.start, row.end, row.label or None, certainty, began, row.language)
        end = row.end
    if end < transcript.length:
        yield transcripts.Segment(end, transcript.length)


def save(rows: Iterable[Segment]) -> None:
    """Store segments; those that another worker was quicker to store stay as they are."""
    Segment.objects.bulk_create(rows, ignore_conflicts=True)


def _rows(transcript: Transcript, words: transcripts.Transcript, done: int) -> Iterator[Segment]:
    known = {speaker.name.casefold(): speaker for speaker in Speaker.objects.all()}
    for ordinal, segment in enumerate(words.segments[done:], start=done):
        label = (segment.speaker or "")[:200]
        yield Segment(
            transcript=transcript,
            ordinal=ordinal,
            start=segment.start,
            end=segment.end,
            label=label,
            speaker=known.get(label.casefold()) if label else transcript.speaker,
            certainty=segment.certainty.value,
            began=segment.began.total_seconds() if segment.began is not None else None,
            language=segment.language,
        )


class Stretch(NamedTuple):
    """A part of a text as a text of its own, its offset in the whole, and how many segments come to their end in it."""

    words: transcripts.Transcript
    offset: int
    segments: int


def stretches(words: transcripts.Transcript, done: int, longest: int) -> Iterator[Stretch]:
    """The rest of a text, from the first segment that is not ``done``, in stretches of at most ``longest`` code points."""
    here: list[transcripts.Segment] = []
    ended = 0
    for piece, ends in _pieces(words, done, longest):
        if here and piece.end - here[0].start > longest:
            yield _stretch(words, here, ended)
            here, ended = [], 0
        here.append(piece)
        ended += ends
    if here:
        yield _stretch(words, here, ended)


def _pieces(
    words: transcripts.Transcript, done: int, longest: int
) -> Iterator[tuple[transcripts.Segment, bool]]:
    """Segments, with True; one that is too long for a stretch in pieces, of which only the last has True."""
    for segment in islice(words.segments, done, None):
        rest = segment
        while rest.end - rest.start > longest:
            cut = _breath(words.text, rest.start, rest.start + longest)
            yield replace(rest, end=cut), False
            rest = replace(rest, start=cut)
        yield rest, True


def _breath(text: str, start: int, end: int) -> int:
    """Where a text is best cut between two places: after its last sentence there, else after its last word."""
    sentence = max(text.rfind(mark, start, end) + len(mark) for mark in (". ", "? ", "。", "\n"))
    word = text.rfind(" ", start, end) + 1
    return next((place for place in (sentence, word) if place > start + 2), end)


def _stretch(words: transcripts.Transcript, here: Sequence[transcripts.Segment], ended: int) -> Stretch:
    first, last = min(one.start for one in here), max(one.end for one in here)
    shifted = tuple(replace(one, start=one.start - first, end=one.end - first) for one in here)
    return Stretch(replace(words, text=words.text[first:last], segments=shifted), first, ended)
