"""SVG as text: elements with classes and numbers, never a style or a colour, so that a strict policy and both themes hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

Point = tuple[float, float]


def element(name: str, body: str = "", **attributes: object) -> str:
    """``element("line", x1=2, class_="grid")``; an underscore at the end is dropped, one within is a hyphen. None is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def text(words: str, x: float, y: float, class_: str | None = None, anchor: str | None = None) -> str:
    return element("text", escape(words), x=x, y=y, class_=class_, text_anchor=anchor)


def line(start: Point, end: Point, class_: str) -> str:
    return element("line", class_=class_, x1=start[0], y1=start[1], x2=end[0], y2=end[1])


def letters(words: str) -> int:
    """How wide ``words`` are, in Latin letters: a Chinese character takes the room of two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in words)


def stairs(points: Sequence[Point]) -> str:
    """The path data of a step curve: level to the next x, then up or down to its y."""
    (x, y), *rest = points
    return f"M{_number(x)} {_number(y)}" + "".join(f"H{_number(x)}V{_number(y)}" for x, y in rest)


def ribbon(xs: Sequence[float], upper: Sequence[float], lower: Sequence[float]) -> str:
    """The path data of the area between two step curves that step at the same ``xs``."""
    back = "".join(
        f"H{_number(x)}V{_number(y)}" for x, y in zip(reversed(xs[1:]), reversed(lower[:-1]), strict=True)
    )
    return f"{stairs(list(zip(xs, upper, strict=True)))}V{_number(lower[-1])}{back}H{_number(xs[0])}Z"


def around(points: Iterable[Point]) -> str:
    """The path data of a closed area."""
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points) + "Z"


def through(points: Iterable[Point]) -> str:
    """The path data of straight lines."""
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def _value(value: object) -> str:
    return _number(value) if isinstance(value, float) else escape(str(value))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0").replace("-0.0", "0")


@dataclass(frozen=True, slots=True)
class Plane:
    """Where a pair of axes lies in a picture, in pixels; ``y`` is a share from 0, at the bottom, to 1."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    last: float = 1.0
    """The value at the right end; 0 is at the left."""

    def x(self, value: float) -> float:
        """Where ``value`` lies; what is beyond the end is put there."""
        inner = self.width - self.left - self.right
        return self.left + inner * min(max(value, 0.0), self.last) / self.last

    def y(self, share: float) -> float:
        return self.floor - (self.floor - self.top) * share

    @property
    def floor(self) -> float:
        return float(self.height - self.bottom)

    @property
    def end(self) -> float:
        return float(self.width - self.right)

    def grid(self) -> str:
        """The lines at every quarter with their labels, the ground in ink."""
        found = [line((self.left, self.floor), (self.end, self.floor), "ground")]
        for quarter in range(5):
            y = self.y(quarter / 4)
            if quarter:
                found.append(line((self.left, y), (self.end, y), "grid"))
            found.append(text(f"{quarter * 25}{'%' * (quarter == 4)}", self.left - 8, y + 4, "ax", "end"))
        return "".join(found)

    def picture(self, body: str, size: str, label: str) -> str:
        """The whole ``svg``; ``size`` names the width class it is drawn for, ``label`` is its text alternative."""
        return element(
            "svg",
            body,
            class_=f"plane {size}",
            role="img",
            aria_label=label,
            width=self.width,
            height=self.height,
            viewBox=f"0 0 {self.width} {self.height}",
        )
