"""The geometry of the pictures, in per cent of the width."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from ledger.drawing.axis import Axis
from ledger.drawing.moments import Moment, line
from ledger.drawing.stack import blocks, reach
from ledger.drawing.timeline import Promise, timeline
from ledger.scoring.cohort import Cohort

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "x"),
    [
        (date(2020, 1, 1), 2),
        (date(2022, 1, 1), 98),
        (date(2020, 12, 31), 49.93),
        (date(1, 1, 1), 0),  # beyond the edge is at the edge
        (date(9999, 12, 31), 100),
    ],
)
def test_a_day_has_its_place(day: date, x: float) -> None:
    assert Axis(date(2020, 1, 1), date(2022, 1, 1)).at(day) == x


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 3, 1)),
        (date(2026, 1, 1), date(2027, 6, 1)),
        (date(2016, 5, 1), date(2031, 1, 1)),
        (date(1000, 1, 1), date(9999, 12, 31)),
    ],
)
def test_an_axis_has_few_ticks_in_order(first: date, last: date) -> None:
    places = [tick.x for tick in Axis(first, last).ticks()]
    assert len(places) <= 9
    assert places == sorted(set(places))
    assert all(0 <= x <= 100 for x in places)


def test_a_promise_is_a_ring_a_bar_and_what_lies_beyond() -> None:
    """Waiting: dashed to today. Late: dashed to the day it came. On time: a sign before the bar. Pending: dots up to the bar."""
    said, deadline = date(2024, 1, 1), date(2025, 1, 1)
    waiting, late, kept, pending = timeline(
        [
            Promise(said, deadline, "waiting"),
            Promise(said, deadline, "late", end=date(2026, 1, 1)),
            Promise(said, deadline, "ontime", end=date(2024, 7, 1)),
            Promise(said, date(2028, 1, 1), "pending"),
        ],
        TODAY,
    ).lanes
    now = timeline([Promise(said, date(2028, 1, 1), "pending")], TODAY).today
    assert waiting.ring == late.ring == 2
    assert waiting.bar
    assert waiting.beyond == (waiting.bar, now)
    assert waiting.sign == now
    assert late.beyond
    assert late.sign == late.beyond[1] < now
    assert kept.beyond is None
    assert kept.sign
    assert waiting.ring < kept.sign < waiting.bar
    assert (pending.sign, pending.beyond) == (None, None)
    assert pending.left == (now, pending.bar)


def test_a_deadline_absurdly_far_off_leaves_the_rest_its_room() -> None:
    near, far = timeline(
        [
            Promise(date(2024, 1, 1), date(2027, 1, 1), "pending"),
            Promise(date(2024, 1, 1), date(9999, 12, 31), "pending"),
        ],
        TODAY,
    ).lanes
    assert near.bar
    assert near.bar > 30
    assert far.bar is None
    assert far.left
    assert far.left[1] == 100


def test_the_blocks_fill_the_bar_in_order() -> None:
    cohort = Cohort(on_time=9, waiting=7, partly=4, late=17, missed=13, void=2, cannot_tell=1)
    found = blocks(cohort)
    stacked = [block for block in found if block.share is not None]
    assert [block.cell for block in stacked] == ["on_time", "waiting", "partly", "late", "missed"]
    assert sum(block.width for block in stacked) == pytest.approx(100)
    assert all(one.x + one.width == pytest.approx(other.x) for one, other in pairwise(stacked))
    assert [(block.cell, block.n) for block in found if block.share is None] == [
        ("cannot_tell", 1),
        ("void", 2),
    ]


def test_the_reach_of_a_rate_holds_the_plain_shares() -> None:
    found = reach(Cohort(on_time=9, waiting=7, late=34))
    assert found
    assert found.outer[0] < found.inner[0] == 18
    assert found.upper == 32 < sum(found.outer)
    assert reach(Cohort(void=1)) is None


def test_no_two_labels_of_a_prediction_share_a_place() -> None:
    found = line(
        [
            Moment("said", date(2026, 2, 5), "Said", "5 February 2026"),
            Moment("today", TODAY, "Today", ""),
            Moment("nominal", date(2028, 8, 5), "Best estimate", "5 Aug 2028"),
            Moment("deadline", date(2029, 2, 5), "Deadline", "5 Feb 2029"),
            Moment("latest", date(2029, 3, 1), "Latest", "1 Mar 2029"),
        ]
    )
    heights = {pin.name: pin.label_y for pin in found.pins}
    assert heights["said"] == heights["nominal"]  # far apart: both on the lowest row
    assert len({heights["nominal"], heights["deadline"], heights["latest"]}) == 3
    assert heights["today"] != heights["said"]
    assert all(0 < pin.label_y < pin.value_y < found.middle < found.height for pin in found.pins)
    assert found.spent == found.today
    assert found.beyond is None


@pytest.mark.parametrize(("happened", "until"), [(date(2026, 1, 1), "happened"), (None, "today")])
def test_the_delay_ends_when_it_came_or_else_today(happened: date | None, until: str) -> None:
    moments = [
        Moment("said", date(2024, 1, 1), "Said", ""),
        Moment("deadline", date(2025, 1, 1), "Deadline", ""),
        Moment("today", TODAY, "Today", ""),
    ]
    if happened:
        moments.append(Moment("happened", happened, "Late", ""))
    found = line(moments)
    assert found.beyond == (found.deadline, next(pin.x for pin in found.pins if pin.name == until))


def test_today_is_left_off_where_it_would_squeeze_all_else() -> None:
    found = line(
        [
            Moment("said", date(1990, 1, 1), "Said", ""),
            Moment("deadline", date(1990, 2, 1), "Deadline", ""),
            Moment("today", TODAY, "Today", ""),
        ]
    )
    assert found.today is None
    assert found.deadline == 98
