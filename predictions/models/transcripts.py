"""The words of a source as they came, cut into segments, and how far they have been searched.

A transcript is written once. What its file says about who speaks is kept as it stands; the
speaker beside it is a claim of ours and may be corrected.
"""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.urls import reverse

from predictions.models.statements import SaidOn, Source, Speaker, Statement


class Transcript(SaidOn):
    """What is known of a file of words. The words themselves, which may be megabytes, are in its ``Original``."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="transcripts")
    name = models.CharField(max_length=200, blank=True, help_text="The file's name as it came.")
    format = models.CharField(max_length=20)
    length = models.PositiveIntegerField(help_text="Code points in the text.")
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, help_text="Of the bytes as they came.")
    words_sha256 = models.CharField(
        "SHA-256 of the words",
        max_length=64,
        unique=True,
        help_text="Of the format and the words in it, whatever the ends of their lines.",
    )
    said_on = models.DateField(help_text="When what is in it was said, unless a passage says otherwise.")
    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transcripts",
        help_text="Who speaks where the file does not say.",
    )
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-imported_at", "-pk")

    def __str__(self) -> str:
        return self.source.title

    def get_absolute_url(self) -> str:
        """The review desk of it."""
        return reverse("review:desk", args=[self.pk])

    def words(self, start: int, end: int) -> str:
        """The text from code point ``start`` up to ``end``; the rest of it stays in the database."""
        rows = Original.objects.filter(transcript=self)
        return str(rows.values_list(Substr("text", start + 1, end - start), flat=True).get())


class Original(models.Model):
    """The file of a transcript as it came, and the text in it that all offsets count in."""

    transcript = models.OneToOneField(Transcript, models.CASCADE, primary_key=True, related_name="original")
    data = models.BinaryField(help_text="The bytes as they came.")
    text = models.TextField(help_text="What was read in them; offsets are code points of it.")

    def __str__(self) -> str:
        return str(self.transcript)


class Segment(models.Model):
    """A stretch of a transcript by one voice, as far as the file tells."""

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="segments")
    ordinal = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    label = models.CharField(max_length=200, blank=True, help_text="The speaker as the file has it.")
    speaker = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="segments",
        help_text="Who it was, as we hold.",
    )
    certainty = models.CharField(
        max_length=8, choices=Statement.Certainty, default=Statement.Certainty.UNSURE
    )
    began = models.FloatField(null=True, blank=True, help_text="Seconds into the recording.")
    language = models.CharField(max_length=8, default="und")

    class Meta:
        ordering = ("transcript", "ordinal")
        constraints = (
            models.UniqueConstraint(fields=("transcript", "ordinal"), name="segments_are_numbered_in_order"),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="a_segment_starts_before_it_ends"),
        )
        indexes = (models.Index(fields=("transcript", "start"), name="segments_by_place"),)

    def __str__(self) -> str:
        return f"{self.ordinal}: {self.label or 'no label'}"

    @property
    def who(self) -> str:
        """Who speaks, as far as anybody knows: the speaker we hold it was, or the file's label."""
        return self.speaker.name if self.speaker else self.label


class SearchQuerySet(models.QuerySet["Search"]):
    def unfinished(self) -> Self:
        return self.filter(finished_at__isnull=True)

    def free(self, at: datetime) -> Self:
        """Unfinished ones that nobody is at work on at the moment ``at``, or whose worker has gone silent."""
        return self.unfinished().filter(Q(held_until__isnull=True) | Q(held_until__lt=at))


class Search(models.Model):
    """One finder's way through one transcript: how far it is, and who holds it until when.

    The row is the job itself: whatever lacks ``finished_at`` is to be done or to be gone on with.
    """

    class Finder(models.TextChoices):
        RULES = "rules", "rules"
        MODEL = "model", "language model"

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="searches")
    finder = models.CharField(max_length=8, choices=Finder, default=Finder.RULES)
    asked_at = models.DateTimeField()
    segments_done = models.PositiveIntegerField(default=0)
    segments_total = models.PositiveIntegerField()
    discarded = models.PositiveIntegerField(
        default=0, help_text="What it proposed that does not stand in the text, or is no proposal at all."
    )
    held_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(
        default=0, help_text="How often somebody began on it since it last got further."
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True, help_text="Why it ended before its end.")

    objects = SearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "searches"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("transcript", "finder"), name="a_finder_searches_a_transcript_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("held_until",), condition=Q(finished_at__isnull=True), name="unfinished_searches"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_finder_display()}: {self.segments_done} of {self.segments_total}"
