"""What the rows know of themselves, and what the database refuses whoever asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from predictions.models import Deadline, Forecast, Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 1)


def later_reading(prediction: Prediction, **kwargs: Any) -> Deadline:
    fields = {
        "prediction": prediction,
        "ordinal": 2,
        "counted_from": DAY,
        "earliest": DAY,
        "nominal": DAY,
        "last_day": DAY,
        "latest": DAY,
        "kind": "by",
        "rule": "person",
        "explanation": "Set by a person.",
        "made_at": noon(DAY),
        "made_on": DAY,
    }
    return Deadline.objects.create(**{**fields, **kwargs})


class TestDeadlines:
    def test_the_first_one_binds_and_later_ones_stand_beside_it(self) -> None:
        prediction = factories.prediction()
        second = later_reading(prediction, last_day=DAY + timedelta(days=9), latest=DAY + timedelta(days=9))
        fresh = Prediction.objects.with_reading().get()
        assert fresh.deadline is not None
        assert fresh.deadline.ordinal == 1
        assert fresh.later_readings == [second]
        assert list(Prediction.objects.dated()) == [fresh], "once, however many readings there are"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"ordinal": 1},
            {"earliest": DAY + timedelta(days=1)},
            {"nominal": DAY + timedelta(days=1)},
            {"latest": DAY - timedelta(days=1)},
            {"reading": Deadline.Reading.PERSON, "reason": ""},
        ],
        ids=lambda wrong: " ".join(wrong),
    )
    def test_the_database_refuses(self, wrong: dict[str, Any]) -> None:
        prediction = factories.prediction()
        with pytest.raises(IntegrityError), transaction.atomic():
            later_reading(prediction, **wrong)

    @pytest.mark.parametrize(
        ("on", "passed"), [(DAY, False), (DAY + timedelta(days=1), True), (DAY - timedelta(days=1), False)]
    )
    def test_one_has_passed_when_its_last_day_is_over(self, on: date, *, passed: bool) -> None:
        factories.prediction()
        assert Deadline.objects.passed(on).exists() is passed

    def test_the_promised_time_is_counted_in_days(self) -> None:
        deadline = factories.prediction().deadline
        assert deadline is not None
        assert deadline.span_days == 365


class TestForecasts:
    @pytest.mark.parametrize(
        ("low", "high", "words", "stated", "probability"),
        [
            (0.19, 0.19, "", "19%", 0.19),
            (0.1, 0.2, "", "10 to 20%", 0.15),
            (0.005, 0.005, "", "0.5%", 0.005),
            (None, None, "more likely than not", "“more likely than not”", None),
        ],
    )
    def test_are_told_as_they_were_given(
        self, low: float | None, high: float | None, words: str, stated: str, probability: float | None
    ) -> None:
        prediction = factories.prediction()
        row = Forecast(
            prediction=prediction,
            by=factories.speaker(),
            low=low,
            high=high,
            words=words,
            stated_on=DAY,
        )
        row.save()
        row.refresh_from_db()
        assert row.stated == stated
        assert row.probability == pytest.approx(probability)


@pytest.mark.parametrize(
    ("precision", "said", "anchor"),
    [
        ("day", "10 February 2024", date(2024, 2, 10)),
        ("month", "February 2024", date(2024, 2, 29)),
        ("year", "2024", date(2024, 12, 31)),
    ],
)
def test_a_statement_knows_how_exactly_it_is_dated(precision: str, said: str, anchor: date) -> None:
    statement = factories.statement(said_on=date(2024, 2, 10), said_precision=precision)
    assert (statement.said, statement.anchor) == (said, anchor)
