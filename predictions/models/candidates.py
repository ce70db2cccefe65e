"""What may be a prediction, and what a person made of it.

A candidate is a draft: a span of a transcript that a finder or a person proposed. Decisions are
appended and never edited; one that was undone stays readable. What was split, merged or moved
lives on in the candidates it was made into.
"""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from predictions.models.predictions import Prediction
from predictions.models.transcripts import Transcript


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def standing(self) -> Self:
        """Those that are to be decided or have been: not what became other candidates, nor what a taken-back change had made."""
        recast = Decision.objects.standing().filter(verdict=Decision.Verdict.RECAST)
        became_another = recast.filter(candidate=OuterRef("pk"))
        is_made = recast.filter(into=OuterRef("pk"))
        by_a_person = Q(finder=Candidate.Finder.PERSON)
        return self.filter(~Exists(became_another)).filter(~by_a_person | Exists(is_made))

    def undecided(self) -> Self:
        return self.standing().filter(~Exists(Decision.objects.standing().filter(candidate=OuterRef("pk"))))


class Candidate(models.Model):
    """A span that may be a prediction, with what its finder read in it. Suggestions, all of them."""

    class Finder(models.TextChoices):
        RULES = "rules", "rules"
        MODEL = "model", "language model"
        PERSON = "person", "a person"

    class Attribution(models.TextChoices):
        SAID = "said", "their own words"
        PARAPHRASED = "paraphrased", "paraphrased by the source"
        REPORTED = "reported", "reported by somebody else"
        MARKET = "market", "a market’s number"

    transcript = models.ForeignKey(Transcript, models.CASCADE, related_name="candidates")
    finder = models.CharField(max_length=8, choices=Finder)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(help_text="The text from start to end, as it stands.")
    score = models.FloatField(help_text="The higher, the likelier a prediction.")
    label = models.CharField(max_length=200, blank=True, help_text="Who speaks, in the finder's words.")
    attribution = models.CharField(max_length=12, choices=Attribution, default=Attribution.SAID)
    horizon_text = models.CharField(max_length=300, blank=True)
    deadline = models.DateField(null=True, blank=True)
    confidence_words = models.CharField(max_length=120, blank=True)
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
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was proposed.")
    repeats = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="repeated_by",
        help_text="The earlier candidate of this transcript that says the same.",
    )
    repeats_prediction = models.ForeignKey(
        Prediction,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated_by_candidates",
        help_text="The prediction in the ledger that it seems to say again.",
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ("transcript", "start", "end")
        constraints = (
            models.UniqueConstraint(fields=("transcript", "start", "end"), name="a_span_is_proposed_once"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="a_candidate_has_words"),
        )

    def __str__(self) -> str:
        return self.quote[:80]

    @property
    def decision(self) -> Decision | None:
        """The decision that stands, or None; no query if ``decisions`` were fetched."""
        return next((decision for decision in self.decisions.all() if decision.undone_at is None), None)

    @property
    def fate(self) -> str:
        """What became of it: ``dated`` or ``undated`` if it was logged, else ``rejected`` or ``undecided``."""
        decision = self.decision
        if decision is None:
            return "undecided"
        if decision.prediction is None:
            return "rejected"
        return "dated" if decision.prediction.deadline else "undated"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        return self.filter(undone_at__isnull=True)


class Decision(models.Model):
    """What a person made of a candidate, until it is undone."""

    class Verdict(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("what became of a sentence", "logged")
        REJECTED = "rejected", pgettext_lazy("what became of a sentence", "not logged")
        RECAST = "recast", pgettext_lazy("what became of a sentence", "cut differently")

    class Reason(models.TextChoices):
        QUESTION = "question", pgettext_lazy("why not logged", "a question")
        PAST = "past", pgettext_lazy("why not logged", "about the past")
        HABIT = "habit", pgettext_lazy("why not logged", "a habit or a definition")
        ADVICE = "advice", pgettext_lazy("why not logged", "advice")
        HYPOTHETICAL = "hypothetical", pgettext_lazy("why not logged", "hypothetical")
        JOKE = "joke", pgettext_lazy("why not logged", "a joke")
        NO_HORIZON = "no_horizon", pgettext_lazy("why not logged", "no horizon")
        NOT_CHECKABLE = "not_checkable", pgettext_lazy("why not logged", "not checkable")
        DUPLICATE = "duplicate", pgettext_lazy("why not logged", "said before")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="decisions")
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.CharField(max_length=13, choices=Reason, blank=True)
    prediction = models.OneToOneField(
        Prediction, models.PROTECT, null=True, blank=True, related_name="decision"
    )
    into = models.ManyToManyField(Candidate, related_name="made_of", help_text="What it was recast into.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("candidate",), condition=Q(undone_at__isnull=True), name="a_candidate_is_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(~Q(reason=""), verdict="rejected") | Q(~Q(verdict="rejected"), reason=""),
                name="rejecting_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(verdict="accepted", prediction__isnull=False)
                | Q(~Q(verdict="accepted"), prediction__isnull=True),
                name="accepting_makes_a_prediction",
            ),
        )

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """ "logged", or "not logged: a question"."""
        word = self.get_verdict_display()
        return (
            _("%(word)s: %(reason)s") % {"word": word, "reason": self.get_reason_display()}
            if self.reason
            else str(word)
        )
