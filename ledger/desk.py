"""What the resolution desk lays out: what waits, and what else a reviewer may look for."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from ledger import queue
from ledger.standing import with_standing
from predictions.models import Prediction, PredictionQuerySet


def waiting(on: date, words: str = "", speaker: int | None = None) -> PredictionQuerySet:
    """The queue of the day ``on``, oldest first, narrowed to what holds ``words`` and to one speaker."""
    return _narrowed(queue.waiting(on), words, speaker)


def elsewhere(on: date, words: str, speaker: int | None = None) -> PredictionQuerySet:
    """What holds ``words`` but does not wait on the day ``on``: still pending, without a date, or settled. Inked last, first."""
    others = Prediction.objects.exclude(pk__in=queue.waiting(on).values("pk"))
    return _narrowed(with_standing(others), words, speaker).order_by(F("inked_on").desc(), "pk")


def after(prediction: Prediction, on: date) -> Prediction | None:
    """The next in the queue after ``prediction``, which need not be in it; the first when there is none after."""
    waits, deadline = queue.waiting(on).exclude(pk=prediction.pk), prediction.deadline
    if deadline is None:
        return waits.first()
    beyond = Q(last_day__gt=deadline.last_day) | Q(last_day=deadline.last_day, pk__gt=prediction.pk)
    return waits.filter(beyond).first() or waits.first()


def _narrowed(predictions: PredictionQuerySet, words: str, speaker: int | None) -> PredictionQuerySet:
    if speaker is not None:
        predictions = predictions.filter(statement__speaker=speaker)
    if words:
        predictions = predictions.filter(
            Q(claim__icontains=words)
            | Q(statement__quote__icontains=words)
            | Q(statement__speaker__name__icontains=words)
        )
    return predictions
