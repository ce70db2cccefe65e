"""What the sweep is measured against: the SQL one would write by hand, a loop over objects, and a task for each prediction."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q

from ledger.models import Appointment, Delivery, Event, Subscriber, Subscription
from ledger.moments import end_of
from predictions.models import Deadline

BY_HAND = """
    WITH due AS (
        DELETE FROM ledger_appointment WHERE kind = 'fell_due' AND day < %(on)s RETURNING prediction_id, day
    ), happened AS (
        INSERT INTO ledger_event (kind, prediction_id, happened_at, recorded_at, reason)
        SELECT 'fell_due', prediction_id, (day + 1)::timestamp AT TIME ZONE 'UTC', %(at)s, '' FROM due
        ON CONFLICT DO NOTHING
        RETURNING id, prediction_id, happened_at
    ), about AS (
        SELECT e.id, e.prediction_id, e.happened_at, s.speaker_id, s.source_id
        FROM happened e
        JOIN predictions_prediction p ON p.id = e.prediction_id
        JOIN predictions_statement s ON s.id = p.statement_id
    ), live AS (
        SELECT * FROM ledger_subscription WHERE confirmed_at IS NOT NULL AND ended_at IS NULL
    ), told AS (
        INSERT INTO ledger_delivery (kind, occasion, subscriber_id, event_id, owed_at, told_from, dropped_because)
        SELECT 'fell_due', 0, subscriber_id, id, %(at)s, happened_at, '' FROM (
            SELECT a.id, a.happened_at, l.subscriber_id FROM about a JOIN live l USING (speaker_id)
            UNION SELECT a.id, a.happened_at, l.subscriber_id FROM about a JOIN live l USING (source_id)
            UNION SELECT a.id, a.happened_at, l.subscriber_id FROM about a JOIN live l USING (prediction_id)
            UNION SELECT a.id, a.happened_at, l.subscriber_id FROM about a
                JOIN predictions_prediction_topics t USING (prediction_id) JOIN live l USING (topic_id)
            UNION SELECT a.id, a.happened_at, l.subscriber_id FROM about a CROSS JOIN live l
                WHERE COALESCE(l.speaker_id, l.source_id, l.prediction_id, l.topic_id) IS NULL AND l.words = ''
        ) found
        ON CONFLICT DO NOTHING
    ), reminded AS (
        INSERT INTO ledger_delivery (kind, occasion, subscriber_id, event_id, owed_at, told_from, dropped_because)
        SELECT 'reminder', 0, r.id, e.id, %(at)s, %(at)s, ''
        FROM happened e CROSS JOIN ledger_subscriber r WHERE r.user_id IS NOT NULL
        ON CONFLICT DO NOTHING
    )
    INSERT INTO ledger_appointment (prediction_id, kind, number, day)
    SELECT prediction_id, 'reminder', 1, %(on)s::date + 6 FROM happened
    ON CONFLICT DO NOTHING
"""


def by_hand(on: date, at: datetime) -> None:
    """One statement that does what the sweep does."""
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"on": on, "at": at})


def found(on: date) -> list[Deadline]:
    """What is due and has no event, as a loop over objects would look for it."""
    due = Deadline.objects.filter(ordinal=1, last_day__lt=on).exclude(prediction__events__kind="fell_due")
    return list(due.select_related("prediction__statement"))


@transaction.atomic
def fall_due(deadline: Deadline, at: datetime) -> None:
    """What happens to one prediction, as a user of the ORM would write it."""
    prediction = deadline.prediction
    event, is_new = Event.objects.get_or_create(
        kind=Event.Kind.FELL_DUE,
        prediction=prediction,
        defaults={"happened_at": end_of(deadline.last_day), "recorded_at": at},
    )
    if not is_new:
        return
    said = prediction.statement
    everything = Q(speaker=None, source=None, prediction=None, topic=None, words="")
    follows = Q(speaker=said.speaker_id) | Q(source=said.source_id) | Q(prediction=prediction)
    readers = Subscription.objects.live().filter(follows | Q(topic__predictions=prediction) | everything)
    for reader in readers.values_list("subscriber", flat=True).distinct():
        _owe(event, reader, Delivery.Kind.FELL_DUE, at)
    for reviewer in Subscriber.objects.filter(user__isnull=False):
        _owe(event, reviewer.pk, Delivery.Kind.REMINDER, at)
    Appointment.objects.filter(prediction=prediction, kind=Appointment.Kind.FELL_DUE).delete()
    Appointment.objects.create(prediction=prediction, kind=Appointment.Kind.REMINDER, number=1, day=at.date())


def _owe(event: Event, reader: int, kind: str, at: datetime) -> None:
    Delivery.objects.get_or_create(
        event=event, subscriber_id=reader, kind=kind, defaults={"owed_at": at, "told_from": event.happened_at}
    )
