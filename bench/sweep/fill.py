"""A long history and what is still to come, written by COPY: nine of ten predictions fell due long ago."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from django.contrib.auth.models import Permission, User
from django.db import connection

from bench.rows import BATCH, Rows, copy, fell_due, judged, noon, promise, settle
from ledger.models import Event, Resolution, Subscriber, Subscription
from predictions.models import Deadline, Prediction, Source, Speaker, Statement

SPEAKERS = 1_000
FOLLOWED = 200
"""So many of the speakers have a reader each. One more follows everything, and two reviewers are reminded."""
NEWLY = 10_000
"""So many fall due on the first day, and as many on the day after."""
FILLED = (Statement, Prediction, Deadline, Resolution, Event)


def people(today: date) -> None:
    """Write who speaks, who reads and who reviews."""
    User.objects.create_user("logger")
    may = Permission.objects.get(codename="add_resolution")
    for number in range(2):
        reviewer = User.objects.create_user(f"reviewer-{number}", f"reviewer-{number}@example.org")
        reviewer.user_permissions.add(may)
        Subscriber.objects.create(user=reviewer, created_at=noon(today))
    numbers = range(1, SPEAKERS + 1)
    copy(Speaker, ({"id": i, "name": f"Speaker {i}", "slug": f"speaker-{i}"} for i in numbers))
    copy(Source, ({"id": i, "title": f"Episode {i}", "slug": f"source-{i}"} for i in numbers))
    readers = Subscriber.objects.bulk_create(
        Subscriber(email=f"reader-{i}@example.org", created_at=noon(today)) for i in range(FOLLOWED + 1)
    )
    Subscription.objects.bulk_create(
        Subscription(
            subscriber=reader, speaker_id=i or None, created_at=noon(today), confirmed_at=noon(today)
        )
        for i, reader in enumerate(readers)
    )


def history(numbers: range, today: date) -> None:
    """Write predictions that fell due a year ago or longer; nine of ten have a verdict, the others rest between reminders."""
    _in_batches(numbers, today, lambda chance: today - timedelta(days=chance.randrange(365, 2900)))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_appointment WHERE day < %s", [today])
        cursor.execute(
            """
            INSERT INTO ledger_appointment (prediction_id, kind, number, day)
            SELECT id, 'reminder', 5, %s + CAST(id %% 50 AS integer) FROM predictions_prediction
            WHERE id BETWEEN %s AND %s AND id %% 10 = 0
            """,
            [today + timedelta(days=10), numbers.start, numbers.stop - 1],
        )


def to_come(numbers: range, today: date) -> None:
    """Write predictions that fall due later than two months from ``today``."""
    _in_batches(numbers, today, lambda chance: today + timedelta(days=chance.randrange(60, 1500)))


def falling_due(numbers: range, today: date, day: date) -> None:
    """Write predictions whose last day is ``day``."""
    _in_batches(numbers, today, lambda chance: day)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_appointment WHERE kind = 'approaching' AND day <= %s", [day])


def go_on() -> None:
    """Go on counting after what was written, and let the planner know of it."""
    settle(*FILLED, Speaker, Source)


def _in_batches(numbers: range, today: date, last_day: Callable[[random.Random], date]) -> None:
    chance = random.Random(numbers.start)  # noqa: S311 (made-up rows, the same each time)
    logger = User.objects.get(username="logger").pk
    for start in range(numbers.start, numbers.stop, BATCH):
        rows: Rows = defaultdict(list)
        for i in range(start, min(start + BATCH, numbers.stop)):
            last = last_day(chance)
            promise(rows, i, 1 + i % SPEAKERS, min(last, today) - timedelta(days=400), last, logger)
            if last < today:
                fell_due(rows, i, last)
                if i % 10:
                    judged(rows, i, "no", last, logger)
        for model in FILLED:
            copy(model, rows[model])
