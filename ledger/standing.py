"""What a prediction is today. Computed from its dates, its events and its verdicts; stored nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from ledger.models import Ballot, Event, Judgement, Resolution
from ledger.moments import day_of
from ledger.scoring.outcome import Outcome, Window, outcome
from predictions.models import Deadline, Prediction, PredictionQuerySet


class State(StrEnum):
    UNDATED = "undated"
    PENDING = "pending"
    WAITING = "waiting"
    INTENDED = "intended"
    DISPUTED = "disputed"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Fate(StrEnum):
    """What became of a verdict that was reached: it counts, it will unless it is stopped, or it was stopped."""

    FINAL = "final"
    INTENDED = "intended"
    RETRACTED = "retracted"


@dataclass(frozen=True, slots=True)
class Standing:
    """A prediction as it stands on a day.

    ``verdict`` is the one that is final. ``outcome`` is None while there is nothing to derive: before
    any final verdict, unless it is due and waits; what is announced or disputed waits too. ``counts``
    says whether the outcome enters any rate: only what is due does, so what was settled early waits
    for its deadline like everything else. What is due stays so: taken back after its day, it keeps
    the outcome its verdict gives, or waits.

    ``intended`` is a verdict that is announced and not final yet, ``disputed`` the latest event that
    says reviewers found no majority; beside an earlier final verdict neither changes what it counts as.
    """

    state: State
    verdict: Resolution | None
    outcome: Outcome | None
    counts: bool
    intended: Resolution | None = None
    disputed: Event | None = None


TURNS = (
    Event.Kind.RESOLVED,
    Event.Kind.INTENDED,
    Event.Kind.RETRACTED,
    Event.Kind.DISPUTED,
    Event.Kind.WITHDRAWN,
)
"""The kinds of event that ``stands`` asks for."""


def followed(path: str = "") -> tuple[str | Prefetch[str, QuerySet[Resolution]], ...]:
    """What to prefetch for ``standing`` and a line on a page; ``path`` leads to the predictions, as ``prediction__``."""
    verdicts = Resolution.objects.select_related("made_by__reviewer")
    return f"{path}events", Prefetch(f"{path}resolutions", verdicts), f"{path}forecasts__by"


def with_standing(predictions: PredictionQuerySet) -> PredictionQuerySet:
    """``predictions`` with everything fetched that ``standing`` and a line on a page need."""
    return predictions.with_reading().prefetch_related(*followed())


def standing(prediction: Prediction, on: date) -> Standing:
    """How ``prediction`` stands on the day ``on``; no queries if it came from ``with_standing``."""
    return stands(prediction.deadline, prediction.events.all(), prediction.resolutions.all(), on)


def stands(
    deadline: Deadline | None, turns: Collection[Event], verdicts: Collection[Resolution], on: date
) -> Standing:
    """How a prediction stands on the day ``on``, by its events of the kinds in ``TURNS``, and by the verdicts they name."""
    verdict, announced, contested = _final(turns, verdicts), _announced(turns, verdicts), _contested(turns)
    due = deadline is not None and deadline.last_day < on
    if taken_back := _taken_back(turns):
        late = due and deadline is not None and day_of(taken_back.happened_at) > deadline.last_day
        found = derived(verdict, deadline) if verdict else Outcome.WAITING
        return Standing(State.WITHDRAWN, verdict, found if late else None, counts=late)
    if verdict is not None:
        return Standing(State.SETTLED, verdict, derived(verdict, deadline), due, announced, contested)
    if announced:
        state = State.INTENDED
    elif contested:
        state = State.DISPUTED
    elif deadline is None:
        state = State.UNDATED
    else:
        state = State.WAITING if due else State.PENDING
    return Standing(state, None, Outcome.WAITING if due else None, due, announced, contested)


def derived(verdict: Judgement, deadline: Deadline | None) -> Outcome:
    """On time, late, missed …: the verdict held against the binding deadline."""
    window = Window(deadline.earliest, deadline.last_day) if deadline else Window(date.min, date.max)
    return outcome(verdict.happened, verdict.when, window)


def derived_with_slack(verdict: Judgement, deadline: Deadline | None) -> Outcome:
    """As ``derived``, held against the latest day that the vagueness of the words admits."""
    window = Window(deadline.earliest, deadline.latest) if deadline else Window(date.min, date.max)
    return outcome(verdict.happened, verdict.when, window)


def latest_verdict(prediction: Prediction) -> Resolution | None:
    """The verdict that stands: the last one given of those that are final."""
    return _final(prediction.events.all(), prediction.resolutions.all())


def intended(prediction: Prediction) -> Resolution | None:
    """The verdict that is announced, neither final nor taken back; None if there is none."""
    return _announced(prediction.events.all(), prediction.resolutions.all())


def fate(verdict: Resolution) -> Fate:
    """What became of a verdict; no queries if its prediction came from ``with_standing``."""
    turns = verdict.prediction.events.all()
    if verdict.pk in _named(turns, Event.Kind.RETRACTED):
        return Fate.RETRACTED
    return Fate.FINAL if verdict.pk in _named(turns, Event.Kind.RESOLVED) else Fate.INTENDED


def last_signed(prediction: Prediction) -> Resolution | None:
    """The verdict that a reviewer has to have read before they give another: announced, or else final."""
    return intended(prediction) or latest_verdict(prediction)


def disputed(prediction: Prediction) -> Event | None:
    """The event that says reviewers found no majority, unless a verdict was reached since."""
    return _contested(prediction.events.all())


def is_open(ballot: Ballot) -> bool:
    """Whether everybody may read what ``ballot`` says; no queries if its prediction came from ``with_standing``."""
    return any(
        event.kind == Event.Kind.BALLOT_OPENED and event.ballot_id == ballot.pk
        for event in ballot.prediction.events.all()
    )


def withdrawn(prediction: Prediction) -> Event | None:
    return _taken_back(prediction.events.all())


def _final(turns: Iterable[Event], verdicts: Iterable[Resolution]) -> Resolution | None:
    final = _named(turns, Event.Kind.RESOLVED)
    return max((verdict for verdict in verdicts if verdict.pk in final), key=lambda one: one.pk, default=None)


def _announced(turns: Iterable[Event], verdicts: Iterable[Resolution]) -> Resolution | None:
    ended = _named(turns, Event.Kind.RESOLVED) | _named(turns, Event.Kind.RETRACTED)
    announced = _named(turns, Event.Kind.INTENDED) - ended
    return next((verdict for verdict in verdicts if verdict.pk in announced), None)


def _contested(turns: Iterable[Event]) -> Event | None:
    found = None
    for event in sorted(turns, key=lambda event: event.pk):
        if event.kind == Event.Kind.DISPUTED:
            found = event
        elif event.kind in (Event.Kind.RESOLVED, Event.Kind.INTENDED):
            found = None
    return found


def _taken_back(turns: Iterable[Event]) -> Event | None:
    return next((event for event in turns if event.kind == Event.Kind.WITHDRAWN), None)


def _named(turns: Iterable[Event], kind: str) -> set[int | None]:
    """The numbers of the verdicts that the events of this kind name."""
    return {event.resolution_id for event in turns if event.kind == kind}
