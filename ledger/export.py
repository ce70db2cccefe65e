"""The whole public record as files that anybody can keep and check: the log, what signs for it, and the tables."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from ledger.counting import gathering
from ledger.counting.reckoning import CODE
from ledger.log import sealing, standalone
from ledger.log.leaves import CARDS
from ledger.log.rows import row
from ledger.merkle.tree import EMPTY
from ledger.models import Ballot, Checkpoint, Correction, Event, Evidence, Leaf, Resolution, Unsealed
from ledger.moments import day_of
from ledger.verifier.entries import Frame
from ledger.verifier.files import LIST, listed
from ledger.verifier.retold import told_lines
from ledger.verifier.tables import TABLES, Row, canonical, comma_separated, heading
from predictions.models import Deadline, Forecast, Prediction, Source, Speaker, Statement, Topic

ROWS: dict[str, Callable[[], QuerySet[Any]]] = {
    "speaker": lambda: Speaker.objects.select_related("organisation"),
    "source": lambda: Source.objects.prefetch_related("transcripts"),
    "topic": Topic.objects.all,
    "statement": Statement.objects.all,
    "prediction": lambda: Prediction.objects.prefetch_related("topics"),
    "deadline": Deadline.objects.all,
    "forecast": Forecast.objects.all,
    "evidence": Evidence.objects.all,
    "resolution": Resolution.objects.all,
    "ballot": Ballot.objects.all,
    "correction": lambda: Correction.objects.filter(Exists(Event.objects.filter(correction=OuterRef("pk")))),
    "event": Event.objects.all,
}
"""The rows of each table, with what is read of others."""

AT_ONCE = 2_000
"""Rows held in memory."""
TRIES = 20


class Unwelcome(Exception):
    """The folder holds something else, which nobody wants overwritten."""


class Busy(Exception):
    """Rows came in faster than they could be sealed."""


def write(folder: Path, at: datetime) -> int:
    """Write the record into ``folder``, in place of an earlier export there; return the size of the log.

    Everything is as of one moment at which all was sealed (checkpoints made for it are of ``at``);
    figures are as of its day. The same ledger gives the same bytes on the same day. Raises ``Unwelcome`` and ``Busy``.
    """
    if folder.exists() and any(folder.iterdir()) and not (folder / "log.jsonl").exists():
        raise Unwelcome(
            f"{folder} holds something else. Name a new folder, or one that holds an earlier export."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}.", dir=folder.parent) as name:
        draft, old = Path(name) / "new", Path(name) / "old"
        draft.mkdir()
        with _all_sealed(at):
            size = _write(draft, day_of(at))
        if folder.exists():
            folder.rename(old)
        draft.rename(folder)
    return size


@contextmanager
def _all_sealed(at: datetime) -> Iterator[None]:
    """A moment at which every row has its leaf."""
    for _ in range(TRIES):
        sealing.seal(at)
        with one_moment():
            if not Unsealed.objects.exists():
                yield
                return
    raise Busy("Rows are written faster than they are sealed. Try again in a minute.")


@contextmanager
def one_moment() -> Iterator[None]:
    """Whatever is read within is as of one moment. No writer waits for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own transactions would take the write lock
            try:
                yield
            finally:
                cursor.execute("COMMIT")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def _write(folder: Path, on: date) -> int:
    size = _write_log(folder)
    _write_checkpoints(folder)
    (folder / "tables").mkdir()
    for section, rows in ROWS.items():
        public = rows().filter(_is_sealed(section)) if section in CARDS else rows()
        _write_table(folder / "tables" / TABLES[section], section, public)
    with (folder / "figures.jsonl").open("wb") as file:
        file.writelines(canonical(line) + b"\n" for line in _figures(on, size))
    (folder / "verify.py").write_text(standalone.text(), encoding="utf-8")
    shutil.copymode(__file__, folder / "verify.py")
    (folder / LIST).write_bytes(listed(folder))
    return size


def _write_log(folder: Path) -> int:
    leaves = Leaf.objects.order_by("index").values_list("content", "hash")
    size = 0
    with (folder / "log.jsonl").open("wb") as log, (folder / "log.hashes").open("wb") as hashes:
        for content, hashed in leaves.iterator(AT_ONCE):
            log.write(content.encode() + b"\n")
            hashes.write(hashed.encode() + b"\n")
            size += 1
    return size


def _write_checkpoints(folder: Path) -> None:
    """The latest as ``checkpoint``, the earlier ones by their sizes, and the key that checks them."""
    earlier = folder / "checkpoints"
    earlier.mkdir()
    latest = sealing.latest_checkpoint()
    for size, note in Checkpoint.objects.order_by("size").values_list("size", "note").iterator(AT_ONCE):
        (folder / "checkpoint" if latest and size == latest.size else earlier / str(size)).write_text(
            note, encoding="utf-8"
        )
    if latest is None:
        (folder / "checkpoint").write_text(str(sealing.signer().checkpoint(0, EMPTY)), encoding="utf-8")
    (folder / "key").write_text(f"{latest.key if latest else sealing.signer().key}\n", encoding="utf-8")


def _figures(on: date, size: int) -> Iterator[Row]:
    """Everything that is published of the record, as of the day ``on``."""
    rows = gathering.entries()
    return told_lines(
        Frame(on, str(timezone.get_default_timezone()), CODE, size),
        rows,
        {number: (slug, name) for number, slug, name in Speaker.objects.values_list("pk", "slug", "name")},
        {number: (slug, name) for number, slug, name in Topic.objects.values_list("pk", "slug", "name")},
        gathering.topics(rows),
    )


def _is_sealed(kind: str) -> Exists:
    """Cards are public once something in ink names them, and have a leaf then."""
    return Exists(Leaf.objects.filter(kind=kind, number=OuterRef("pk")))


def _write_table(path: Path, section: str, rows: QuerySet[Any]) -> None:
    with path.with_suffix(".jsonl").open("wb") as lines, path.with_suffix(".csv").open("wb") as cells:
        cells.write(heading(section) + b"\n")
        for of in rows.order_by("pk").iterator(AT_ONCE):
            values = row(of)
            lines.write(canonical(values) + b"\n")
            cells.write(comma_separated(section, values) + b"\n")
