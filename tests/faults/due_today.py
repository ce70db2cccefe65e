"""Fills an installation with predictions that fell due yesterday and readers who want to hear: ``python -m tests.faults.due_today READERS PREDICTIONS``."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta

import django

A_READER_S = 5
"""Predictions that fall due at once. More would go to a reader in one mail."""


def main(readers: int, predictions: int) -> None:
    """Write them, through the verbs that everybody uses. The sweep is left to those that are to be broken."""
    from tests import factories  # noqa: PLC0415 (not before Django is up)

    today = datetime.now(UTC).date()
    for number in range(readers):
        factories.subscription(f"reader-{number}@example.org", on=today - timedelta(days=9))
    for number in range(predictions):
        said_on = today - timedelta(days=8)
        said = factories.prediction("soon", said_on=said_on, inked_on=said_on, claim=f"Claim {number} holds.")
        factories.dated(said, today - timedelta(days=1), on=said_on)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["NOTICES"] = ""
    django.setup()
    main(*(int(word) for word in sys.argv[1:]))
