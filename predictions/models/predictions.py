"""What was predicted: claims read out of statements, their deadlines, and the odds people gave. All of it ink."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from predictions.models.statements import Source, Speaker, Statement, Topic
from predictions.transcripts.language import language_of

if TYPE_CHECKING:
    from predictions.horizons import Horizon


class PredictionQuerySet(models.QuerySet["Prediction"]):
    def with_reading(self) -> Self:
        """Joined with all that a line about a prediction shows of what was said."""
        return self.select_related("statement__speaker", "statement__source").prefetch_related(
            "deadlines", "topics"
        )

    def dated(self) -> Self:
        return self.filter(deadlines__ordinal=1)

    def inked_beforehand(self) -> Self:
        """Dated ones whose criteria and deadline were frozen before that deadline was over."""
        return self.filter(deadlines__ordinal=1, deadlines__last_day__gte=F("deadlines__made_on"))

    def inked_in_hindsight(self) -> Self:
        return self.filter(deadlines__ordinal=1, deadlines__last_day__lt=F("deadlines__made_on"))

    def undated(self) -> Self:
        """Those whose words gave no date, and to which no event has given one since."""
        return self.filter(deadlines__isnull=True)


class Prediction(models.Model):
    """One checkable claim read out of a statement, with the criteria frozen when it was inked."""

    class Polarity(models.TextChoices):
        WILL = "will", pgettext_lazy("polarity", "it will happen")
        WILL_NOT = "will_not", pgettext_lazy("polarity", "it will not happen")

    class Modality(models.TextChoices):
        FLAT = "will", pgettext_lazy("modality", "said flatly (will, is going to)")
        POSSIBLE = "may", pgettext_lazy("modality", "said to be possible (may, might, could)")

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="predictions")
    claim = models.CharField(
        max_length=400, help_text="What is to come true, in one checkable sentence of our own."
    )
    criteria = models.TextField(
        max_length=3_000, help_text="What will count as yes, what as partly, and where one will look."
    )
    polarity = models.CharField(max_length=8, choices=Polarity, default=Polarity.WILL)
    modality = models.CharField(max_length=4, choices=Modality, default=Modality.FLAT)
    horizon_text = models.CharField(
        "horizon phrase", max_length=300, blank=True, help_text="The words that say when, as said."
    )
    undated_because = models.CharField(max_length=300, blank=True, editable=False)
    condition = models.CharField(
        max_length=400, blank=True, help_text="If it holds only should something else happen: what."
    )
    knowable_from = models.DateField(
        null=True,
        blank=True,
        help_text="If the evidence can exist only later, as with annual statistics: from which day.",
    )
    target_number = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    target_unit = models.CharField(max_length=60, blank=True)
    says_again = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="restatements",
        help_text="The earlier prediction that this one repeats.",
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text="The withdrawn entry that this one puts right.",
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="predictions")
    inked_at = models.DateTimeField(editable=False)
    inked_on = models.DateField(
        editable=False, help_text="The calendar day of the inking in the installation's time zone."
    )
    inked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = PredictionQuerySet.as_manager()

    class Meta:
        ordering = ("-inked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("statement", "claim"),
                condition=Q(replaces__isnull=True),
                name="a_claim_is_read_from_a_statement_once",
                violation_error_message="This claim is already in the ledger for this statement.",
            ),
        )

    def __str__(self) -> str:
        return self.foretold

    def get_absolute_url(self) -> str:
        return reverse("prediction", args=[self.pk])

    @property
    def foretold(self) -> str:
        return foretold(self.claim, self.polarity)

    @property
    def deadline(self) -> Deadline | None:
        """The first deadline: the one that falls due. Later readings never move it. None when no date is known."""
        return next((deadline for deadline in self.deadlines.all() if deadline.ordinal == 1), None)

    @property
    def later_readings(self) -> list[Deadline]:
        """Readings made after the first, in order, shown beside it."""
        return [deadline for deadline in self.deadlines.all() if deadline.ordinal > 1]

    @property
    def in_hindsight(self) -> bool:
        """Whether it was inked, or dated from an event, after its deadline, when the outcome could already be known."""
        deadline = self.deadline
        return deadline is not None and deadline.in_hindsight


def foretold(claim: str, polarity: str) -> str:
    """``claim`` as readers are shown it: one predicted not to happen must not read as if it were promised."""
    if polarity != Prediction.Polarity.WILL_NOT:
        return claim
    return f"不會：{claim}" if language_of(claim).startswith("zh") else f"Not: {claim}"


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def first_readings(self) -> Self:
        return self.filter(ordinal=1)

    def passed(self, on: date) -> Self:
        """Deadlines whose last day is over on the day ``on``."""
        return self.filter(last_day__lt=on)


class Deadline(models.Model):
    """One reading of when a prediction falls due. The first is binding, later ones stand beside it."""

    class Reading(models.TextChoices):
        ENGINE = "engine", "read by rule"
        PERSON = "person", "set by a person"

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="deadlines")
    ordinal = models.PositiveSmallIntegerField(default=1, editable=False)
    counted_from = models.DateField(
        help_text="The day the words are counted from: when it was said, or the event that started the clock."
    )
    earliest = models.DateField(help_text="The first day on which it could come true as said.")
    nominal = models.DateField(help_text="The speaker's best estimate.")
    last_day = models.DateField(
        "deadline", db_index=True, help_text="The last day on which it still comes true on time."
    )
    latest = models.DateField(help_text="The deadline plus the vagueness that the words admit.")
    kind = models.CharField(max_length=12)
    approximate = models.BooleanField(default=False)
    rule = models.CharField(max_length=60)
    explanation = models.CharField(max_length=500)
    reading = models.CharField(max_length=8, choices=Reading, default=Reading.ENGINE)
    reason = models.CharField(max_length=500, blank=True, help_text="Why a person set these dates.")
    made_at = models.DateTimeField(editable=False)
    made_on = models.DateField(
        editable=False, help_text="The calendar day of it in the installation's time zone."
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ("prediction_id", "ordinal")  # by "prediction" each query would join it, for its own order
        constraints = (
            models.UniqueConstraint(fields=("prediction", "ordinal"), name="deadlines_are_numbered_in_order"),
            models.CheckConstraint(
                condition=Q(
                    earliest__lte=F("nominal"), nominal__lte=F("last_day"), last_day__lte=F("latest")
                ),
                name="the_four_dates_are_in_order",
                violation_error_message="The four dates must be in order: earliest, best estimate, deadline, latest.",
            ),
            models.CheckConstraint(
                condition=Q(reading="engine") | ~Q(reason=""),
                name="a_person_s_reading_has_a_reason",
                violation_error_message="Say why you set the dates yourself.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.last_day:%Y-%m-%d}"

    @classmethod
    def from_horizon(cls, horizon: Horizon, counted_from: date) -> Self:
        """An unsaved deadline with the dates, rule and explanation of ``horizon``."""
        return cls(
            counted_from=counted_from,
            earliest=horizon.earliest,
            nominal=horizon.nominal,
            last_day=horizon.deadline,
            latest=horizon.latest,
            kind=horizon.kind,
            approximate=horizon.approximate,
            rule=horizon.rule,
            explanation=horizon.explanation[:500],
        )

    @property
    def in_hindsight(self) -> bool:
        """Whether it was made after its own last day, when the outcome could already be known."""
        return self.last_day < self.made_on

    @property
    def span_days(self) -> int:
        """Days from what the words are counted from to the deadline: the promised time."""
        return (self.last_day - self.counted_from).days


class Forecast(models.Model):
    """A probability somebody gave for a prediction: the speaker in their own words, a market, a crowd."""

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="forecasts")
    by = models.ForeignKey(Speaker, models.PROTECT, related_name="forecasts")
    low = models.DecimalField(
        max_digits=7,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    high = models.DecimalField(
        max_digits=7,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    words = models.CharField(
        max_length=120, blank=True, help_text="The words used, such as “probably” or “more likely than not”."
    )
    stated_on = models.DateField()
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="forecasts")
    same_question = models.BooleanField(default=True, help_text="Whether it was asked of exactly this claim.")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("stated_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False, low__gte=0, low__lte=F("high"), high__lte=1),
                name="a_probability_lies_between_0_and_1",
                violation_error_message="A probability lies between 0 and 1, the lower bound first.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | ~Q(words=""), name="a_forecast_has_a_number_or_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.by}: {self.stated}"

    @property
    def probability(self) -> float | None:
        """The midpoint of what was stated, 0 to 1; None when only words were given."""
        if self.low is None or self.high is None:
            return None
        return float(self.low + self.high) / 2

    @property
    def stated(self) -> str:
        """The forecast as said: "19%", "10 to 20%", or the words."""
        if self.low is None or self.high is None:
            return f"“{self.words}”"
        low, high = (f"{float(bound) * 100:g}" for bound in (self.low, self.high))
        return f"{low}%" if low == high else _("%(low)s to %(high)s%%") % {"low": low, "high": high}
