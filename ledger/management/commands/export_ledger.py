from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger import export
from ledger.management.moment import moment


class Command(BaseCommand):
    help = "Write the whole public record into a folder, with the program that checks it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, metavar="DIR", help="a new folder, or one with an earlier export"
        )

        parser.add_argument(
            "--at", type=moment, default=None, help="another moment than now, as 2026-11-22T06:00+00:00"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        try:
            size = export.write(folder, at=options["at"] or datetime.now(UTC))
        except (export.Unwelcome, export.Busy, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{size:,} entries. Check them with: python3 {folder / 'verify.py'} {folder}")
