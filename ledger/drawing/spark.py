"""Small multiples: one delivery curve beside the next, each against the thin line of all.

Without lettering, so that one drawing stretches to any width; what it shows is written beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ledger.drawing.svg import Plane, Point, element, line, stairs
from ledger.scoring.published import Delivery, Step

LAST = 4.3
PLANE = Plane(258, 84, left=0, right=0, top=2, bottom=0, last=LAST)
FINEST = 1.0
"""Pixels: steps nearer to each other are drawn as one."""


def draw(delivery: Delivery, everybody: Delivery | None = None) -> str:
    """The curve of ``delivery`` without words; it must be described beside it."""
    parts = [
        line((0.0, PLANE.floor), (PLANE.end, PLANE.floor), "ground"),
        line((PLANE.x(1), 0.0), (PLANE.x(1), PLANE.floor), "ref"),
        *([path(everybody.curve, 0.0, _end(everybody), "km thin", PLANE)] if everybody else []),
        *_own(delivery),
    ]
    return element(
        "svg",
        "".join(parts),
        class_="spark",
        viewBox=f"0 0 {PLANE.width} {PLANE.height}",
        preserveAspectRatio="none",
        aria_hidden="true",
        focusable="false",
    )


def path(curve: Sequence[Step], first: float, last: float, class_: str, plane: Plane) -> str:
    """The step curve from ``first`` to ``last`` times the promised time."""
    share, points = 0.0, [(plane.x(first), plane.y(0.0))]
    for step in curve:
        if step.slip > last:
            break
        if step.slip <= first:
            points = [(plane.x(first), plane.y(step.share))]
        else:
            _add(points, (plane.x(step.slip), plane.y(step.share)))
        share = step.share
    return element("path", class_=class_, d=stairs([*points, (plane.x(last), plane.y(share))]))


def _add(points: list[Point], point: Point) -> None:
    if len(points) == 1 or point[0] - points[-1][0] >= FINEST:
        points.append(point)
    else:
        points[-1] = (points[-1][0], point[1])


def _own(delivery: Delivery) -> Iterator[str]:
    end = _end(delivery)
    if delivery.curve:
        yield path(delivery.curve, 0.0, min(1.0, end), "km ontime", PLANE)
        if end > 1:
            yield path(delivery.curve, 1.0, end, "km late", PLANE)


def _end(delivery: Delivery) -> float:
    return min(delivery.followed_to or LAST, LAST)
