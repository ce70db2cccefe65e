"""The delivery curve: which share of the promises had come true by how many times the promised time.

Blue up to the day named, amber after it. Drawn once for each width class, since lettering must not shrink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ledger.drawing.svg import Plane, element, letters, line, ribbon, stairs, text
from ledger.scoring.published import ByThen, Delivery, Step

LAST = 4.3
"""Multiples of the promised time that are drawn."""
SIZES = {
    "narrow": Plane(344, 340, left=34, right=10, top=34, bottom=78, last=LAST),
    "medium": Plane(760, 400, left=46, right=20, top=40, bottom=84, last=LAST),
}
TICKS = (0.5, 1, 1.5, 2, 3, 4)
FOLLOWED_AT = (1.0, 2.0, 3.0, 4.0)
FEWEST = 5
"""Below so many promises a curve would be a few stairs that look like knowledge."""
LETTER = 6.4
"""Pixels a Latin letter of a label takes, on the generous side."""
MOST_STEPS = 250
"""In one picture: nearer to each other they could not be told apart."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in the picture, in the reader's language."""

    label: str
    percent: Callable[[float], str]
    said: str = "said"
    day_named: str = "the day named"
    twice: str = "twice the time"
    four_times: str = "four times"
    not_yet: str = "not yet, or never"
    on_time: str = "on time"
    by_twice: str = "by twice the time"
    by_four: str = "by four times the time"
    followed: str = "Promises still being followed at each point"


def draw(delivery: Delivery, words: Words) -> str:
    """The curve of ``delivery`` in every width class; empty without a step to draw, and of too few promises."""
    if not delivery.curve or delivery.n < FEWEST:
        return ""
    return "".join(_drawn(delivery, words, size) for size in SIZES)


def _drawn(delivery: Delivery, words: Words, size: str) -> str:
    plane = SIZES[size]
    parts = [
        plane.grid(),
        *_references(plane, words, size),
        *_curve(delivery, plane),
        *_values(delivery.by, plane, words),
        *_axis(plane, words),
        *_followed(delivery, plane, words),
        *_not_yet(delivery, plane, words),
    ]
    return plane.picture("".join(parts), size, words.label)


def _references(plane: Plane, words: Words, size: str) -> Iterator[str]:
    labels = ((1.0, words.day_named, "one strong"), (2.0, words.twice, ""), (4.0, words.four_times, ""))
    for multiple, label, kind in labels:
        x = plane.x(multiple)
        yield line((x, plane.top - 6), (x, plane.floor), f"ref {kind}".strip())
        if kind or size != "narrow":
            anchor = "end" if multiple == 4 else "middle"
            yield text(label, x, plane.top - 14, "strong" if kind else "ax", anchor)


def _not_yet(delivery: Delivery, plane: Plane, words: Words) -> Iterator[str]:
    """What the room above the curve means, as long as there is some."""
    if max(step.high for step in delivery.curve) < 0.86:
        yield text(words.not_yet, plane.x(3), plane.y(0.93), "aside", "middle")


def _curve(delivery: Delivery, plane: Plane) -> Iterator[str]:
    end = min(delivery.followed_to or LAST, LAST)
    for name, first, last in (("ontime", 0.0, 1.0), ("late", 1.0, end)):
        if first >= end:
            continue
        steps = list(_between(delivery.curve, first, min(last, end)))
        thin = _thinned(steps, plane)
        at = [plane.x(step.slip) for step in thin]
        upper, lower = [plane.y(step.high) for step in thin], [plane.y(step.low) for step in thin]
        yield element("path", class_=f"band {name}", d=ribbon(at, upper, lower))
        level = [plane.y(step.share) for step in thin]
        yield element("path", class_=f"km {name}", d=stairs(list(zip(at, level, strict=True))))


def _between(curve: Sequence[Step], first: float, last: float) -> Iterator[Step]:
    """The steps from ``first`` to ``last``, with one at either end; nothing is delivered before the first step."""
    before = Step(0.0, 0.0, 0.0, 0.0, 0.0, 0)
    started = False
    for step in curve:
        if step.slip > last:
            break
        if step.slip > first and not started:
            yield _at(before, first)
            started = True
        if step.slip > first:
            yield step
        before = step
    if not started:
        yield _at(before, first)
    yield _at(before, last)


def _at(step: Step, slip: float) -> Step:
    return Step(slip, step.share, step.low, step.high, step.given_up, step.at_risk)


def _thinned(steps: Sequence[Step], plane: Plane) -> list[Step]:
    """``steps`` without those too near to the one before to be seen; the first and the last stay."""
    finest = (plane.end - plane.left) / MOST_STEPS
    found = [steps[0]]
    for step in steps[1:-1]:
        if plane.x(step.slip) - plane.x(found[-1].slip) >= finest:
            found.append(step)
        elif len(found) > 1:
            found[-1] = _at(step, found[-1].slip)
    return [*found, *steps[1:][-1:]]


def _values(by: Sequence[ByThen], plane: Plane, words: Words) -> Iterator[str]:
    """The dots at once, twice and four times the time, each with its share: off the curve, which rises to the right.

    What a share is of is left out where the words would run into those before; the axis says it too.
    """
    taken: list[tuple[float, float, float]] = []
    shown = {1.0: words.on_time, 2.0: words.by_twice, 4.0: words.by_four}
    for then in by:
        if then.multiple not in shown or then.share is None:
            continue
        x, hue = plane.x(then.multiple), "ontime" if then.multiple == 1 else "late"
        place = f"translate({x:.1f} {plane.y(then.share):.1f})"
        yield element("g", element("use", href=f"#{hue}"), transform=place)
        below = plane.y(then.low or then.share) + 22
        above = plane.y(then.high or then.share) - 24
        is_above = below + 24 > plane.floor or (then.multiple != 2 and above > plane.top + 18)
        anchor = "start" if then.multiple == 2 and not is_above else "end"
        left, top = (x + 9 if anchor == "start" else x - 7), (above if is_above else below)
        yield text(words.percent(then.share), left, top, f"value {hue} halo", anchor)
        width = LETTER * letters(shown[then.multiple])
        start = left if anchor == "start" else left - width
        if all(abs(top - y) > 40 or start > right or start + width < begin for begin, right, y in taken):
            yield text(shown[then.multiple], left, top + 16, "halo lab", anchor)
            taken.append((start, start + width, top))


def _axis(plane: Plane, words: Words) -> Iterator[str]:
    yield text(words.said, plane.left, plane.floor + 19, "ax")
    for multiple in TICKS:
        if plane.width < 400 and multiple in (0.5, 1.5):
            continue
        x = plane.x(multiple)
        yield line((x, plane.floor), (x, plane.floor + 5), "tick")
        yield text(f"{multiple}\N{MULTIPLICATION SIGN}", x, plane.floor + 19, "ax", "middle")


def _followed(delivery: Delivery, plane: Plane, words: Words) -> Iterator[str]:
    """How many promises are still followed at each multiple: the base of what the curve says there."""
    yield text(words.followed, plane.left, plane.floor + 44, "ax")
    yield text(f"{delivery.n:,}", plane.left, plane.floor + 62, "count", "start")
    for then in delivery.by:
        if then.multiple in FOLLOWED_AT:
            yield text(f"{then.followed:,}", plane.x(then.multiple), plane.floor + 62, "count", "middle")
