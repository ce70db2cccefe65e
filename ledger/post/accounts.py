"""The accounts that are written to: whoever may give verdicts, and whoever may answer corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User

from ledger.models import Delivery, Subscriber
from ledger.rhythm import Rhythm

MAY = {
    Delivery.Kind.REMINDER: "ledger.add_resolution",
    Delivery.Kind.TO_ANSWER: "ledger.add_event",
}
"""What an account is told, in the order it is offered, by what it is permitted. Nobody else is told any of it."""


def may_hear(account: User, kind: str) -> bool:
    """Whether ``account`` gets mail of a ``kind`` of ``MAY``."""
    return account.is_active and bool(account.email) and account.has_perm(MAY[Delivery.Kind(kind)])


def who_hear(kind: Delivery.Kind) -> list[User]:
    """The accounts that get mail of a ``kind`` of ``MAY``."""
    may = User.objects.with_perm(MAY[kind], backend="django.contrib.auth.backends.ModelBackend")
    return list(may.exclude(email=""))


def mailboxes(accounts: Iterable[User], kind: Delivery.Kind, at: datetime) -> list[tuple[Subscriber, User]]:
    """The mailboxes of those ``accounts`` that want mail of a ``kind``, with whose each is; whoever has none yet is given one."""
    give_mailboxes(at)
    theirs = Subscriber.objects.filter(user__in=[account.pk for account in accounts]).select_related("user")
    return [(mailbox, mailbox.user) for mailbox in theirs if mailbox.user and kind not in mailbox.unwanted]


def give_mailboxes(at: datetime) -> None:
    """Give every account that is written to a mailbox, if it has none yet. One mail a day is what it starts with."""
    accounts = {account.pk: account for kind in MAY for account in who_hear(kind)}
    have = set(Subscriber.objects.filter(user__in=accounts).values_list("user", flat=True))
    new = [
        Subscriber(user=account, created_at=at, rhythm=Rhythm.DAILY)
        for pk, account in accounts.items()
        if pk not in have
    ]
    Subscriber.objects.bulk_create(new, ignore_conflicts=True)
