from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger import due
from ledger.management.moment import moment
from ledger.moments import day_of


class Command(BaseCommand):
    help = "Flag every prediction whose deadline has passed, as beat does. Harmless to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at", type=moment, default=None, help="another moment than now, as 2026-11-22T06:00+00:00"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = options["at"] or datetime.now(UTC)
        flagged = due.flag_due(on=day_of(at), at=at)
        self.stdout.write(f"{flagged} fell due before {day_of(at):%Y-%m-%d} and had not been flagged.")
