"""What is owed to whom: rows only, written in the transaction of what they tell of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from django.contrib.auth.models import User
from django.db import connection

from ledger.models import Correction, Delivery, Event, EventQuerySet, Subscription, Words
from ledger.post import accounts

AT_ONCE = 1_000
"""Events that are looked through for words in one go."""
QUESTIONS_A_DAY = 3
"""How often in 24 hours one mailbox can be asked whether it wants something, over all subjects."""

TOLD_OF = tuple(
    kind for kind in Event.Kind.values if kind in Delivery.Kind.values and kind != Event.Kind.RETRACTED
)
"""The events that everybody who follows their prediction is told of, by something of the same kind."""

OWE = """
    INSERT INTO ledger_delivery
        (kind, occasion, subscriber_id, event_id, owed_at, told_from, dropped_because)
    WITH told AS (
        SELECT e.id, e.kind, e.recorded_at, e.happened_at, e.prediction_id, said.speaker_id, said.source_id
        FROM ledger_event e
        JOIN predictions_prediction p ON p.id = e.prediction_id
        JOIN predictions_statement said ON said.id = p.statement_id
        WHERE e.id IN ({events})
    ), live AS (
        SELECT * FROM ledger_subscription WHERE confirmed_at IS NOT NULL AND ended_at IS NULL
    ), owed AS (
        SELECT e.id, s.subscriber_id FROM told e JOIN live s ON s.speaker_id = e.speaker_id
        UNION
        SELECT e.id, s.subscriber_id FROM told e JOIN live s ON s.source_id = e.source_id
        UNION
        SELECT e.id, s.subscriber_id FROM told e JOIN live s ON s.prediction_id = e.prediction_id
        UNION
        SELECT e.id, s.subscriber_id FROM told e
            JOIN predictions_prediction_topics t ON t.prediction_id = e.prediction_id
            JOIN live s ON s.topic_id = t.topic_id
        UNION
        SELECT e.id, s.subscriber_id FROM told e
            JOIN live s ON s.speaker_id IS NULL AND s.source_id IS NULL AND s.prediction_id IS NULL
                AND s.topic_id IS NULL AND s.words = ''
    )
    SELECT e.kind, 0, o.subscriber_id, e.id, e.recorded_at, e.happened_at, ''
    FROM owed o JOIN told e ON e.id = o.id
    WHERE true
    ON CONFLICT DO NOTHING
"""


def owe(events: EventQuerySet) -> None:
    """Owe every live subscriber of the predictions that ``events`` are of word of each, once.

    One statement, however many they are. An event that was flagged ahead of its day is told on it.
    """
    told = events.filter(kind__in=TOLD_OF).order_by()
    query, params = told.values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(OWE.format(events=query), params)
    _owe_who_looks_for_words(told)


def owe_retraction(event: Event) -> None:
    """Owe word that a verdict was taken back to all who are owed word that it was announced, once.

    Who was told in the end is asked before it goes out: one announcement may be in a sender's hand.
    """
    announced = Delivery.objects.filter(
        kind=Delivery.Kind.INTENDED, event__resolution=event.resolution_id, dropped_at=None
    )
    readers = announced.order_by("subscriber").values_list("subscriber", flat=True)
    owed = [_word_of(event, reader) for reader in readers.distinct()]
    Delivery.objects.bulk_create(owed, ignore_conflicts=True, batch_size=500)


def owe_editors(correction: Correction, editors: Iterable[User], at: datetime) -> None:
    """Owe ``editors`` word of a correction that waits for the answer of one of them, once."""
    kind = Delivery.Kind.TO_ANSWER
    owed = [
        Delivery(kind=kind, subscriber=mailbox, correction=correction, owed_at=at, told_from=at)
        for mailbox, _ in accounts.mailboxes(editors, kind, at)
    ]
    Delivery.objects.bulk_create(owed, ignore_conflicts=True)


def owe_what_is_to_come(at: datetime) -> None:
    """Owe what was flagged ahead of its day to those also whose subscription went live since: the sweep passes once."""
    owe(Event.objects.filter(happened_at__gt=at))


def owe_question(subscription: Subscription, *, at: datetime) -> bool:
    """Owe the mailbox the question whether its owner asked for this, ``QUESTIONS_A_DAY`` over all subjects; say whether it is owed."""
    questions = Delivery.objects.filter(kind=Delivery.Kind.CONFIRM, subscriber=subscription.subscriber_id)
    if questions.filter(owed_at__gt=at - timedelta(days=1)).count() >= QUESTIONS_A_DAY:
        return False
    Delivery.objects.create(
        kind=Delivery.Kind.CONFIRM,
        subscriber_id=subscription.subscriber_id,
        subscription=subscription,
        occasion=questions.filter(subscription=subscription).count() + 1,
        owed_at=at,
        told_from=at,
    )
    return True


def _owe_who_looks_for_words(told: EventQuerySet) -> None:
    readers: dict[str, list[int]] = {}
    for words, reader in Subscription.objects.live().exclude(words="").values_list("words", "subscriber"):
        readers.setdefault(words, []).append(reader)
    if not readers:
        return
    stream = told.iterator(chunk_size=AT_ONCE)
    while events := list(islice(stream, AT_ONCE)):
        among = Words.objects.filter(pk__in={event.prediction_id for event in events}).order_by()
        for words, some in readers.items():
            held = set(among.holding(words).values_list("pk", flat=True))
            found = [event for event in events if event.prediction_id in held]
            owed = [_word_of(event, reader) for event in found for reader in some]
            Delivery.objects.bulk_create(owed, ignore_conflicts=True, batch_size=500)


def _word_of(event: Event, reader: int) -> Delivery:
    return Delivery(
        kind=event.kind,
        subscriber_id=reader,
        event=event,
        owed_at=event.recorded_at,
        told_from=event.happened_at,
    )
