"""The sweep: every prediction whose first deadline has passed falls due, once, on the day it did."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from ledger import outbox
from ledger.models import Event
from ledger.moments import end_of
from predictions.models import Deadline, DeadlineQuerySet

BATCH = 500


def flag_due(on: date, at: datetime) -> int:
    """Flag all that has fallen due before the day ``on`` and is not flagged yet; return how many that were.

    ``at`` is the moment of the sweep. Twice, late, or on two machines at once gives the same
    ledger: each event is dated by its deadline, and the database admits one per prediction.
    """
    flagged = 0
    # In batches read to their end: under a read that is still open, SQLite refuses to write at once
    # when somebody else has written meanwhile.
    while batch := list(unflagged(on)[:BATCH]):
        flagged += sum(fall_due(deadline, at) for deadline in batch)
    return flagged


def unflagged(on: date) -> DeadlineQuerySet:
    """First deadlines that have passed and lack their event, longest passed first."""
    fallen = Event.objects.of_kind(Event.Kind.FELL_DUE).filter(prediction=OuterRef("prediction"))
    return (
        Deadline.objects.first_readings()
        .passed(on)
        .filter(~Exists(fallen))
        .select_related("prediction__statement")
        .order_by("last_day", "pk")
    )


@transaction.atomic
def fall_due(deadline: Deadline, at: datetime) -> bool:
    """Append the event and what is owed for it, both or neither; say whether it was not there before."""
    event, is_new = Event.objects.get_or_create(
        prediction=deadline.prediction,
        kind=Event.Kind.FELL_DUE,
        defaults={"happened_at": end_of(deadline.last_day), "recorded_at": at},
    )
    if is_new:
        outbox.owe(event)
    return is_new
