"""Who wants to hear of what. Asked for by anybody, confirmed by the mailbox's owner, ended by one POST."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ledger import outbox
from ledger.models import Subscriber, Subscription
from predictions.models import Speaker


@transaction.atomic
def ask(email: str, speaker: Speaker | None, *, at: datetime, on: date) -> Subscription:
    """Note that ``email`` asked to hear of ``speaker``, or of everything, and owe it the question whether it did.

    How often a mailbox can be made to get that question is limited by ``outbox.owe_question``.
    An ended subscription has to be confirmed anew. One that is live is left as it is.
    """
    # Locked, so that requests at the same moment are counted one after the other.
    subscriber, _ = Subscriber.objects.select_for_update().get_or_create(
        email=email.strip().lower(), defaults={"created_at": at}
    )
    subscription, _ = Subscription.objects.get_or_create(
        subscriber=subscriber, speaker=speaker, defaults={"created_at": at}
    )
    if subscription.ended_at is not None:
        subscription.confirmed_at = subscription.ended_at = None
        subscription.save(update_fields=["confirmed_at", "ended_at"])
    if subscription.confirmed_at is None:
        outbox.owe_question(subscription, at=at, on=on)
    return subscription


def confirm(subscription: Subscription, *, at: datetime) -> bool:
    """Make a subscription live; say whether it is. Doing it again changes nothing; an ended one stays ended."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None, ended_at=None).update(confirmed_at=at)
    return Subscription.objects.live().filter(pk=subscription.pk).exists()


def end(subscription: Subscription, *, at: datetime) -> None:
    """End a subscription. Doing it again changes nothing."""
    Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=at)


def end_all(subscription: Subscription, *, at: datetime) -> int:
    """End every subscription of the same mailbox; return how many ended."""
    of_the_reader = Subscription.objects.filter(subscriber=subscription.subscriber_id)
    return of_the_reader.filter(ended_at=None).update(ended_at=at)
