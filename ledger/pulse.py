"""Whether the ledger lives: what its jobs did last, what waits, and which alarms follow from that.

A heartbeat is a row that a job writes when it was done to its end. A database that is full or cannot
be written to gets none, so it raises the same alarm as a job that nobody does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import redis
from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min, Q

from ledger.models import Appointment, Checkpoint, Delivery, Heartbeat, Mail, Unsealed
from ledger.moments import day_of

SILENT = timedelta(minutes=5)
"""So long after its last heartbeat a job counts as not being done."""
COUNTS_LONG = timedelta(minutes=30)
"""The same for counting and drawing: each may take nine minutes, the other waits behind it, and a run that died holds its place for ten."""
WAITED_LONG = timedelta(minutes=15)
"""So long a mail that could go out may wait."""
TRIED_LONG = timedelta(days=1)
"""So long a mail may be handed over in vain."""
PATIENCE = 2
"""Seconds that the broker has to answer."""


class Alarm(StrEnum):
    """What is wrong. ``docs/operations.md`` says what to do about each."""

    NO_DATABASE = "no-database"
    NO_BROKER = "no-broker"
    NO_SWEEP = "no-sweep"
    NO_SENDING = "no-sending"
    NO_SEALING = "no-sealing"
    NOT_FINAL = "not-final"
    NO_COUNTING = "no-counting"
    NO_DRAWING = "no-drawing"
    NO_POSTING = "no-posting"
    MAIL_WAITS = "mail-waits"
    MAIL_REFUSED = "mail-refused"


@dataclass(frozen=True)
class Watch:
    """The alarm if a job was not done to its end for so long."""

    alarm: Alarm
    silent: timedelta = SILENT


WATCHED = {
    "flag_due": Watch(Alarm.NO_SWEEP),
    "send_alerts": Watch(Alarm.NO_SENDING),
    "seal": Watch(Alarm.NO_SEALING),
    "end_notices": Watch(Alarm.NOT_FINAL),
    "reckon": Watch(Alarm.NO_COUNTING, COUNTS_LONG),
    "draw": Watch(Alarm.NO_DRAWING, COUNTS_LONG),
    "post_to_channels": Watch(Alarm.NO_POSTING),
}
"""The jobs that must be done every minute at least, if they do not take longer."""


def beat(job: str, at: datetime) -> None:
    """Note that ``job`` was done to its end, at the moment ``at``."""
    Heartbeat.objects.update_or_create(job=job, defaults={"beaten_at": at})


def alarms(at: datetime, up_since: datetime) -> list[Alarm]:
    """What is wrong at the moment ``at``. Of a job nothing is said before it had its time from ``up_since`` on."""
    found = [] if broker_answers() else [Alarm.NO_BROKER]
    try:
        return [*found, *_of_the_database(at, up_since)]
    except DatabaseError:
        return [*found, Alarm.NO_DATABASE]


def broker_answers() -> bool:
    try:
        with _broker() as line:
            return bool(line.ping())
    except (redis.RedisError, OSError):
        return False


def _broker() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def _of_the_database(at: datetime, up_since: datetime) -> Iterator[Alarm]:
    beaten = dict(Heartbeat.objects.values_list("job", "beaten_at"))
    for job, watch in WATCHED.items():
        if at - max(beaten.get(job, up_since), up_since) > watch.silent:
            yield watch.alarm
    waiting = Mail.objects.sendable(at - WAITED_LONG).filter(made_at__lt=at - WAITED_LONG)
    if at - up_since > SILENT and waiting.exists():
        yield Alarm.MAIL_WAITS
    if _is_refused(at):
        yield Alarm.MAIL_REFUSED


def _is_refused(at: datetime) -> bool:
    """Whether a channel, the mail server, or a tenth of those who are written to take nothing.

    Nobody counts as reached by what went out before the oldest mail that does not: the server may have
    changed its mind since. A single mailbox that is refused is no alarm: it may be full.
    """
    tried_long = Mail.objects.outstanding().filter(failures__gt=0, made_at__lt=at - TRIED_LONG)
    if tried_long.to_channels().exists():
        return True
    vain = tried_long.to_mailboxes()
    readers = Count("subscriber", distinct=True)
    unanswered = Count("pk", filter=Q(refusals=0, deferrals=0))
    in_vain = vain.aggregate(readers=readers, unanswered=unanswered, oldest=Min("made_at"))
    if not in_vain["readers"]:
        return False
    taken = Mail.objects.to_mailboxes().filter(sent_at__gte=in_vain["oldest"])
    reached = taken.aggregate(readers=readers)["readers"]
    if in_vain["readers"] == 1:
        return bool(in_vain["unanswered"]) and not reached
    return bool(in_vain["readers"] * 10 >= in_vain["readers"] + reached)


@dataclass(frozen=True)
class Figures:
    """What a monitor is told. Seconds and counts; None where there is nothing yet."""

    queues: dict[str, int]
    since_beat: dict[str, float]
    not_flagged: int
    unsealed: int
    last_seal: datetime | None
    told_later: int
    owed: int
    in_vain: int
    sent: int
    dropped: int
    oldest_owed: float | None


def figures(at: datetime, queues: Iterable[str]) -> Figures:
    """Count, in the broker's ``queues`` and in the ledger. Raises ``redis.RedisError`` or ``DatabaseError`` if that cannot be done."""
    with _broker() as line:
        waiting = {queue: int(line.llen(queue)) for queue in queues}
    beaten = dict(Heartbeat.objects.values_list("job", "beaten_at"))
    owed = Mail.objects.outstanding().aggregate(
        owed=Count("pk"), in_vain=Count("pk", filter=Q(failures__gt=0)), oldest=Min("made_at")
    )
    over = Mail.objects.aggregate(sent=Count("sent_at"), dropped=Count("dropped_at"))
    last = Checkpoint.objects.order_by("-size").first()
    due = Appointment.objects.of_kind(Appointment.Kind.FELL_DUE).passed(day_of(at))
    return Figures(
        queues=waiting,
        since_beat={job: (at - moment).total_seconds() for job, moment in sorted(beaten.items())},
        not_flagged=due.count(),
        unsealed=Unsealed.objects.count(),
        last_seal=last.made_at if last else None,
        told_later=Delivery.objects.waiting().count(),
        owed=owed["owed"],
        in_vain=owed["in_vain"],
        sent=over["sent"],
        dropped=over["dropped"],
        oldest_owed=(at - owed["oldest"]).total_seconds() if owed["oldest"] else None,
    )
