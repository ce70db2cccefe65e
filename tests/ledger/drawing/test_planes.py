"""The pictures that have two axes: the delivery curve, the reliability diagram, small multiples; and the ranking's brackets."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from ledger.drawing import delivery, preview, ranking, reliability, slips, spark
from ledger.drawing.reliability import Dot, placed
from ledger.scoring.intervals import jeffreys
from ledger.scoring.published import ByThen, Delivery, Odds, Place, Point, Slips, Stated, Step

WORDS = delivery.Words("Half came.", percent="{:.0%}".format)


def curve(*shares: tuple[float, float], n: int = 12, followed_to: float = 4.3) -> Delivery:
    """A curve of (slip, share); the band is five points wide on either side."""
    steps = tuple(
        Step(slip, share, max(share - 0.05, 0), min(share + 0.05, 1), 0.0, n - i)
        for i, (slip, share) in enumerate(shares)
    )
    by = []
    for multiple in (1.0, 1.5, 2.0, 3.0, 4.0):
        share = max((step.share for step in steps if step.slip <= multiple), default=0.0)
        known = multiple <= followed_to
        by.append(ByThen(multiple, share, share, share) if known else ByThen(multiple, None, None, None))
    return Delivery(n=n, curve=steps, by=tuple(by), followed_to=followed_to)


def odds(*levels: tuple[float, int, int], line: tuple[Point, ...] = ()) -> Odds:
    """Levels of (probability, came true, of how many)."""
    stated = tuple(Stated(p, n, k, 0, jeffreys(k, n)) for p, k, n in levels)
    return Odds(n=sum(level.n for level in stated), levels=stated, line=line)


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(f"<div>{svg}</div>")  # noqa: S314  (our own drawing)


HALF = curve((0.5, 0.1), (1.0, 0.3), (1.5, 0.5), (3.9, 0.6))
NOBODY_LATE = curve((0.5, 0.4), (0.9, 1.0), followed_to=0.9)
NOTHING_CAME = curve((5.0, 0.1), followed_to=5.0)
DENSE = curve(*((i / 900, i / 4000) for i in range(1, 3900)), n=5000)
SLIPPED = Delivery(
    n=20,
    delivered=12,
    given_up=1,
    open=7,
    slips=(
        Slips(0.25, 0.5, 2, 0, 0),
        Slips(0.75, 1.0, 6, 0, 0),
        Slips(1.25, 1.5, 3, 2, 1),
        Slips(4.0, None, 1, 5, 0),
    ),
)
CALIBRATED = odds(
    (0.1, 1, 10), (0.5, 5, 11), (0.9, 9, 10), line=tuple(Point(p, p, p / 2, 1.0) for p in (0.1, 0.5, 0.9))
)


@pytest.mark.parametrize(
    "svg",
    [
        *(delivery.draw(one, WORDS) for one in (HALF, NOBODY_LATE, NOTHING_CAME, DENSE)),
        reliability.draw(CALIBRATED, reliability.Words("Nine of ten.")),
        reliability.draw(odds((0.0, 0, 1), (1.0, 3, 3)), reliability.Words("Certain.")),
        slips.draw(SLIPPED, slips.Words("Half by then.")),
        spark.draw(HALF, DENSE),
        spark.draw(Delivery(), HALF),
    ],
)
def test_a_picture_is_well_formed_and_leaves_its_looks_to_the_style_sheet(svg: str) -> None:
    parsed(svg)
    assert not re.search(r'style=|<style|#[0-9a-f]{3,6}"|fill="|stroke="', svg)
    assert "nan" not in svg
    assert len(svg) < 30_000


def test_a_picture_is_drawn_for_each_width_and_says_what_it_shows() -> None:
    found = parsed(delivery.draw(HALF, WORDS))
    assert [(one.get("class"), one.get("width")) for one in found] == [
        ("plane narrow", "344"),
        ("plane medium", "760"),
    ]
    assert all(one.get("role") == "img" and one.get("aria-label") == "Half came." for one in found)


def test_the_curve_turns_from_blue_to_amber_at_the_day_named() -> None:
    plane = delivery.SIZES["medium"]
    medium = parsed(delivery.draw(HALF, WORDS))[1]
    paths = {one.get("class"): one.get("d") or "" for one in medium.iter("path")}
    named = f"{plane.x(1):.1f}".removesuffix(".0")
    assert f"H{named}V" in paths["km ontime"]
    assert paths["km late"].startswith(f"M{named} ")
    words = [one.text for one in medium.iter("text")]
    assert {"30%", "50%", "60%"} <= set(words)


def test_what_nobody_was_followed_to_is_not_drawn() -> None:
    medium = parsed(delivery.draw(NOBODY_LATE, WORDS))[1]
    assert [one.get("class") for one in medium.iter("path")] == ["band ontime", "km ontime"]
    assert not [one for one in medium.iter("text") if (one.text or "").startswith("by ")]


def test_nothing_is_no_picture() -> None:
    assert delivery.draw(Delivery(), WORDS) == ""
    assert reliability.draw(Odds(), reliability.Words("None.")) == ""
    assert slips.draw(Delivery(), slips.Words("None.")) == ""
    assert slips.draw(replace(SLIPPED, n=4), slips.Words("Too few.")) == ""


def bars(size: int) -> dict[str, list[tuple[float, float, float]]]:
    """Of the histogram in one width: left end, top and height of each bar, by what it is of."""
    found: dict[str, list[tuple[float, float, float]]] = {}
    for one in parsed(slips.draw(SLIPPED, slips.Words("Half by then.")))[size].iter("rect"):
        x, y, height = (float(one.get(name) or 0) for name in ("x", "y", "height"))
        found.setdefault(one.get("class") or "", []).append((x, y, height))
    return found


@pytest.mark.parametrize("size", [0, 1])
def test_a_histogram_has_what_came_above_the_ground_and_the_rest_below_on_one_scale(size: int) -> None:
    """2, 6, 3 and 1 came; 2 and 5 were open, one was given up: seven claims upwards would be as long as seven down."""
    plane = list(slips.SIZES.values())[size]
    found = bars(size)
    up, down = found["slip ontime"] + found["slip late"], found["slip open"] + found["slip gone"]
    assert len(found["slip ontime"]) == len(found["slip late"]) == len(found["slip open"]) == 2
    unit = (plane.floor - plane.top) / (6 + 5)
    assert [height for *_, height in up] == pytest.approx([2 * unit, 6 * unit, 3 * unit, unit], abs=0.1)
    assert [height for *_, height in down] == pytest.approx([2 * unit, 5 * unit, unit], abs=0.1)
    ground = plane.top + 6 * unit
    assert all(y + height == pytest.approx(ground, abs=0.11) for _, y, height in up)
    assert [y for _, y, _ in found["slip open"]] == pytest.approx([ground, ground], abs=0.1)
    assert found["slip gone"][0][1] == pytest.approx(ground + 2 * unit, abs=0.1)


def test_what_came_on_the_day_named_lies_left_of_it_and_what_is_beyond_the_axis_apart() -> None:
    plane, found = slips.SIZES["medium"], bars(1)
    wide = plane.x(slips.QUARTER) - plane.left
    assert [x + wide <= plane.x(1) + 1 for x, *_ in found["slip ontime"]] == [True, True]
    assert [x >= plane.x(1) for x, *_ in found["slip late"]] == [True, True]
    assert found["slip late"][1][0] > plane.x(4) + wide


def test_no_two_labels_of_dots_meet() -> None:
    """Twenty levels a hair apart: some labels are left out, none is written over another."""
    plane = reliability.SIZES["narrow"]
    dots = [Dot(plane.x(i / 20), plane.y(i / 20), 4.0, "10 of 11") for i in range(21)]
    boxes = [reliability._box(dot) for dot in placed(dots, plane) if dot.label_x is not None]
    assert 5 <= len(boxes) <= 21
    assert not any(reliability._meet(one, other) for one, other in combinations(boxes, 2))


def place(low: float, high: float) -> Place:
    return Place(1, "a", "A", 3, 10, (low + high) / 2, low, high, 1)


@pytest.mark.parametrize(
    ("intervals", "brackets"),
    [
        ([], []),
        ([(0.1, 0.9)], []),
        ([(0.6, 0.9), (0.1, 0.5)], []),
        ([(0.6, 0.9), (0.5, 0.7), (0.1, 0.4)], [(0, 1)]),
        ([(0.6, 0.9), (0.4, 0.7), (0.3, 0.5)], [(0, 1), (1, 2)]),  # the first and the third are separated
        ([(0.5, 0.9), (0.4, 0.8), (0.3, 0.7)], [(0, 2)]),
    ],
)
def test_a_bracket_holds_those_that_share_a_point(
    intervals: list[tuple[float, float]], brackets: list[tuple[int, int]]
) -> None:
    assert ranking.runs([place(*ends) for ends in intervals]) == brackets


def test_brackets_that_share_a_place_stand_side_by_side() -> None:
    found = ranking.rows([place(0.6, 0.9), place(0.4, 0.7), place(0.3, 0.5)])
    assert [row.brackets for row in found] == [("first", ""), ("last", "first"), ("", "last")]
    assert (found[0].low, found[0].width, found[0].raw) == (60, 30, 30)


@pytest.mark.parametrize("delivery", [HALF, Delivery()])
def test_a_preview_is_a_picture_of_the_size_that_others_show(delivery: Delivery) -> None:
    svg = preview.draw(
        "Somebody",
        "Between 18 and 32% of dated promises came true on time",
        delivery,
        "on time",
        "What was predicted.",
    )
    found = preview.png(svg)
    assert found.startswith(b"\x89PNG")
    assert (int.from_bytes(found[16:20]), int.from_bytes(found[20:24])) == (1200, 630)
    assert len(found) < 100_000
