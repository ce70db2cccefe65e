"""What readers say is wrong, and what editors answered."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from predictions.models import Prediction

TOLD_OF_IT = ("statement__speaker", "statement__source", "says_again__statement")
TOLD_BESIDE = ("deadlines", "resolutions", "events", "topics")
"""What a mail tells of a prediction: rows it leads to, and rows that lead to it."""


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def unanswered(self) -> Self:
        return self.filter(answer__isnull=True)

    def with_all(self) -> Self:
        """Joined with all that a mail about them is made of."""
        return self.select_related("answer", *(f"prediction__{row}" for row in TOLD_OF_IT)).prefetch_related(
            *(f"prediction__{rows}" for rows in TOLD_BESIDE)
        )


class Correction(models.Model):
    """What somebody says is wrong with an entry or its verdict. Nobody is asked who they are.

    Its words are shown to the public once an editor has accepted them, never before.
    """

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="corrections")
    says = models.TextField("what is wrong", max_length=2_000)
    url = models.URLField("where one can see it", max_length=1_000, blank=True)
    filed_at = models.DateTimeField(editable=False)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("filed_at", "pk")

    def __str__(self) -> str:
        return f"correction {self.pk} of number {self.prediction_id}"


class Sender(models.Model):
    """How much, of one sort, came from one place on one day. No part of the record; forgotten the day after.

    The place is known by a keyed hash that cannot be turned back into an address.
    """

    fingerprint = models.CharField(max_length=32, unique=True)
    day = models.DateField(db_index=True)
    filed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.filed} on {self.day}"


class Answer(models.Model):
    """An editor's answer to a correction. Each gets one."""

    correction = models.OneToOneField(Correction, models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    reason = models.CharField(max_length=500, help_text="For everybody to read.")
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="an_answer_has_a_reason"),)

    def __str__(self) -> str:
        return f"{'accepted' if self.accepted else 'declined'}: {self.correction}"
