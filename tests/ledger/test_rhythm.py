"""A reader's turn comes once a day or a week of their own calendar, at the hour of their own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from ledger.rhythm import Rhythm, next_turn


@pytest.mark.parametrize(
    ("zone", "hour", "after", "turn"),
    [
        ("UTC", 8, "2026-10-01T07:59", "2026-10-01T08:00"),
        ("UTC", 8, "2026-10-01T08:00", "2026-10-02T08:00"),
        ("Etc/GMT+12", 8, "2026-10-01T19:59", "2026-10-01T20:00"),
        ("Etc/GMT+12", 8, "2026-10-01T20:00", "2026-10-02T20:00"),
        ("Pacific/Kiritimati", 8, "2026-10-01T17:59", "2026-10-01T18:00"),
        ("Pacific/Kiritimati", 0, "2026-10-01T00:00", "2026-10-01T10:00"),
        ("Asia/Kathmandu", 8, "2026-10-01T00:00", "2026-10-01T02:15"),
        # New York: summer time begins on 8 March 2026 at 2:00, which is skipped, and ends on 1 November at 2:00.
        ("America/New_York", 8, "2026-03-07T13:00", "2026-03-08T12:00"),
        ("America/New_York", 8, "2026-10-31T12:00", "2026-11-01T13:00"),
        ("America/New_York", 2, "2026-03-07T07:00", "2026-03-08T07:00"),
        ("America/New_York", 2, "2026-03-08T07:00", "2026-03-09T06:00"),
        ("America/New_York", 1, "2026-10-31T05:00", "2026-11-01T05:00"),
        ("America/New_York", 1, "2026-11-01T05:00", "2026-11-02T06:00"),
        # Lord Howe moves its clock by half an hour; Beirut skips midnight itself.
        ("Australia/Lord_Howe", 2, "2026-10-03T16:00", "2026-10-04T15:00"),
        ("Asia/Beirut", 0, "2026-03-28T21:59", "2026-03-28T22:00"),
        ("Asia/Taipei", 8, "2028-02-28T00:00", "2028-02-29T00:00"),
        ("Asia/Taipei", 8, "2028-02-29T00:00", "2028-03-01T00:00"),
        ("Europe/Berlin", 8, "2026-12-31T07:00", "2027-01-01T07:00"),
    ],
)
def test_a_day(zone: str, hour: int, after: str, turn: str) -> None:
    moments = [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (after, turn)]
    assert next_turn(Rhythm.DAILY, hour, ZoneInfo(zone), moments[0]) == moments[1]


@pytest.mark.parametrize(
    ("after", "turn"),
    [
        ("2026-12-27T12:00", "2026-12-28T00:00"),
        ("2026-12-28T00:00", "2027-01-04T00:00"),
        ("2026-12-31T00:00", "2027-01-04T00:00"),
    ],
)
def test_a_week_begins_on_monday_morning(after: str, turn: str) -> None:
    moments = [datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (after, turn)]
    assert next_turn(Rhythm.WEEKLY, 8, ZoneInfo("Asia/Taipei"), moments[0]) == moments[1]


def test_at_once_is_at_once() -> None:
    now = datetime(2026, 10, 1, 3, tzinfo=UTC)
    assert next_turn(Rhythm.AT_ONCE, 8, ZoneInfo("UTC"), now) == now


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Beirut", "America/Santiago"]
)
@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
def test_every_day_of_a_year_has_one_turn_whatever_the_clock_does(zone: str, hour: int) -> None:
    place, turn = ZoneInfo(zone), datetime(2027, 12, 31, 12, tzinfo=UTC)
    days = []
    for _ in range(366):
        turn = next_turn(Rhythm.DAILY, hour, place, turn)
        days.append(turn.astimezone(place).date())
    assert [later - earlier for earlier, later in pairwise(days)] == [timedelta(days=1)] * 365
