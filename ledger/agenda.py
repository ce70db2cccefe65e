"""Keeping the agenda: the appointments that the database does not make by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from ledger.models import Appointment, Event, Lead
from predictions.models import Deadline

ANNOUNCEMENTS = """
    INSERT INTO ledger_appointment (prediction_id, kind, number, day)
    SELECT prediction_id, 'approaching', %s, {day} FROM ledger_appointment
    WHERE kind = 'fell_due' AND {day} >= %s
    ON CONFLICT DO NOTHING
"""
EARLIER = {"postgresql": "day - {:d}", "sqlite": "date(day, '-{:d} days')"}


def announce(leads: Iterable[int], on: date) -> None:
    """Have deadlines announced so many days before them, from the day ``on`` on. Costs nothing if they are already."""
    wanted, kept = set(leads), set(Lead.objects.values_list("days", flat=True))
    if wanted == kept:
        return
    with transaction.atomic():
        Lead.objects.filter(days__in=kept - wanted).delete()
        Appointment.objects.of_kind(Appointment.Kind.APPROACHING).exclude(number__in=wanted).delete()
        Lead.objects.bulk_create([Lead(days=days) for days in wanted - kept], ignore_conflicts=True)
        for days in wanted - kept:
            with connection.cursor() as cursor:
                sql = ANNOUNCEMENTS.format(day=EARLIER[connection.vendor].format(days))
                cursor.execute(sql, [days, on.isoformat()])


def mend() -> int:
    """Give what neither fell due nor is to an appointment; return how many that were.

    There is none, unless the trigger was lost. It reads the whole history, so it is for the night.
    """
    own = {"prediction": OuterRef("prediction")}
    missing = Deadline.objects.first_readings().filter(
        ~Exists(Event.objects.of_kind(Event.Kind.FELL_DUE).filter(**own)),
        ~Exists(Appointment.objects.of_kind(Appointment.Kind.FELL_DUE).filter(**own)),
    )
    made = [
        Appointment(prediction_id=prediction, kind=Appointment.Kind.FELL_DUE, day=day)
        for prediction, day in missing.values_list("prediction", "last_day")
    ]
    Appointment.objects.bulk_create(made, ignore_conflicts=True, batch_size=1_000)
    return len(made)
