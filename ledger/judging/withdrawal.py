"""Taking an entry back. The entry stays readable, marked, with the reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from ledger.house_rules import HouseRules
from ledger.judging.impartiality import why_another_editor
from ledger.judging.resolution import ONE_REVIEWER, locked, open_ballot, stop_notice
from ledger.models import Event
from ledger.moments import day_of
from ledger.standing import withdrawn
from predictions.models import Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def withdraw(
    prediction: Prediction,
    *,
    reason: str,
    at: datetime,
    by: User | None = None,
    rules: HouseRules = ONE_REVIEWER,
) -> Event:
    """Mark ``prediction`` as withdrawn, once.

    Raises ``ValidationError`` without a reason, or the second time; and once its outcome can be known, if
    two judge and it is for another editor than ``by``.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say what was wrong with the entry, for everybody to read."})
    prediction = locked(prediction)
    if withdrawn(prediction):
        raise ValidationError("This entry has been withdrawn already.")
    if by and _outcome_shows(prediction, at) and (reasons := why_another_editor(prediction, by, rules)):
        raise ValidationError(reasons)
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
    stop_notice(prediction, reason="The entry was withdrawn.", at=at, by=by)
    for ballot in prediction.ballots.sealed():
        open_ballot(ballot, at=at)
    return event


def _outcome_shows(prediction: Prediction, at: datetime) -> bool:
    """Whether its day is over or somebody judged it: until then whoever logged it puts a slip right alone."""
    deadline = prediction.deadline
    over = deadline is not None and deadline.last_day < day_of(at)
    return over or prediction.ballots.exists() or prediction.resolutions.exists()
