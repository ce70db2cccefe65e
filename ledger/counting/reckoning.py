"""The counting: when figures are due to be made again, of whom, and how they are stored.

What happened and is not in the figures is what lacks a ``Reckoned`` row. All figures are made again
when a day has passed, when the rules changed, and when something happened, but no more often than
keeps a worker busy for a twentieth of the time; in between, those speakers' figures are made again
to whom something happened. A run may be killed at any point: the next one makes good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

import msgspec
import numpy as np
from django.db import IntegrityError, transaction
from django.db.models import Max
from msgspec.structs import replace

from ledger.counting import gathering
from ledger.log.sealing import latest_checkpoint
from ledger.models import Event, Reckoned, Reckoning, Score
from ledger.scoring import luck
from ledger.scoring.choice import choice
from ledger.scoring.columns import Day
from ledger.scoring.cut import Cut, Subjects, cut, figures
from ledger.scoring.everything import plain
from ledger.scoring.groups import Ink
from ledger.scoring.lexicons import VERSIONS
from ledger.scoring.published import Due, Figures, Odds, Ranking, Reading
from ledger.scoring.ranking import Candidate, ranking
from predictions.models import Speaker, Topic

CODE = "3"
"""The version of the rules of counting. Whoever changes what a figure means or how it is made raises it."""

LEASE = timedelta(minutes=10)
"""How long a run may be silent before another begins; it says at every batch that it lives."""
SHARE_OF_TIME = 20
"""A run of everything is followed by no other for so many times as long as it took."""
LATE = 1_000
"""Among so many events before the last one there may be some that were being written while it was read."""
BATCH = 500
MOVES = (Event.Kind.FELL_DUE, Event.Kind.RESOLVED, Event.Kind.WITHDRAWN)
"""The kinds of event that change figures."""
CHOICES = tuple(product(Ink, Reading))
GONE = ("", "")
"""The name of whom somebody has deleted since."""


class Overtaken(Exception):
    """Another run has begun, because this one was silent for too long."""


@dataclass(frozen=True)
class Named:
    """Whose figures are stored: subjects of one scope, by number, with the last part of their address and their name."""

    scope: Score.Scope
    names: dict[int, tuple[str, str]]


def reckon(on: date, at: Callable[[], datetime]) -> int:
    """Make the figures that are due to be made, as of the day ``on``; return how many were stored.

    ``at`` tells the moment. Nothing is done while another run is at work.
    """
    last = Reckoning.objects.filter(whole=True, ended_at__isnull=False).first()
    happened = list(unreckoned(last))
    whole = last is None or _is_due(last, on, at(), happened=bool(happened))
    if not whole and not happened:
        return 0
    run = _begin(on, at(), whole=whole)
    if run is None:
        return 0
    try:
        stored = (
            _everything(run, at) if whole else _of_speakers({speaker for _, speaker in happened}, run, at)
        )
    except Overtaken:
        return 0
    finally:
        luck.drawn.cache_clear()  # what is stored is not drawn again
    _end(run, [event for event, _ in happened], at())
    return stored


def is_under_way() -> bool:
    """Whether a run has begun and none has ended since: one is at work, or died and was not made good yet."""
    last = Reckoning.objects.first()
    return last is not None and last.ended_at is None


def unreckoned(last: Reckoning | None) -> Iterable[tuple[int, int]]:
    """Events since ``last``, the run of everything, that are in no figures; each with the number of its speaker.

    Before there was one only the last few: the first run counts all that it finds.
    """
    since = last.last_event if last else _last_event()
    return (
        Event.objects.filter(kind__in=MOVES, pk__gt=since - LATE, reckoned__isnull=True)
        .order_by("pk")
        .values_list("pk", "prediction__statement__speaker_id")
    )


def _last_event() -> int:
    return Event.objects.aggregate(last=Max("pk"))["last"] or 0


def _is_due(last: Reckoning, on: date, at: datetime, *, happened: bool) -> bool:
    """Whether everything is to be made again."""
    if (last.as_of, last.code, last.lexicons) != (on, CODE, VERSIONS):
        return True
    took = (last.ended_at or at) - last.began_at
    rested = at >= (last.ended_at or at) + SHARE_OF_TIME * took
    return rested and (happened or Reckoning.objects.filter(number__gt=last.number).exists())


def _begin(on: date, at: datetime, *, whole: bool) -> Reckoning | None:
    """A new run, or None while another is at work."""
    before = Reckoning.objects.first()
    if before and before.ended_at is None and before.held_until > at:
        return None
    checkpoint = latest_checkpoint()
    try:
        with transaction.atomic():
            return Reckoning.objects.create(
                number=before.number + 1 if before else 1,
                whole=whole,
                as_of=on,
                code=CODE,
                lexicons=VERSIONS,
                log_size=checkpoint.size if checkpoint else None,
                last_event=_last_event(),
                began_at=at,
                held_until=at + LEASE,
            )
    except IntegrityError:  # somebody else was quicker
        return None


def _hold(run: Reckoning, at: datetime) -> None:
    """Say that ``run`` lives. Raises ``Overtaken`` if it was given up for dead."""
    if Reckoning.objects.filter(number__gt=run.number).exists():
        raise Overtaken(run)
    Reckoning.objects.filter(pk=run.pk).update(held_until=at + LEASE)


@transaction.atomic
def _end(run: Reckoning, counted: Iterable[int], at: datetime) -> None:
    Reckoned.objects.bulk_create(
        [Reckoned(event_id=event, reckoning=run) for event in counted],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    if run.whole:
        Score.objects.exclude(reckoning=run).delete()
        Reckoned.objects.filter(event__lte=run.last_event - LATE).delete()
        Reckoned.objects.exclude(reckoning=run).update(reckoning=run)
        Reckoning.objects.filter(whole=False, number__lt=run.number).delete()
    Reckoning.objects.filter(pk=run.pk).update(ended_at=at)


# -- one run ---------------------------------------------------------------------------------------


def _everything(run: Reckoning, at: Callable[[], datetime]) -> int:
    rows = gathering.entries()
    day = Day(rows, run.as_of.toordinal())
    speakers, topics, everybody = _all_speakers(), _all_topics(), Named(Score.Scope.ALL, {0: ("", "")})
    by_speaker, by_topic = Subjects.one_each(rows.speaker), gathering.topics(rows)
    together = Subjects.one_each(np.zeros(len(rows), dtype=np.int64))
    stored = 0
    for ink, reading in CHOICES:
        chosen, frame = choice(day, ink, reading), _frame(run, ink, reading)
        made = list(_stored(cut(chosen, by_speaker), speakers, frame, run, at))
        order = ranking([_candidate(*one) for one in made])
        ranked = {Score.Scope.RANKING: order, Score.Scope.LEADING: order.leading}
        _write([_row(run, scope, 0, frame, found) for scope, found in ranked.items()])
        made += _stored(cut(chosen, by_topic), topics, frame, run, at)
        of_all = list(_stored(cut(chosen, together), everybody, frame, run, at))
        stored += len(made) + (len(of_all) or _nothing(run, frame))
    return stored


def _nothing(run: Reckoning, frame: Figures) -> int:
    """Store that nothing is counted of anybody, so that one sees when that was found."""
    _write([_row(run, Score.Scope.ALL, 0, frame, replace(frame, scope=Score.Scope.ALL.value))])
    return 1


def _of_speakers(numbers: set[int], run: Reckoning, at: Callable[[], datetime]) -> int:
    rows = gathering.entries(numbers)
    day = Day(rows, run.as_of.toordinal())
    speakers, whose = _all_speakers(), Subjects.one_each(rows.speaker)
    stored = 0
    for ink, reading in CHOICES:
        found = cut(choice(day, ink, reading), whose)
        stored += len(list(_stored(found, speakers, _frame(run, ink, reading), run, at)))
    Score.objects.filter(scope=Score.Scope.SPEAKER, subject__in=numbers).exclude(reckoning=run).delete()
    return stored


def _all_speakers() -> Named:
    rows = Speaker.objects.values_list("pk", "slug", "name")
    return Named(Score.Scope.SPEAKER, {number: (slug, name) for number, slug, name in rows})


def _all_topics() -> Named:
    rows = Topic.objects.values_list("pk", "slug", "name")
    return Named(Score.Scope.TOPIC, {number: (slug, name) for number, slug, name in rows})


def _frame(run: Reckoning, ink: Ink, reading: Reading) -> Figures:
    return Figures("", "", ink, reading, run.as_of, run.log_size, run.code)


def _candidate(due: Due, slug: str, name: str) -> Candidate:
    return Candidate(slug, name, due.on_time, due.settled, due.waiting, due.due)


def _stored(
    among: Cut, whose: Named, frame: Figures, run: Reckoning, at: Callable[[], datetime]
) -> Iterator[tuple[Due, str, str]]:
    """Store the figures of all subjects, a batch at a time; yield the due cohort, slug and name of each."""
    for piece in among.pieces(BATCH):
        numbers = piece.numbers.tolist()
        names = [whose.names.get(number, GONE) for number in numbers]
        known = _known(whose.scope, numbers, frame)
        frames = [replace(frame, scope=whose.scope.value, slug=slug) for slug, _ in names]
        made = figures(piece, frames, [known.get(number, {}) for number in numbers])
        there = [row for row in zip(numbers, made, names, strict=True) if row[0] in whose.names]
        _hold(run, at())
        _write([_row(run, whose.scope, number, frame, found) for number, found, _ in there])
        yield from ((found.due, *name) for _, found, name in there)


def _known(scope: Score.Scope, numbers: list[int], frame: Figures) -> dict[int, dict[str, Odds]]:
    """The odds published last that came with a band, by subject and lexicon ("" for those in numbers)."""
    rows = Score.objects.filter(scope=scope, subject__in=numbers, ink=frame.ink, reading=frame.reading)
    found: dict[int, dict[str, Odds]] = {}
    for number, stored in rows.values_list("subject", "figures"):
        by_lexicon = {"": stored["odds"], **{one["lexicon"]: one["odds"] for one in stored["worded"]}}
        found[number] = {
            lexicon: msgspec.convert(odds, Odds) for lexicon, odds in by_lexicon.items() if odds["seed"]
        }
    return found


def _row(run: Reckoning, scope: Score.Scope, number: int, frame: Figures, found: Figures | Ranking) -> Score:
    return Score(
        scope=scope,
        subject=number,
        ink=frame.ink,
        reading=frame.reading,
        figures=plain(found),
        reckoning=run,
    )


def _write(rows: list[Score]) -> None:
    Score.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=("scope", "subject", "ink", "reading"),
        update_fields=("figures", "reckoning"),
    )
