"""Fills an installation with predictions that fall due and readers who want to hear: ``python -m tests.faults.due_today``."""

from __future__ import annotations

import os
from datetime import date

import django

READERS, PREDICTIONS = 5, 40


def main() -> None:
    """Write them, through the verbs that everybody uses."""
    from ledger import due  # noqa: PLC0415 (not before Django is up)
    from tests import factories  # noqa: PLC0415

    for number in range(READERS):
        factories.subscription(f"reader-{number}@example.org")
    for number in range(PREDICTIONS):
        factories.prediction("by 2025", said_on=date(2024, 1, 1), claim=f"Claim {number} holds.")
    day = date(2026, 1, 1)
    due.flag_due(on=day, at=factories.noon(day))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    main()
