"""What happened to a prediction, as a row each."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from ledger.models.ballots import Ballot
from ledger.models.corrections import TOLD_BESIDE, TOLD_OF_IT, Correction
from ledger.models.verdicts import Resolution
from predictions.models import Prediction


class EventQuerySet(models.QuerySet["Event"]):
    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def with_all(self) -> Self:
        """Joined with all that a mail about them is made of."""
        return self.select_related(
            "resolution", "correction", *(f"prediction__{row}" for row in TOLD_OF_IT)
        ).prefetch_related(*(f"prediction__{rows}" for rows in TOLD_BESIDE))


class Event(models.Model):
    """Something that happened to a prediction, once, at a moment. Appended, never changed."""

    class Kind(models.TextChoices):
        APPROACHING = "approaching", pgettext_lazy("event", "approaches its deadline")
        FELL_DUE = "fell_due", pgettext_lazy("event", "fell due")
        INTENDED = "intended", pgettext_lazy("event", "verdict announced")
        RESOLVED = "resolved", pgettext_lazy("event", "resolved")
        WITHDRAWN = "withdrawn", pgettext_lazy("event", "withdrawn")
        BALLOT_SEALED = "ballot_sealed", pgettext_lazy("event", "blind verdict sealed")
        BALLOT_OPENED = "ballot_opened", pgettext_lazy("event", "blind verdict opened")
        DISPUTED = "disputed", pgettext_lazy("event", "disputed")
        LOOK_AGAIN = "look_again", pgettext_lazy("event", "to be looked at again")
        RETRACTED = "retracted", pgettext_lazy("event", "taken back before it was final")
        CORRECTED = "corrected", pgettext_lazy("event", "corrected")

    kind = models.CharField(max_length=20, choices=Kind)
    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="events")
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, blank=True, related_name="events")
    lead = models.PositiveSmallIntegerField(
        "days before the deadline", null=True, blank=True, help_text="If it approaches: how many."
    )
    ballot = models.ForeignKey(Ballot, models.PROTECT, null=True, blank=True, related_name="events")
    correction = models.ForeignKey(Correction, models.PROTECT, null=True, blank=True, related_name="events")
    happened_at = models.DateTimeField(db_index=True, help_text="When it happened, not when it was noticed.")
    recorded_at = models.DateTimeField(help_text="When this row was written.")
    until = models.DateField(null=True, blank=True, help_text="The day on which one looks again.")
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("happened_at", "pk")
        indexes = (
            models.Index(
                fields=("resolution",), condition=Q(kind="intended"), name="verdicts_that_were_announced"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("prediction",), condition=Q(kind="fell_due"), name="prediction_falls_due_once"
            ),
            models.UniqueConstraint(
                fields=("prediction", "lead"),
                condition=Q(kind="approaching"),
                name="a_deadline_is_announced_once_per_lead",
            ),
            models.CheckConstraint(
                condition=Q(kind="approaching") ^ Q(lead__isnull=True), name="an_announcement_has_a_lead"
            ),
            models.UniqueConstraint(
                fields=("prediction",), condition=Q(kind="withdrawn"), name="prediction_is_withdrawn_once"
            ),
            models.UniqueConstraint(
                fields=("resolution",), condition=Q(kind="intended"), name="a_verdict_is_announced_once"
            ),
            models.UniqueConstraint(
                fields=("resolution",),
                condition=Q(kind__in=("resolved", "retracted")),
                name="a_verdict_becomes_final_or_is_taken_back",
            ),
            models.UniqueConstraint(
                fields=("ballot",), condition=Q(kind="ballot_sealed"), name="a_ballot_is_sealed_once"
            ),
            models.UniqueConstraint(
                fields=("ballot",),
                condition=Q(kind__in=("ballot_opened", "retracted")),
                name="a_ballot_is_opened_or_taken_back",
            ),
            models.UniqueConstraint(
                fields=("correction",), condition=Q(kind="corrected"), name="a_correction_is_accepted_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("resolved", "intended"), resolution__isnull=False, ballot__isnull=True)
                | Q(
                    kind__in=("ballot_sealed", "ballot_opened"), resolution__isnull=True, ballot__isnull=False
                )
                | (Q(kind="retracted") & (Q(resolution__isnull=True) ^ Q(ballot__isnull=True)))
                | (
                    ~Q(kind__in=("resolved", "intended", "ballot_sealed", "ballot_opened", "retracted"))
                    & Q(resolution__isnull=True, ballot__isnull=True)
                ),
                name="events_name_the_verdict_they_are_about",
            ),
            models.CheckConstraint(
                condition=Q(kind="corrected") ^ Q(correction__isnull=True),
                name="corrected_events_name_their_correction",
            ),
            models.CheckConstraint(
                condition=Q(kind="look_again") ^ Q(until__isnull=True), name="looking_again_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("withdrawn", "look_again", "retracted", "corrected")) | ~Q(reason=""),
                name="what_a_person_does_to_the_record_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.prediction}"
