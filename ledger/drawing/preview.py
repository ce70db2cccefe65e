"""The picture that stands for a page where its link is shared: who, the finding, and the delivery curve, large enough for a thumbnail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap

from ledger.drawing.spark import path
from ledger.drawing.svg import Plane, element, line, text
from ledger.scoring.published import Delivery

WIDTH, HEIGHT = 1200, 630
LEFT = 64
LINE = 42
"""Letters of the finding on a line."""
MOST_LINES = 4
LAST = 4.3
FONTS = Path(__file__).parents[1] / "static/ledger/fonts"
FACES = ("newsreader-500.ttf", "source-sans-3-400.ttf", "source-sans-3-600.ttf")
SHEET = """
text{font-family:'Source Sans 3';font-size:24px;fill:#5f686f}
.plate{font-family:'Newsreader 28';font-size:36px;fill:#15191c}
.who{font-size:28px;font-weight:600;fill:#474f56}
.finding{font-family:'Newsreader 28';font-size:56px;fill:#15191c}
.value{font-size:36px;font-weight:600}
.value.ontime{fill:#005e93}.value.late{fill:#8a5200}
.rule{fill:#15191c}.ground{stroke:#15191c;stroke-width:2}.ref{stroke:#15191c;stroke-width:2}.ref.dotted{stroke:#7c858b;stroke-dasharray:3 6}
.km{fill:none;stroke-width:6}.km.ontime{stroke:#005e93}.km.late{stroke:#c77700}
.ring{fill:#fdfdfb;stroke:#15191c;stroke-width:4}.span{stroke:#15191c;stroke-width:4}.dot{fill:#c77700}
"""


def draw(who: str, finding: str, delivery: Delivery, on: str, footer: str) -> str:
    """The picture as SVG. ``on`` and the words for multiples of the time stand at the curve, ``footer`` where there is none."""
    lines = wrap(finding, LINE)[:MOST_LINES]
    top = 204 + 64 * (len(lines) - 1)
    body = [
        element("rect", class_="rule", width=WIDTH, height=8),
        *_logo(),
        text(who, LEFT, 138, "who"),
        *(text(words, LEFT, 204 + 64 * i, "finding") for i, words in enumerate(lines)),
        *(
            _curve(delivery, on, top + 70)
            if delivery.curve and top < 400
            else [text(footer, LEFT, HEIGHT - 56)]
        ),
    ]
    return element(
        "svg",
        "".join(body),
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=HEIGHT,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
    )


def png(svg: str) -> bytes:
    """``svg`` on paper, as a picture for machines that show no SVG."""
    from resvg_py import svg_to_bytes  # noqa: PLC0415  (three megabytes: only who draws pays)

    return bytes(
        svg_to_bytes(
            svg_string=svg,
            background="#fdfdfb",
            style_sheet=SHEET,
            font_files=[str(FONTS / face) for face in FACES],
            skip_system_fonts=True,
        )
    )


def _logo() -> Iterator[str]:
    yield line((LEFT + 8, 62), (LEFT + 58, 62), "span")
    yield element("circle", class_="ring", cx=LEFT + 8, cy=62, r=7)
    yield line((LEFT + 38, 46), (LEFT + 38, 78), "span")
    yield element("circle", class_="dot", cx=LEFT + 60, cy=62, r=9)
    yield text("Hindsight", LEFT + 84, 74, "plate")


def _curve(delivery: Delivery, on: str, top: int) -> Iterator[str]:
    plane = Plane(WIDTH, HEIGHT, left=LEFT, right=LEFT, top=top, bottom=72, last=LAST)
    yield line((plane.left, plane.floor), (plane.end, plane.floor), "ground")
    yield line((plane.x(1), top - 8), (plane.x(1), plane.floor), "ref")
    for multiple in (2, 4):
        yield line((plane.x(multiple), top - 8), (plane.x(multiple), plane.floor), "ref dotted")
    end = min(delivery.followed_to or LAST, LAST)
    yield path(delivery.curve, 0.0, min(1.0, end), "km ontime", plane)
    if end > 1:
        yield path(delivery.curve, 1.0, end, "km late", plane)
    yield text(on, plane.x(1), plane.floor + 34, anchor="middle")
    yield text("2\N{MULTIPLICATION SIGN}", plane.x(2), plane.floor + 34, anchor="middle")
    yield text("4\N{MULTIPLICATION SIGN}", plane.x(4), plane.floor + 34, anchor="middle")
    yield from _values(delivery, plane)


def _values(delivery: Delivery, plane: Plane) -> Iterator[str]:
    shown: Sequence[float] = (1.0, 2.0, 4.0)
    for then in delivery.by:
        if then.multiple in shown and then.share is not None:
            hue = "ontime" if then.multiple == 1 else "late"
            y = max(plane.y(then.share) - 16, plane.top + 20)
            yield text(f"{then.share:.0%}", plane.x(then.multiple) - 10, y, f"value {hue}", "end")
