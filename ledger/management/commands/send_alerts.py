from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger import outbox
from ledger.management.moment import moment


class Command(BaseCommand):
    help = "Send the mails that are owed, as beat does. Harmless to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at", type=moment, default=None, help="another moment than now, as 2026-11-22T06:00+00:00"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        fixed = options["at"]
        sent = outbox.send(at=lambda: fixed or datetime.now(UTC))
        self.stdout.write(f"{sent} mails sent.")
