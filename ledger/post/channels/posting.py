"""Posting what is owed to channels. As mail goes out (``handing``), but each channel has a server of its own.

These services know no Message-ID: what one took when a sender died before it could note it is posted
once more, and nobody there can tell.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from ledger.models import Channel, Mail
from ledger.post import briefs, envelopes, handing
from ledger.post.briefs import Brief
from ledger.post.channels import addresses
from ledger.post.channels.answers import NotAnAddress, NotInstalled, NotTaken, Unreadable
from ledger.post.handing import Said

logger = logging.getLogger(__name__)

KNOWN = (NotTaken, NotAnAddress, NotInstalled, Unreadable)
"""What says what is wrong without a word of an address."""
LONGEST_WAIT = timedelta(hours=1)
"""A service that is away is asked again at least so often."""


def send(at: Callable[[], datetime]) -> int:
    """Make and post what can be posted, oldest first, for ``handing.ROUND``; return how many posts were taken.

    ``at`` tells the moment. A channel that takes nothing waits, longer each time; others wait for it no longer than ``guarded.SECONDS``.
    """
    if not Channel.objects.exists():
        return 0
    began = at()
    envelopes.fill(began)
    ready = handing.ready(Mail.objects.to_channels(), began, at, briefs.write)
    return sum(_hand_over(mail, brief, at) for mail, brief, _ in ready)


def post(channel: Channel, brief: Brief) -> None:
    """Post ``brief`` now. Raises one of ``answers``."""
    try:
        from ledger.post.channels import by_apprise  # noqa: PLC0415  (Apprise: only where there is a channel)
    except ModuleNotFoundError as error:
        raise NotInstalled from error
    by_apprise.post(addresses.opened(channel.sealed), brief.title, brief.text)


def service_of(address: str) -> str:
    """The scheme that ``address`` comes down to. Raises ``NotAnAddress`` or ``NotInstalled``."""
    try:
        from ledger.post.channels import by_apprise  # noqa: PLC0415  (as above)
    except ModuleNotFoundError as error:
        raise NotInstalled from error
    return by_apprise.service_of(address)


def what_is_wrong(error: Exception) -> str:
    """``error`` in words that are safe to show: of one that nobody foresaw, whose own may hold an address, only the kind."""
    return str(error) if isinstance(error, KNOWN) else type(error).__name__


def _hand_over(mail: Mail, brief: Brief, at: Callable[[], datetime]) -> bool:
    channel = mail.subscriber.channel
    assert channel is not None  # noqa: S101 (that is what ``to_channels`` asks for)
    try:
        post(channel, brief)
    except Exception as error:
        _put_off(mail, error, at())
        return False
    handing.sent(mail, at())
    return True


def _put_off(mail: Mail, error: Exception, at: datetime) -> None:
    """Hold ``mail`` back; and all that its channel is owed, unless it was this very post that was refused."""
    why = what_is_wrong(error)
    logger.warning("post %s was not taken: %s", mail.pk, why)
    if isinstance(error, NotTaken) and error.is_about_the_post:
        handing.put_off(mail, why, at, said=Said.NEVER)
        return
    asked = error.wait if isinstance(error, NotTaken) else timedelta()
    again = handing.put_off(mail, why, at, said=Said.NOTHING, least=asked, longest=LONGEST_WAIT)
    others = Mail.objects.sendable(at).filter(subscriber=mail.subscriber_id)
    others.update(held_until=again, last_error=why)
