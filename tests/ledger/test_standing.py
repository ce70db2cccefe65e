"""What a prediction is on a day is computed from its dates, its events and its verdicts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from ledger.judging.withdrawal import withdraw
from ledger.scoring.outcome import Outcome
from ledger.standing import State, standing, with_standing
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

DEADLINE = date(2026, 10, 1)
NEXT_DAY = DEADLINE + timedelta(days=1)
EARLY = date(2026, 3, 1)


def now(prediction: Prediction, on: date) -> tuple[State, Outcome | None, bool]:
    found = standing(Prediction.objects.get(pk=prediction.pk), on)
    return found.state, found.outcome, found.counts


@pytest.mark.parametrize(
    ("on", "state", "outcome", "counts"),
    [
        (EARLY, State.PENDING, None, False),
        (DEADLINE, State.PENDING, None, False),
        (NEXT_DAY, State.WAITING, Outcome.WAITING, True),
        (NEXT_DAY + timedelta(days=3_650), State.WAITING, Outcome.WAITING, True),
    ],
)
def test_it_is_pending_until_its_last_day_is_over_and_then_waits(
    on: date, state: State, outcome: Outcome | None, *, counts: bool
) -> None:
    assert now(factories.prediction(), on) == (state, outcome, counts)


def test_without_a_date_it_is_undated_and_in_no_rate() -> None:
    assert now(factories.prediction("soon"), NEXT_DAY) == (State.UNDATED, None, False)


def test_settled_early_it_counts_only_from_its_deadline_on() -> None:
    prediction = factories.prediction()
    factories.verdict(prediction, "yes", on=EARLY, happened_on=EARLY)
    assert now(prediction, EARLY)[::2] == (State.SETTLED, False)
    assert now(prediction, DEADLINE)[2] is False
    assert now(prediction, NEXT_DAY)[2] is True


@pytest.mark.parametrize(
    ("withdrawn_on", "happened", "outcome", "counts"),
    [
        (EARLY, None, None, False),
        (DEADLINE, None, None, False),
        (NEXT_DAY, None, Outcome.WAITING, True),
        (NEXT_DAY, "no", Outcome.MISSED, True),
        (NEXT_DAY, "cannot_tell", Outcome.CANNOT_TELL, True),
    ],
)
def test_withdrawn_after_its_day_it_keeps_the_outcome_it_had(
    withdrawn_on: date, happened: str | None, outcome: Outcome | None, *, counts: bool
) -> None:
    prediction = factories.prediction()
    if happened:
        factories.verdict(prediction, happened, on=NEXT_DAY)
    withdraw(prediction, reason="Not his words.", at=noon(withdrawn_on))
    assert now(prediction, NEXT_DAY) == (State.WITHDRAWN, outcome, counts)


def test_withdrawn_without_a_date_it_has_no_outcome() -> None:
    prediction = factories.prediction("soon")
    withdraw(prediction, reason="Not his words.", at=noon(NEXT_DAY))
    assert now(prediction, NEXT_DAY) == (State.WITHDRAWN, None, False)


@pytest.mark.parametrize(
    ("polarity", "happened", "given", "outcome"),
    [
        ("will", "yes", {"happened_on": date(2026, 9, 1)}, Outcome.ON_TIME),
        ("will", "yes", {"happened_on": DEADLINE}, Outcome.ON_TIME),
        ("will", "yes", {"happened_on": NEXT_DAY}, Outcome.LATE),
        ("will", "yes", {"happened_on": date(2026, 10, 1), "happened_precision": "month"}, Outcome.TIMING_UNKNOWN),
        ("will", "yes", {"happened_on": date(2026, 9, 1), "happened_precision": "month"}, Outcome.ON_TIME),
        ("will", "partly", {"happened_on": DEADLINE, "which_part": "Half."}, Outcome.PARTLY),
        ("will", "partly", {"happened_on": NEXT_DAY, "which_part": "Half."}, Outcome.PARTLY_LATE),
        ("will", "partly", {"happened_on": DEADLINE, "happened_precision": "month", "which_part": "Half."}, Outcome.TIMING_UNKNOWN),
        ("will", "partly", {"happened_on": date(2026, 9, 1), "happened_precision": "month", "which_part": "Half."}, Outcome.PARTLY),
        ("will", "no", {}, Outcome.MISSED),
        ("will", "cannot_tell", {}, Outcome.CANNOT_TELL),
        ("will", "void", {}, Outcome.VOID),
        ("will", "abandoned", {"happened_on": EARLY}, Outcome.ABANDONED),
        ("will_not", "yes", {}, Outcome.ON_TIME),
        ("will_not", "no", {"happened_on": EARLY}, Outcome.MISSED),
        ("will_not", "no", {"happened_on": DEADLINE}, Outcome.MISSED),
        ("will_not", "no", {"happened_on": DEADLINE, "happened_precision": "month"}, Outcome.TIMING_UNKNOWN),
        ("will_not", "no", {"happened_on": date(2026, 6, 1), "happened_precision": "year"}, Outcome.TIMING_UNKNOWN),
        ("will_not", "partly", {"which_part": "Half."}, Outcome.PARTLY),
    ],
)  # fmt: skip
def test_what_became_of_it_is_derived(
    polarity: str, happened: str, given: dict[str, Any], outcome: Outcome
) -> None:
    prediction = factories.prediction("by 2026-10-01", polarity=polarity, condition="If it is funded.")
    on = date(2026, 11, 30)
    factories.verdict(prediction, happened, on=on, **given)
    assert now(prediction, on) == (State.SETTLED, outcome, True)


def test_the_last_verdict_stands() -> None:
    prediction = factories.prediction()
    factories.verdict(prediction, "no", on=NEXT_DAY)
    factories.verdict(prediction, "cannot_tell", on=NEXT_DAY)
    assert now(prediction, NEXT_DAY)[1] is Outcome.CANNOT_TELL


def test_many_stand_at_the_cost_of_few_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(6):
        prediction = factories.prediction(odds=0.5)
        if n % 2:
            factories.verdict(prediction, "no", on=NEXT_DAY)
    found = list(with_standing(Prediction.objects.all()))
    with django_assert_num_queries(0):
        states = [standing(prediction, NEXT_DAY).state for prediction in found]
    assert states.count(State.WAITING) == states.count(State.SETTLED) == 3
