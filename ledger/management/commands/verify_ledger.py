from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from ledger import export
from ledger.log import guard
from ledger.merkle.notes import BadNote, Key
from ledger.verifier.command import Found, verify


class Command(BaseCommand):
    help = "Check an export of the ledger, or, without one, the ledger as it is in the database now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", nargs="?", help="what export_ledger wrote")
        parser.add_argument(
            "--witness", type=Path, metavar="FILE", help="a checkpoint that was kept, or a mail with one"
        )
        parser.add_argument("--key", metavar="VKEY", help="the key to check signatures with")
        parser.add_argument("--scores", action="store_true", help="compute intervals, bands and ranks anew")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = Key.read(options["key"]) if options["key"] else None
        except BadNote as error:
            raise CommandError(str(error)) from error
        faults = []
        with tempfile.TemporaryDirectory(prefix="hindsight-") as name:
            folder = options["folder"] or Path(name) / "export"
            if options["folder"] is None:
                faults += [
                    f"the guard of {one.table} is down ({one.when}): run migrate"
                    for one in guard.missing(connection)
                ]
                try:
                    export.write(folder, at=datetime.now(UTC))
                except export.Busy as error:
                    raise CommandError(str(error)) from error
            found = verify(
                folder, witness=options["witness"], key=key, say=self.stdout.write, scores=options["scores"]
            )
        found = Found(faults + found.faults, found.unable, found.unchecked)
        if found.status:
            raise CommandError("\n".join(found.told()), returncode=found.status)
        self.stdout.write(str(found))
