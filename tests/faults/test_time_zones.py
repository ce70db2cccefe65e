"""Readers all round the earth get one digest a day, at their hour, also where the clock jumps and the calendar does."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from pytest_django import Settings

from ledger import due
from ledger.models import Event, Subscriber
from ledger.moments import day_of, end_of
from ledger.post import outbox
from ledger.rhythm import Rhythm
from tests import factories

ZONES = {
    "Etc/GMT+12": 8,  # UTC-12
    "America/St_Johns": 8,
    "America/New_York": 2,  # an hour that the clock skips in spring, and strikes twice in autumn
    "UTC": 0,
    "Europe/Berlin": 2,
    "Asia/Kathmandu": 23,
    "Australia/Lord_Howe": 2,  # summer time is half an hour
    "Pacific/Kiritimati": 8,  # UTC+14
}
TICK = timedelta(hours=1)
SWEPT = timedelta(minutes=1)
"""So long after a round of sending there is a sweep."""
DAYS = 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "home"),
    [
        (date(2026, 3, 6), "America/New_York"),  # summer time begins there on the 8th
        pytest.param(date(2026, 3, 27), "UTC", marks=pytest.mark.at_length),  # and in Berlin on the 29th
        pytest.param(
            date(2026, 4, 3), "Pacific/Kiritimati", marks=pytest.mark.at_length
        ),  # and ends on Lord Howe on the 5th
        pytest.param(
            date(2026, 10, 2), "Australia/Lord_Howe", marks=pytest.mark.at_length
        ),  # where it begins on 4 October
        (date(2026, 10, 23), "Europe/Berlin"),  # it ends there on the 25th
        pytest.param(
            date(2026, 10, 30), "Etc/GMT+12", marks=pytest.mark.at_length
        ),  # and in New York on 1 November
        (date(2028, 2, 27), "UTC"),  # through 29 February
        (date(2026, 12, 29), "UTC"),  # through New Year
    ],
    ids=str,
)
def test_one_digest_a_day_at_the_reader_s_hour(settings: Settings, first: date, home: str) -> None:
    settings.NOTICES, settings.TIME_ZONE = [], home
    for number, (zone, hour) in enumerate(ZONES.items()):
        factories.subscription(f"reader-{number}@example.org", on=date(2025, 1, 1))
        Subscriber.objects.filter(email=f"reader-{number}@example.org").update(
            rhythm=Rhythm.DAILY, hour=hour, time_zone=zone
        )
    days = [first + timedelta(days=number) for number in range(DAYS)]
    for day in days:
        said = factories.prediction("soon", said_on=date(2025, 1, 1), inked_on=date(2025, 1, 2))
        factories.dated(said, day, on=date(2025, 1, 3))

    arrived: dict[str, list[datetime]] = {}
    at = datetime(first.year, first.month, first.day, tzinfo=UTC)
    while at < datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(days=DAYS + 3):
        outbox.send(lambda moment=at: moment)  # type: ignore[misc]
        due.flag_due(on=day_of(at), at=at + SWEPT)
        for message in mail.outbox:
            arrived.setdefault(message.to[0], []).append(at)
        mail.outbox.clear()
        at += TICK

    happened = set(Event.objects.of_kind("fell_due").values_list("happened_at", flat=True))
    assert happened == {end_of(day) for day in days}
    for number, (zone, hour) in enumerate(ZONES.items()):
        local = [moment.astimezone(ZoneInfo(zone)) for moment in arrived[f"reader-{number}@example.org"]]
        assert Counter(moment.date() for moment in local).most_common(1)[0][1] == 1, "never two a day"
        assert len(local) == DAYS, f"a mail for each day of {zone}"
        for moment in local:
            # By the clock on the wall; where it skips the hour, as much later as it skips.
            late = moment.hour * 60 + moment.minute - hour * 60
            assert 0 <= late <= 60, f"{moment} in {zone}"
