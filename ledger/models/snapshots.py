"""What was found at the address of a piece of evidence, when this installation looked."""

from __future__ import annotations

from django.db import models

from ledger.models.verdicts import Evidence


class Snapshot(models.Model):
    """What the last look at one piece of evidence found: the hash of what was there, or why there is none."""

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="snapshot")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    failure = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField()
    looks = models.PositiveSmallIntegerField(default=1)

    def __str__(self) -> str:
        return self.sha256 or self.failure
