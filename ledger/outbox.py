"""What is owed to readers, and its sending.

Owing writes rows, in the transaction of what they tell of. Sending happens outside it, after a
claim, and asks once more whether the mail is still true. A sender that dies holds its mail for
``LEASE``; then another sends it, under the same Message-ID. So nothing is lost, and a crash costs
at most one extra copy that a mailbox can recognise.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from ledger import letters
from ledger.models import Delivery, Event, Subscription
from ledger.moments import day_of
from ledger.standing import State, standing

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""How long a sender may hold a mail; longer than a mail server's time-out."""
TRIES = 10
"""After so many failed tries a mail is given up, visibly."""

TOLD_OF = {Event.Kind.FELL_DUE: Delivery.Kind.FELL_DUE}
"""The events readers are told of, and by which kind of mail."""


def owe(event: Event) -> int:
    """Owe every live subscriber of the event's prediction a mail about it, once each; return how many."""
    kind = TOLD_OF.get(Event.Kind(event.kind))
    if kind is None:
        return 0
    readers = Subscription.objects.live().to(event.prediction).order_by("subscriber", "pk")
    first_of_each = {subscription.subscriber_id: subscription for subscription in reversed(readers)}
    owed = [
        Delivery(
            key=f"{kind}:{event.pk}:{reader}",
            kind=kind,
            subscriber_id=reader,
            subscription=subscription,
            event=event,
            owed_at=event.recorded_at,
        )
        for reader, subscription in first_of_each.items()
    ]
    return len(Delivery.objects.bulk_create(owed, ignore_conflicts=True, batch_size=500))


def owe_question(subscription: Subscription, *, at: datetime, on: date) -> None:
    """Owe the mailbox the question whether its owner asked for this, at most once a day."""
    Delivery.objects.get_or_create(
        key=f"{Delivery.Kind.CONFIRM}:{subscription.pk}:{on.isoformat()}",
        defaults={
            "kind": Delivery.Kind.CONFIRM,
            "subscriber_id": subscription.subscriber_id,
            "subscription": subscription,
            "owed_at": at,
        },
    )


def send(at: Callable[[], datetime]) -> int:
    """Send all that can be sent, oldest first, over one connection; return how many mails went out.

    ``at`` tells the moment: a long round outlives a lease reckoned from its beginning.
    """
    sent = 0
    connection: BaseEmailBackend = get_connection()
    try:
        for pk in list(Delivery.objects.sendable(at()).values_list("pk", flat=True)):
            sent += _send_one(pk, at, connection)
    finally:
        connection.close()
    return sent


def _send_one(pk: int, at: Callable[[], datetime], connection: BaseEmailBackend) -> bool:
    delivery = claim(pk, at())
    if delivery is None:
        return False
    why_not = no_longer_true(delivery, day_of(at()))
    if why_not:
        Delivery.objects.filter(pk=pk).update(dropped_at=at(), dropped_because=why_not, held_until=None)
        return False
    message = letters.write(delivery)
    try:
        _hand_over(message, connection)
    except (OSError, smtplib.SMTPException) as error:
        _try_later(delivery, error, at())
        return False
    Delivery.objects.filter(pk=pk).update(sent_at=at(), held_until=None, last_error="")
    return True


def claim(pk: int, at: datetime) -> Delivery | None:
    """Take one delivery for ``LEASE``; None if somebody else was quicker. One statement decides."""
    free = Delivery.objects.sendable(at).filter(pk=pk)
    if not free.update(held_until=at + LEASE, attempts=F("attempts") + 1):
        return None
    return Delivery.objects.select_related(
        "subscriber",
        "subscription__speaker",
        "event__prediction__statement__speaker",
        "event__prediction__statement__source",
    ).get(pk=pk)


def no_longer_true(delivery: Delivery, on: date) -> str:
    """Why the mail must not go out any more; empty if it may."""
    subscription = delivery.subscription
    if delivery.kind == Delivery.Kind.CONFIRM:
        return "answered" if subscription.confirmed_at or subscription.ended_at else ""
    if subscription.ended_at or not subscription.confirmed_at:
        return "unsubscribed"
    if delivery.event is None or standing(delivery.event.prediction, on).state is not State.WAITING:
        return "no longer waiting"
    return ""


def _hand_over(message: EmailMessage, connection: BaseEmailBackend) -> None:
    """Give one message to the mail server, keeping the connection for the next."""
    message.connection = connection
    try:
        connection.open()
        message.send()
    except (OSError, smtplib.SMTPException):
        connection.close()
        raise


def _try_later(delivery: Delivery, error: Exception, at: datetime) -> None:
    """Note the failure and hold the mail back, longer each time; give it up, visibly, after ``TRIES``."""
    logger.warning(
        "mail %s was not accepted, try %d: %s", delivery.pk, delivery.attempts, type(error).__name__
    )
    given_up = delivery.attempts >= TRIES
    Delivery.objects.filter(pk=delivery.pk).update(
        held_until=at + timedelta(minutes=min(2**delivery.attempts, 24 * 60)),
        last_error=type(error).__name__,
        **({"dropped_at": at, "dropped_because": f"not accepted {TRIES} times"} if given_up else {}),
    )
