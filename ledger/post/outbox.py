"""The outbox: what is owed to readers, and its sending by mail. To channels it goes by ``channels``.

Owing writes rows, in the transaction of what they tell of (``owe``). Mails are made of these rows
(``envelopes``), and what goes into one is settled then. Sending happens outside any transaction,
after a claim, and asks once more of each thing in a mail whether it is still true (``handing``). A sender
that dies holds its mail for ``LEASE``; then another sends it, under the same Message-ID. So nothing is
lost, and a crash costs at most one extra copy that a mailbox can recognise.

What the mail server says of a mail counts against that mail; that there is no server to talk to
counts against none, and ends the round.
"""

from __future__ import annotations

import logging
import smtplib
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from ledger.models import Delivery, Mail
from ledger.post import envelopes, handing, letters
from ledger.post.handing import DEFERRALS, FIRST_WAIT, LEASE, LONGEST_WAIT, ROUND, TRIES, Said, claim
from ledger.post.owing import (
    QUESTIONS_A_DAY,
    TOLD_OF,
    owe,
    owe_editors,
    owe_question,
    owe_retraction,
    owe_what_is_to_come,
)

__all__ = [
    "DEFERRALS",
    "FIRST_WAIT",
    "LEASE",
    "LONGEST_WAIT",
    "QUESTIONS_A_DAY",
    "ROUND",
    "TOLD_OF",
    "TRIES",
    "ServerAway",
    "claim",
    "owe",
    "owe_editors",
    "owe_question",
    "owe_retraction",
    "owe_what_is_to_come",
    "send",
]

logger = logging.getLogger(__name__)

HEAD_START = 0.003
"""Seconds in which the thread at the mail server's line is left alone: after them, it mostly waits, and the next mail can be written."""
SWITCH = 0.0005
"""Seconds that it waits for the thread that writes the next mail, each time it has to answer."""
CLOSING = 421
"""The answer with which a mail server takes its leave, whatever it was told."""
UNFIT = 554
"""The answer a mail gets from us, in the server's stead, when no server could be told it."""


class ServerAway(Exception):
    """The mail server cannot be reached, hung up, or takes nothing from us: no fault of the mail in hand."""


@dataclass(frozen=True)
class InHand:
    """A mail that is being handed over, in the thread that talks to the server."""

    mail: Mail
    handed_over: Future[None]


def send(at: Callable[[], datetime]) -> int:
    """Make and send what can be sent by mail, oldest first, over one connection, for ``ROUND``; return how many mails went out.

    ``at`` tells the moment. While the server takes one mail the next is written; it is handed over
    when the one before is noted.
    """
    began = at()
    envelopes.fill(began)
    sent, before = 0, None
    with closing(get_connection()) as connection, ThreadPoolExecutor(1) as line, quick_to_switch():
        try:
            try:
                for mail, written, asked_at in handing.ready(Mail.objects.to_mailboxes(), began, at, _letter):
                    with _let_go(mail):
                        in_the_air, before = before, None
                        sent += _note(in_the_air, connection, at)
                        _open(connection)
                    if message := handing.as_of_now(mail, written, asked_at, at(), _letter):
                        message.connection = connection
                        before = InHand(mail, line.submit(_hand_over, message))
                        wait([before.handed_over], HEAD_START)
            finally:  # whatever goes wrong with the next: what the server took must not go out again
                sent += _note(before, connection, at)
        except ServerAway as away:
            logger.warning("the mail server is away (%s); what is owed stays owed", away)
    return sent


@contextmanager
def quick_to_switch() -> Iterator[None]:
    """Have Python change threads sooner than it does by itself: each line of the dialogue would wait for that."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _letter(mail: Mail, items: list[Delivery]) -> EmailMessage:
    return letters.write(mail, items)


@contextmanager
def _let_go(mail: Mail) -> Iterator[None]:
    """Leave ``mail`` to the next round if there turns out to be no server."""
    try:
        yield
    except ServerAway as away:
        handing.held_by(mail).update(held_until=None, last_error=str(away))
        raise


def _open(connection: BaseEmailBackend) -> None:
    try:
        connection.open()
    except OSError as error:  # so is whatever smtplib raises
        raise ServerAway(type(error).__name__) from error


def _hand_over(message: EmailMessage) -> None:
    """Give one message to the mail server, keeping the connection for the next."""
    message.send()


def _note(in_hand: InHand | None, connection: BaseEmailBackend, at: Callable[[], datetime]) -> bool:
    """Wait for what the mail server says of the mail in hand, and write it down; say whether the mail went out."""
    if in_hand is None:
        return False
    try:
        in_hand.handed_over.result()
    except Exception as error:
        connection.close()
        _try_later(in_hand.mail, error, _answer(error), at())
        return False
    handing.sent(in_hand.mail, at())
    return True


def _try_later(mail: Mail, error: Exception, answer: int, at: datetime) -> None:
    """Put ``mail`` off for what the server answered to it: 4xx is not now, 5xx never.

    Raises ``ServerAway`` if the failure says nothing of the mail.
    """
    logger.warning("mail %s was not accepted: %s %s", mail.pk, type(error).__name__, answer or "")
    said = Said.NEVER if answer >= 500 else Said.NOT_NOW if answer >= 400 else Said.NOTHING
    handing.put_off(mail, type(error).__name__, at, said=said)
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
        case OSError() if not isinstance(error, smtplib.SMTPNotSupportedError):
            code = 0
        case _:
            code = UNFIT
    return 0 if code == CLOSING else code
