"""Who wants to hear of what. Asked for by anybody, confirmed by the mailbox's owner, ended by one POST."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from django.core.signing import BadSignature, Signer
from django.db import transaction

from ledger import outbox
from ledger.models import Subscriber, Subscription
from predictions.models import Speaker


class Purpose(StrEnum):
    """What a link in a mail may do. A link that ends a subscription cannot begin one."""

    CONFIRM = "confirm"
    END = "end"


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


def token(subscription: Subscription, purpose: Purpose) -> str:
    """What proves, in a link, that its bearer reads the subscription's mailbox.

    Holds no address, serves one purpose, and is the same in every copy of a mail.
    """
    return _signer(purpose).sign_object(subscription.pk)


def by_token(signed: str, purpose: Purpose) -> Subscription | None:
    """The subscription a link speaks of; None if the link was not ours, or for another purpose, or the subscription is gone."""
    try:
        pk = _signer(purpose).unsign_object(signed)
    except BadSignature:
        return None
    return Subscription.objects.select_related("subscriber", "speaker").filter(pk=pk).first()


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"hindsight.subscription.{purpose}", sep=".")
