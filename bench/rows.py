"""Rows of a made-up ledger, written to PostgreSQL by COPY: what the benchmarks fill their databases with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import connection, models

from ledger.models import Event, Resolution
from predictions.models import Deadline, Prediction, Statement

BATCH = 20_000
"""Predictions that are held in memory before they are written."""

Rows = defaultdict[type[models.Model], list[dict[str, Any]]]
"""Rows by their model, each by attribute name, in an order that refers to none behind it."""


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def copy(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write ``rows``, by attribute name; what a row does not name has its default."""
    fields = list(model._meta.concrete_fields)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as to,
    ):
        for row in rows:
            to.write_row([row[f.attname] if f.attname in row else f.get_default() for f in fields])


def settle(*filled: type[models.Model]) -> None:
    """Have the next row of each table numbered after those written here, and let the planner know of them."""
    with connection.cursor() as cursor:
        for model in filled:
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), GREATEST(MAX(id), 1)) FROM {table}"
            )
        cursor.execute("VACUUM ANALYZE")


def promise(rows: Rows, i: int, speaker: int, said: date, last: date, by: int) -> None:
    """Add number ``i``, said on ``said`` by number ``speaker`` (whose source has the same), to come true by ``last``."""
    rows[Statement].append(
        {
            "id": i,
            "speaker_id": speaker,
            "source_id": speaker,
            "said_on": said,
            "quote": f"It will be there, number {i}.",
            "fingerprint": f"{i:064}",
        }
    )
    rows[Prediction].append(
        {
            "id": i,
            "statement_id": i,
            "claim": f"Thing number {i} is there.",
            "criteria": "Anybody can see it.",
            "horizon_text": f"in {(last - said).days} days",
            "inked_at": noon(said),
            "inked_on": said,
            "inked_by_id": by,
        }
    )
    rows[Deadline].append(
        {
            "id": i,
            "prediction_id": i,
            "counted_from": said,
            "earliest": said,
            "nominal": last,
            "last_day": last,
            "latest": last,
            "kind": "within",
            "rule": "in N",
            "explanation": "Counted from the day it was said.",
            "made_at": noon(said),
            "made_on": said,
        }
    )


def fell_due(rows: Rows, i: int, last: date) -> None:
    """Add that number ``i`` fell due."""
    rows[Event].append({"id": 2 * i, "kind": "fell_due", **_at(i, last)})


def judged(rows: Rows, i: int, happened: str, on: date, by: int, came: date | None = None) -> None:
    """Add a final verdict on number ``i``, given on ``on``; ``came`` is when it happened."""
    rows[Resolution].append(
        {
            "id": i,
            "prediction_id": i,
            "happened": happened,
            "happened_on": came,
            "looked_until": on,
            "note": "Looked it up.",
            "made_at": noon(on),
            "made_by_id": by,
        }
    )
    rows[Event].append(
        {"id": 2 * i + 1, "kind": "resolved", "resolution_id": i, "made_by_id": by, **_at(i, on)}
    )


def _at(i: int, day: date) -> dict[str, Any]:
    return {"prediction_id": i, "happened_at": noon(day), "recorded_at": noon(day)}
