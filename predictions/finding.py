"""Searching transcripts for candidates: the job of the worker.

The rows of ``Search`` are the job. Whoever takes one holds it for a while and says so in the row;
a worker that is killed loses its hold in time, and another goes on from the last stretch that was
stored. A stretch and how far it goes are stored together, so nothing is found twice or skipped.
Nothing is computed while the database is locked: all is stored in short steps, and each of them
says that the worker is still there. A search that breaks off again and again at the same place is
given up, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from predictions import cutting, extraction, restatements, transcripts
from predictions.extraction import Candidate as Found
from predictions.model_finder import Model, Unusable
from predictions.models import Candidate, Search, Transcript
from predictions.models.transcripts import SearchQuerySet

QUIET = timedelta(seconds=20)  # after which whoever waits is told that nothing is heard
TRIES = 3  # how often a search may break off without having got any further
ROWS_AT_ONCE = 500
AGAIN = "“Search again” in the list of transcripts takes it up once more."
COVERED = 0.8  # of a span inside another, from which on the two are about the same

Clock = Callable[[], datetime]


class Failed(Exception):
    """A finder cannot go on; the message says why, for whoever asked for the search."""


class Overtaken(Exception):
    """The hold on a search ran out, and somebody else goes on with it."""


@dataclass(frozen=True)
class Haul:
    """What a finder brought back from a stretch, and how many of its proposals were thrown away as unfounded."""

    found: Sequence[Found]
    discarded: int = 0


class Finder(NamedTuple):
    """``find`` takes a text, the day it was said, and who speaks where it does not say; ``stretch`` is how many code points at once.

    ``hold`` is longer than it takes for a stretch, however busy the machine is: whoever is silent for longer is gone.
    """

    find: Callable[[transcripts.Transcript, date, str | None], Haul]
    stretch: int
    hold: timedelta


def by_rules(stretch: transcripts.Transcript, said_on: date, speaker: str | None) -> Haul:
    return Haul(extraction.find(stretch, said_on, speaker))


def by_model(stretch: transcripts.Transcript, said_on: date, speaker: str | None) -> Haul:
    model = Model(settings.LLM_URL, settings.LLM_KEY, settings.LLM_MODEL)
    try:
        return Haul(*model.find(stretch, said_on, speaker))
    except Unusable as unusable:
        raise Failed(str(unusable)) from unusable


FINDERS = {
    Search.Finder.RULES.value: Finder(by_rules, 250_000, timedelta(minutes=1)),  # a second of work
    Search.Finder.MODEL.value: Finder(by_model, 6_000, timedelta(minutes=3)),  # a prompt
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
    searches = transcript.searches.all()
    searches.exclude(failure="").update(failure="", tries=0, finished_at=None, held_until=None)
    ask(transcript, max((search.segments_total for search in searches), default=0), at=at)


def stop(transcript: Transcript, *, at: datetime) -> None:
    """End the searches of ``transcript`` that are not over. What was found stays; whoever is at work on one leaves it after the stretch."""
    for search in transcript.searches.unfinished():
        why = (
            f"An editor stopped it after {search.segments_done} of {search.segments_total} segments. {AGAIN}"
        )
        Search.objects.unfinished().filter(pk=search.pk).update(finished_at=at, held_until=None, failure=why)


def go_on(clock: Clock) -> int:
    """Bring the searches that nobody is at work on to their end, one after the other; return how many those were."""
    ended = 0
    while search := take(at=clock()):
        ended += carry_out(search, clock)
    return ended


def take(*, at: datetime) -> Search | None:
    """An unfinished search that is free, held from now on; None if there is none. Those that were tried enough are given up."""
    free = Search.objects.free(at)
    for search in free.filter(tries__gte=TRIES):
        free.filter(pk=search.pk).update(finished_at=at, held_until=None, failure=_broke_off(search))
    for search in free.order_by("asked_at", "pk"):
        until = at + FINDERS[search.finder].hold
        if free.filter(pk=search.pk).update(held_until=until, tries=F("tries") + 1):
            search.held_until = until
            search.tries += 1
            return search
    return None


def carry_out(search: Search, clock: Clock) -> bool:
    """Search on from where ``search`` was left. Whether it came to its end: not if the hold on it was lost.

    If it breaks off, nobody waits for the hold to run out: the next who looks for work takes it up again.
    """
    ended = False
    try:
        failure = _read_through(search, clock)
        _link(search, clock)
        _hold(search, until=None, finished_at=clock(), failure=failure)
        ended = True
    except Overtaken:
        pass
    finally:
        if not ended:
            _ours(search).update(held_until=None)
    return ended


def _read_through(search: Search, clock: Clock) -> str:
    """Store the segments and what the finder finds in them. Returns why it stopped before the end, else nothing."""
    transcript, finder = search.transcript, FINDERS[search.finder]
    words = cutting.words(transcript)
    for rows in cutting.cut(transcript, words):
        _hold(search, until=clock() + finder.hold)
        cutting.save(rows)
    speaker = transcript.speaker.name if transcript.speaker else None
    try:
        for stretch in cutting.stretches(words, search.segments_done, finder.stretch):
            _keep(search, finder.find(stretch.words, transcript.anchor, speaker), stretch, at=clock())
    except Failed as failed:
        return str(failed)[:300]
    return ""


def _link(search: Search, clock: Clock) -> None:
    for rows in restatements.links(search.transcript):
        with transaction.atomic():
            _hold(search, until=clock() + FINDERS[search.finder].hold)
            restatements.save(rows)


def trouble(search: Search, at: datetime) -> str:
    """What is wrong with an unfinished search at the moment ``at``, and what comes of it, for whoever waits for it; or nothing."""
    if search.finished_at:
        return ""
    if search.held_until is None:
        if search.tries:
            return f"It broke off. A worker takes it up again within seconds: try {min(search.tries + 1, TRIES)} of {TRIES}."
        return "No worker has taken it up yet. Is one running?" if at - search.asked_at > QUIET else ""
    silent = at - (search.held_until - FINDERS[search.finder].hold)
    if silent > QUIET:
        again = timezone.localtime(max(search.held_until, at)).strftime("%H:%M:%S")
        return f"The worker has been silent for {silent.seconds} seconds. If it is gone, another goes on at {again}."
    return (
        f"This is try {search.tries} of {TRIES}: the worker before it broke off here."
        if search.tries > 1
        else ""
    )


def _broke_off(search: Search) -> str:
    return (
        f"It broke off {search.tries} times after {search.segments_done} of {search.segments_total} segments. "
        f"The log of the worker says why. {AGAIN}"
    )


@transaction.atomic
def _keep(search: Search, haul: Haul, stretch: cutting.Stretch, *, at: datetime) -> None:
    """Store what a stretch gave and that it is done: both, or neither."""
    further = {"tries": 1, "segments_done": F("segments_done") + stretch.segments} if stretch.segments else {}
    _hold(
        search, until=at + FINDERS[search.finder].hold, discarded=F("discarded") + haul.discarded, **further
    )
    rows = [_row(search, found, stretch.offset) for found in haul.found]
    Candidate.objects.bulk_create(_new(rows, search), batch_size=ROWS_AT_ONCE, ignore_conflicts=True)


def _hold(search: Search, *, until: datetime | None, **changed: Any) -> None:
    """Note in the row of ``search`` what changed, and hold it on; raises ``Overtaken`` if we are no longer who does."""
    if not _ours(search).update(held_until=until, **changed):
        raise Overtaken
    search.held_until = until


def _ours(search: Search) -> SearchQuerySet:
    """The row of ``search``, as long as we are who holds it."""
    return Search.objects.unfinished().filter(pk=search.pk, held_until=search.held_until)


def _new(rows: Sequence[Candidate], search: Search) -> Iterator[Candidate]:
    """``rows`` without those that another finder or a person has with almost the same edges.

    One that lies inside another's, or has another's inside it, is kept and linked to that: it may
    be one of several predictions there.
    """
    if not rows:
        return
    place = Q(start__lt=max(row.end for row in rows), end__gt=min(row.start for row in rows))
    others = Candidate.objects.filter(place, transcript=search.transcript).exclude(finder=search.finder)
    known = list(others.order_by("start", "end"))
    for row in rows:
        near = [other for other in known if _covered(row, other) >= COVERED]
        if not any(_alike_in_length(row, other) for other in near):
            row.repeats = near[0] if near else None
            yield row


def _covered(one: Candidate, other: Candidate) -> float:
    """How much of the shorter of two candidates is in the other, from 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / min(one.end - one.start, other.end - other.start)


def _alike_in_length(one: Candidate, other: Candidate) -> bool:
    shorter, longer = sorted((one.end - one.start, other.end - other.start))
    return 2 * shorter > longer


def _row(search: Search, found: Found, offset: int) -> Candidate:
    low, high = found.probability or (None, None)
    return Candidate(
        transcript=search.transcript,
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
