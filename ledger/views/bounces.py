"""What mail providers report, by way of django-anymail where it is installed: that mail came back, or was unwelcome."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ledger.models import Stop
from ledger.post import subscriptions

STOPS = {
    "bounced": Stop.UNREACHABLE,
    "rejected": Stop.UNREACHABLE,
    "complained": Stop.UNWELCOME,
    "unsubscribed": Stop.UNWELCOME,
}
"""By anymail's name of what is reported. Of what is tried again by the provider, or went well, nothing follows."""


def reported(event: Any, **kwargs: Any) -> None:
    """Receive anymail's ``tracking`` signal."""
    if event.event_type in STOPS and event.recipient:
        subscriptions.stop(event.recipient, STOPS[event.event_type], at=datetime.now(UTC))
