"""The reliability diagram: stated odds across, how often it came true upwards, and how often each was stated below.

Dots say "x of n". The grey band is where a perfectly calibrated speaker with the same statements
would lie nine times in ten; the line is the recalibrated curve (CORP), drawn only where the figures
hold one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

from ledger.drawing.svg import Plane, around, element, letters, line, text, through
from ledger.scoring.published import Odds, Stated

SIZES = {
    "narrow": Plane(344, 420, left=34, right=14, top=20, bottom=116),
    "medium": Plane(576, 600, left=46, right=20, top=20, bottom=120),
}
HISTOGRAM = 48
"""Pixels of the tallest bar."""
FEWEST = 3
"""Claims at a level from which on its dot is labelled, where there are many levels."""
MANY = 12
LETTER = 6.2
ROOM = 15
"""Pixels that a label takes in height."""


@dataclass(frozen=True, slots=True)
class Words:
    label: str
    of: str = "{k} of {n}"
    too_little: str = "said too little"
    too_much: str = "said too much"
    perfect: str = "perfect calibration"
    across: str = "Stated odds, and how many claims were given them"


@dataclass(frozen=True, slots=True)
class Dot:
    """A level in pixels: ``r`` grows with the root of how many; its label stands at ``label_x``, ``label_y``, or nowhere."""

    x: float
    y: float
    r: float
    label: str
    n: int = 1
    label_x: float | None = None
    label_y: float = 0.0
    anchor: str = "start"


def draw(odds: Odds, words: Words) -> str:
    """The diagram of ``odds`` in every width class; empty without a level to show."""
    if not odds.levels:
        return ""
    return "".join(_drawn(odds, words, size) for size in SIZES)


def _drawn(odds: Odds, words: Words, size: str) -> str:
    plane = SIZES[size]
    middle = _free(odds.levels, plane)
    parts = [
        _band(odds, plane),
        plane.grid(),
        line((plane.x(0), plane.y(0)), (plane.x(1), plane.y(1)), "diagonal"),
        element(
            "g",
            text(words.perfect, 0, -6, "ax halo", "middle"),
            transform=f"translate({middle[0]:.1f} {middle[1]:.1f}) rotate({-_slope(plane):.1f})",
        ),
        text(words.too_little, plane.x(0.03), plane.y(0.95), "aside"),
        text(words.too_much, plane.x(0.97), plane.y(0.05), "aside", "end"),
        _line(odds, plane),
        *_dots(odds.levels, plane, words),
        *_histogram(odds.levels, plane, words),
    ]
    return plane.picture("".join(parts), size, words.label)


def _free(levels: Sequence[Stated], plane: Plane) -> tuple[float, float]:
    """Where on the diagonal its name is farthest from any dot."""
    dots = [(plane.x(level.probability), plane.y(level.came_true / level.n)) for level in levels]

    def room(t: float) -> float:
        return min((hypot(plane.x(t) - x, plane.y(t) - y) for x, y in dots), default=0.0)

    t = max((0.62, 0.75, 0.5, 0.38, 0.27), key=room)
    return plane.x(t), plane.y(t)


def _slope(plane: Plane) -> float:
    return degrees(atan2(plane.y(0) - plane.y(1), plane.x(1) - plane.x(0)))


def _band(odds: Odds, plane: Plane) -> str:
    points = [point for point in odds.line if point.low is not None and point.high is not None]
    if len(points) < 2:
        return ""
    upper = [(plane.x(point.probability), plane.y(point.high or 0.0)) for point in points]
    lower = [(plane.x(point.probability), plane.y(point.low or 0.0)) for point in points]
    return element("path", class_="band ink", d=around([*upper, *reversed(lower)]))


def _line(odds: Odds, plane: Plane) -> str:
    points = [
        (plane.x(point.probability), plane.y(point.recalibrated))
        for point in odds.line
        if point.recalibrated is not None
    ]
    return element("path", class_="corp", d=through(points)) if len(points) > 1 else ""


def _dots(levels: Sequence[Stated], plane: Plane, words: Words) -> Iterator[str]:
    dots = placed([_dot(level, plane, words) for level in levels if level.share], plane)
    for dot in dots:
        yield element("circle", class_="dot", cx=dot.x, cy=dot.y, r=dot.r)
    for dot in dots:
        if dot.label_x is not None and (dot.n >= FEWEST or len(levels) <= MANY):
            yield text(dot.label, dot.label_x, dot.label_y, "halo lab", dot.anchor)


def _dot(level: Stated, plane: Plane, words: Words) -> Dot:
    share = level.came_true / level.n
    size = min(max(1.7 * level.n**0.5, 2.5), 13.0)
    label = words.of.format(k=level.came_true, n=level.n)
    return Dot(plane.x(level.probability), plane.y(share), round(size, 1), label, level.n)


def placed(dots: Sequence[Dot], plane: Plane) -> list[Dot]:
    """``dots`` with their labels where there is room: right, left, above or below; the largest choose first.

    What finds no room has none: the table under the picture says it too.
    """
    taken = [(dot.x - dot.r, dot.x + dot.r, dot.y - dot.r, dot.y + dot.r) for dot in dots]
    found = {}
    for dot in sorted(dots, key=lambda dot: -dot.r):
        for candidate in _places(dot):
            box = _box(candidate)
            if (
                box[3] <= plane.floor + 2
                and plane.left <= box[0]
                and box[1] <= plane.end + 8
                and not any(_meet(box, other) for other in taken)
            ):
                taken.append(box)
                found[dot] = candidate
                break
    return [found.get(dot, dot) for dot in dots]


def _places(dot: Dot) -> Iterator[Dot]:
    for x, y, anchor in (
        (dot.r + 5, 4.5, "start"),
        (-dot.r - 5, 4.5, "end"),
        (0.0, -dot.r - 6, "middle"),
        (0.0, dot.r + 15, "middle"),
    ):
        yield Dot(dot.x, dot.y, dot.r, dot.label, dot.n, dot.x + x, dot.y + y, anchor)


def _box(dot: Dot) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a label."""
    width, x = LETTER * letters(dot.label), dot.label_x or 0.0
    left = {"start": x, "middle": x - width / 2, "end": x - width}[dot.anchor]
    return left, left + width, dot.label_y - ROOM + 3, dot.label_y + 3


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _histogram(levels: Sequence[Stated], plane: Plane, words: Words) -> Iterator[str]:
    """A bar for each level on the same axis, and the axis with its words."""
    ground, most = plane.floor + 30 + HISTOGRAM + 6, max(level.n for level in levels)
    for quarter in range(5):
        yield text(
            f"{quarter * 25}{'%' * (quarter == 4)}", plane.x(quarter / 4), plane.floor + 18, "ax", "middle"
        )
    yield line((plane.left, ground), (plane.end, ground), "ground")
    for level in levels:
        height = HISTOGRAM * level.n / most
        yield element(
            "rect",
            class_="heap",
            x=plane.x(level.probability) - 2.5,
            y=ground - height,
            width=5,
            height=max(height, 1.0),
        )
    yield text(words.across, plane.left, ground + 22, "ax")
