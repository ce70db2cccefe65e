"""The days of one prediction on a line, each with its label, no two labels on top of each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.drawing.axis import Axis, Tick

NARROWEST = 300
"""Pixels across on the narrowest phone; labels must not collide there."""
LETTER = 6.6
"""Pixels a letter takes, on the generous side."""
GAP = 8


@dataclass(frozen=True, slots=True)
class Moment:
    """A named day. ``name`` also says how it is drawn: said, today, nominal, deadline, latest."""

    name: str
    day: date
    label: str
    value: str


ROW = 36
"""Pixels from one row of labels to the next; a row holds two lines of text."""
STEM = 22
"""Pixels between the line and the lowest label."""
FOOT = 40
"""Pixels below the line, for the ticks and their years."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A moment's place: ``x`` in per cent, ``anchor`` of its text, and the heights in pixels from the top."""

    name: str
    x: float
    anchor: str
    label: str
    value: str
    label_y: int
    value_y: int
    top: int


@dataclass(frozen=True, slots=True)
class Line:
    pins: tuple[Pin, ...]
    ticks: tuple[Tick, ...]
    said: float
    today: float | None
    deadline: float
    latest: float
    middle: int
    height: int

    @property
    def beyond(self) -> tuple[float, float] | None:
        """The delay: from the deadline to the day it came, or else to today; None when there is none."""
        end = next((pin.x for pin in self.pins if pin.name == "happened"), self.today)
        return (self.deadline, end) if end is not None and end > self.deadline else None

    @property
    def spent(self) -> float:
        """How far its time has run out: to today, or to the deadline."""
        return self.deadline if self.today is None else min(self.today, self.deadline)


def line(moments: Sequence[Moment]) -> Line:
    """``moments`` (said and deadline among them) on an axis that shows them all.

    Today is left off where it would squeeze the rest into a corner.
    """
    days = {moment.name: moment.day for moment in moments}
    own = Axis.over(day for name, day in days.items() if name != "today")
    today = days.get("today")
    if today and _squeezes(today, own):
        moments = [moment for moment in moments if moment.name != "today"]
        today = None
    axis = Axis.over([own.first, own.last, *([today] if today else [])])
    rows = _rows(moments, axis)
    middle = ROW * (1 + max(rows.values())) + STEM
    return Line(
        pins=tuple(_pin(moment, axis, rows[moment.name], middle) for moment in moments),
        ticks=tuple(axis.ticks()),
        said=axis.at(days["said"]),
        today=axis.at(today) if today else None,
        deadline=axis.at(days["deadline"]),
        latest=axis.at(days.get("latest", days["deadline"])),
        middle=middle,
        height=middle + FOOT,
    )


def _squeezes(today: date, own: Axis) -> bool:
    """Whether ``today`` is so far from the prediction's own days that they would be one blot."""
    length = max((own.last - own.first).days, 1)
    return max((today - own.last).days, (own.first - today).days) > 12 * length


def _rows(moments: Sequence[Moment], axis: Axis) -> dict[str, int]:
    """The row of each moment's label, counted from the line outward: the lowest that is free, from the left."""
    taken: list[float] = []
    rows = {}
    for moment in sorted(moments, key=lambda moment: moment.day):
        x = axis.at(moment.day)
        width = LETTER * max(len(moment.label), len(moment.value)) / NARROWEST * 100
        left = {"start": x, "middle": x - width / 2, "end": x - width}[_anchor(x)]
        row = next((row for row, right in enumerate(taken) if right <= left), len(taken))
        taken[row : row + 1] = [left + width + GAP / NARROWEST * 100]
        rows[moment.name] = row
    return rows


def _pin(moment: Moment, axis: Axis, row: int, middle: int) -> Pin:
    x = axis.at(moment.day)
    value_y = middle - STEM - row * ROW
    return Pin(
        moment.name,
        x,
        _anchor(x),
        moment.label,
        moment.value,
        label_y=value_y - 15,
        value_y=value_y,
        top=value_y + 4,
    )


def _anchor(x: float) -> str:
    """Text grows away from the nearer edge."""
    return "start" if x < 25 else "end" if x > 75 else "middle"
