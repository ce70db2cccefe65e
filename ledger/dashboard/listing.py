"""Predictions as lines of a list: how each stands, and no more than a line shows, read as values and not as rows of five tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q
from django.urls import reverse

from ledger.entries import Stands
from ledger.models import Event
from ledger.standing import TURNS, stands
from predictions.dates import interval
from predictions.models import Deadline, Prediction, foretold
from predictions.spelling import spelled

SHOWN = (
    "pk",
    "claim",
    "horizon_text",
    "says_again",
    "replaces",
    "statement__said_on",
    "statement__said_precision",
    "statement__language",
    "statement__speaker__name",
    "statement__speaker__slug",
    "statement__source",
)
"""What a line is told of a prediction, in the order of its own fields."""
OF_DEADLINE = ("id", "ordinal", "counted_from", "earliest", "last_day", "latest", "made_on")
OF_VERDICT = ("happened", "happened_on", "happened_precision", "looked_until", "made_at", "notice_hours")
OF_TURN = ("kind", "prediction", "happened_at", *(f"resolution__{name}" for name in OF_VERDICT))

# Put together once: that takes Django longer than the database takes to answer.
ROWS = (
    Prediction.objects.order_by()
    .alias(first=FilteredRelation("deadlines", condition=Q(deadlines__ordinal=1)))
    .values_list(*SHOWN, "polarity", *(f"first__{name}" for name in OF_DEADLINE))
)
REACHED = Event.objects.filter(kind__in=TURNS).order_by("pk").select_related("resolution").only(*OF_TURN)


@dataclass(frozen=True)
class Line(Stands):
    """A prediction as a list shows it. ``repeats`` and ``replaces`` are the numbers of others."""

    number: int
    claim: str
    horizon_text: str
    repeats: int | None
    replaces: int | None
    day: date
    precision: str
    language: str
    speaker: str
    slug: str
    source: int

    @property
    def foretold(self) -> str:
        return foretold(self.claim, self.polarity)

    @property
    def said_on(self) -> date:
        """The last day on which it may have been said."""
        return interval(self.day, self.precision).last

    @property
    def said(self) -> str:
        return spelled(self.day, self.precision)

    @property
    def address(self) -> str:
        return reverse("prediction", args=[self.number])

    @property
    def speaker_address(self) -> str:
        return reverse("speaker", args=[self.slug])

    @property
    def source_address(self) -> str:
        return reverse("source", args=[self.source])


def lines(numbers: Iterable[int], on: date) -> dict[int, Line]:
    """The lines of the predictions of these numbers as they stand on the day ``on``, by number; two queries."""
    wanted = list(dict.fromkeys(numbers))
    if not wanted:
        return {}
    turns: dict[int, list[Event]] = {number: [] for number in wanted}
    for turn in REACHED.filter(prediction__in=wanted):
        turns[turn.prediction_id].append(turn)
    return {row[0]: _line(row, turns[row[0]], on) for row in ROWS.filter(pk__in=wanted)}


def _line(row: Sequence[Any], turns: Sequence[Event], on: date) -> Line:
    shown, polarity, dates = row[: len(SHOWN)], row[len(SHOWN)], row[len(SHOWN) + 1 :]
    deadline = Deadline.from_db(None, OF_DEADLINE, dates) if dates[0] else None
    verdicts = [turn.resolution for turn in turns if turn.resolution]
    return Line(stands(deadline, turns, verdicts, on), on, deadline, polarity, *shown)
