"""Blind verdicts: each given without sight of the others, and shown only when all are in."""

from __future__ import annotations

from datetime import UTC
from typing import Any, Self

from django.db import models
from django.db.models import Q

from ledger.models.verdicts import OF_JUDGEMENT, Judgement
from ledger.verifier.commitment import commit
from predictions.models import Prediction


class BallotQuerySet(models.QuerySet["Ballot"]):
    def opened(self) -> Self:
        return self.filter(events__kind="ballot_opened")

    def sealed(self) -> Self:
        """In, and seen by nobody but whoever gave them: neither opened nor taken back."""
        return self.exclude(events__kind__in=("ballot_opened", "retracted"))


class Ballot(Judgement):
    """One reviewer's verdict in a round, with the evidence that comes with it, unread until the round is over.

    Everybody may know that it was given, and its ``commitment``. Only whoever gave it may be shown
    the rest before an event opens it.
    """

    prediction = models.ForeignKey(Prediction, models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField(editable=False)
    ordinal = models.PositiveSmallIntegerField(editable=False, help_text="Which it is in its round.")
    evidence = models.JSONField(default=list, blank=True, help_text="Pieces that join the record with it.")
    salt = models.CharField(max_length=64, editable=False)
    commitment = models.CharField(max_length=64, editable=False)

    objects = BallotQuerySet.as_manager()

    class Meta:
        ordering = ("prediction_id", "round", "ordinal")
        constraints = (
            models.UniqueConstraint(
                fields=("prediction", "round", "ordinal"), name="ballots_are_numbered_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(happened="partly") | ~Q(which_part=""),
                name="a_ballot_for_partly_says_which_part",
            ),
            models.CheckConstraint(
                condition=Q(happened_on__isnull=False) | ~Q(happened="abandoned"),
                name="a_ballot_for_abandoned_has_a_date",
            ),
        )

    def __str__(self) -> str:
        """Nothing of what it says."""
        return f"ballot {self.ordinal} of round {self.round} on number {self.prediction_id}"

    @property
    def content(self) -> dict[str, Any]:
        """What the commitment binds to, as plain values: the verdict, its evidence, and whose it is."""
        said = {name: getattr(self, name) for name in OF_JUDGEMENT}
        days = {name: said[name] and said[name].isoformat() for name in ("happened_on", "looked_until")}
        return {
            **said,
            **days,
            "evidence": self.evidence,
            "prediction": self.prediction_id,
            "round": self.round,
            "reviewer": self.handle,
            "cast_at": self.made_at.astimezone(UTC).isoformat(),
        }

    @property
    def handle(self) -> str:
        """The public handle of whoever gave it."""
        return self.made_by.reviewer.handle if self.made_by else ""

    def seal(self, salt: str) -> None:
        """Bind this (unsaved) ballot to its content."""
        self.salt, self.commitment = salt, commit(salt, self.content)
