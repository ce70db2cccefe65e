"""What people found and decided: evidence and verdicts. Appended; the latest verdict stands."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from ledger.scoring.outcome import Happened
from predictions.dates import Interval, Precision, interval
from predictions.models import PRECISIONS, Prediction
from predictions.spelling import spelled

HAPPENED = [
    (Happened.YES.value, pgettext_lazy("did it happen", "yes")),
    (Happened.PARTLY.value, pgettext_lazy("did it happen", "partly")),
    (Happened.NO.value, pgettext_lazy("did it happen", "no")),
    (Happened.CANNOT_TELL.value, pgettext_lazy("did it happen", "cannot tell")),
    (Happened.VOID.value, pgettext_lazy("did it happen", "void: its condition failed")),
    (Happened.ABANDONED.value, pgettext_lazy("did it happen", "abandoned by whoever promised it")),
]

OF_EVIDENCE = ("url", "kind", "bearing", "dated", "quotation", "archive_url", "sha256", "note")
"""What a person says of a piece of evidence, by field."""


class Evidence(models.Model):
    """Something anybody can look at that speaks for or against a prediction having come true."""

    class Kind(models.TextChoices):
        PRIMARY = "primary", pgettext_lazy("kind of evidence", "primary: from whoever did it or measured it")
        SECONDARY = "secondary", pgettext_lazy("kind of evidence", "secondary: somebody's report of it")

    class Bearing(models.TextChoices):
        FOR = "for", pgettext_lazy("bearing of evidence", "for")
        AGAINST = "against", pgettext_lazy("bearing of evidence", "against")

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="evidence")
    url = models.URLField("address", max_length=1_000)
    kind = models.CharField(max_length=9, choices=Kind)
    bearing = models.CharField(max_length=7, choices=Bearing)
    dated = models.DateField(null=True, blank=True, help_text="The day the evidence itself bears.")
    quotation = models.CharField(max_length=1_000, blank=True)
    archive_url = models.URLField("archived at", max_length=1_000, blank=True)
    sha256 = models.CharField(
        "SHA-256 of what was seen",
        max_length=64,
        blank=True,
        validators=[RegexValidator(r"^[0-9a-f]{64}\Z", "A SHA-256 is 64 digits from 0 to 9 and a to f.")],
    )
    note = models.CharField(max_length=500, blank=True, help_text="What one should know of it.")
    added_at = models.DateTimeField(editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ("dated", "pk")

    def __str__(self) -> str:
        return self.url


class Judgement(models.Model):
    """What a person says became of a prediction: whether, when, and until when they looked."""

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
        abstract = True

    @property
    def when(self) -> Interval | None:
        """The days among which it came true, or None when no day was given."""
        return interval(self.happened_on, self.happened_precision) if self.happened_on else None

    @property
    def when_in_words(self) -> str:
        return spelled(self.happened_on, self.happened_precision) if self.happened_on else ""


OF_JUDGEMENT = ("happened", "happened_on", "happened_precision", "looked_until", "which_part", "note")
"""What a person says in a judgement, by field."""


class Resolution(Judgement):
    """A verdict. The latest that is final stands; earlier ones stay readable.

    It carries the rules it was reached under, since an installation may change them later:
    how many ``reviewers`` it took, and how many hours it was announced before it counted.
    """

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="resolutions")
    reviewers = models.PositiveSmallIntegerField(
        default=1, editable=False, help_text="How many had to agree when it was given."
    )
    round = models.PositiveSmallIntegerField(
        null=True, editable=False, help_text="The round of blind ballots it came out of, if any."
    )
    notice_hours = models.PositiveIntegerField(
        default=0, editable=False, help_text="How long it was announced before it counted."
    )

    class Meta:
        ordering = ("prediction_id", "pk")
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
    def final_at(self) -> datetime:
        """The moment from which it counts, if nothing stops it before."""
        return self.made_at + timedelta(hours=self.notice_hours)

    @property
    def by_logger(self) -> bool:
        """Whether the reviewer had also logged the prediction."""
        return self.made_by_id is not None and self.made_by_id == self.prediction.inked_by_id
