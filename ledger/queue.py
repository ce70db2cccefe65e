"""What waits for a person. A query, never a state."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef

from ledger.models import Event, Resolution
from ledger.standing import with_standing
from predictions.models import Prediction, PredictionQuerySet


def waiting(on: date) -> PredictionQuerySet:
    """Predictions that fell due before the day ``on``, stand, and have no verdict; longest overdue first.

    Each carries its ``last_day`` beside it. What was flagged ahead of its day waits for nobody before it.
    """
    own = {"prediction": OuterRef("pk")}
    fallen = Event.objects.of_kind(Event.Kind.FELL_DUE).filter(**own)
    pulled = Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(**own)
    judged = Resolution.objects.filter(**own)
    return (
        with_standing(Prediction.objects.dated())
        .filter(Exists(fallen), ~Exists(pulled), ~Exists(judged))
        .annotate(last_day=F("deadlines__last_day"))
        .filter(last_day__lt=on)
        .order_by("last_day", "pk")
    )
