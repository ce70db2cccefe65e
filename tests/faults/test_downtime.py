"""Nobody sweeps for thirty days: each event is dated right, and each reader is told in one mail."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from ledger import due
from ledger.models import Event
from ledger.moments import end_of
from ledger.post import outbox
from tests import factories
from tests.smtp_sink import SmtpSink

FIRST, DAYS = date(2026, 6, 1), 30
BACK = FIRST + timedelta(days=DAYS)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati"])
def test_thirty_days_without_beat(smtp_sink: SmtpSink, settings: Settings, zone: str) -> None:
    settings.NOTICES, settings.TIME_ZONE = [], zone
    readers = ["a@example.org", "b@example.org"]
    for reader in readers:
        factories.subscription(reader)
    days = {}
    for number in range(DAYS):
        said = factories.prediction("soon", said_on=date(2026, 1, 1), inked_on=date(2026, 1, 2))
        days[said.pk] = FIRST + timedelta(days=number)
        factories.dated(said, days[said.pk], on=date(2026, 1, 3))

    at = end_of(BACK) - timedelta(hours=1)
    assert due.flag_due(on=BACK, at=at) == DAYS
    assert outbox.send(lambda: at) == len(readers)
    assert due.flag_due(on=BACK, at=at) == outbox.send(lambda: at) == 0

    happened = dict(Event.objects.of_kind("fell_due").values_list("prediction", "happened_at"))
    assert happened == {pk: end_of(day) for pk, day in days.items()}
    assert sorted(str(mail["To"]) for mail in smtp_sink.messages) == readers
