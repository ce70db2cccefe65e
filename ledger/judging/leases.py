"""Taking an entry and leaving it: who is at it, so that two do not do the same work. A lease ends by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from ledger.models import Lease
from predictions.models import Prediction, PredictionQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TERM = timedelta(minutes=30)
"""How long others leave an entry to whoever took it."""

SHORTLIST = 50
"""So many entries are tried at a time for one that nobody else takes at the same moment."""


@transaction.atomic
def take(prediction: Prediction, *, by: User, at: datetime) -> bool:
    """Hold ``prediction`` for ``TERM`` from ``at``, or longer if one holds it already; say whether one does."""
    free = Lease.objects.filter(prediction=prediction).filter(Q(holder=by) | Q(held_until__lte=at))
    if not free.update(holder=by, held_until=at + TERM):
        # No get_or_create: where somebody takes it and leaves it between its two looks, that gives up with an error.
        mine = Lease(prediction=prediction, holder=by, held_until=at + TERM)
        Lease.objects.bulk_create([mine], ignore_conflicts=True)
    return Lease.objects.held(at).filter(prediction=prediction, holder=by).exists()


def release(prediction: Prediction, *, by: User) -> None:
    """Leave ``prediction`` to others, if one held it."""
    Lease.objects.filter(prediction=prediction, holder=by).delete()


def take_next(waiting: PredictionQuerySet, *, by: User, at: datetime) -> Prediction | None:
    """Take the first of ``waiting`` that nobody else holds; None if there is none."""
    free = waiting.exclude(lease__in=Lease.objects.held(at).exclude(holder=by))
    for prediction in free.prefetch_related(None)[:SHORTLIST]:
        if take(prediction, by=by, at=at):
            return prediction
    return None
