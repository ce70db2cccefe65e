from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.log import loading
from ledger.verifier.command import verify


class Command(BaseCommand):
    help = (
        "Make the ledger anew from the log of an export, in an empty database. The export is checked first."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="what export_ledger wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        if faults := verify(folder, witness=None, key=None, say=lambda _: None).faults:
            raise CommandError("\n".join([*(f"NOT SO: {fault}." for fault in faults), "Nothing was loaded."]))
        try:
            size = loading.load(folder)
        except loading.NotEmpty as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{size:,} entries of the log are rows again.")
