"""Who wants to hear of what. Asked for by anybody, confirmed by the mailbox's owner, ended by one POST."""

from __future__ import annotations

from datetime import date, datetime

from django.core import signing
from django.db import transaction

from ledger import outbox
from ledger.models import Subscriber, Subscription
from predictions.models import Speaker

SALT = "hindsight.subscription"


@transaction.atomic
def ask(email: str, speaker: Speaker | None, *, at: datetime, on: date) -> Subscription:
    """Note that ``email`` asked to hear of ``speaker``, or of everything, and owe it the question whether it did.

    At most one such question a day and subject goes to an address, however often somebody asks.
    An ended subscription has to be confirmed anew. One that is live is left as it is.
    """
    subscriber, _ = Subscriber.objects.get_or_create(email=email.strip().lower(), defaults={"created_at": at})
    subscription, _ = Subscription.objects.get_or_create(
        subscriber=subscriber, speaker=speaker, defaults={"created_at": at}
    )
    if subscription.ended_at is not None:
        subscription.confirmed_at = subscription.ended_at = None
        subscription.save(update_fields=["confirmed_at", "ended_at"])
    if subscription.confirmed_at is None:
        outbox.owe_question(subscription, at=at, on=on)
    return subscription


def confirm(subscription: Subscription, *, at: datetime) -> None:
    """Make a subscription live. Doing it again changes nothing; an ended one stays ended."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at__isnull=True).update(confirmed_at=at)


def end(subscription: Subscription, *, at: datetime) -> None:
    """End a subscription. Doing it again changes nothing."""
    Subscription.objects.filter(pk=subscription.pk, ended_at__isnull=True).update(ended_at=at)


def end_all(subscription: Subscription, *, at: datetime) -> int:
    """End every subscription of the same mailbox; return how many ended."""
    return Subscription.objects.filter(subscriber=subscription.subscriber_id, ended_at__isnull=True).update(
        ended_at=at
    )


def token(subscription: Subscription) -> str:
    """What proves, in a link, that its bearer reads the subscription's mailbox. Holds no address."""
    return signing.dumps(subscription.pk, salt=SALT)


def by_token(signed: str) -> Subscription | None:
    """The subscription a link speaks of; None if the link was not ours or the subscription is gone."""
    try:
        pk = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    return Subscription.objects.select_related("subscriber", "speaker").filter(pk=pk).first()
