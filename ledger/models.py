"""What became of it. Each row answers an earlier one; none is edited.

``Delivery`` and the subscribers' rows are the exception: they are the post office, hold
addresses, and are no part of the public record.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q

from ledger.scoring.outcome import Happened
from predictions.dates import Interval, Precision, interval, spelled
from predictions.models import PRECISIONS, Prediction, Speaker

HAPPENED = [
    (Happened.YES.value, "yes"),
    (Happened.PARTLY.value, "partly"),
    (Happened.NO.value, "no"),
    (Happened.CANNOT_TELL.value, "cannot tell"),
    (Happened.VOID.value, "void: its condition failed"),
    (Happened.ABANDONED.value, "abandoned by whoever promised it"),
]


class Evidence(models.Model):
    """Something anybody can look at that speaks for or against a prediction having come true."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", "primary: from whoever did it or measured it"
        SECONDARY = "secondary", "secondary: somebody's report of it"

    class Bearing(models.TextChoices):
        FOR = "for", "for"
        AGAINST = "against", "against"

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="evidence")
    url = models.URLField("address", max_length=1_000)
    kind = models.CharField(max_length=9, choices=Kind)
    bearing = models.CharField(max_length=7, choices=Bearing)
    dated = models.DateField(null=True, blank=True, help_text="The day the evidence itself bears.")
    quotation = models.CharField(max_length=1_000, blank=True)
    archive_url = models.URLField("archived at", max_length=1_000, blank=True)
    added_at = models.DateTimeField(editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ("dated", "pk")

    def __str__(self) -> str:
        return self.url


class Resolution(models.Model):
    """A person's verdict. The latest stands; earlier ones stay readable."""

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="resolutions")
    happened = models.CharField("did it come true", max_length=11, choices=HAPPENED)
    happened_on = models.DateField("when", null=True, blank=True)
    happened_precision = models.CharField(
        "how exactly that is known", max_length=5, choices=PRECISIONS, default=Precision.DAY.value
    )
    looked_until = models.DateField(help_text="The last day up to which one looked.")
    which_part = models.CharField(
        max_length=400, blank=True, help_text="If partly: what came true and what did not."
    )
    note = models.TextField("reason", max_length=3_000, help_text="For everybody to read.")
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ("prediction", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(happened="partly") | ~Q(which_part=""), name="partly_says_which_part"
            ),
            models.CheckConstraint(
                condition=Q(happened_on__isnull=False) | ~Q(happened="abandoned"),
                name="abandoning_has_a_date",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_happened_display()}: {self.prediction}"

    @property
    def when(self) -> Interval | None:
        """The days among which it came true, or None when no day was given."""
        return interval(self.happened_on, self.happened_precision) if self.happened_on else None

    @property
    def when_in_words(self) -> str:
        return spelled(self.happened_on, self.happened_precision) if self.happened_on else ""

    @property
    def by_logger(self) -> bool:
        """Whether the reviewer had also logged the prediction."""
        return self.made_by_id is not None and self.made_by_id == self.prediction.inked_by_id


class EventQuerySet(models.QuerySet["Event"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)


class Event(models.Model):
    """Something that happened to a prediction, once, at a moment. Appended, never changed."""

    class Kind(models.TextChoices):
        FELL_DUE = "fell_due", "fell due"
        RESOLVED = "resolved", "resolved"
        WITHDRAWN = "withdrawn", "withdrawn"

    kind = models.CharField(max_length=12, choices=Kind)
    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="events")
    resolution = models.OneToOneField(Resolution, models.PROTECT, null=True, blank=True, related_name="event")
    happened_at = models.DateTimeField(db_index=True, help_text="When it happened, not when it was noticed.")
    recorded_at = models.DateTimeField(help_text="When this row was written.")
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("happened_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("prediction",), condition=Q(kind="fell_due"), name="prediction_falls_due_once"
            ),
            models.UniqueConstraint(
                fields=("prediction",), condition=Q(kind="withdrawn"), name="prediction_is_withdrawn_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="resolved") ^ Q(resolution__isnull=True),
                name="resolved_events_name_their_resolution",
            ),
            models.CheckConstraint(
                condition=~Q(kind="withdrawn") | ~Q(reason=""), name="withdrawing_has_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.prediction}"


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
    attempts = models.PositiveSmallIntegerField(default=0)
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
