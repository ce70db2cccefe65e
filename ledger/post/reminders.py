"""Reminders to whoever may judge: of each prediction that waits, again and again, less and less often, until somebody acts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, DateField, Exists, F, OuterRef, Value, When
from django.db.models.expressions import RawSQL

from ledger import queue
from ledger.house_rules import HouseRules
from ledger.models import Appointment, AppointmentQuerySet, Delivery, Event
from ledger.post import accounts
from predictions.models import PredictionQuerySet

DAY = timedelta(days=1)
LONGEST_WAIT = timedelta(days=56)
"""After a reminder the next one waits ``REMIND_AFTER`` days: doubled each time, and never longer than this."""

OWN = {"prediction": OuterRef("prediction")}

OWE = """
    INSERT INTO ledger_delivery
        (kind, occasion, subscriber_id, event_id, owed_at, told_from, dropped_because)
    SELECT 'reminder', a.number, r.id, e.id, {at}, {at}, ''
    FROM ledger_appointment a
    JOIN ledger_event e ON e.prediction_id = a.prediction_id AND e.kind = 'fell_due'
    CROSS JOIN ledger_subscriber r
    WHERE a.id IN ({turn}) AND r.id IN ({readers})
    ON CONFLICT DO NOTHING
"""
TYPED = {"postgresql": "%s::timestamptz", "sqlite": "%s"}
ROWS = {"postgresql": "SELECT unnest(%s::bigint[])", "sqlite": "SELECT value FROM json_each(%s)"}
"""However many numbers, as one parameter: SQLite counts what it is given."""


def begin(fallen_due: AppointmentQuerySet, on: date, at: datetime) -> None:
    """Remind reviewers of what has ``fallen_due``, the first time; its appointments become those of the next."""
    reminded = Appointment.objects.of_kind(Appointment.Kind.REMINDER).filter(**OWN)
    _remind(fallen_due.exclude(Exists(reminded)), on, at)


def remind(on: date, at: datetime) -> int:
    """Owe every reviewer a reminder of what waits and whose turn it is on the day ``on``; return how many predictions.

    After a month without a sweep there is one reminder of each, not four: the next is reckoned from
    ``on``, the day of ``at`` in the installation's time zone.
    """
    passed = Appointment.objects.of_kind(Appointment.Kind.REMINDER).passed(on)
    if not passed.exists():
        return 0
    with transaction.atomic():
        return _remind(passed, on, at)


def wait_after(occasion: int) -> timedelta:
    """How long a prediction is left alone after its reminder number ``occasion``, counted from 0."""
    return min(timedelta(days=settings.REMIND_AFTER << min(occasion, 10)), LONGEST_WAIT)


def _remind(passed: AppointmentQuerySet, on: date, at: datetime) -> int:
    waiting = queue.waiting(on)
    waits = passed.filter(prediction__in=waiting.order_by().values("pk"))
    turn = list(waits.select_for_update().order_by("pk").values_list("pk", flat=True))
    for readers, theirs in _whose(turn, waiting, at):
        _owe(theirs, readers, at)
    # A day before the next turn: an appointment is for when its day is over.
    days = [When(number=number, then=Value(on + wait_after(number) - DAY)) for number in range(10)]
    next_day = Case(*days, default=Value(on + LONGEST_WAIT - DAY), output_field=DateField())
    _of(turn).update(kind=Appointment.Kind.REMINDER, number=F("number") + 1, day=next_day)
    settled = Event.objects.filter(kind__in=(Event.Kind.RESOLVED, Event.Kind.WITHDRAWN), **OWN)
    passed.filter(Exists(settled)).delete()
    # What rests, or is announced, is asked after again tomorrow.
    passed.update(kind=Appointment.Kind.REMINDER, day=on)
    return len(turn)


def _whose(
    turn: list[int], waiting: PredictionQuerySet, at: datetime
) -> Iterator[tuple[list[int], list[int]]]:
    """Mailboxes, and which of the appointments ``turn`` their owners are told of: where two judge blind, what waits for them."""
    kind = Delivery.Kind.REMINDER
    willing = accounts.mailboxes(accounts.who_hear(kind), kind, at)
    if not HouseRules.here().blind:
        yield [mailbox.pk for mailbox, _ in willing], turn
        return
    for mailbox, reviewer in willing:
        theirs = queue.open_to(reviewer, waiting).order_by().values("pk")
        yield [mailbox.pk], list(_of(turn).filter(prediction__in=theirs).values_list("pk", flat=True))


def _of(turn: list[int]) -> AppointmentQuerySet:
    return Appointment.objects.filter(pk__in=RawSQL(ROWS[connection.vendor], [_one(turn)]))  # noqa: S611 (our own words)


def _owe(turn: list[int], readers: list[int], at: datetime) -> None:
    moment, rows = connection.ops.adapt_datetimefield_value(at), ROWS[connection.vendor]
    sql = OWE.format(at=TYPED[connection.vendor], turn=rows, readers=rows)
    with connection.cursor() as cursor:
        cursor.execute(sql, [moment, moment, _one(turn), _one(readers)])


def _one(numbers: list[int]) -> list[int] | str:
    """``numbers`` as the one parameter of ``ROWS``."""
    return numbers if connection.vendor == "postgresql" else json.dumps(numbers)
