"""Taking an entry back. The entry stays readable, marked, with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ledger.models import Event

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from predictions.models import Prediction


def withdraw(prediction: Prediction, *, reason: str, at: datetime, by: User | None = None) -> Event:
    """Mark ``prediction`` as withdrawn, once. Raises ``ValidationError`` without a reason, or the second time."""
    if not reason.strip():
        raise ValidationError({"reason": "Say what was wrong with the entry, for everybody to read."})
    event = Event(
        kind=Event.Kind.WITHDRAWN,
        prediction=prediction,
        happened_at=at,
        recorded_at=at,
        reason=reason.strip(),
        made_by=by,
    )
    event.full_clean(exclude={"made_by"}, validate_constraints=False)  # the insert tells who was first
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError("This entry has been withdrawn already.") from error
    return event
