"""What is still to come, on which day: an appointment for each, crossed out when it has happened.

Written by the database itself: a trigger on ``predictions_deadline`` (``ledger.upkeep``) makes the
appointments of every first deadline, however the row came in. So nothing can be inked that the
sweep does not know of, and the sweep looks at what is to come, never at the history.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from ledger.models.events import Event
from predictions.models import Prediction


class Lead(models.Model):
    """How many days before a deadline it is announced. Copied from ``NOTICES``, for the trigger to read."""

    days = models.PositiveSmallIntegerField(unique=True)

    def __str__(self) -> str:
        return f"{self.days} days before"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def passed(self, on: date) -> Self:
        """Those whose day is over on the day ``on``."""
        return self.filter(day__lt=on)


class Appointment(models.Model):
    """Something that will happen to a prediction when ``day`` is over."""

    class Kind(models.TextChoices):
        APPROACHING = Event.Kind.APPROACHING.value, "announce that it approaches"
        FELL_DUE = Event.Kind.FELL_DUE.value, "it falls due"
        REMINDER = "reminder", "remind whoever may judge it"

    prediction = models.ForeignKey(Prediction, models.CASCADE, related_name="appointments")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveSmallIntegerField(
        default=0, help_text="How many days before the deadline, or how often there were reminders."
    )
    day = models.DateField()

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("day", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("prediction", "kind", "number"), name="an_appointment_is_made_once"
            ),
        )
        indexes = (models.Index(fields=("kind", "day"), name="next_appointments"),)

    def __str__(self) -> str:
        return f"{self.day}: {self.get_kind_display()}"
