"""Figures as they were last computed, and the runs that computed them. Everything here can be made again from the rest."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Cast

from ledger.models.events import Event


class Reckoning(models.Model):
    """One run of the counting: as of which day, by which rules, from how much of the log.

    Runs are numbered, and the number is the lock: whoever adds the next one may run, as long as the
    one before has ended or has been silent until ``held_until``.
    """

    number = models.PositiveIntegerField(unique=True)
    whole = models.BooleanField(help_text="Of everything, or only of those to whom something happened.")
    as_of = models.DateField(help_text="The day as of which it counted.")
    code = models.CharField(max_length=20, help_text="The version of the rules of counting.")
    lexicons = models.JSONField(help_text="The version of each lexicon, by name.")
    log_size = models.PositiveBigIntegerField(
        null=True, help_text="Leaves of the log at its beginning; none if it was not sealed."
    )
    last_event = models.PositiveBigIntegerField(help_text="The highest number of an event at its beginning.")
    began_at = models.DateTimeField()
    held_until = models.DateTimeField(
        help_text="Until when nobody else may begin one, unless it ends before."
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"reckoning {self.number}, as of {self.as_of}"


class Reckoned(models.Model):
    """That an event is in the figures. Whatever happened and lacks this is to be counted."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="reckoned")
    reckoning = models.ForeignKey(Reckoning, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.event_id} in {self.reckoning_id}"


class ScoreQuerySet(models.QuerySet["Score"]):
    def as_text(self, *names: str) -> models.QuerySet[Score, Any]:
        """These values of each, and its figures as the JSON text they are: read straight into what they mean, not into dicts first."""
        return self.annotate(text=Cast("figures", models.TextField())).values_list(*names, "text")


class Score(models.Model):
    """The figures of one subject under one choice of entries and of reading; the run that made them is named."""

    class Scope(models.TextChoices):
        ALL = "all", "all"
        SPEAKER = "speaker", "one speaker"
        TOPIC = "topic", "one topic"
        RANKING = "ranking", "the ranking of the speakers"
        LEADING = "leading", "its first places: of the whole, a page would read what it does not show"

    scope = models.CharField(max_length=7, choices=Scope)
    subject = models.PositiveBigIntegerField(help_text="The number of the speaker or topic; 0 for all.")
    ink = models.CharField(max_length=10)
    reading = models.CharField(max_length=8)
    figures = models.JSONField()
    reckoning = models.ForeignKey(Reckoning, models.PROTECT, related_name="scores")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "subject", "ink", "reading"), name="a_subject_has_one_score_a_choice"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scope} {self.subject}, {self.ink}, {self.reading}"
