"""The histogram of slips: up how many came in each quarter of the promised time, down how many had not come by then.

Both have one scale, so that a bar downwards says as much as one upwards. Nothing that is still open is
put anywhere near what came: where it will come, if it does, nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.drawing.delivery import FEWEST, LETTER
from ledger.drawing.svg import Plane, element, letters, line, text
from ledger.scoring.published import Delivery, Slips

QUARTER = 0.25
BEYOND = 4.25
"""Where the bin without an upper end is drawn: a gap apart from the others."""
SIZES = {
    "narrow": Plane(344, 300, left=34, right=10, top=44, bottom=48, last=BEYOND + QUARTER),
    "medium": Plane(760, 340, left=46, right=20, top=48, bottom=52, last=BEYOND + QUARTER),
}
NICE = (1, 2, 5, 10, 20, 50, 100, 200, 500)
MOST_LINES = 5
GAP = 1.5
"""Pixels between two bars."""
NAMES = 24
"""Pixels above the floor that are left to the names of what hangs from the ground."""
ROOM = 16
"""Pixels that a sample takes before its name."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in the picture, in the reader's language."""

    label: str
    said: str = "said"
    day_named: str = "the day named"
    came: str = "came true"
    not_yet: str = "not there when last looked at"
    given_up: str = "given up"
    beyond: str = "later"


@dataclass(frozen=True, slots=True)
class Heights:
    """The scale: ``up`` and ``down`` are the longest bars, in claims; ``unit`` is one claim, in pixels."""

    up: int
    down: int
    ground: float
    unit: float

    @classmethod
    def of(cls, delivery: Delivery, plane: Plane) -> Heights:
        up = max(one.delivered for one in delivery.slips)
        down = max(one.open + one.given_up for one in delivery.slips)
        unit = (plane.floor - plane.top) / max(up + down, 1)
        return cls(up, down, plane.top + up * unit, unit)

    def y(self, claims: int) -> float:
        """Where ``claims`` above the ground reach; below it they are negative."""
        return self.ground - claims * self.unit

    def lines(self) -> Iterator[int]:
        """Round numbers of claims at which the picture is ruled."""
        most = self.up + self.down
        step = next((one for one in NICE if most / one <= MOST_LINES), most)
        yield from range(-(self.down // step) * step, self.up + 1, step)


def draw(delivery: Delivery, words: Words) -> str:
    """The histogram of ``delivery`` in every width class; empty without bins, and of too few promises."""
    if not delivery.slips or delivery.n < FEWEST:
        return ""
    return "".join(_drawn(delivery, words, size) for size in SIZES)


def _drawn(delivery: Delivery, words: Words, size: str) -> str:
    plane = SIZES[size]
    heights = Heights.of(delivery, plane)
    parts = [
        *_ruled(plane, heights),
        line((plane.x(1), plane.top - 12), (plane.x(1), plane.floor - NAMES), "ref one strong"),
        text(words.day_named, plane.x(1), plane.top - 20, "strong", "middle"),
        *(bar for one in delivery.slips for bar in _bars(one, plane, heights)),
        line((plane.left, heights.ground), (plane.end, heights.ground), "ground"),
        *_axis(plane, words),
        *_sides(delivery, plane, words),
    ]
    return plane.picture("".join(parts), size, words.label)


def _ruled(plane: Plane, heights: Heights) -> Iterator[str]:
    for claims in heights.lines():
        y = heights.y(claims)
        if claims:
            yield line((plane.left, y), (plane.end, y), "grid")
        yield text(str(abs(claims)), plane.left - 8, y + 4, "ax", "end")


def _bars(one: Slips, plane: Plane, heights: Heights) -> Iterator[str]:
    """Up what came, down what was open and, farther down, what was given up."""
    begin = BEYOND if one.high is None else one.low
    left, right = plane.x(begin), plane.x(begin + QUARTER)
    hue = "ontime" if one.high is not None and one.high <= 1 else "late"
    for kind, low, high in (
        (f"slip {hue}", 0, one.delivered),
        ("slip open", -one.open, 0),
        ("slip gone", -one.open - one.given_up, -one.open),
    ):
        if high > low:
            yield element(
                "rect",
                class_=kind,
                x=left + GAP / 2,
                y=heights.y(high),
                width=right - left - GAP,
                height=heights.y(low) - heights.y(high),
            )


def _axis(plane: Plane, words: Words) -> Iterator[str]:
    for multiple in range(5):
        x = plane.x(multiple)
        yield line((x, plane.floor), (x, plane.floor + 5), "tick")
        label = f"{multiple}\N{MULTIPLICATION SIGN}" if multiple else words.said
        yield text(label, x, plane.floor + 19, "ax", "middle" if multiple else "start")
    yield text(words.beyond, plane.end, plane.floor + 37, "ax", "end")


def _sides(delivery: Delivery, plane: Plane, words: Words) -> Iterator[str]:
    """What stands on the ground, named above where bars are rare, and what hangs from it, with a sample of each kind."""
    right = plane.x(4)
    yield text(words.came, right, plane.top + 4, "lab halo", "end")
    if delivery.open:
        yield _sample("open", plane.left + 4, plane)
        yield text(words.not_yet, plane.left + 4 + ROOM, plane.floor - 8, "lab halo", "start")
    if delivery.given_up:
        yield _sample("gone", right - LETTER * letters(words.given_up) - ROOM, plane)
        yield text(words.given_up, right, plane.floor - 8, "lab halo", "end")


def _sample(kind: str, x: float, plane: Plane) -> str:
    return element("rect", class_=f"slip {kind} key", x=x, y=plane.floor - 17, width=10, height=10)
