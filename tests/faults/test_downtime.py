"""Nobody sweeps for thirty days: each event is dated right, and each reader is told in one mail, of all that is so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import Settings

from ledger import due
from ledger.models import Delivery, Event
from ledger.moments import end_of
from ledger.post import outbox
from predictions.models import Prediction
from tests import factories
from tests.ledger.post.mail import plain
from tests.smtp_sink import SmtpSink

FIRST, DAYS = date(2026, 6, 1), 30
BACK = FIRST + timedelta(days=DAYS)
LOGGED = date(2026, 1, 2)


def logged(last_day: date) -> Prediction:
    said = factories.prediction("soon", said_on=LOGGED - timedelta(days=1), inked_on=LOGGED)
    factories.dated(said, last_day, on=LOGGED)
    return said


@pytest.mark.django_db
@pytest.mark.parametrize("notices", [[], [30, 7]])
@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati"])
def test_thirty_days_without_beat(
    smtp_sink: SmtpSink, settings: Settings, zone: str, notices: list[int]
) -> None:
    settings.NOTICES, settings.TIME_ZONE = notices, zone
    due.flag_due(on=LOGGED, at=factories.noon(LOGGED))
    readers = ["a@example.org", "b@example.org"]
    for reader in readers:
        factories.subscription(reader)
    days = {}
    for number in range(DAYS):
        last_day = FIRST + timedelta(days=number)
        days[logged(last_day).pk] = last_day

    at = end_of(BACK) - timedelta(hours=1)
    assert due.flag_due(on=BACK, at=at) == DAYS
    assert outbox.send(lambda: at) == len(readers)
    assert due.flag_due(on=BACK, at=at) == outbox.send(lambda: at) == 0

    happened = dict(Event.objects.of_kind("fell_due").values_list("prediction", "happened_at"))
    assert happened == {pk: end_of(day) for pk, day in days.items()}
    assert sorted(str(mail["To"]) for mail in smtp_sink.messages) == readers
    assert {mail["Subject"].strip() for mail in smtp_sink.messages} == {"30 predictions fell due"}


@pytest.mark.django_db
def test_thirty_days_without_beat_and_more_than_a_mail_lists(smtp_sink: SmtpSink, settings: Settings) -> None:
    """All notices are owed before all that fell due, and are untrue by now; some deadlines are still to come."""
    settings.NOTICES = [30, 7]
    due.flag_due(on=LOGGED, at=factories.noon(LOGGED))
    factories.subscription()
    over = [logged(FIRST + timedelta(days=number % DAYS)) for number in range(110)]
    to_come = [logged(BACK + timedelta(days=3)) for _ in range(4)]

    at = factories.noon(BACK)
    assert due.flag_due(on=BACK, at=at) == len(over)
    assert outbox.send(lambda: at) == 1

    (mail,) = smtp_sink.messages
    assert mail["Subject"].strip() == "100 predictions fell due, and 14 more"
    named = [one for one in [*over, *to_come] if f"/predictions/{one.pk}/" in plain(mail)]
    assert len(named) == 100
    assert not set(named) & set(to_come), "what fell due comes first"
    told = Delivery.objects.filter(dropped_at=None).values_list("event__prediction", "kind").distinct()
    assert set(told) == {(one.pk, "fell_due") for one in over} | {(one.pk, "approaching") for one in to_come}
