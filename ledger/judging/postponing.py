"""Looking again on a later day: the entry rests until then, and its deadline stays where it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from ledger.house_rules import HouseRules
from ledger.judging.impartiality import conflicts
from ledger.judging.resolution import ONE_REVIEWER, brought_up_to
from ledger.models import Event
from ledger.standing import latest_verdict, withdrawn
from predictions.models import Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User


LONGEST = timedelta(days=731)


@transaction.atomic
def look_again(
    prediction: Prediction,
    *,
    day: date,
    reason: str,
    at: datetime,
    on: date,
    by: User | None = None,
    rules: HouseRules = ONE_REVIEWER,
) -> Event:
    """Keep ``prediction`` out of the queue until ``day``. The last such event counts: today's date wakes it.

    ``on`` is the day of ``at`` in the installation's time zone. Raises ``ValidationError``
    by field; or for all, if there is nothing to wait for, or two are to judge and ``by`` is none to ask.
    """
    prediction = brought_up_to(at, prediction)
    if by and rules.blind and (reasons := list(conflicts(prediction, by))):
        raise ValidationError(reasons)
    if not reason.strip():
        raise ValidationError({"reason": "Say why one cannot know yet, for everybody to read."})
    if day < on:
        raise ValidationError({"until": "That day is over. Name one that is still to come."})
    if day > on + LONGEST:
        raise ValidationError(
            {
                "until": "That is more than two years ahead. Name an earlier day; on that one it can be put off again."
            }
        )
    if withdrawn(prediction) or latest_verdict(prediction):
        raise ValidationError("There is nothing to wait for: it is settled or withdrawn.")
    event = Event(
        kind=Event.Kind.LOOK_AGAIN,
        prediction=prediction,
        happened_at=at,
        recorded_at=at,
        until=day,
        reason=reason.strip(),
        made_by=by,
    )
    event.full_clean(exclude={"made_by"})
    event.save(force_insert=True)
    return event
