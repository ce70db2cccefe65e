"""What people found and decided: evidence and verdicts. Appended; the latest verdict stands."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from ledger.scoring.outcome import Happened
from predictions.dates import Interval, Precision, interval, spelled
from predictions.models import PRECISIONS, Prediction

HAPPENED = [
    (Happened.YES.value, "yes"),
    (Happened.PARTLY.value, "partly"),
    (Happened.NO.value, "no"),
    (Happened.CANNOT_TELL.value, "cannot tell"),
    (Happened.VOID.value, "void: its condition failed"),
    (Happened.ABANDONED.value, "abandoned by whoever promised it"),
]


class Evidence(models.Model):
    """Something anybody can look at that speaks for or against a prediction having come true."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", "primary: from whoever did it or measured it"
        SECONDARY = "secondary", "secondary: somebody's report of it"

    class Bearing(models.TextChoices):
        FOR = "for", "for"
        AGAINST = "against", "against"

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="evidence")
    url = models.URLField("address", max_length=1_000)
    kind = models.CharField(max_length=9, choices=Kind)
    bearing = models.CharField(max_length=7, choices=Bearing)
    dated = models.DateField(null=True, blank=True, help_text="The day the evidence itself bears.")
    quotation = models.CharField(max_length=1_000, blank=True)
    archive_url = models.URLField("archived at", max_length=1_000, blank=True)
    added_at = models.DateTimeField(editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ("dated", "pk")

    def __str__(self) -> str:
        return self.url


class Resolution(models.Model):
    """A person's verdict. The latest stands; earlier ones stay readable."""

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="resolutions")
    happened = models.CharField("did it come true", max_length=11, choices=HAPPENED)
    happened_on = models.DateField("when", null=True, blank=True)
    happened_precision = models.CharField(
        "how exactly that is known", max_length=5, choices=PRECISIONS, default=Precision.DAY.value
    )
    looked_until = models.DateField(help_text="The last day up to which one looked.")
    which_part = models.CharField(
        max_length=400, blank=True, help_text="If partly: what came true and what did not."
    )
    note = models.TextField("reason", max_length=3_000, help_text="For everybody to read.")
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ("prediction", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(happened="partly") | ~Q(which_part=""), name="partly_says_which_part"
            ),
            models.CheckConstraint(
                condition=Q(happened_on__isnull=False) | ~Q(happened="abandoned"),
                name="abandoning_has_a_date",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_happened_display()}: {self.prediction}"

    @property
    def when(self) -> Interval | None:
        """The days among which it came true, or None when no day was given."""
        return interval(self.happened_on, self.happened_precision) if self.happened_on else None

    @property
    def when_in_words(self) -> str:
        return spelled(self.happened_on, self.happened_precision) if self.happened_on else ""

    @property
    def by_logger(self) -> bool:
        """Whether the reviewer had also logged the prediction."""
        return self.made_by_id is not None and self.made_by_id == self.prediction.inked_by_id
