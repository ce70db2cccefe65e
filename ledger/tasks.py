"""What beat wakes. Each is three lines round a function; the clock is read here and nowhere below."""

from __future__ import annotations

from datetime import UTC, datetime

from celery import shared_task

from ledger import due, outbox, subscriptions
from ledger.moments import day_of


def moment() -> datetime:
    return datetime.now(UTC)


@shared_task
def flag_due() -> int:
    return due.flag_due(on=day_of(moment()), at=moment())


@shared_task
def send_alerts() -> int:
    return outbox.send(at=moment)


@shared_task
def forget_unconfirmed() -> int:
    return subscriptions.forget_unconfirmed(at=moment())
