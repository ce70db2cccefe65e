"""Whether the log alone gives back what the database says: made anew in a database of its own, and compared."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from ledger.verifier.agreeing import agreement
from ledger.verifier.reading import lines, parsed

MANAGE = Path(__file__).parents[2] / "manage.py"


class Failed(Exception):
    """The log could not be made into a ledger, with what was said about it."""


def differences(folder: Path, at: datetime) -> Iterator[str]:
    """What the export in ``folder`` says otherwise than a ledger made from its log alone. ``at`` is the moment it was written.

    Raises ``Failed``.
    """
    with tempfile.TemporaryDirectory(prefix="hindsight-") as name:
        again = Path(name) / "again"
        for command in (
            ["migrate", "--verbosity", "0"],
            ["load_ledger", str(folder)],
            ["export_ledger", str(again), "--at", at.isoformat()],
        ):
            _run(Path(name), *command)
        shutil.copy(
            folder / "log.jsonl", again / "log.jsonl"
        )  # its rows, held against the log they came from
        yield from (f"{fault}, once made anew" for fault in agreement(again).faults)
        for table in sorted((folder / "tables").iterdir()):
            if table.read_bytes() != (again / "tables" / table.name).read_bytes():
                yield f"the table {table.name} comes out otherwise"
        yield from _other_figures(folder, again)


def _other_figures(folder: Path, again: Path) -> Iterator[str]:
    """Figures that come out otherwise. Sizes of the log may: cards are sealed anew as they are now, not once a wording."""
    there, made = (dict(_figures(one)) for one in (folder, again))
    for whose in there.keys() | made.keys():
        if there.get(whose) != made.get(whose):
            yield f"the figures of {whose} come out otherwise"


def _figures(folder: Path) -> Iterator[tuple[str, str]]:
    for line in lines(folder / "figures.jsonl"):
        row = parsed(line) or {}
        row.pop("log_size", None)
        yield (
            " ".join(str(row.pop(name, "")) for name in ("scope", "slug", "ink", "reading")),
            json.dumps(row),
        )


def _run(folder: Path, *command: str) -> None:
    """Run a command of this installation on a new database in ``folder``."""
    environ = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'again.sqlite3'}",
        "HINDSIGHT_VAR": str(folder / "var"),
        "TIME_ZONE": settings.TIME_ZONE,
        "SITE_URL": settings.SITE_URL,
    }
    done = subprocess.run(  # noqa: S603  (our own program, our own words)
        [sys.executable, str(MANAGE), *command],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{command[0]}: {done.stderr.strip() or done.stdout.strip()}")
