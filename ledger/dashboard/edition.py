"""Which edition of the record a page shows: changes with everything that is appended, with drafts, with the figures, and at midnight."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django.db import InterfaceError, OperationalError, connection

NEWEST = (
    ("predictions_prediction", "id"),
    ("predictions_deadline", "id"),
    ("predictions_decision", "id"),
    ("predictions_candidate", "id"),
    ("ledger_evidence", "id"),
    ("ledger_resolution", "id"),
    ("ledger_event", "id"),
    ("ledger_correction", "id"),
    ("ledger_answer", "id"),
    ("ledger_leaf", "index"),
    ("ledger_unsealed", "id"),
    ("ledger_reckoning", "number"),
    ("ledger_drawn", "reckoning_id"),
    ("ledger_redrafted", "times"),
)
"""Tables that only grow, by what numbers their rows; and how often the database saw drafts change."""
ENDED = "SELECT ended_at FROM ledger_reckoning ORDER BY number DESC LIMIT 1"
"""Figures are there when a run ends, not when it begins."""
EDITION = "SELECT "
EDITION += ", ".join(f'(SELECT MAX("{column}") FROM {table})' for table, column in NEWEST)  # noqa: S608  (our own names)
EDITION += f", ({ENDED})"


def edition(on: date) -> str:
    """The edition on the day ``on``: the same as long as nothing was added or redrafted. One query, a look at the end of each index.

    What the log seals of the card index (a corrected name) counts from when it waits to be sealed.
    """
    # No "SELECT 1" before it: the query itself tells whether the line was cut.
    connection.health_check_done = True  # type: ignore[attr-defined]  # (missing in the stubs)
    try:
        found = _newest()
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        found = _newest()
    return sha256(f"{on} {found}".encode()).hexdigest()[:20]


def _newest() -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(EDITION)
        found: tuple[Any, ...] = cursor.fetchone()
    return found
