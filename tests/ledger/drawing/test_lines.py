"""The geometry of the pictures, in per cent of the width."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest

from ledger.drawing.axis import Axis
from ledger.drawing.moments import Moment, laid_out, line
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


ENGLISH = {
    "said": ("Said", "31 Dec 2020"),
    "deadline": ("Deadline", "28 Sep 2022"),
    "today": ("Today", ""),
    "nominal": ("Best estimate", "28 Sep 2022"),
    "latest": ("Latest", "28 Sep 2022"),
    "happened": ("Partly, and late", "28 September 2022"),
}
CHINESE = {
    "said": ("說出", "2020年12月31日"),
    "deadline": ("期限", "2020年12月31日"),
    "today": ("今天", ""),
    "nominal": ("最佳估計", "2020年12月31日"),
    "latest": ("最遲", "2020年12月31日"),
    "happened": ("已成真，遲了", "2020年12月31日"),
}


def made_up(seed: int) -> tuple[list[Moment], Axis]:
    """The days of some prediction, near to each other or far apart, in either language."""
    pick = random.Random(seed)
    span = pick.choice([1, 30, 365, 1000, 3000])
    after = sorted(pick.randrange(span + 1) for _ in range(3))
    offset = dict(zip(("nominal", "deadline", "latest"), after, strict=True))
    offset |= {"said": 0, "today": pick.randrange(3 * span), "happened": pick.randrange(3 * span)}
    names = [
        "said",
        "deadline",
        *(one for one in ENGLISH if one not in ("said", "deadline") and pick.random() < 0.7),
    ]
    words = pick.choice([ENGLISH, CHINESE])
    moments = [Moment(one, date(2020, 1, 1) + timedelta(days=offset[one]), *words[one]) for one in names]
    return moments, Axis.over(moment.day for moment in moments)


def test_no_label_of_a_prediction_is_written_over_another_or_over_the_edge() -> None:
    """On the narrowest phone, of a thousand predictions; and hardly any is struck through by a line to another."""
    struck = 0
    for seed in range(1000):
        moments, axis = made_up(seed)
        labels = laid_out(moments, axis)
        for one, other in combinations(labels.values(), 2):
            apart = one.right <= other.left or other.right <= one.left
            assert one.row != other.row or apart, seed
        assert all(0 <= label.left < label.right <= 100 for label in labels.values()), seed
        struck += any(one.clashes_with(other) for one, other in combinations(labels.values(), 2))
    assert struck <= 5


def test_a_day_near_the_deadline_is_not_struck_through_by_its_line() -> None:
    """Said in May 1961, by the end of 1969, come in July 1969: two labels at the right edge, and two lines."""
    found = line(
        [
            Moment("said", date(1961, 5, 25), "Said", "25 May 1961"),
            Moment("deadline", date(1969, 12, 31), "Deadline", "31 Dec 1969"),
            Moment("happened", date(1969, 7, 20), "On time", "20 July 1969"),
        ]
    )
    pins = {pin.name: pin for pin in found.pins}
    assert pins["deadline"].label_y < pins["happened"].label_y
    assert (pins["happened"].anchor, pins["happened"].beside) == ("end", -4)
    assert pins["said"].label_y == pins["happened"].label_y


def test_labels_take_as_few_rows_as_they_need() -> None:
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
    assert len({heights["nominal"], heights["deadline"], heights["latest"]}) == 3
    assert len(set(heights.values())) == 3
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


def test_an_arc_leads_from_each_deadline_to_the_next() -> None:
    """Promised for 2020, again for 2022, for 2021: forward and back; none to what is off the picture."""
    days = [date(2020, 1, 1), date(2022, 1, 1), date(2021, 1, 1)]
    lane = timeline(
        [Promise(date(2019, 1, 1), days[0], "no", again=(*days[1:], date(2400, 1, 1)))], TODAY
    ).lanes[0]
    assert lane.bar
    (first, forward), (second, back) = lane.arcs
    assert first == lane.bar
    assert round(first + forward, 1) == round(second + back, 1)
    assert lane.bar < second
