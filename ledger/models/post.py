"""The post office: who wants to hear of what, and the mail owed to them. Holds addresses; no part of the public record."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q

from ledger.models.events import Event
from predictions.models import Prediction, Speaker


class Subscriber(models.Model):
    """Somebody's mailbox. Nothing is sent to it, but for the question itself, before its owner has confirmed."""

    email = models.EmailField(unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"subscriber {self.pk}"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def live(self) -> Self:
        """Confirmed and not ended."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True)

    def to(self, prediction: Prediction) -> Self:
        """Those whose subject covers ``prediction``."""
        return self.filter(Q(speaker__isnull=True) | Q(speaker=prediction.statement.speaker))


class Subscription(models.Model):
    """What a subscriber wants to hear of: one speaker, or everything."""

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    speaker = models.ForeignKey(Speaker, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(
        null=True, help_text="When its owner was last asked for a yes, as long as no answer came."
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("subscriber", "speaker"), name="a_speaker_is_subscribed_to_once"),
            models.UniqueConstraint(
                fields=("subscriber",),
                condition=Q(speaker__isnull=True),
                name="everything_is_subscribed_to_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.subscriber} to {self.subject}"

    @property
    def is_live(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None

    @property
    def subject(self) -> str:
        return str(self.speaker) if self.speaker else "every prediction"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def outstanding(self) -> Self:
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)

    def sendable(self, at: datetime) -> Self:
        """Outstanding, not held by another sender, and past their back-off."""
        return self.outstanding().filter(Q(held_until__isnull=True) | Q(held_until__lte=at))


class Delivery(models.Model):
    """One mail owed to one reader. Written together with what it tells of, sent later by whoever claims it."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", "please confirm"
        FELL_DUE = "fell_due", "fell due"

    key = models.CharField(
        max_length=120,
        unique=True,
        help_text="What makes this mail itself: the same key is never owed twice.",
    )
    kind = models.CharField(max_length=12, choices=Kind)
    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="deliveries")
    owed_at = models.DateTimeField()
    held_until = models.DateTimeField(
        null=True, help_text="Until when a sender holds it, or no further try is made."
    )
    failures = models.PositiveIntegerField(default=0, help_text="How often it was handed over in vain.")
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text="How often of these the mail server refused it for good."
    )
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=120, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ("owed_at", "pk")
        indexes = (
            models.Index(
                fields=("held_until",),
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
                name="outstanding_deliveries",
            ),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def message_id(self) -> str:
        """The same for every copy of this mail, so that a mailbox can tell a second copy."""
        return f"<{uuid.uuid5(uuid.NAMESPACE_OID, self.key)}@{urlsplit(settings.SITE_URL).hostname}>"
