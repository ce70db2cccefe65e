"""What every sender does with what is owed: take it, ask whether it is still true, note what came of it.

A sender that dies holds its mail for ``LEASE``; then another sends it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import Enum
from itertools import accumulate
from typing import TypeVar

from django.db import Error as DatabaseError
from django.db import connection
from django.db.models import Count

from ledger.models import Delivery, Mail, MailQuerySet
from ledger.moments import day_of
from ledger.post import envelopes, truth
from ledger.post.envelopes import PORTION
from ledger.post.kinds import PLACE

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""How long a sender may hold a mail; longer than a mail server's time-out."""
TOGETHER = 40
"""So many things that are told are read at once, with the mails they are in and all that is asked of them."""
FRESH = timedelta(seconds=1)
"""What was read longer ago is read again: just before it is sent, a mail is asked whether it is still true."""
ROUND = timedelta(minutes=1)
"""No mail is begun later in a round: a server that answers slowly must not keep a worker from its other jobs."""
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(days=1)
"""After a mail was handed over in vain, the next try waits: doubled each time, and never longer than this."""
TRIES = 10
"""After so many refusals for good, over 42 hours at least, a mail is given up, visibly."""
DEFERRALS = 13
"""And so after so many times "not now", over 114 hours at least: a mailbox that was full for so long is nobody's."""


class Said(Enum):
    """What was said of a mail that was not taken."""

    NOTHING = "nothing"
    NOT_NOW = "not now"
    NEVER = "never"


SENT = "UPDATE ledger_mail SET sent_at = %s, held_until = NULL, last_error = '' WHERE id = %s"
"""For this the mail server waits, so it is ready."""

Written = TypeVar("Written")
Write = Callable[[Mail, list[Delivery]], Written]
"""How a mail about what it is owed is written."""


def ready(
    mails: MailQuerySet, began: datetime, at: Callable[[], datetime], write: Write[Written]
) -> Iterator[tuple[Mail, Written, datetime]]:
    """Those of ``mails`` that can be sent in a round, each claimed, asked after and written when it is called for, and when that was.

    ``at`` tells the moment: a long round outlives a lease reckoned from its beginning.
    """
    sendable = mails.sendable(began).annotate(Count("items")).order_by("made_at", "pk")
    waiting = list(sendable.values_list("pk", "items__count"))
    read, read_at = dict[int, Mail](), began
    for place, (pk, _) in enumerate(waiting):
        moment = at()
        if moment - began > ROUND:
            return
        if pk not in read or moment - read_at > FRESH:
            read, read_at = Mail.objects.with_all().in_bulk(_first(waiting[place : place + TOGETHER])), moment
        mail = read.get(pk)  # None if its reader was forgotten
        if mail and claim(mail, moment) and (message := _written(mail, moment, write)):
            yield mail, message, moment


def as_of_now(
    mail: Mail, written: Written, asked_at: datetime, at: datetime, write: Write[Written]
) -> Written | None:
    """``mail`` as it may go out ``at`` this moment: written anew if a server was slow to take the one before."""
    if at - asked_at <= FRESH:
        return written
    again = Mail.objects.with_all().filter(pk=mail.pk, held_until=mail.held_until).first()
    return _written(again, at, write) if again else None


def claim(mail: Mail, at: datetime) -> bool:
    """Take one mail for ``LEASE``; False if somebody else was quicker. One statement decides."""
    mail.held_until = at + LEASE
    return bool(Mail.objects.sendable(at).filter(pk=mail.pk).update(held_until=mail.held_until))


def held_by(mail: Mail) -> MailQuerySet:
    """The row of ``mail`` as long as nobody has claimed it since: each claim holds it until another moment."""
    return Mail.objects.outstanding().filter(pk=mail.pk, held_until=mail.held_until)


def sent(mail: Mail, at: datetime) -> None:
    """Note that ``mail`` went out."""
    with connection.cursor() as cursor:
        cursor.execute(SENT, [connection.ops.adapt_datetimefield_value(at), mail.pk])


def put_off(
    mail: Mail,
    error: str,
    at: datetime,
    *,
    said: Said,
    least: timedelta = timedelta(),
    longest: timedelta = LONGEST_WAIT,
) -> datetime:
    """Note that ``mail`` was handed over in vain, and hold it back, longer each time; return until when.

    It waits no shorter than ``least``, which somebody asked for, and by itself no longer than ``longest``. One of which
    "never" was ``said`` ``TRIES`` times, or "not now" ``DEFERRALS`` times, is given up, visibly. "Not now" counts again
    only if other mail was taken meanwhile: a server that takes none has trouble of its own. The first time always
    counts, so that it is seen that there was an answer.
    """
    refusals = mail.refusals + (said is Said.NEVER)
    deferrals = mail.deferrals + (said is Said.NOT_NOW and (not mail.deferrals or _others_went(mail, at)))
    given_up = {
        f"refused {TRIES} times": refusals >= TRIES,
        f"refused for now {DEFERRALS} times": deferrals >= DEFERRALS,
    }
    again: datetime = at + max(min(_wait(mail.failures), longest), least)
    held_by(mail).update(
        held_until=again,
        failures=mail.failures + 1,
        refusals=refusals,
        deferrals=deferrals,
        last_error=error,
        **next(({"dropped_at": at, "dropped_because": why} for why, holds in given_up.items() if holds), {}),
    )
    return again


def _wait(failures: int) -> timedelta:
    return FIRST_WAIT * (1 << min(failures, 30))


def _others_went(mail: Mail, at: datetime) -> bool:
    """Whether the mail server took any since ``mail`` was tried the last time."""
    since = at - min(_wait(mail.failures - 1), LONGEST_WAIT)
    return Mail.objects.to_mailboxes().filter(sent_at__gt=since).exists()


def _first(waiting: Sequence[tuple[int, int]]) -> list[int]:
    """As many of these mails as tell ``TOGETHER`` things; one at least, which may tell more."""
    told = accumulate(things for _, things in waiting)
    return [
        pk for (pk, _), so_far in zip(waiting, told, strict=True) if so_far <= max(TOGETHER, waiting[0][1])
    ]


def _written(mail: Mail, at: datetime, write: Write[Written]) -> Written | None:
    """``mail`` as it may go out; None if nothing of it may, or if it cannot be written, which counts against it alone."""
    try:
        items = _still_true(mail, at)
        return write(mail, items) if items else None
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("mail %s cannot be written", mail.pk)
        put_off(mail, type(error).__name__, at, said=Said.NEVER)
        return None


def _still_true(mail: Mail, at: datetime) -> list[Delivery]:
    """What of ``mail`` may go out; the rest is dropped, and with the last of it the mail.

    Where there is more than it lists, all of it is asked: what is so moves up to where something else has gone.
    """
    items = list(mail.items.all())
    left, why = _asked(mail, items, at)
    if mail.surplus:
        left = _filled_up(mail, left, at)
    if not left:
        held_by(mail).update(dropped_at=at, dropped_because=why, held_until=None)
    return left


def _asked(mail: Mail, items: Sequence[Delivery], at: datetime) -> tuple[list[Delivery], str]:
    """Those of ``items`` that are still so, and why another is not; the others are dropped."""
    reasons = truth.why_not(mail.subscriber, items, day_of(at))
    for why in {*reasons.values()} - {""}:
        untrue = [item.pk for item in items if reasons[item] == why]
        Delivery.objects.filter(pk__in=untrue).update(dropped_at=at, dropped_because=why)
    left = [item for item in items if not reasons[item]]
    return left, next(filter(None, reasons.values()), "nothing is left in it")


def _filled_up(mail: Mail, listed: list[Delivery], at: datetime) -> list[Delivery]:
    """``listed`` with as much as it has room for of what ``mail`` holds besides, which is counted anew."""
    kept = Delivery.objects.filter(mail=mail).counted().order_by("pk").values_list("kind", "pk")
    besides = [pk for _, pk in sorted(kept, key=lambda row: PLACE[row[0]])]
    if not besides:  # made when what was not listed was only counted: the number is all there is
        return listed
    surplus = 0
    for start in range(0, len(besides), PORTION):
        portion = besides[start : start + PORTION]
        read = Delivery.objects.with_all().in_bulk(portion)
        left, _ = _asked(mail, [read[pk] for pk in portion], at)
        room = envelopes.LISTED - len(listed)
        up, rest = left[:room], left[room:]
        Delivery.objects.filter(pk__in=[item.pk for item in up]).update(listed=True)
        listed, surplus = [*listed, *up], surplus + len(rest)
    mail.surplus = surplus
    Mail.objects.filter(pk=mail.pk).update(surplus=surplus)
    return sorted(listed, key=lambda item: (item.owed_at, item.pk))  # as another copy is read
