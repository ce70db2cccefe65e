"""Taking an entry back. The entry stays readable, marked, with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from ledger.models import Event
from ledger.standing import withdrawn
from predictions.models import Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def withdraw(prediction: Prediction, *, reason: str, at: datetime, by: User | None = None) -> Event:
    """Mark ``prediction`` as withdrawn, once. Raises ``ValidationError`` without a reason, or the second time."""
    if not reason.strip():
        raise ValidationError({"reason": "Say what was wrong with the entry, for everybody to read."})
    # Locked and read anew: nobody judges it, or takes it back too, between the look and the insert.
    prediction = Prediction.objects.select_for_update().get(pk=prediction.pk)
    if withdrawn(prediction):
        raise ValidationError("This entry has been withdrawn already.")
    event = Event(
        kind=Event.Kind.WITHDRAWN,
        prediction=prediction,
        happened_at=at,
        recorded_at=at,
        reason=reason.strip(),
        made_by=by,
    )
    event.full_clean(exclude={"made_by"})
    event.save(force_insert=True)
    return event
