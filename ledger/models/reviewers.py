"""Those who judge: the handle they are known by, where they have a stake, what they are at."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from predictions.models import Prediction, Speaker, Topic

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Reviewer(models.Model):
    """Somebody's public name. Chosen by them, once: it is in the log."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviewer")
    handle = models.CharField(
        max_length=30,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9](?:-?[a-z0-9])+\Z",
                "Use small letters, digits and single hyphens between them, two characters at least.",
            )
        ],
        help_text="What the public record calls you. It cannot be changed: it is in the log.",
    )
    chosen_at = models.DateTimeField(editable=False)

    def __str__(self) -> str:
        return self.handle


class StakeQuerySet(models.QuerySet["Stake"]):
    def live(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def touching(self, prediction: Prediction) -> Self:
        """Those that ``prediction`` is about: by itself, by who said it or for whom, by topic."""
        speaker = prediction.statement.speaker
        return self.filter(
            Q(prediction=prediction)
            | Q(speaker__in=[pk for pk in (speaker.pk, speaker.organisation_id) if pk])
            | Q(topic__in=prediction.topics.all())
        )


class Stake(models.Model):
    """Something a person declared to gain or lose by: a speaker or organisation, a topic, or one prediction.

    Seen by editors, never by the public. It is ended, not deleted.
    """

    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stakes")
    speaker = models.ForeignKey(Speaker, models.CASCADE, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="+")
    prediction = models.ForeignKey(Prediction, models.CASCADE, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField(editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = StakeQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(speaker__isnull=False, topic__isnull=True, prediction__isnull=True)
                | Q(speaker__isnull=True, topic__isnull=False, prediction__isnull=True)
                | Q(speaker__isnull=True, topic__isnull=True, prediction__isnull=False),
                name="a_stake_is_in_one_thing",
                violation_error_message="Choose one: a speaker, a topic or a prediction.",
            ),
        )

    def __str__(self) -> str:
        return str(self.speaker or self.topic or self.prediction)


class LeaseQuerySet(models.QuerySet["Lease"]):
    def held(self, at: datetime) -> Self:
        return self.filter(held_until__gt=at)


class Lease(models.Model):
    """Who is at an entry, and until when others leave it to them. No part of the record: it is overwritten."""

    prediction = models.OneToOneField(Prediction, models.CASCADE, primary_key=True, related_name="lease")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="leases")
    held_until = models.DateTimeField()

    objects = LeaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"number {self.prediction_id} until {self.held_until}"

    def is_of(self, user: User) -> bool:
        return self.holder_id == user.pk
