"""An export as files that one reads, changes and checks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from ledger.merkle.notes import Key
from ledger.merkle.signing import Signer
from ledger.verifier.command import verify
from ledger.verifier.commitment import commit
from ledger.verifier.files import LIST, listed
from ledger.verifier.log import hashes_of, roots_at
from ledger.verifier.retold import retold
from ledger.verifier.tables import TABLES, canonical, comma_separated, heading

Rows = list[dict[str, Any]]


def faults(folder: Path, witness: Path | None = None, key: Key | None = None, *, scores: bool = False) -> str:
    """What does not hold, a line each, of an export whose files were listed anew: as whoever cheats carefully would."""
    (folder / LIST).write_bytes(listed(folder))
    return as_it_is(folder, witness, key, scores=scores)


def as_it_is(
    folder: Path, witness: Path | None = None, key: Key | None = None, *, scores: bool = False
) -> str:
    """As ``faults``, of an export with the list of files that it has."""
    return "\n".join(verify(folder, witness=witness, key=key, say=lambda _: None, scores=scores).faults)


def log(folder: Path) -> Rows:
    return [json.loads(line) for line in (folder / "log.jsonl").read_bytes().splitlines()]


def leaf_of(folder: Path, kind: str, number: int = 0) -> int:
    """The number of a leaf of this kind: the first, or as many further on."""
    return [at for at, leaf in enumerate(log(folder)) if leaf["kind"] == kind][number]


def table(folder: Path, section: str) -> Rows:
    lines = (folder / "tables" / f"{TABLES[section]}.jsonl").read_bytes().splitlines()
    return [json.loads(line) for line in lines]


def write_table(folder: Path, section: str, rows: Rows) -> None:
    """Write a table, JSON Lines and CSV, as whoever cheats carefully would."""
    path = folder / "tables" / TABLES[section]
    path.with_suffix(".jsonl").write_bytes(b"".join(canonical(row) + b"\n" for row in rows))
    cells = [heading(section), *(comma_separated(section, row) for row in rows)]
    path.with_suffix(".csv").write_bytes(b"".join(line + b"\n" for line in cells))


def write_log(folder: Path, leaves: Rows, *, hashes: bool = True) -> None:
    (folder / "log.jsonl").write_bytes(b"".join(canonical(leaf) + b"\n" for leaf in leaves))
    if hashes:
        (folder / "log.hashes").write_text("".join(f"{one.hex()}\n" for one in hashes_of(folder)))


def sign_anew(folder: Path) -> None:
    """Sign all checkpoints that the log is long enough for with the operator's own key."""
    signer, hashes = Signer(settings.LOG_ORIGIN, settings.LOG_KEY), hashes_of(folder)
    for path in (folder / "checkpoints").iterdir():
        if int(path.name) >= len(hashes):
            path.unlink()
    sizes = [*(int(path.name) for path in (folder / "checkpoints").iterdir()), len(hashes)]
    told = b"".join(canonical(line) + b"\n" for line in retold(folder))
    (folder / "figures.jsonl").write_bytes(told)
    for size, root in roots_at(sizes, hashes).items():
        path = folder / "checkpoint" if size == len(hashes) else folder / "checkpoints" / str(size)
        path.write_text(str(signer.checkpoint(size, root)))


def about(folder: Path, section: str, number: int) -> tuple[int, int]:
    """The leaf that seals the row, and the prediction it is about."""
    row = table(folder, section)[number]
    for at, leaf in enumerate(log(folder)):
        if (
            isinstance(leaf.get(section), dict)
            and leaf[section]["id"] == row["id"]
            and leaf["kind"] != section
        ):
            return at, row.get("prediction") or leaf["prediction"]["id"]
    raise LookupError(section)


def a_quote(rows: Rows) -> str:
    rows[7]["quote"] = rows[7]["quote"].replace("will", "may")
    return "quote"


def without_tail(folder: Path, entries: int) -> None:
    """Take the last entries out of log, hashes and tables."""
    leaves = log(folder)
    cut = leaves[-entries:]
    write_log(folder, leaves[:-entries])
    for section in ("event", "evidence", "resolution"):
        gone = {leaf[section]["id"] for leaf in cut if section in leaf}
        write_table(folder, section, [row for row in table(folder, section) if row["id"] not in gone])


def with_a_ballot(folder: Path, opened: dict[str, Any], *, sealed: bool = True) -> None:
    """Append a blind verdict, sealed and opened, as a careful operator would who signs all anew."""
    ballot = {
        "id": 1,
        "prediction": 1,
        "round": 1,
        "ordinal": 1,
        "commitment": commit("ab" * 32, {"happened": "yes"}),
    }
    last, leaves = table(folder, "event")[-1]["id"], log(folder)
    rows = table(folder, "event")
    for number, kind in enumerate(
        ["ballot_sealed", "ballot_opened"] if sealed else ["ballot_opened"], start=1
    ):
        event = {"id": last + number, "kind": kind, "prediction": 1, "ballot": 1}
        rows.append(event)
        leaf = {"v": 1, "kind": "event", "event": event, "ballot": ballot}
        leaves.append({**leaf, "opened": opened} if kind == "ballot_opened" else leaf)
    write_table(folder, "event", rows)
    write_table(folder, "ballot", [ballot])
    write_log(folder, leaves)
    sign_anew(folder)
