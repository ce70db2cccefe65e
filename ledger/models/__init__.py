"""What became of it. Each row answers an earlier one; none is edited, but for the post office's."""

from __future__ import annotations

from ledger.models.events import Event, EventQuerySet
from ledger.models.post import Delivery, DeliveryQuerySet, Subscriber, Subscription, SubscriptionQuerySet
from ledger.models.verdicts import HAPPENED, Evidence, Resolution

__all__ = [
    "HAPPENED",
    "Delivery",
    "DeliveryQuerySet",
    "Event",
    "EventQuerySet",
    "Evidence",
    "Resolution",
    "Subscriber",
    "Subscription",
    "SubscriptionQuerySet",
]
