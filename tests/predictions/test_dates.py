"""A date known to the month is every day of that month, and is never spelled more exactly than it is known."""

from __future__ import annotations

from datetime import date

import pytest

from predictions.dates import Interval, interval
from predictions.spelling import spelled

LEAP_DAY = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("day", "precision", "first", "last"),
    [
        (LEAP_DAY, "day", LEAP_DAY, LEAP_DAY),
        (date(2024, 2, 10), "month", date(2024, 2, 1), LEAP_DAY),
        (date(2023, 2, 10), "month", date(2023, 2, 1), date(2023, 2, 28)),
        (date(2024, 12, 31), "month", date(2024, 12, 1), date(2024, 12, 31)),
        (LEAP_DAY, "year", date(2024, 1, 1), date(2024, 12, 31)),
        (date(9999, 12, 1), "year", date(9999, 1, 1), date(9999, 12, 31)),
        (date(1, 1, 1), "month", date(1, 1, 1), date(1, 1, 31)),
    ],
)
def test_an_imprecise_date_is_an_interval(day: date, precision: str, first: date, last: date) -> None:
    assert interval(day, precision) == Interval(first, last)


@pytest.mark.parametrize(
    ("precision", "words"), [("day", "29 February 2024"), ("month", "February 2024"), ("year", "2024")]
)
def test_a_date_is_spelled_no_more_exactly_than_it_is_known(precision: str, words: str) -> None:
    assert spelled(LEAP_DAY, precision) == words


def test_an_interval_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="cannot end"):
        Interval(date(2024, 2, 2), date(2024, 2, 1))


def test_there_is_no_other_precision() -> None:
    with pytest.raises(ValueError, match="decade"):
        interval(LEAP_DAY, "decade")
