"""One prediction with all that its page tells, and what was said of the same: in no more queries than there is to tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import (
    Exists,
    Model,
    OuterRef,
    Q,
    Subquery,
    prefetch_related_objects,
)

from ledger.dashboard import arrays, listing
from ledger.dashboard.listing import Line
from ledger.models import Ballot, Event, Evidence, Resolution
from ledger.scoring.groups import firsts
from predictions.models import Candidate, Deadline, Decision, Forecast, Prediction, Topic

OTHERS = Prediction.objects.filter(Q(says_again=OuterRef("pk")) | Q(replaces=OuterRef("pk")))
ROWS = (
    Prediction.objects.select_related("statement__speaker", "statement__source")
    .annotate(
        candidate=Subquery(
            Decision.objects.standing().filter(prediction=OuterRef("pk")).values("candidate")[:1]
        ),
        linked=Q(says_again__isnull=False) | Q(replaces__isnull=False) | Exists(OTHERS),
    )
    .order_by()
)
PEOPLE = User.objects.select_related("reviewer")

PARTS: dict[str, tuple[type[Model], str]] = {
    "topics": (Topic, "name"),
    "deadlines": (Deadline, "ordinal"),
    "forecasts": (Forecast, "stated_on, id"),
    "evidence": (Evidence, "dated, id"),
    "resolutions": (Resolution, "id"),
    "ballots": (Ballot, "round, ordinal"),
    "events": (Event, "happened_at, id"),
}
"""What belongs to a prediction, and in which order; what a person did has ``made_by`` or ``added_by``."""
OWN = "SELECT * FROM {table} WHERE prediction_id = %s ORDER BY {order}"
ABOUT = """
    SELECT t.* FROM predictions_topic t JOIN predictions_prediction_topics a ON a.topic_id = t.id
    WHERE a.prediction_id = %s ORDER BY t.name
"""


@dataclass(frozen=True)
class Whole:
    """``prediction`` with what belongs to it fetched, and those who did it by name."""

    prediction: Prediction
    candidate: int | None
    """What it was read from, if that was found in a transcript."""
    linked: bool
    """Whether there are others of the same claim."""

    def others(self, on: date) -> list[Line]:
        """The other entries of the same claim as they stand on the day ``on``, in the order they were said."""
        if not self.linked:
            return []
        of_theirs = Prediction.objects.filter(statement__speaker=self.prediction.statement.speaker_id)
        links = of_theirs.filter(Q(says_again__isnull=False) | Q(replaces__isnull=False))
        first = firsts(links.order_by().values_list("pk", "says_again", "replaces"))
        mine = self.prediction.pk
        same = [other for other in first if other != mine and first[other] == first.get(mine)]
        return sorted(listing.lines(same, on).values(), key=lambda line: (line.said_on, line.number))

    def passage(self) -> Candidate | None:
        """What it was read from, with its transcript; one query, none if there is nothing."""
        if self.candidate is None:
            return None
        return Candidate.objects.select_related("transcript__source", "transcript__speaker").get(
            pk=self.candidate
        )


def read(pk: int) -> Whole | None:
    """The prediction ``pk``; None if there is none. Three queries, and one for what is rare: odds, corrections."""
    for found in ROWS.filter(pk=pk):
        parts = _parts(found)
        prefetch_related_objects(parts["forecasts"], "by", "source")
        prefetch_related_objects([one for one in parts["events"] if one.correction_id], "correction")
        _introduce([found, *(one for rows in parts.values() for one in rows)])
        known = vars(found)
        return Whole(found, known["candidate"], known["linked"])
    return None


def _parts(prediction: Prediction) -> dict[str, list[Any]]:
    """What belongs to ``prediction``, in one query; it is there when it is asked for, as if it had been prefetched."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(connection.vendor), [prediction.pk] * len(PARTS))
        found_arrays = cursor.fetchone()
    found = {}
    for (name, (model, _)), array in zip(PARTS.items(), found_arrays, strict=True):
        columns = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
        found[name] = made = [arrays.row(model, columns, values) for values in arrays.read(array)]
        for one in made:
            if model is not Topic:
                one.prediction = prediction
        kept = getattr(prediction, name).all()
        kept._result_cache = made  # noqa: SLF001  (as Django's own prefetching leaves it)
        kept._prefetch_done = True  # noqa: SLF001
        vars(prediction).setdefault("_prefetched_objects_cache", {})[name] = kept
    return found


@cache
def _statement(_vendor: str) -> str:
    """One array a part, each of the rows of one table."""
    parts = []
    for model, order in PARTS.values():
        own = model._meta  # noqa: SLF001
        rows = ABOUT if model is Topic else OWN.format(table=own.db_table, order=order)
        parts.append(f"({arrays.statement(rows, [str(field.column) for field in own.concrete_fields])})")
    return f"SELECT {', '.join(parts)}"


def _introduce(rows: list[Any]) -> None:
    """Fetch those who signed ``rows``, once for all that they signed."""
    by = [
        (row, name)
        for row in rows
        for name in ("inked_by", "made_by", "added_by")
        if hasattr(row, f"{name}_id")
    ]
    people = PEOPLE.in_bulk({number for row, name in by if (number := getattr(row, f"{name}_id"))})
    for row, name in by:
        setattr(row, name, people.get(getattr(row, f"{name}_id")))
