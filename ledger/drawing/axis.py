"""An axis of days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Tick:
    """A line at a round date. ``minor`` ones are left out where there is little room.

    ``shows`` says how much of the day is written there: "year", "month", or "month and year".
    """

    x: float
    day: date
    shows: str
    minor: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """From the day ``first``, at ``margin`` per cent, to the day ``last``, at 100 less ``margin``."""

    first: date
    last: date
    margin: float = 2.0

    @classmethod
    def over(cls, days: Iterable[date], *, within: Axis | None = None) -> Axis:
        """The axis that shows all ``days``, as far as they lie ``within``. Raises ``ValueError`` without any."""
        inside = list(days)
        if within:
            inside = [min(max(day, within.first), within.last) for day in inside]
        return cls(min(inside), max(inside))

    def at(self, day: date) -> float:
        """Where ``day`` lies, in per cent; what lies beyond is put at the edge (0 or 100)."""
        if day < self.first:
            return 0.0
        if day > self.last:
            return 100.0
        length = max((self.last - self.first).days, 1)
        return round(self.margin + (100 - 2 * self.margin) * (day - self.first).days / length, 2)

    def shows(self, day: date) -> bool:
        return self.first <= day <= self.last

    def ticks(self) -> list[Tick]:
        """The turns of the years, or, in less than two years, of the quarters; at most nine."""
        return self._quarters() if (self.last - self.first).days < 600 else self._years()

    def _years(self) -> list[Tick]:
        years = self.last.year - self.first.year
        step = next(step for step in STEPS if years / step <= MOST_TICKS - 1)
        turns = range(-(-self.first.year // step) * step, self.last.year + 1, step)
        found = [date(year, 1, 1) for year in turns if year > 0 and self.shows(date(year, 1, 1))]
        return [Tick(self.at(day), day, "year", minor=i % 2 == 1) for i, day in enumerate(found)]

    def _quarters(self) -> list[Tick]:
        months = [
            date(year, month, 1)
            for year in range(self.first.year, self.last.year + 1)
            for month in (1, 4, 7, 10)
        ]
        found = [day for day in months if self.shows(day)]
        return [
            Tick(
                self.at(day),
                day,
                "month and year" if day.month == 1 or i == 0 else "month",
                minor=i % 2 == 1,
            )
            for i, day in enumerate(found)
        ]
