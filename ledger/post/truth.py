"""Whether what is owed is still true, asked just before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max, Q

from ledger import queue
from ledger.house_rules import HouseRules
from ledger.models import Delivery, Event, Stop, Subscriber, Subscription
from ledger.post.accounts import may_hear
from ledger.standing import intended, last_signed, latest_verdict, withdrawn
from predictions.models import Prediction


def why_not(reader: Subscriber, items: Sequence[Delivery], on: date) -> dict[Delivery, str]:
    """Why each of ``items``, owed to ``reader``, must not go out on the day ``on``; empty if it may.

    ``on`` is the day in the installation's time zone.
    """
    silenced = {prediction.pk for prediction in reader.silenced.all()}
    still, told = _still_waiting(items, on, reader), _announced_to(reader, items)
    return {
        item: _reader_s(item, reader, reader.followed, silenced)
        or _event_s(item, still, told, on, reader.unwanted)
        for item in items
    }


def mandate(live: Sequence[Subscription], prediction: Prediction) -> Subscription | None:
    """The subscription under which a reader with these ``live`` ones hears of ``prediction``.

    Not always the one that was there when it was owed: whoever follows a speaker and everything, and
    ends the one, still wants to hear.
    """
    return next((subscription for subscription in live if subscription.covers(prediction)), None)


def _reader_s(item: Delivery, reader: Subscriber, live: Sequence[Subscription], silenced: set[int]) -> str:
    """Why the reader does not want it, or cannot get it."""
    if reader.stopped_at and (reader.stopped_because == Stop.UNWELCOME or not item.subscription):
        return "nothing reaches this address"
    if item.subscription:
        return "" if item.subscription.asked_at else "answered"
    if item.kind in reader.unwanted or item.prediction.pk in silenced:
        return "not wanted"
    if reader.user:
        return "" if may_hear(reader.user, item.kind) else "may not any more"
    return "" if mandate(live, item.prediction) else "unsubscribed"


def _event_s(
    item: Delivery, still: set[int], told: set[int | None], on: date, unwanted: Sequence[str]
) -> str:
    """Why what it tells of is so no longer, or nothing to this reader."""
    if item.event is None:
        return "answered" if hasattr(item.correction, "answer") else ""
    prediction = item.event.prediction
    match item.kind:
        case Delivery.Kind.APPROACHING:
            return "no longer pending" if _is_over(item.event, on) else ""
        case Delivery.Kind.REMINDER:
            return "" if item.pk in still else "no longer waiting"
        case Delivery.Kind.FELL_DUE:
            # Whoever is told of announced verdicts hears of this one instead; others would hear nothing at all.
            tells = latest_verdict if Delivery.Kind.INTENDED in unwanted else last_signed
            return "no longer waiting" if tells(prediction) or withdrawn(prediction) else ""
        case Delivery.Kind.INTENDED:
            stands = intended(prediction) == item.event.resolution and not withdrawn(prediction)
            return "" if stands else "no longer announced"
        case Delivery.Kind.RETRACTED:
            return _why_not_retracted(item.event, told)
        case Delivery.Kind.RESOLVED:
            stands = latest_verdict(prediction) == item.event.resolution and not withdrawn(prediction)
            return "" if stands else "no longer stands"
        case _:
            return ""


def _why_not_retracted(event: Event, told: set[int | None]) -> str:
    """Why word that a verdict was taken back would be none: it was not told of, or another is told of instead."""
    if event.resolution_id not in told:
        return "its announcement did not go out"
    latest = last_signed(event.prediction)
    return "another verdict came" if latest and latest.pk > (event.resolution_id or 0) else ""


def _announced_to(reader: Subscriber, items: Iterable[Delivery]) -> set[int | None]:
    """Of the verdicts whose end ``items`` tell of, those that ``reader`` was told of, or may have been, in an earlier mail.

    A mail that is in a sender's hand, or that a server did not answer for, may have arrived. One that
    the server refused, or that only counted it, told nobody.
    """
    asked = [item for item in items if item.kind == Delivery.Kind.RETRACTED and item.event]
    if not asked:
        return set()
    may_have_arrived = Q(mail__held_until__isnull=False, mail__refusals=0, mail__deferrals=0)
    sent = Delivery.objects.listed().filter(
        Q(mail__sent_at__isnull=False) | may_have_arrived,
        kind=Delivery.Kind.INTENDED,
        subscriber=reader,
        event__resolution__in={item.event.resolution_id for item in asked if item.event},
        mail__dropped_at=None,
    )
    together = {item.mail_id for item in asked}
    return set(sent.exclude(mail__in=together).values_list("event__resolution", flat=True))


def _is_over(event: Event, on: date) -> bool:
    """Whether a deadline need not be announced any more: it passed, a verdict was announced or is final, or a nearer notice was written."""
    prediction = event.prediction
    deadline = prediction.deadline
    nearer = any(
        other.kind == Event.Kind.APPROACHING and (other.lead or 0) < (event.lead or 0)
        for other in prediction.events.all()
    )
    passed = deadline is None or deadline.last_day < on
    return passed or nearer or last_signed(prediction) is not None or withdrawn(prediction) is not None


def _still_waiting(items: Iterable[Delivery], on: date, reader: Subscriber) -> set[int]:
    """Those of the reminders among ``items``, by number, that are the last to ``reader`` of a prediction that waits on the day ``on``.

    Where two judge blind, it must wait for that reviewer: not for whoever gave a verdict, logged it, or has a stake.
    """
    asked = [item for item in items if item.kind == Delivery.Kind.REMINDER]
    if not asked:
        return set()
    own = Delivery.objects.filter(
        kind=Delivery.Kind.REMINDER, subscriber=reader, event__in={item.event_id for item in asked}
    )
    latest = dict(own.values_list("event").annotate(Max("occasion")))
    last = {item.prediction.pk: item.pk for item in asked if item.occasion == latest[item.event_id]}
    waits = queue.waiting(on).filter(pk__in=last)
    if reader.user and HouseRules.here().blind:
        waits = queue.open_to(reader.user, waits)
    return {last[pk] for pk in waits.values_list("pk", flat=True)}
