"""What waits for a person: due, standing, without a verdict; the longest overdue first."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from ledger import due
from ledger.judging.postponing import look_again
from ledger.judging.withdrawal import withdraw
from ledger.models import Resolution
from ledger.queue import overdue, waiting
from ledger.standing import State, latest_verdict, standing
from predictions.models import Deadline, Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 1)
CAME: dict[str, Any] = {"happened_on": date(2026, 2, 1)}


def sweep() -> None:
    due.flag_due(on=TODAY, at=noon(TODAY))


def test_the_longest_overdue_comes_first_whenever_it_was_logged() -> None:
    young = factories.prediction(said_on=date(2025, 11, 1), inked_on=date(2025, 11, 1))
    old = factories.prediction(said_on=date(2020, 1, 1), inked_on=date(2026, 11, 30))
    middle = factories.prediction(said_on=date(2025, 10, 1), inked_on=date(2025, 12, 1))
    sweep()
    assert list(waiting(TODAY)) == [old, middle, young]
    assert list(overdue(TODAY)) == [old.pk, middle.pk, young.pk]
    assert [str(prediction.deadline) for prediction in waiting(TODAY)] == [
        "2021-01-01",
        "2026-10-01",
        "2026-11-01",
    ]


def test_only_what_is_due_stands_and_has_no_verdict_waits() -> None:
    waits = factories.prediction()
    factories.prediction("by 2027-01-01")
    factories.prediction("")
    withdraw(factories.prediction(), reason="Not his words.", at=noon(TODAY))
    factories.verdict(factories.prediction(), "yes", on=date(2026, 1, 1), happened_on=date(2025, 12, 1))
    sweep()
    judged = factories.prediction(said_on=date(2020, 1, 1))
    factories.verdict(judged, "no", on=TODAY)
    assert list(waiting(TODAY)) == [waits]
    assert list(overdue(TODAY)) == [waits.pk]


def test_nothing_waits_before_the_sweep_has_flagged_it() -> None:
    factories.prediction()
    assert not waiting(TODAY).exists()


def test_what_was_flagged_ahead_of_its_day_waits_from_that_day_on() -> None:
    prediction = factories.prediction()
    last_day = date(2026, 10, 1)
    sweep()
    assert not waiting(last_day).exists()
    assert list(waiting(last_day + timedelta(days=1))) == [prediction]


def test_a_second_reading_does_not_make_it_wait_twice() -> None:
    prediction = factories.prediction()
    later = date(2030, 1, 1)
    Deadline.objects.create(
        prediction=prediction,
        ordinal=2,
        counted_from=later,
        earliest=later,
        nominal=later,
        last_day=later,
        latest=later,
        kind="by",
        rule="person",
        explanation="Read anew.",
        made_at=noon(TODAY),
        made_on=TODAY,
    )
    sweep()
    assert [str(prediction.deadline) for prediction in waiting(TODAY)] == ["2026-10-01"]


def test_the_queue_and_what_a_prediction_says_of_itself_agree() -> None:
    for days in range(-2, 3):
        factories.prediction(said_on=date(2025, 12, 1) + timedelta(days=days), inked_on=TODAY)
    factories.verdict(Prediction.objects.first() or Prediction(), "no", on=TODAY + timedelta(days=9))
    sweep()
    of_themselves = {
        prediction.pk
        for prediction in Prediction.objects.all()
        if standing(prediction, TODAY).state is State.WAITING
    }
    assert {prediction.pk for prediction in waiting(TODAY)} == of_themselves


@pytest.mark.parametrize("seed", range(2))
def test_what_is_overdue_is_what_waits_has_fallen_due_and_has_no_verdict(seed: int) -> None:
    """Told of ledgers in which everything that can happen to an entry has happened to some."""
    chance = random.Random(seed)
    everything = list(product((True, False), ("", "today", "later"), range(5), (True, False), (True, False)))
    for flagged, put_off, ballots, judged, begun in chance.sample(everything, 30):
        horizon = chance.choice(["in about a year", "by November 2026", "by 2027"])
        entry = factories.prediction(horizon)
        if flagged:
            sweep()
        if put_off:
            day = TODAY + timedelta(days=7 * (put_off == "later"))
            look_again(entry, day=day, reason="Not known yet.", at=noon(TODAY), on=TODAY)
        # Three that differ are a dispute, and a fourth begins anew. What is to come can only be true already.
        answers = ("yes",) if horizon == "by 2027" else ("yes", "no", "cannot_tell", "yes")
        for answer in answers[:ballots]:
            came = CAME if answer == "yes" else {}
            factories.ballot(entry, answer, on=TODAY, by=factories.reviewer(), **came)
        if judged:
            factories.verdict(entry, "yes", on=TODAY, **CAME)
        if begun:
            factories.ballot(entry, "yes", on=TODAY, by=factories.reviewer(), **CAME)
        if chance.random() < 0.1:
            withdraw(entry, reason="Not his words.", at=noon(TODAY))
    found = [entry.pk for entry in waiting(TODAY) if fell_due(entry) and not latest_verdict(entry)]
    assert list(overdue(TODAY)) == found
    assert 0 < len(found) < waiting(TODAY).count()


def fell_due(entry: Prediction) -> bool:
    return entry.events.filter(kind="fell_due").exists() and entry.last_day < TODAY  # type: ignore[attr-defined]


def test_its_length_does_not_cost_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(8):
        factories.prediction(odds=0.5, topics=["energy"])
    sweep()
    with django_assert_max_num_queries(8):
        for prediction in waiting(TODAY):
            assert standing(prediction, TODAY).verdict is None
            assert prediction.statement.speaker.name
            assert prediction.statement.source.title
            assert prediction.deadline
            assert list(prediction.topics.all())
            assert [forecast.by for forecast in prediction.forecasts.all()]


def test_a_verdict_ends_the_waiting_for_good() -> None:
    prediction = factories.prediction()
    sweep()
    factories.verdict(prediction, "cannot_tell", on=TODAY)
    assert Resolution.objects.count() == 1
    assert not waiting(TODAY).exists()
    sweep()
    assert not waiting(TODAY).exists()
