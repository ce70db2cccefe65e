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
from ledger.models import Delivery, DeliveryQuerySet, Event, Subscription
from ledger.moments import day_of
from ledger.standing import State, standing

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""How long a sender may hold a mail; longer than a mail server's time-out."""
ROUND = timedelta(minutes=1)
"""No mail is begun later in a round: a mail server that answers slowly must not keep a worker from the sweep."""
TRIES = 10
"""After so many failed tries, spread over a day and a half, a mail is given up, visibly."""
QUESTIONS_A_DAY = 3
"""How often in 24 hours one mailbox can be asked whether it wants something, over all subjects."""

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
    """Owe the mailbox the question whether its owner asked for this: once a day, and ``QUESTIONS_A_DAY`` over all subjects."""
    questions = Delivery.objects.filter(kind=Delivery.Kind.CONFIRM, subscriber=subscription.subscriber_id)
    if questions.filter(owed_at__gt=at - timedelta(days=1)).count() >= QUESTIONS_A_DAY:
        return
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
    """Send what can be sent, oldest first, over one connection, for ``ROUND``; return how many mails went out.

    ``at`` tells the moment: a long round outlives a lease reckoned from its beginning.
    """
    sent = 0
    began = at()
    connection: BaseEmailBackend = get_connection()
    try:
        for pk in list(Delivery.objects.sendable(began).values_list("pk", flat=True)):
            if at() - began > ROUND:
                break
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
        _held_by(delivery).update(dropped_at=at(), dropped_because=why_not, held_until=None)
        return False
    try:
        _hand_over(letters.write(delivery), connection)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # ValueError: the mail itself is not fit to be sent. It must not hold up the others.
        _try_later(delivery, error, at())
        return False
    Delivery.objects.filter(pk=pk).update(sent_at=at(), held_until=None, last_error="")
    return True


def claim(pk: int, at: datetime) -> Delivery | None:
    """Take one delivery for ``LEASE``; None if somebody else was quicker. One statement decides."""
    free = Delivery.objects.sendable(at).filter(pk=pk)
    if not free.update(held_until=at + LEASE, attempts=F("attempts") + 1):
        return None
    delivery = Delivery.objects.select_related(
        "subscriber",
        "subscription__speaker",
        "event__prediction__statement__speaker",
        "event__prediction__statement__source",
    ).get(pk=pk)
    delivery.subscription = _mandate(delivery) or delivery.subscription
    return delivery


def no_longer_true(delivery: Delivery, on: date) -> str:
    """Why the mail must not go out any more; empty if it may."""
    subscription = delivery.subscription
    if delivery.event is None:
        return "answered" if subscription.confirmed_at or subscription.ended_at else ""
    if subscription.ended_at or not subscription.confirmed_at:
        return "unsubscribed"
    if standing(delivery.event.prediction, on).state is not State.WAITING:
        return "no longer waiting"
    return ""


def _mandate(delivery: Delivery) -> Subscription | None:
    """The live subscription that a mail about an event goes out under.

    Not always the one it was owed under: whoever follows a speaker and everything, and ends the
    one, still wants to hear.
    """
    if delivery.event is None:
        return None
    live = Subscription.objects.live().to(delivery.event.prediction).filter(subscriber=delivery.subscriber_id)
    return live.select_related("speaker").order_by("pk").first()


def _held_by(delivery: Delivery) -> DeliveryQuerySet:
    """The row of ``delivery`` as long as nobody has claimed it since: each claim counts one attempt more."""
    return Delivery.objects.outstanding().filter(pk=delivery.pk, attempts=delivery.attempts)


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
    _held_by(delivery).update(
        held_until=at + timedelta(minutes=min(2**delivery.attempts, 24 * 60)),
        last_error=type(error).__name__,
        **({"dropped_at": at, "dropped_because": f"not accepted {TRIES} times"} if given_up else {}),
    )
