"""Putting what is owed into mails. What goes into one is settled here, once, and is the same in every copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby

from django.db import connection, transaction
from django.db.models import Case, Min, When
from django.db.models.functions import Greatest

from ledger.models import Delivery, Mail, Subscriber
from ledger.post.kinds import PLACE, TO_ACCOUNTS
from ledger.rhythm import Rhythm, next_turn

FEW = 5
"""So many at once come as a mail each; more come in one, as on the morning after New Year's Eve."""
IN_TIME = timedelta(days=2)
"""What was noted later than this after it happened is caught up on in one mail, after a downtime or an import."""
LISTED = 100
"""More than this is not listed in one mail; its readers are told how much more there is. What is listed is settled when it goes out (``handing``)."""
READERS = 200
"""Whose mail is made in one transaction."""
PORTION = 500
"""How many are named in one statement."""

PUT = "UPDATE ledger_delivery SET mail_id = %s WHERE id = %s"


def fill(at: datetime) -> int:
    """Put what waits and whose reader's turn has come at ``at`` into mails; return how many mails that were."""
    waiting = Delivery.objects.waiting().filter(told_from__lte=at)
    # It waits since it was owed; or, flagged ahead of its day, since that day.
    since = Case(When(owed_at__lte=at, then=Greatest("owed_at", "told_from")), default="told_from")
    first = dict(
        waiting.order_by().values("subscriber").annotate(since=Min(since)).values_list("subscriber", "since")
    )
    readers = Subscriber.objects.in_bulk(first)
    turn = {pk: reader for pk, reader in readers.items() if _is_turn(reader, first[pk], at)}
    pressed = waiting.order_by().pressing(at).values_list("subscriber", flat=True)
    to_write_to = sorted({*turn, *pressed})
    made = 0
    for start in range(0, len(to_write_to), READERS):
        made += _fill_for(to_write_to[start : start + READERS], turn, at)
    return made


def _is_turn(reader: Subscriber, since: datetime, at: datetime) -> bool:
    return next_turn(Rhythm(reader.rhythm), reader.hour, reader.zone, since) <= at


@transaction.atomic
def _fill_for(readers: list[int], turn: Mapping[int, Subscriber], at: datetime) -> int:
    # Locked, and read once it is: another that fills envelopes at the same moment finds nothing left.
    waiting = Delivery.objects.waiting().filter(told_from__lte=at, subscriber__in=readers)
    items = waiting.select_for_update(of=("self",)).select_related("event").order_by("subscriber", "pk")
    pressing = set(waiting.order_by().pressing(at).values_list("pk", flat=True))
    bundles = [
        bundle
        for reader, owed in groupby(items, key=lambda item: item.subscriber_id)
        for bundle in _bundles(
            [item for item in owed if reader in turn or item.pk in pressing], turn.get(reader)
        )
    ]
    mails = Mail.objects.bulk_create(
        Mail(
            key=str(bundle[0]),
            subscriber_id=bundle[0].subscriber_id,
            made_at=at,
            surplus=len(bundle[LISTED:]),
        )
        for bundle in bundles
    )
    filled = list(zip(mails, bundles, strict=True))
    with connection.cursor() as cursor:
        cursor.executemany(PUT, [(mail.pk, item.pk) for mail, bundle in filled for item in bundle[:LISTED]])
    for mail, bundle in filled:
        for start in range(LISTED, len(bundle), PORTION):
            portion = [item.pk for item in bundle[start : start + PORTION]]
            Delivery.objects.filter(pk__in=portion).update(mail=mail, listed=False)
    return len(mails)


def _bundles(owed: list[Delivery], reader: Subscriber | None) -> Iterator[list[Delivery]]:
    """What goes into a mail together. ``reader`` is given if it is their turn; what is pressing waits for none."""
    for item in owed:
        if item.kind == Delivery.Kind.CONFIRM:
            yield [item]
    rest = sorted((item for item in owed if item.kind in PLACE), key=lambda item: PLACE[item.kind])
    if not rest:
        return
    together = len(rest) > FEW or any(_is_late(item) for item in rest)
    if reader is None or reader.rhythm != Rhythm.AT_ONCE or together:
        yield rest
        return
    for kind in sorted(TO_ACCOUNTS):
        if bundle := [item for item in rest if item.kind == kind]:
            yield bundle
    yield from ([item] for item in rest if item.kind not in TO_ACCOUNTS)


def _is_late(item: Delivery) -> bool:
    return item.event is not None and item.event.recorded_at - item.event.happened_at > IN_TIME
