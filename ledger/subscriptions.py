"""Who wants to hear of what. Asked for by anybody, confirmed by the mailbox's owner, ended by one POST."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce

from ledger import outbox
from ledger.models import Subscriber, Subscription
from ledger.moments import day_of
from predictions.models import Speaker

KEPT_UNCONFIRMED = timedelta(days=30)
"""How long an address is kept whose owner was asked and never said yes."""


@transaction.atomic
def ask(email: str, speaker: Speaker | None, *, at: datetime, on: date) -> Subscription:
    """Note that ``email`` asked to hear of ``speaker``, or of everything, and owe it the question whether it did.

    ``on`` is the day of ``at`` in the installation's time zone. A question without an answer is
    not asked again the same day, and ``outbox.owe_question`` limits how often one mailbox can be
    made to get any. What is live or was ended stays so until the owner answers.
    """
    # Locked, so that requests at the same moment are counted one after the other.
    subscriber, _ = Subscriber.objects.select_for_update().get_or_create(
        email=email.strip().lower(), defaults={"created_at": at}
    )
    subscription, _ = Subscription.objects.get_or_create(
        subscriber=subscriber, speaker=speaker, defaults={"created_at": at}
    )
    asked_today = subscription.asked_at is not None and day_of(subscription.asked_at) == on
    if not subscription.is_live and not asked_today and outbox.owe_question(subscription, at=at):
        subscription.asked_at = at
        subscription.save(update_fields=["asked_at"])
    return subscription


@transaction.atomic
def confirm(subscription: Subscription, *, at: datetime) -> bool:
    """Make a subscription live if its owner has been asked; say whether it is live. Doing it again changes nothing.

    One that was ended stays ended until somebody asks for it anew.
    """
    asked = Subscription.objects.filter(pk=subscription.pk, asked_at__isnull=False)
    if asked.update(confirmed_at=at, ended_at=None, asked_at=None):
        outbox.owe_what_is_to_come(at)
    return Subscription.objects.live().filter(pk=subscription.pk).exists()


def end(subscription: Subscription, *, at: datetime) -> None:
    """End a subscription, and with it the question whether it was wanted. Doing it again changes nothing."""
    one = Subscription.objects.filter(pk=subscription.pk)
    one.update(ended_at=Coalesce("ended_at", Value(at)), asked_at=None)


def end_all(subscription: Subscription, *, at: datetime) -> int:
    """End every subscription of the same mailbox; return how many ended."""
    of_the_reader = Subscription.objects.filter(subscriber=subscription.subscriber_id)
    of_the_reader.update(asked_at=None)
    return of_the_reader.filter(ended_at=None).update(ended_at=at)


@transaction.atomic
def forget_unconfirmed(at: datetime) -> int:
    """Erase what was never confirmed and not asked for within ``KEPT_UNCONFIRMED``, its mailboxes too; return how many of these."""
    before = at - KEPT_UNCONFIRMED
    stale = Subscription.objects.filter(confirmed_at=None, created_at__lt=before).exclude(
        asked_at__gte=before
    )
    # Locked as in ``ask``: nobody asks for a mailbox that is being forgotten.
    mailboxes = Subscriber.objects.select_for_update().filter(pk__in=stale.values("subscriber"))
    known = [mailbox.pk for mailbox in mailboxes]
    stale.filter(subscriber__in=known).delete()
    forgotten = Subscriber.objects.filter(pk__in=known, subscriptions=None)
    count = forgotten.count()
    forgotten.delete()
    return count
