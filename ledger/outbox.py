"""What is owed to readers, and its sending.

Owing writes rows, in the transaction of what they tell of. Sending happens outside it, after a
claim, and asks once more whether the mail is still true. A sender that dies holds its mail for
``LEASE``; then another sends it, under the same Message-ID. So nothing is lost, and a crash costs
at most one extra copy that a mailbox can recognise.

What the mail server says of a mail counts against that mail; that there is no server to talk to
counts against none, and ends the round.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from ledger import letters
from ledger.models import Delivery, DeliveryQuerySet, Event, Subscription
from ledger.standing import latest_verdict, withdrawn

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""How long a sender may hold a mail; longer than a mail server's time-out."""
ROUND = timedelta(minutes=1)
"""No mail is begun later in a round: a mail server that answers slowly must not keep a worker from the sweep."""
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(days=1)
"""After a mail was handed over in vain, the next try waits: doubled each time, and never longer than this."""
TRIES = 10
"""After so many refusals for good (5xx), over 42 hours at least, a mail is given up, visibly."""
CLOSING = 421
"""The answer with which a mail server takes its leave, whatever it was told."""
UNFIT = 554
"""The answer a mail gets from us, in the server's stead, when no server could be told it."""
QUESTIONS_A_DAY = 3
"""How often in 24 hours one mailbox can be asked whether it wants something, over all subjects."""

TOLD_OF = {Event.Kind.FELL_DUE: Delivery.Kind.FELL_DUE}
"""The events readers are told of, and by which kind of mail."""


class ServerAway(Exception):
    """The mail server cannot be reached, hung up, or takes nothing from us: no fault of the mail in hand."""


def owe(event: Event) -> None:
    """Owe every live subscriber of the event's prediction a mail about it, once each, from when it happened on."""
    kind = TOLD_OF.get(Event.Kind(event.kind))
    if kind is None:
        return
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
            held_until=event.happened_at,  # later than now, if it was flagged ahead of its day
        )
        for reader, subscription in first_of_each.items()
    ]
    Delivery.objects.bulk_create(owed, ignore_conflicts=True, batch_size=500)


def owe_what_is_to_come(at: datetime) -> None:
    """Owe what was flagged ahead of its day to those also whose subscription went live since: the sweep passes once."""
    flagged = Event.objects.filter(kind__in=TOLD_OF, happened_at__gt=at)
    for event in flagged.select_related("prediction__statement"):
        owe(event)


def owe_question(subscription: Subscription, *, at: datetime) -> bool:
    """Owe the mailbox the question whether its owner asked for this, ``QUESTIONS_A_DAY`` over all subjects; say whether it is owed."""
    questions = Delivery.objects.filter(kind=Delivery.Kind.CONFIRM, subscriber=subscription.subscriber_id)
    if questions.filter(owed_at__gt=at - timedelta(days=1)).count() >= QUESTIONS_A_DAY:
        return False
    asked_before = questions.filter(subscription=subscription).count()
    Delivery.objects.create(
        key=f"{Delivery.Kind.CONFIRM}:{subscription.pk}:{asked_before + 1}",
        kind=Delivery.Kind.CONFIRM,
        subscriber_id=subscription.subscriber_id,
        subscription=subscription,
        owed_at=at,
    )
    return True


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
    except ServerAway as away:
        logger.warning("the mail server is away (%s); what is owed stays owed", away)
    finally:
        connection.close()
    return sent


def _send_one(pk: int, at: Callable[[], datetime], connection: BaseEmailBackend) -> bool:
    delivery = claim(pk, at())
    if delivery is None:
        return False
    if why_not := no_longer_true(delivery):
        _held_by(delivery).update(dropped_at=at(), dropped_because=why_not, held_until=None)
        return False
    try:
        connection.open()
    except OSError as error:  # so is whatever smtplib raises
        _held_by(delivery).update(held_until=None, last_error=type(error).__name__)
        raise ServerAway(type(error).__name__) from error
    try:
        _hand_over(letters.write(delivery), connection)
    except (OSError, ValueError) as error:
        connection.close()
        _try_later(delivery, error, at())
        return False
    Delivery.objects.filter(pk=pk).update(sent_at=at(), held_until=None, last_error="")
    return True


def claim(pk: int, at: datetime) -> Delivery | None:
    """Take one delivery for ``LEASE``; None if somebody else was quicker. One statement decides."""
    free = Delivery.objects.sendable(at).filter(pk=pk)
    if not free.update(held_until=at + LEASE):
        return None
    delivery = Delivery.objects.select_related(
        "subscriber",
        "subscription__speaker",
        "event__prediction__statement__speaker",
        "event__prediction__statement__source",
    ).get(pk=pk)
    delivery.subscription = _mandate(delivery) or delivery.subscription
    return delivery


def no_longer_true(delivery: Delivery) -> str:
    """Why the mail must not go out any more; empty if it may."""
    subscription = delivery.subscription
    if delivery.event is None:
        return "" if subscription.asked_at else "answered"
    if subscription.ended_at or not subscription.confirmed_at:
        return "unsubscribed"
    prediction = delivery.event.prediction
    return "no longer waiting" if latest_verdict(prediction) or withdrawn(prediction) else ""


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
    """The row of ``delivery`` as long as nobody has claimed it since: each claim holds it until another moment."""
    return Delivery.objects.outstanding().filter(pk=delivery.pk, held_until=delivery.held_until)


def _hand_over(message: EmailMessage, connection: BaseEmailBackend) -> None:
    """Give one message to the mail server, keeping the connection for the next."""
    message.connection = connection
    message.send()


def _try_later(delivery: Delivery, error: Exception, at: datetime) -> None:
    """Note the failure and hold the mail back, longer each time; give it up, visibly, after ``TRIES`` refusals.

    Raises ``ServerAway`` if the failure says nothing of the mail.
    """
    answer = _answer(error)
    refusals = delivery.refusals + (answer >= 500)
    logger.warning("mail %s was not accepted: %s %s", delivery.pk, type(error).__name__, answer or "")
    _held_by(delivery).update(
        held_until=at + min(FIRST_WAIT * 2 ** min(delivery.failures, 30), LONGEST_WAIT),
        failures=delivery.failures + 1,
        refusals=refusals,
        last_error=type(error).__name__,
        **({"dropped_at": at, "dropped_because": f"refused {TRIES} times"} if refusals >= TRIES else {}),
    )
    if answer < 400:
        raise ServerAway(type(error).__name__) from error


def _answer(error: Exception) -> int:
    """What the mail server answered to this very mail, as SMTP numbers it: 4xx not now, 5xx never; 0 if it did not.

    A refused sender is no answer to a mail: ours is the same in all of them.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            code = max(code for code, _ in error.recipients.values())
        case smtplib.SMTPDataError():
            code = error.smtp_code
        case ValueError() | smtplib.SMTPNotSupportedError():
            code = UNFIT
        case _:
            code = 0
    return 0 if code == CLOSING else code
