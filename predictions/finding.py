"""Searching transcripts for candidates: the job of the worker.

The rows of ``Search`` are the job. Whoever takes one holds it for a while and says so in the row;
a worker that is killed loses its hold in time, and another goes on from the last stretch that was
stored. A stretch and how far it goes are stored together, so nothing is found twice or skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F

from predictions import extraction, restatements, transcripts
from predictions.extraction import Candidate as Found
from predictions.model_finder import Model, Unusable
from predictions.models import Candidate, Original, Search, SearchQuerySet, Transcript

HOLD = timedelta(minutes=3)  # longer than any finder takes for a stretch, however busy the machine is
ROWS_AT_ONCE = 500

Clock = Callable[[], datetime]


class Failed(Exception):
    """A finder cannot go on; the message says why, for whoever asked for the search."""


@dataclass(frozen=True)
class Haul:
    """What a finder brought back from a stretch, and how many of its proposals were thrown away as unfounded."""

    found: Sequence[Found]
    discarded: int = 0


class Finder(NamedTuple):
    """``find`` takes a text, the day it was said, and who speaks where it does not say; ``stretch`` is how many code points at once."""

    find: Callable[[transcripts.Transcript, date, str | None], Haul]
    stretch: int


def by_rules(stretch: transcripts.Transcript, said_on: date, speaker: str | None) -> Haul:
    return Haul(extraction.find(stretch, said_on, speaker))


def by_model(stretch: transcripts.Transcript, said_on: date, speaker: str | None) -> Haul:
    model = Model(settings.LLM_URL, settings.LLM_KEY, settings.LLM_MODEL)
    try:
        return Haul(*model.find(stretch, said_on, speaker))
    except Unusable as unusable:
        raise Failed(str(unusable)) from unusable


FINDERS = {
    Search.Finder.RULES.value: Finder(by_rules, 250_000),  # a second of work
    Search.Finder.MODEL.value: Finder(by_model, 6_000),  # a prompt
}


def finders() -> list[str]:
    """The finders of this installation: the rules, and a model if one is set."""
    return [name for name in FINDERS if name != Search.Finder.MODEL or settings.LLM_URL]


def ask(transcript: Transcript, segments: int, *, at: datetime) -> None:
    """Put ``transcript``, of so many segments, up for search by every finder there is. Once: a second time changes nothing."""
    Search.objects.bulk_create(
        [
            Search(transcript=transcript, finder=finder, asked_at=at, segments_total=segments)
            for finder in finders()
        ],
        ignore_conflicts=True,
    )


def ask_again(transcript: Transcript, *, at: datetime) -> None:
    """Put ``transcript`` up again for searches that failed, and for finders that came to the installation since."""
    transcript.searches.exclude(failure="").update(failure="", finished_at=None, held_until=None)
    ask(transcript, transcript.segments.count(), at=at)


def go_on(clock: Clock) -> int:
    """Bring the searches that nobody is at work on to their end, one after the other; return how many those were."""
    ended = 0
    while search := take(at=clock()):
        ended += carry_out(search, clock)
    return ended


def take(*, at: datetime) -> Search | None:
    """An unfinished search that is free, held from now on; None if there is none."""
    free = Search.objects.free(at)
    for search in free.order_by("asked_at", "pk"):
        until = at + HOLD
        if free.filter(pk=search.pk).update(held_until=until):
            search.held_until = until
            return search
    return None


def carry_out(search: Search, clock: Clock) -> bool:
    """Search on from where ``search`` was left. Whether it came to its end: not if the hold on it was lost."""
    transcript = search.transcript
    data = Original.objects.values_list("data", flat=True).get(transcript=transcript)
    words = transcripts.read(bytes(data), transcript.name)
    finder = FINDERS[search.finder]
    speaker = transcript.speaker.name if transcript.speaker else None
    failure = ""
    try:
        for stretch in _stretches(words, search.segments_done, finder.stretch):
            haul = finder.find(stretch.words, transcript.anchor, speaker)
            if not _keep(search, transcript, haul, stretch, at=clock()):
                return False
    except Failed as failed:
        failure = str(failed)[:300]
    restatements.link(transcript)
    return bool(_held(search).update(finished_at=clock(), held_until=None, failure=failure))


class Stretch(NamedTuple):
    """A part of a text as a text of its own, its offset in the whole, and how many segments come to their end in it."""

    words: transcripts.Transcript
    offset: int
    segments: int


def _stretches(words: transcripts.Transcript, done: int, longest: int) -> Iterator[Stretch]:
    """The rest of a text, from the first segment that is not done."""
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


@transaction.atomic
def _keep(search: Search, transcript: Transcript, haul: Haul, stretch: Stretch, *, at: datetime) -> bool:
    """Store what a stretch gave and that it is done; False, and nothing stored, if somebody else holds the search by now."""
    until = at + HOLD
    kept = _held(search).update(
        held_until=until,
        segments_done=F("segments_done") + stretch.segments,
        discarded=F("discarded") + haul.discarded,
    )
    if not kept:
        return False
    search.held_until = until
    rows = [_row(search, transcript, found, stretch.offset) for found in haul.found]
    Candidate.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    return True


def _held(search: Search) -> SearchQuerySet:
    """The row of ``search``, as long as we are the ones who hold it."""
    return Search.objects.unfinished().filter(pk=search.pk, held_until=search.held_until)


def _row(search: Search, transcript: Transcript, found: Found, offset: int) -> Candidate:
    low, high = found.probability or (None, None)
    return Candidate(
        transcript=transcript,
        finder=search.finder,
        start=found.start + offset,
        end=found.end + offset,
        quote=found.quote,
        score=found.score,
        label=(found.speaker or "")[:200],
        attribution=found.attribution.value,
        horizon_text=found.horizon.text[:300] if found.horizon else "",
        deadline=found.horizon.deadline if found.horizon else None,
        confidence_words=(found.confidence_words or "")[:120],
        low=low,
        high=high,
        reason=found.reason[:300],
    )
