"""Who wants to hear of what. Asked for by anybody, confirmed by the mailbox's owner, ended by one POST."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from ledger.models import Delivery, Stop, Subscriber, Subscription
from ledger.moments import day_of
from ledger.post import outbox, senders
from ledger.post.kinds import TO_ACCOUNTS
from ledger.rhythm import Rhythm
from predictions.models import Prediction, Source, Speaker, Topic

KEPT_UNCONFIRMED = timedelta(days=30)
"""How long an address is kept whose owner was asked and never said yes."""
KEPT_AFTER_LEAVING = timedelta(days=90)
"""How long one is kept whose owner ended all they followed: so long the links in their last mails lead somewhere."""

MOST_A_DAY = 500
MOST_A_DAY_FROM_ONE = 10
"""Questions to mailboxes that are owed in 24 hours, in all; and what one place may ask for in a day."""

TOO_MANY = gettext_lazy("Too many subscriptions were asked for today. Try again tomorrow, or follow a feed.")

REACHED: dict[str, Any] = {"stopped_at": None, "stopped_because": ""}

Subject = Speaker | Topic | Source | Prediction | str | None
"""What can be followed: one of these, words to look for, or, with none, everything."""


@transaction.atomic
def ask(
    email: str,
    about: Subject,
    *,
    at: datetime,
    on: date,
    sender: str = "",
    language: str = settings.LANGUAGE_CODE,
) -> Subscription:
    """Note that ``email`` asked to hear of something, and owe it the question whether it did.

    ``on`` is the day of ``at`` in the installation's time zone. A question without an answer is
    not asked again the same day, and ``outbox.owe_question`` limits how often one mailbox can be
    made to get any. What is live or was ended stays so until the owner answers.

    The mailbox is written to in ``language``, unless its owner follows something already: they have one.

    ``sender`` is the fingerprint of where it came from, empty if that is not to be limited. Raises
    ``ValidationError`` if too many asked: a mailbox's owner need not be who gave its address.
    """
    if sender and not (_may_ask(at) and senders.may_send(sender, on=on, most=MOST_A_DAY_FROM_ONE)):
        raise ValidationError(TOO_MANY)
    # Locked, so that requests at the same moment are counted one after the other.
    subscriber, _ = Subscriber.objects.select_for_update().get_or_create(
        email=email.strip().lower(), defaults={"created_at": at, "language": language}
    )
    if subscriber.language != language and not subscriber.subscriptions.live().exists():
        subscriber.language = language
        subscriber.save(update_fields=["language"])
    subscription, _ = Subscription.objects.get_or_create(
        subscriber=subscriber, **fields_of(about), defaults={"created_at": at}
    )
    asked_today = subscription.asked_at is not None and day_of(subscription.asked_at) == on
    if not subscription.is_live and not asked_today and outbox.owe_question(subscription, at=at):
        subscription.asked_at = at
        subscription.save(update_fields=["asked_at"])
    return subscription


@transaction.atomic
def confirm(subscription: Subscription, *, at: datetime) -> bool:
    """Make a subscription live if its owner has been asked; say whether it is live. Doing it again changes nothing.

    One that was ended stays ended until somebody asks for it anew. Whoever confirms is there: an
    address that was given up is written to again.
    """
    asked = Subscription.objects.filter(pk=subscription.pk, asked_at__isnull=False)
    if asked.update(confirmed_at=at, ended_at=None, asked_at=None):
        Subscriber.objects.filter(pk=subscription.subscriber_id).update(**REACHED)
        outbox.owe_what_is_to_come(at)
    return Subscription.objects.live().filter(pk=subscription.pk).exists()


def end(subscription: Subscription, *, at: datetime) -> None:
    """End a subscription, and with it the question whether it was wanted. Doing it again changes nothing."""
    one = Subscription.objects.filter(pk=subscription.pk)
    one.update(ended_at=Coalesce("ended_at", Value(at)), asked_at=None)


@transaction.atomic
def end_all(reader: Subscriber, *, at: datetime) -> int:
    """End every subscription of a mailbox, and what its account is told; return how many subscriptions ended."""
    if reader.user_id:
        unwant(reader, *TO_ACCOUNTS)
    reader.subscriptions.update(asked_at=None)
    return reader.subscriptions.filter(ended_at=None).update(ended_at=at)


@transaction.atomic
def unwant(reader: Subscriber, *kinds: str) -> None:
    """Send ``reader`` no more of these kinds."""
    fresh = Subscriber.objects.select_for_update().get(pk=reader.pk)
    fresh.unwanted = sorted({*fresh.unwanted, *kinds})
    fresh.save(update_fields=["unwanted"])


def silence(reader: Subscriber, prediction: Prediction) -> None:
    """Send ``reader`` nothing more about one prediction."""
    reader.silenced.add(prediction)


def choose(
    reader: Subscriber, *, rhythm: Rhythm, hour: int, time_zone: str, unwanted: list[str], language: str = ""
) -> None:
    """Set how often, when, of which kinds and in which language ``reader`` gets mail; empty leaves that one as it is. ``hour`` is of the clock in ``time_zone``.

    Whoever chooses is there: an address that was given up is written to again.
    """
    Subscriber.objects.filter(pk=reader.pk).update(
        rhythm=rhythm,
        hour=hour,
        time_zone=time_zone,
        unwanted=sorted(unwanted),
        language=language or reader.language,
        **REACHED,
    )


def stop(address: str, because: Stop, *, at: datetime) -> None:
    """Send nothing more to ``address``, until its owner confirms or chooses anew.

    A mailbox that took no mail is still asked whether it wants something; one that complained is not.
    """
    own = Q(email__iexact=address) | Q(user__email__iexact=address)
    Subscriber.objects.filter(own).exclude(stopped_because=Stop.UNWELCOME).update(
        stopped_at=at, stopped_because=because
    )


def kept_of(reader: Subscriber) -> dict[str, Any]:
    """All that is kept of a reader, for them to take away."""
    return {
        "address": reader.address,
        "since": reader.created_at,
        "how often": reader.rhythm,
        "hour": reader.hour,
        "time zone": str(reader.zone),
        "language": reader.language,
        "kinds not wanted": reader.unwanted,
        "stopped": reader.stopped_because,
        "predictions not wanted": [str(prediction) for prediction in reader.silenced.all()],
        "subscriptions": [
            {
                "to": subscription.subject,
                "asked for": subscription.created_at,
                "confirmed": subscription.confirmed_at,
                "ended": subscription.ended_at,
            }
            for subscription in reader.subscriptions.with_subject().order_by("pk")
        ],
        "mail": [
            {
                "kind": delivery.kind,
                "about": "a question" if delivery.subscription_id else str(delivery.prediction),
                "owed": delivery.owed_at,
                "sent": delivery.mail.sent_at if delivery.mail else None,
                "not sent because": delivery.dropped_because,
            }
            for delivery in reader.deliveries.select_related(
                "event__prediction", "correction__prediction", "mail"
            ).order_by("pk")
        ],
    }


@transaction.atomic
def erase(reader: Subscriber) -> None:
    """Forget a mailbox, what it asked for and what was sent there. An account keeps its address, and is told nothing more."""
    if reader.user_id:
        unwant(reader, *TO_ACCOUNTS)
        reader.deliveries.all().delete()
        reader.mails.all().delete()
        return
    reader.delete()


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
    forgotten = Subscriber.objects.filter(pk__in=known, subscriptions=None, user=None)
    count = forgotten.count()
    forgotten.delete()
    return count


@transaction.atomic
def forget_who_left(at: datetime) -> int:
    """Erase the mailboxes that follow nothing since ``KEPT_AFTER_LEAVING`` and are owed nothing; return how many.

    Accounts and channels stay, and addresses of which mail was reported as unwanted: they must stay known as such.
    """
    before = at - KEPT_AFTER_LEAVING
    own = {"subscriber": OuterRef("pk")}
    kept = Subscription.objects.filter(
        Q(confirmed_at__isnull=False, ended_at=None)
        | Q(ended_at__gte=before)
        | Q(asked_at__gte=before)
        | Q(created_at__gte=before),
        **own,
    )
    left = Subscriber.objects.filter(
        ~Exists(kept),
        ~Exists(Delivery.objects.outstanding().filter(**own)),
        email__isnull=False,
        created_at__lt=before,
    ).exclude(stopped_because=Stop.UNWELCOME)
    # As above: locked, and asked once more.
    known = [mailbox.pk for mailbox in left.select_for_update(of=("self",))]
    forgotten = left.filter(pk__in=known)
    count = forgotten.count()
    forgotten.delete()
    return count


def _may_ask(at: datetime) -> bool:
    questions = Delivery.objects.filter(kind=Delivery.Kind.CONFIRM, owed_at__gt=at - timedelta(days=1))
    return questions.count() < MOST_A_DAY


def fields_of(about: Subject) -> dict[str, Any]:
    """The columns of a subscription that say what it is about: all of them, for each can be empty."""
    fields: dict[str, Any] = {
        "speaker": None,
        "topic": None,
        "source": None,
        "prediction": None,
        "words": "",
    }
    match about:
        case None:
            return fields
        case str():
            return fields | {"words": " ".join(about.split())}
        case _:
            return fields | {type(about).__name__.lower(): about}
