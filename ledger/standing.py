"""What a prediction is today. Computed from its dates, its events and its verdicts; stored nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ledger.models import Event, Resolution
from ledger.moments import day_of
from ledger.scoring.outcome import Outcome, Window, outcome
from predictions.models import Deadline, Prediction, PredictionQuerySet

FOLLOWED = ("events", "resolutions__made_by", "forecasts__by")


class State(StrEnum):
    UNDATED = "undated"
    PENDING = "pending"
    WAITING = "waiting"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """A prediction as it stands on a day.

    ``outcome`` is None while there is nothing to derive: before any verdict, unless it is due
    and waits. ``counts`` says whether the outcome enters any rate: only what is due does, so
    what was settled early waits for its deadline like everything else. What is due stays so: taken
    back after its day, it keeps the outcome its verdict gives, or waits.
    """

    state: State
    verdict: Resolution | None
    outcome: Outcome | None
    counts: bool


def with_standing(predictions: PredictionQuerySet) -> PredictionQuerySet:
    """``predictions`` with everything fetched that ``standing`` and a line on a page need."""
    return predictions.with_reading().prefetch_related(*FOLLOWED)


def standing(prediction: Prediction, on: date) -> Standing:
    """How ``prediction`` stands on the day ``on``; no queries if it came from ``with_standing``."""
    deadline = prediction.deadline
    verdict = latest_verdict(prediction)
    due = deadline is not None and deadline.last_day < on
    if taken_back := withdrawn(prediction):
        late = due and deadline is not None and day_of(taken_back.happened_at) > deadline.last_day
        found = derived(verdict, deadline) if verdict else Outcome.WAITING
        return Standing(State.WITHDRAWN, verdict, found if late else None, counts=late)
    if verdict is not None:
        return Standing(State.SETTLED, verdict, derived(verdict, deadline), counts=due)
    if deadline is None:
        return Standing(State.UNDATED, None, outcome=None, counts=False)
    if due:
        return Standing(State.WAITING, None, Outcome.WAITING, counts=True)
    return Standing(State.PENDING, None, outcome=None, counts=False)


def derived(verdict: Resolution, deadline: Deadline | None) -> Outcome:
    """On time, late, missed …: the verdict held against the binding deadline."""
    window = Window(deadline.earliest, deadline.last_day) if deadline else Window(date.min, date.max)
    return outcome(verdict.happened, verdict.when, window)


def latest_verdict(prediction: Prediction) -> Resolution | None:
    """The verdict that stands: the last one given."""
    return max(prediction.resolutions.all(), key=lambda resolution: resolution.pk, default=None)


def withdrawn(prediction: Prediction) -> Event | None:
    return next((event for event in prediction.events.all() if event.kind == Event.Kind.WITHDRAWN), None)
