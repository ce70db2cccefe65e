from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from ledger.demo.load import load


class Command(BaseCommand):
    help = (
        "Load the demo ledger: what was said in three real documents, and real promises and forecasts "
        "with what became of them. Harmless to repeat, also after renaming."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        at = datetime.now(UTC)
        fresh = load(at=at, on=timezone.localdate(at))
        self.stdout.write(
            f"The demo ledger is in place: {fresh.predictions} predictions and {fresh.verdicts} verdicts were new."
        )
