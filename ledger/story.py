"""The story of one prediction: its days on a line, its state in a sentence, its history in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q
from django.utils import timezone

from ledger.claims import Entry, entry, firsts
from ledger.drawing.moments import Line, Moment
from ledger.drawing.moments import line as drawn
from ledger.marks import Mark, mark
from ledger.models import Event, Evidence, Resolution
from ledger.moments import day_after, day_of, end_of
from ledger.standing import State
from ledger.wording import day, public_name, sentence, short_day, span
from predictions.dates import Precision
from predictions.models import Deadline, Forecast, Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

STAYS = (
    "So it stays in the count, by the verdict it had or as one without, unless an entry that puts it right "
    "is counted in its place."
)


@dataclass(frozen=True)
class Stands:
    """How a prediction stands: ``mark`` and a sentence about it."""

    mark: Mark
    sentence: str


@dataclass(frozen=True)
class Happening:
    """One thing in a prediction's history: ``day`` and ``hour`` in words, ``hour`` empty where it is not known.

    ``recorded`` is set if it was written down later than it happened.
    """

    moment: datetime
    day: str
    hour: str
    what: str
    who: str = ""
    recorded: datetime | None = None


def group_of(pk: int, on: date) -> list[Entry]:
    """The prediction ``pk`` and the other entries of the same claim, in the order they were said; empty if there is none."""
    this = Prediction.objects.filter(pk=pk)
    if not this.exists():
        return []
    by_the_same = Prediction.objects.filter(statement__speaker__in=this.values("statement__speaker"))
    linked = by_the_same.filter(Q(says_again__isnull=False) | Q(replaces__isnull=False))
    first = firsts(linked.values_list("pk", "says_again", "replaces"))
    others = [other for other in first if first[other] == first.get(pk)]
    group = (
        Prediction.objects.filter(pk__in={pk, *others})
        .select_related("statement__speaker__organisation", "statement__source", "inked_by")
        .prefetch_related(
            "topics",
            Prefetch("deadlines", Deadline.objects.select_related("made_by")),
            Prefetch("forecasts", Forecast.objects.select_related("by", "source")),
            Prefetch("evidence", Evidence.objects.select_related("added_by")),
            Prefetch("resolutions", Resolution.objects.select_related("made_by")),
            Prefetch("events", Event.objects.select_related("made_by")),
        )
    )
    return sorted((entry(one, on) for one in group), key=lambda one: (one.said_on, one.prediction.pk))


# -- its days --------------------------------------------------------------------------------------


def line(entry: Entry) -> Line | None:
    """Its days on an axis; None without a deadline."""
    return drawn(list(_moments(entry, entry.deadline))) if entry.deadline else None


def _moments(entry: Entry, deadline: Deadline) -> Iterator[Moment]:
    verdict = entry.standing.verdict
    statement = entry.prediction.statement
    exact = statement.said_precision == Precision.DAY
    yield Moment("said", entry.said_on, "Said", short_day(statement.said_on) if exact else statement.said)
    yield Moment("deadline", deadline.last_day, "Deadline", short_day(deadline.last_day))
    yield Moment("today", entry.on, "Today", "")
    if deadline.nominal != deadline.last_day:
        yield Moment("nominal", deadline.nominal, "Best estimate", short_day(deadline.nominal))
    if deadline.latest != deadline.last_day:
        yield Moment("latest", deadline.latest, "Latest", short_day(deadline.latest))
    if verdict and verdict.when:
        yield Moment("happened", verdict.when.last, mark(entry).word, verdict.when_in_words)


def finding(entry: Entry) -> str:
    """The title of its time axis."""
    if entry.deadline is None:
        return ""
    if entry.is_withdrawn and not entry.was_withdrawn_late:
        return f"It was withdrawn before its day, {day(entry.last_day)}, was over"
    if entry.days_past > 0:
        return f"Its day passed {span(entry.days_past)} ago"
    if entry.days_past == 0:
        return "Its last day is today"
    return f"Its day comes in {span(-entry.days_past)}"


# -- its state -------------------------------------------------------------------------------------


def state(entry: Entry) -> Stands:
    """How it stands today, for the head of its page."""
    return Stands(mark(entry), _explained(entry))


def _explained(entry: Entry) -> str:
    match entry.standing.state:
        case State.UNDATED:
            return "It counts among what was said, is in no rate, and never falls due, unless an event starts its clock."
        case State.WITHDRAWN:
            kept = f" Its day had passed by then. {STAYS}" if entry.was_withdrawn_late else ""
            return f"It was taken back and is judged no more. What it said, and why it went, stays readable below.{kept}"
        case State.PENDING:
            return f"There is nothing to judge before {day(day_after(entry.last_day))}, unless it is settled earlier.{_not_knowable_yet(entry)}"
        case State.WAITING:
            return (
                f"Its last day was {day(entry.last_day)}. It counts among what is due, and leaves the rate open "
                f"in both directions, until somebody looks.{_not_knowable_yet(entry)}"
            )
        case State.SETTLED:
            return _verdict(entry)


def _not_knowable_yet(entry: Entry) -> str:
    """From when the evidence can exist, if that is still to come."""
    known_from = entry.prediction.knowable_from
    return (
        f" The evidence can exist only from {day(known_from)} on."
        if known_from and known_from > entry.on
        else ""
    )


def _verdict(entry: Entry) -> str:
    verdict = entry.standing.verdict
    if verdict is None:
        return ""
    answer = sentence(verdict.get_happened_display())
    when = f", {verdict.when_in_words}" if verdict.when else ""
    looked = f"The verdict looked until {day(verdict.looked_until)}."
    if entry.deadline and not entry.standing.counts:
        looked += (
            " It enters no rate before its day: what is known early must not count sooner than the rest."
        )
    return f"{answer}{when}. {looked}"


# -- its history -----------------------------------------------------------------------------------


def history(prediction: Prediction) -> list[Happening]:
    """All that happened to it, in the order it happened."""
    return sorted(_happenings(prediction), key=lambda one: one.moment)


def _happenings(prediction: Prediction) -> Iterator[Happening]:
    statement = prediction.statement
    yield Happening(end_of(statement.said_on - timedelta(days=1)), statement.said, "", "said")
    yield _at(prediction.inked_at, "written down, its criteria frozen", prediction.inked_by, "an editor")
    for deadline in prediction.deadlines.all():
        if deadline.made_at > prediction.inked_at:
            what = f"given the day {day(deadline.last_day)}: {deadline.reason or deadline.explanation}"
            yield _at(deadline.made_at, what, deadline.made_by, "an editor")
    for piece in prediction.evidence.all():
        yield _at(piece.added_at, f"evidence {piece.bearing} it added", piece.added_by, "a reviewer")
    verdicts = {verdict.pk: verdict for verdict in prediction.resolutions.all()}
    for event in prediction.events.all():
        yield _told(event, verdicts)


def _told(event: Event, verdicts: dict[int, Resolution]) -> Happening:
    match event.kind:
        case Event.Kind.FELL_DUE:
            last_day = day_of(event.happened_at - timedelta(seconds=1))
            return Happening(
                event.happened_at, day(last_day), "24:00", "fell due", recorded=event.recorded_at
            )
        case Event.Kind.RESOLVED if event.resolution_id in verdicts:
            what, role = f"judged: {verdicts[event.resolution_id].get_happened_display()}", "a reviewer"
        case _:
            what, role = f"{event.get_kind_display()}: {event.reason}", "an editor"
    return _at(event.happened_at, what, event.made_by, role)


def _at(moment: datetime, what: str, who: User | None, role: str) -> Happening:
    """What happened at ``moment``, by ``who``, called by ``role`` if they gave no name; by nobody when it was a job."""
    here = timezone.localtime(moment)
    return Happening(moment, day(here.date()), f"{here:%H:%M}", what, public_name(who, role) if who else "")
