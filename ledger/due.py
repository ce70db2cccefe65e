"""The sweep: what the agenda says has come happens, once, on the day it did.

Every first deadline that has passed falls due, and those that follow its prediction are told so
many days before (``NOTICES``). A few statements a kind, however much came due: append the events,
owe the mail, remind, cross out. They read the same on PostgreSQL and on SQLite, which knows no
``skip_locked`` and no insert inside a query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from ledger import agenda
from ledger.models import Appointment, AppointmentQuerySet, Event, EventQuerySet
from ledger.moments import end_of
from ledger.post import outbox, reminders

DAYS = 1_000
"""How many different days go into one statement: SQLite counts what it is given."""

APPEND = """
    INSERT INTO ledger_event (kind, prediction_id, lead, happened_at, recorded_at, reason)
    WITH moment (day, at) AS (VALUES {moments})
    SELECT a.kind, a.prediction_id, NULLIF(a.number, 0), m.at, {recorded}, ''
    FROM ledger_appointment a JOIN moment m ON m.day = a.day
    WHERE a.kind = %s
    ORDER BY a.day, a.prediction_id
    ON CONFLICT DO NOTHING
"""
TYPED = {"postgresql": ("%s::date", "%s::timestamptz"), "sqlite": ("%s", "%s")}


def flag_due(on: date, at: datetime) -> int:
    """Flag all that has fallen due before the day ``on`` and is not flagged yet; return how many that were.

    ``at`` is the moment of the sweep. Twice, late, or on two machines at once gives the same
    ledger: each event is dated by its deadline, and the database admits one per prediction.
    Announcements whose day has come are appended too; they are not counted.
    """
    agenda.announce(settings.NOTICES, on)
    happen(Appointment.Kind.APPROACHING, on, at)
    flagged = happen(Appointment.Kind.FELL_DUE, on, at)
    reminders.remind(on, at)
    return flagged


def happen(kind: Appointment.Kind, on: date, at: datetime) -> int:
    """Append an event for each appointment of ``kind`` that has passed, owe the mail, and cross out: all or nothing.

    Return how many events were not there before.
    """
    appointments = Appointment.objects.of_kind(kind).passed(on)
    if not appointments.exists():
        return 0
    with transaction.atomic():
        appended = sum(_append(kind, moments, at) for moments in _moments(appointments))
        outbox.owe(_noted(kind, appointments))
        # Only what has its event: another appointment may have been made since the statement above.
        events = Event.objects.of_kind(kind).filter(**_same(kind, lead="number"))
        done = appointments.filter(Exists(events))
        if kind == Appointment.Kind.FELL_DUE:
            reminders.begin(done, on, at)
        done.delete()
    return appended


def _noted(kind: Appointment.Kind, appointments: AppointmentQuerySet) -> EventQuerySet:
    """The events that are there for ``appointments``."""
    return Event.objects.of_kind(kind).filter(Exists(appointments.filter(**_same(kind, number="lead"))))


def _same(kind: Appointment.Kind, **number: str) -> dict[str, OuterRef]:
    """By which columns an event of ``kind`` and its appointment are the same."""
    prediction = {"prediction": OuterRef("prediction")}
    if kind == Appointment.Kind.FELL_DUE:
        return prediction
    return prediction | {mine: OuterRef(theirs) for mine, theirs in number.items()}


def _moments(appointments: AppointmentQuerySet) -> Iterator[dict[date, datetime]]:
    """The days of ``appointments``, with the moment each is over, in portions."""
    days = list(appointments.order_by("day").values_list("day", flat=True).distinct())
    for start in range(0, len(days), DAYS):
        yield {day: end_of(day) for day in days[start : start + DAYS]}


def _append(kind: Appointment.Kind, moments: Mapping[date, datetime], at: datetime) -> int:
    day, moment = TYPED[connection.vendor]
    sql = APPEND.format(moments=", ".join([f"({day}, {moment})"] * len(moments)), recorded=moment)
    ops = connection.ops
    values: list[str | date | None] = []
    for last_day, over in moments.items():
        values += [ops.adapt_datefield_value(last_day), ops.adapt_datetimefield_value(over)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, ops.adapt_datetimefield_value(at), kind.value])
        return int(cursor.rowcount)
