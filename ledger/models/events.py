"""What happened to a prediction, as a row each."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ledger.models.verdicts import Resolution
from predictions.models import Prediction


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
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

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
