"""Dates that are known to the day, to the month or only to the year. Pure: no Django, no clock."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Interval:
    """The days, first and last included, among which the true day lies."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"an interval cannot end ({self.last}) before it begins ({self.first})")


def interval(day: date, precision: str) -> Interval:
    """The days that ``day`` may stand for when it is known to ``precision`` only.

    ``date(2024, 2, 10)`` known to the month is 1 to 29 February 2024.
    """
    match Precision(precision):
        case Precision.DAY:
            return Interval(day, day)
        case Precision.MONTH:
            return Interval(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
        case Precision.YEAR:
            return Interval(date(day.year, 1, 1), date(day.year, 12, 31))
