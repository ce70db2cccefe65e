"""How many there are of what: what pages would otherwise count out of everything.

Written by the database itself (triggers on what they are made of), in the same transaction as the
rows they tell of, however these came in. Everything here can be made again from the rest.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models


class TallyQuerySet(models.QuerySet["Tally"]):
    def of_days(self, first: date, last: date) -> Self:
        """Those of first deadlines between two days, both included."""
        return self.filter(scope=Tally.Scope.DAY, subject__range=(Tally.of_day(first), Tally.of_day(last)))


class Tally(models.Model):
    """How many predictions there are of a subject, and how many of these were withdrawn.

    Whoever logs takes the row of all first, and keeps it until their transaction ends: so two who
    log many never wait for each other in a ring.
    """

    class Scope(models.TextChoices):
        ALL = "all", "all"
        DAY = "day", "first deadlines on one day"
        SOURCE = "source", "one source"
        SPEAKER = "speaker", "one speaker"
        TOPIC = "topic", "one topic"

    scope = models.CharField(max_length=7, choices=Scope)
    subject = models.PositiveBigIntegerField(
        help_text="The number of the source, speaker or topic; a day as 20261130; 0 for all."
    )
    logged = models.PositiveBigIntegerField()
    withdrawn = models.PositiveBigIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("scope", "subject"), name="a_subject_has_one_tally"),)

    def __str__(self) -> str:
        return f"{self.scope} {self.subject}: {self.logged}, {self.withdrawn} withdrawn"

    @staticmethod
    def of_day(day: date) -> int:
        """The number of the tally of a day."""
        return int(f"{day:%Y%m%d}")


class Redrafted(models.Model):
    """How often what pages show of drafts was changed in place: a decision undone, a voice named, a date put right.

    One row. It is part of what makes an edition of the record, beside all that only grows.
    """

    times = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"drafts were changed {self.times} times"
