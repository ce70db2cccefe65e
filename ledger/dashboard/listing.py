"""Predictions as lines of a list: how each stands, and no more than a line shows, read as values and not as rows of five tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q
from django.db.models.expressions import RawSQL
from django.urls import reverse

from ledger.dashboard import arrays
from ledger.entries import Stands
from ledger.models import Event, Resolution
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
OF_TURN = ("id", "kind", "prediction_id", "happened_at", "resolution_id")
REACHED = f"""
    SELECT {", ".join(f"e.{name}" for name in OF_TURN)}, {", ".join(f"r.{name}" for name in OF_VERDICT)}
    FROM ledger_event e LEFT JOIN ledger_resolution r ON r.id = e.resolution_id
    WHERE e.prediction_id = predictions_prediction.id AND e.kind IN ({", ".join(f"'{kind}'" for kind in TURNS)})
    ORDER BY e.id
"""  # noqa: S608  (our own names)
"""The turns that a prediction took, with the verdicts they are about."""

# Put together once: that takes Django longer than the database takes to answer.
ROWS = (
    Prediction.objects.order_by()
    .alias(first=FilteredRelation("deadlines", condition=Q(deadlines__ordinal=1)))
    .annotate(turns=RawSQL(f"({arrays.statement(REACHED, (*OF_TURN, *OF_VERDICT))})", []))  # noqa: S611 (our own names)
    .values_list(*SHOWN, "polarity", "turns", *(f"first__{name}" for name in OF_DEADLINE))
)


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
    """The lines of the predictions of these numbers as they stand on the day ``on``, by number; one query."""
    wanted = set(numbers)
    return {row[0]: _line(row, on) for row in ROWS.filter(pk__in=wanted)} if wanted else {}


def _line(row: Sequence[Any], on: date) -> Line:
    shown, (polarity, array, *dates) = row[: len(SHOWN)], row[len(SHOWN) :]
    turns = [_turn(values) for values in arrays.read(array)]
    deadline = Deadline.from_db(None, OF_DEADLINE, dates) if dates[0] else None
    verdicts = [turn.resolution for turn in turns if turn.resolution]
    return Line(stands(deadline, turns, verdicts, on), on, deadline, polarity, *shown)


def _turn(values: Sequence[Any]) -> Event:
    turn: Event = arrays.row(Event, OF_TURN, values[: len(OF_TURN)])
    if turn.resolution_id:
        verdict = (turn.resolution_id, *values[len(OF_TURN) :])
        turn.resolution = arrays.row(Resolution, ("id", *OF_VERDICT), verdict)
    return turn
