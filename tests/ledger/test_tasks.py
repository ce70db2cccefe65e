"""The jobs as they run: handed over through a real broker to a real worker, which alone does them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from config.schedule import SCHEDULE
from ledger import tasks
from ledger.models import Delivery, Event, Subscriber, Subscription
from ledger.moments import day_of, end_of
from ledger.post import subscriptions
from predictions.models import Prediction
from tests import factories
from tests.ledger.post.mail import links, plain
from tests.smtp_sink import SmtpSink
from tests.worker import Worker


@pytest.fixture
def today() -> datetime:
    return datetime.now(UTC)


def due_yesterday(today: datetime) -> Prediction:
    day = day_of(today)
    yesterday = day - timedelta(days=1)
    return factories.prediction(
        f"by {yesterday:%Y-%m-%d}", said_on=day - timedelta(days=30), inked_on=day - timedelta(days=29)
    )


def test_the_worker_flags_what_fell_due_and_tells_who_asked_for_it(
    worker: Worker, smtp_sink: SmtpSink, today: datetime, client: Client, settings: Settings
) -> None:
    prediction = due_yesterday(today)
    factories.prediction(f"by {day_of(today):%Y-%m-%d}", said_on=day_of(today), inked_on=day_of(today))
    subscriptions.ask("reader@example.org", None, at=today, on=day_of(today))

    worker.run("ledger.tasks.send_alerts")
    (question,) = smtp_sink.wait_for(1)
    settings.SECRET_KEY = (worker.log.parent / "secret_key").read_text()  # the worker signs with its own
    (confirm,) = [link for link in links(plain(question)) if "/confirm/" in link]
    assert client.post(confirm[confirm.index("/subscribe/") :]).status_code == 200

    for _ in range(3):
        worker.run("ledger.tasks.flag_due")
        worker.run("ledger.tasks.send_alerts")

    event = Event.objects.get()
    assert (event.prediction, event.kind) == (prediction, Event.Kind.FELL_DUE)
    assert prediction.deadline is not None
    assert event.happened_at == end_of(prediction.deadline.last_day)
    assert event.recorded_at >= today
    _, mail = smtp_sink.wait_for(2)
    assert mail["Subject"].strip() == f"Fell due: {prediction.claim} ({prediction.statement.speaker})"
    assert len(smtp_sink.messages) == 2
    assert not Delivery.objects.outstanding().exists()

    leave = mail["List-Unsubscribe"].strip(" <>")
    client.post(leave[leave.index("/unsubscribe/") :], {"List-Unsubscribe": "One-Click"})
    assert not Subscription.objects.live().exists()


def test_the_same_tick_ten_times_makes_one_event_and_one_mail(
    worker: Worker, smtp_sink: SmtpSink, today: datetime
) -> None:
    factories.subscription()
    due_yesterday(today)
    worker.wait(*[task.delay() for _ in range(10) for task in (tasks.flag_due, tasks.send_alerts)])
    worker.run("ledger.tasks.send_alerts")
    assert Event.objects.count() == 1
    assert len(smtp_sink.messages) == 1


def test_the_worker_forgets_who_never_said_yes_and_who_left(worker: Worker, today: datetime) -> None:
    asked = today - subscriptions.KEPT_UNCONFIRMED - timedelta(days=1)
    subscriptions.ask("reader@example.org", None, at=asked, on=day_of(asked))
    left = factories.subscription("other@example.org", on=date(2020, 1, 1))
    Subscription.objects.filter(pk=left.pk).update(
        ended_at=today - subscriptions.KEPT_AFTER_LEAVING - timedelta(days=1)
    )
    worker.run("ledger.tasks.forget_readers")
    assert not Subscriber.objects.exists()


def test_beat_runs_every_job_of_the_ledger() -> None:
    names = {entry["task"] for entry in SCHEDULE.values()}
    assert {tasks.flag_due.name, tasks.send_alerts.name, tasks.forget_readers.name} <= names


@pytest.mark.django_db
def test_a_sweep_that_begins_before_midnight_is_of_one_moment(
    broker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Flagged on one day and dated on the next, an event would contradict itself."""
    midnight = datetime(2026, 10, 2, tzinfo=UTC)
    factories.prediction("by 2026-09-30", said_on=date(2026, 9, 1), inked_on=date(2026, 9, 1))
    factories.prediction("by 2026-10-01", said_on=date(2026, 9, 1), inked_on=date(2026, 9, 1))
    clock = iter([midnight - timedelta(microseconds=1), *[midnight] * 9])
    monkeypatch.setattr(tasks, "moment", lambda: next(clock))
    assert tasks.flag_due() == 1
    assert {day_of(event.recorded_at) for event in Event.objects.filter(kind="fell_due")} == {
        date(2026, 10, 1)
    }
