"""Setting a channel up: where it is, what it follows, when it is posted to. Done by an editor, so it asks for no yes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from ledger.models import Channel, Mail, Subscriber, Subscription
from ledger.post import subscriptions
from ledger.post.channels import addresses, posting
from ledger.post.owing import owe_what_is_to_come
from ledger.post.subscriptions import Subject


@transaction.atomic
def set_up(
    channel: Channel, *, address: str, follows: Iterable[Subject], at: datetime, by: User | None
) -> Subscriber:
    """Save ``channel``, at ``address`` (empty: where it was), hearing of all that it ``follows``; return what is owed to.

    What waited for a channel that took nothing goes out again at once if its address is given anew.
    Raises ``answers.NotAnAddress`` or ``answers.NotInstalled``.
    """
    if address:
        channel.service = posting.service_of(address)
        channel.sealed = addresses.sealed(address.strip())
    if channel.pk is None:
        channel.made_at, channel.made_by = at, by
    channel.save()
    reader, _ = Subscriber.objects.get_or_create(channel=channel, defaults={"created_at": at})
    _follow(reader, follows, at)
    owe_what_is_to_come(at)
    if address:
        held = Mail.objects.outstanding().filter(subscriber=reader).exclude(last_error="")
        held.update(held_until=None)
    return reader


def _follow(reader: Subscriber, follows: Iterable[Subject], at: datetime) -> None:
    wanted = set()
    for about in follows:
        one, _ = Subscription.objects.get_or_create(
            subscriber=reader, **subscriptions.fields_of(about), defaults={"created_at": at}
        )
        if not one.is_live:
            one.confirmed_at, one.ended_at = at, None
            one.save(update_fields=["confirmed_at", "ended_at"])
        wanted.add(one.pk)
    reader.subscriptions.live().exclude(pk__in=wanted).update(ended_at=at)
