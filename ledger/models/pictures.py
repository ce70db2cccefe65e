"""Pictures as they were last drawn. Everything here can be made again from the figures."""

from __future__ import annotations

from typing import Self

from django.db import models

from ledger.models.scores import Reckoning, Score


class PictureQuerySet(models.QuerySet["Picture"]):
    def of_scores(self, scope: str, subjects: object, ink: str, reading: str) -> Self:
        """Those of figures of this scope under one choice; ``subjects`` is a number or several."""
        chosen = (
            {"score__subject__in": subjects} if isinstance(subjects, list) else {"score__subject": subjects}
        )
        return self.filter(score__scope=scope, score__ink=ink, score__reading=reading, **chosen)


class Picture(models.Model):
    """A chart of stored figures, as the SVG that goes into the page, in one language."""

    class Kind(models.TextChoices):
        DELIVERY = "delivery", "the delivery curve"
        SLIPS = "slips", "the histogram of slips"
        ODDS = "odds", "the reliability diagram"
        SPARK = "spark", "the curve of a small multiple"

    score = models.ForeignKey(Score, models.CASCADE, related_name="pictures")
    kind = models.CharField(max_length=8, choices=Kind)
    language = models.CharField(max_length=12)
    svg = models.TextField()
    drawn_from = models.CharField(max_length=32, help_text="Which figures it shows: a digest of them.")

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("score", "kind", "language"), name="a_picture_is_kept_once_a_language"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.score_id} in {self.language}"


class Preview(models.Model):
    """The picture that stands for a page where its link is shared, as PNG."""

    score = models.OneToOneField(Score, models.CASCADE, primary_key=True, related_name="preview")
    png = models.BinaryField()
    drawn_from = models.CharField(
        max_length=32, help_text="Which figures and finding it shows: a digest of them."
    )

    def __str__(self) -> str:
        return f"preview of {self.score_id}"


class Drawn(models.Model):
    """That what a run counted has been drawn. A run that ended and lacks this is to be drawn."""

    reckoning = models.OneToOneField(Reckoning, models.CASCADE, primary_key=True, related_name="drawn")

    def __str__(self) -> str:
        return f"{self.reckoning_id} drawn"
