from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ledger import export, upkeep
from ledger.log import rebuilding


class Command(BaseCommand):
    help = "Make the ledger anew from its log alone, in a database of its own, and name whatever comes out otherwise."

    def handle(self, *args: Any, **options: Any) -> None:
        at = datetime.now(UTC)
        if mended := upkeep.recount():
            self.stdout.write(
                f"{mended:,} tallies, words and appointments were not as the entries say; they are now."
            )
        with tempfile.TemporaryDirectory(prefix="hindsight-") as name:
            folder = Path(name) / "export"
            try:
                size = export.write(folder, at=at)
                found = list(rebuilding.differences(folder, at))
            except (export.Busy, rebuilding.Failed) as error:
                raise CommandError(str(error)) from error
        if found:
            raise CommandError(
                "\n".join([*(f"NOT SO: {one}." for one in found), "The log gives another ledger."])
            )
        self.stdout.write(
            f"{size:,} entries: made anew from the log, every table and every figure is the same."
        )
