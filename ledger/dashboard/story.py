"""The story of one prediction: its days on a line, its state in a sentence, its history in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from ledger.drawing.moments import Line, Moment
from ledger.drawing.moments import line as drawn
from ledger.entries import Entry
from ledger.marks import Mark, mark
from ledger.models import Event, Evidence, Resolution
from ledger.moments import day_after, day_of, end_of
from ledger.standing import State
from ledger.wording import counted, day, public_name, sentence, short_day, span
from predictions.dates import Precision
from predictions.models import Deadline, Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

STAYS = gettext_lazy(
    "So it stays in the count, by the verdict it had or as one without, unless an entry that puts it right "
    "is counted in its place."
)

Bearing = Evidence.Bearing
BEARINGS = {
    Bearing.FOR: gettext_lazy("evidence for it added"),
    Bearing.AGAINST: gettext_lazy("evidence against it added"),
}


@dataclass(frozen=True)
class InWords:
    """How a prediction stands: ``mark`` and a sentence about it."""

    mark: Mark
    sentence: str


@dataclass(frozen=True)
class Happening:
    """One thing in a prediction's history: ``day`` and ``hour`` in words, ``hour`` empty where it is not known.

    ``recorded`` is set if it was written down later than it happened; ``why`` is in the words of whoever did it.
    """

    moment: datetime
    day: str
    hour: str
    what: str
    who: str = ""
    recorded: datetime | None = None
    why: str = ""


# -- its days --------------------------------------------------------------------------------------


def line(entry: Entry) -> Line | None:
    """Its days on an axis; None without a deadline."""
    return drawn(list(_moments(entry, entry.deadline))) if entry.deadline else None


def _moments(entry: Entry, deadline: Deadline) -> Iterator[Moment]:
    verdict = entry.standing.verdict
    statement = entry.prediction.statement
    exact = statement.said_precision == Precision.DAY
    yield Moment("said", entry.said_on, _("Said"), short_day(statement.said_on) if exact else statement.said)
    yield Moment("deadline", deadline.last_day, _("Deadline"), short_day(deadline.last_day))
    yield Moment("today", entry.on, _("Today"), "")
    if deadline.nominal != deadline.last_day:
        yield Moment("nominal", deadline.nominal, _("Best estimate"), short_day(deadline.nominal))
    if deadline.latest != deadline.last_day:
        yield Moment("latest", deadline.latest, _("Latest"), short_day(deadline.latest))
    if verdict and verdict.when:
        yield Moment("happened", verdict.when.last, str(mark(entry).word), verdict.when_in_words)


def finding(entry: Entry) -> str:
    """The title of its time axis."""
    if entry.deadline is None:
        return ""
    if entry.is_withdrawn and not entry.was_withdrawn_late:
        return _("It was withdrawn before its day, %(day)s, was over") % {"day": day(entry.last_day)}
    if entry.days_past > 0:
        return _("Its day passed %(span)s ago") % {"span": span(entry.days_past)}
    if entry.days_past == 0:
        return _("Its last day is today")
    return _("Its day comes in %(span)s") % {"span": span(-entry.days_past)}


# -- its state -------------------------------------------------------------------------------------


def state(entry: Entry) -> InWords:
    """How it stands today, for the head of its page."""
    return InWords(mark(entry), _explained(entry))


def _explained(entry: Entry) -> str:
    match entry.standing.state:
        case State.UNDATED:
            return _(
                "It counts among what was said, is in no rate, and never falls due, unless an event starts its clock."
            )
        case State.WITHDRAWN:
            gone = _(
                "It was taken back and is judged no more. What it said, and why it went, stays readable below."
            )
            return (
                _joined(gone, _("Its day had passed by then."), str(STAYS))
                if entry.was_withdrawn_late
                else gone
            )
        case State.PENDING:
            return _joined(
                _("There is nothing to judge before %(day)s, unless it is settled earlier.")
                % {"day": day(day_after(entry.last_day))},
                _not_knowable_yet(entry),
            )
        case State.WAITING:
            return _joined(
                _(
                    "Its last day was %(day)s. It counts among what is due, and leaves the rate open in both "
                    "directions, until somebody looks."
                )
                % {"day": day(entry.last_day)},
                _not_knowable_yet(entry),
            )
        case State.INTENDED:
            return _announced(entry)
        case State.DISPUTED:
            return _(
                "Three reviewers judged it without sight of each other, and no two agree. All three verdicts are "
                "below. It is in no score, and counts among what waits."
            )
        case State.SETTLED:
            return _verdict(entry)


def _announced(entry: Entry) -> str:
    verdict = entry.standing.intended
    if verdict is None:
        return ""
    final = timezone.localtime(verdict.final_at)
    return _(
        "Intended resolution: %(answer)s. It becomes final on %(day)s at %(hour)s, unless somebody shows before "
        "then that it is wrong. Until then it waits like any other."
    ) % {"answer": answer(verdict), "day": day(final.date()), "hour": f"{final:%H:%M}"}


def _not_knowable_yet(entry: Entry) -> str:
    """From when the evidence can exist, if that is still to come."""
    known_from = entry.prediction.knowable_from
    if known_from is None or known_from <= entry.on:
        return ""
    return _("The evidence can exist only from %(day)s on.") % {"day": day(known_from)}


def _verdict(entry: Entry) -> str:
    verdict = entry.standing.verdict
    if verdict is None:
        return ""
    found = _("%(answer)s. The verdict looked until %(day)s.") % {
        "answer": sentence(answer(verdict)),
        "day": day(verdict.looked_until),
    }
    if not entry.deadline or entry.standing.counts:
        return found
    early = _("It enters no rate before its day: what is known early must not count sooner than the rest.")
    return _joined(found, early)


def answer(verdict: Resolution) -> str:
    """What it says and of when, as "yes, 5 February 2026"."""
    words = {"answer": verdict.get_happened_display(), "when": verdict.when_in_words}
    return _("%(answer)s, %(when)s") % words if verdict.when else str(words["answer"])


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)


# -- its history -----------------------------------------------------------------------------------


def history(prediction: Prediction) -> list[Happening]:
    """All that happened to it, in the order it happened."""
    return sorted(_happenings(prediction), key=lambda one: one.moment)


def _happenings(prediction: Prediction) -> Iterator[Happening]:
    statement = prediction.statement
    yield Happening(end_of(statement.said_on - timedelta(days=1)), statement.said, "", _("said"))
    yield _at(
        prediction.inked_at, _("written down, its criteria frozen"), prediction.inked_by, _("an editor")
    )
    for deadline in prediction.deadlines.all():
        if deadline.made_at > prediction.inked_at:
            what = _("given the day %(day)s") % {"day": day(deadline.last_day)}
            why = deadline.reason or deadline.explanation
            yield _at(deadline.made_at, what, deadline.made_by, _("an editor"), why)
    for piece in prediction.evidence.all():
        yield _at(piece.added_at, BEARINGS[Bearing(piece.bearing)], piece.added_by, _("a reviewer"))
    verdicts = {verdict.pk: verdict for verdict in prediction.resolutions.all()}
    for event in prediction.events.all():
        yield _told(event, verdicts)


def _told(event: Event, verdicts: dict[int, Resolution]) -> Happening:
    why, role = event.reason, _("a reviewer")
    match event.kind:
        case Event.Kind.FELL_DUE:
            last_day = day_of(event.happened_at - timedelta(seconds=1))
            return Happening(
                event.happened_at, day(last_day), "24:00", _("fell due"), recorded=event.recorded_at
            )
        case Event.Kind.APPROACHING:
            what, role = _("%(days)s left") % {"days": counted(event.lead or 0, "day")}, ""
        case Event.Kind.RESOLVED | Event.Kind.INTENDED if event.resolution_id in verdicts:
            how = (
                _("judged: %(answer)s")
                if event.kind == Event.Kind.RESOLVED
                else _("verdict announced: %(answer)s")
            )
            what, why = how % {"answer": verdicts[event.resolution_id].get_happened_display()}, ""
        case Event.Kind.RETRACTED:
            what = (
                _("a blind verdict taken back") if event.ballot_id else _("the announced verdict taken back")
            )
        case Event.Kind.BALLOT_SEALED | Event.Kind.BALLOT_OPENED | Event.Kind.DISPUTED:
            what, why = event.get_kind_display(), ""
        case Event.Kind.LOOK_AGAIN if event.until:
            what = _("to be looked at again on %(day)s") % {"day": day(event.until)}
        case _:
            what, role = event.get_kind_display(), _("an editor")
    return _at(event.happened_at, what, event.made_by, role, why)


def _at(moment: datetime, what: StrOrPromise, who: User | None, role: str, why: str = "") -> Happening:
    """What happened at ``moment``, by ``who``, called by ``role`` if they gave no name; by nobody when it was a job."""
    here = timezone.localtime(moment)
    by = public_name(who, role) if who else ""
    return Happening(moment, day(here.date()), f"{here:%H:%M}", str(what), by, why=why)
