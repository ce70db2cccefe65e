"""The days of one prediction on a line, each with its label, none on top of another and none struck through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.drawing.axis import Axis, Tick
from ledger.drawing.svg import letters

NARROWEST = 288
"""Pixels across on the narrowest phone, of 320; labels must not collide there."""
LETTER = 6.6
"""Pixels a Latin letter takes, on the generous side."""
GAP = 2.5
"""Per cent of the width between two labels in a row."""
BESIDE = 4
"""Pixels from a stem to a label that stands beside it."""
MOST_TRIES = 2_000
"""Labels that are tried in a number of rows; where more would be needed there is hardly a way."""


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
    """A moment's place: ``x`` in per cent, ``anchor`` of its text and how far that is beside ``x``, and heights from the top, in pixels."""

    name: str
    x: float
    anchor: str
    beside: int
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
    labels = laid_out(moments, axis)
    middle = ROW * (1 + max(label.row for label in labels.values())) + STEM
    return Line(
        pins=tuple(_pin(moment, labels[moment.name], middle) for moment in moments),
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


@dataclass(frozen=True, slots=True)
class Label:
    """Where a moment's label stands on the narrowest screen, in per cent; ``row`` counts from the line outward."""

    x: float
    row: int
    anchor: str
    left: float
    right: float

    def clashes_with(self, other: Label) -> bool:
        """Whether one is written over the other, or the stem of one runs through the other."""
        if self.row == other.row:
            return self.left < other.right + GAP and other.left < self.right + GAP
        low, high = sorted((self, other), key=lambda label: label.row)
        return low.left < high.x < low.right


def laid_out(moments: Sequence[Moment], axis: Axis) -> dict[str, Label]:
    """A place for each moment's label, in as few rows as it takes.

    None lies on another or goes over the edge. No stem runs through another's label, unless no way was
    found to have it so: the text stands out from a line behind it.
    """
    ordered = sorted(moments, key=lambda moment: moment.day)
    for rows in range(1, len(ordered) + 1):
        if found := _Search(axis, rows).placed(ordered, []):
            return {moment.name: label for moment, label in zip(ordered, found, strict=True)}
    return {moment.name: _places(moment, axis, row)[0] for row, moment in enumerate(reversed(ordered))}


@dataclass
class _Search:
    """A search for places in so many rows; given up after ``tries`` labels."""

    axis: Axis
    rows: int
    tries: int = MOST_TRIES

    def placed(self, rest: Sequence[Moment], taken: list[Label]) -> list[Label] | None:
        """The labels of ``taken`` and of ``rest``, each as low as the others let it; None if no way was found."""
        if not rest:
            return taken
        for row in range(self.rows):
            for label in _places(rest[0], self.axis, row):
                self.tries -= 1
                if self.tries < 0:
                    return None
                if any(label.clashes_with(other) for other in taken):
                    continue
                if found := self.placed(rest[1:], [*taken, label]):
                    return found
        return None


def _places(moment: Moment, axis: Axis, row: int) -> list[Label]:
    """The places of its label in that row that are within the picture, the best first: beside its stem, or over it."""
    x, pixel = axis.at(moment.day), 100 / NARROWEST
    width = LETTER * max(letters(moment.label), letters(moment.value)) * pixel
    best = "start" if x < 25 else "end" if x > 75 else "middle"  # text grows away from the nearer edge
    left = {"start": x + BESIDE * pixel, "middle": x - width / 2, "end": x - BESIDE * pixel - width}
    found = [
        Label(x, row, anchor, left[anchor], left[anchor] + width)
        for anchor in (best, *(each for each in left if each != best))
    ]
    within = [label for label in found if label.left >= 0 and label.right <= 100]
    return within or found[:1]


def _pin(moment: Moment, label: Label, middle: int) -> Pin:
    value_y = middle - STEM - label.row * ROW
    return Pin(
        moment.name,
        label.x,
        label.anchor,
        {"start": BESIDE, "middle": 0, "end": -BESIDE}[label.anchor],
        moment.label,
        moment.value,
        label_y=value_y - 15,
        value_y=value_y,
        top=value_y + 4,
    )
