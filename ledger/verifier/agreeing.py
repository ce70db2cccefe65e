"""The tables of an export against its log: each row must be the one that was sealed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from ledger.verifier.commitment import commit
from ledger.verifier.reading import both, column_name, entry_name, first_few, lines, parsed, row_name
from ledger.verifier.tables import (
    CARDS,
    COLUMNS,
    TABLES,
    Row,
    canonical,
    comma_separated,
    heading,
)


@dataclass
class Odd:
    """A row of a table that is not as sealed: as it stands there, or None; and as sealed, with its leaf, once looked up."""

    section: str
    number: Any
    here: Row | None
    sealed: Row | None = None
    leaf: int = -1
    prediction: Any = None


@dataclass
class Agreement:
    """How many rows agree, and what does not."""

    rows: int = 0
    faults: list[str] = field(default_factory=list)


def agreement(folder: Path) -> Agreement:
    """Hold every table against the log, row by row, and its CSV against it, byte by byte."""
    found = Agreement()
    expected = sealed_rows(folder, found.faults)
    odd: list[Odd] = []
    for section in TABLES:
        wanted = expected[section]
        odd.extend(_odd_rows(folder, section, wanted, found))
        odd.extend(Odd(section, number, None) for number in wanted)
    _look_up(folder, odd)
    found.faults.extend(first_few(told for one in odd for told in _told(one)))
    return found


def sections(leaf: dict[str, Any]) -> Iterator[tuple[str, Row]]:
    """The rows that a leaf seals. The cards it names beside them are copies, as they were then."""
    for section in TABLES:
        if section in CARDS and section != leaf.get("kind"):
            continue
        rows = leaf.get(section, [])
        for row in rows if isinstance(rows, list) else [rows]:
            if isinstance(row, dict) and isinstance(row.get("id"), int):
                yield section, row


def sealed_rows(folder: Path, faults: list[str]) -> dict[str, dict[Any, int]]:
    """A digest of each sealed row, by section and number; of a card, as it was sealed last."""
    found: dict[str, dict[Any, int]] = {section: {} for section in TABLES}
    for at, line in enumerate(lines(folder / "log.jsonl")):
        leaf = parsed(line) or {}
        faults.extend(_wrong_opening(leaf, at, found["ballot"]))
        for section, row in sections(leaf):
            digest = _digest(canonical(row))
            if found[section].setdefault(row["id"], digest) != digest and section not in CARDS:
                faults.append(
                    f"{entry_name(leaf)}: leaf {at} seals its {section} otherwise than an earlier leaf"
                )
            found[section][row["id"]] = digest
        if "gone" in leaf and leaf.get("kind") in CARDS:
            found[leaf["kind"]].pop(leaf["gone"], None)
    return found


def _wrong_opening(leaf: dict[str, Any], at: int, sealed: dict[Any, int]) -> Iterator[str]:
    """What is wrong with the opening of a blind verdict, of which only a salted hash was ``sealed`` before."""
    opened, ballot = leaf.get("opened"), leaf.get("ballot")
    if not isinstance(opened, dict) or not isinstance(ballot, dict):
        return
    if ballot.get("id") not in sealed:
        yield f"{row_name('ballot', ballot)}: leaf {at} opens it, and no earlier leaf had sealed it"
    try:
        bound = commit(str(opened.get("salt")), opened.get("content", {}))
    except ValueError:
        bound = ""
    if bound != ballot.get("commitment"):
        yield f"{row_name('ballot', ballot)}: what leaf {at} opens is not what its hash was sealed of"


def _digest(line: bytes) -> int:
    return int.from_bytes(sha256(line).digest()[:8], "big")


def _odd_rows(folder: Path, section: str, wanted: dict[Any, int], found: Agreement) -> Iterator[Odd]:
    """Rows that are not as sealed; those found are taken out of ``wanted``."""
    name, last = TABLES[section], 0
    separated = lines(folder / "tables" / f"{name}.csv")
    if next(separated, None) != heading(section):
        found.faults.append(f"{name}.csv does not begin with the names of its columns")
    for number, line in enumerate(lines(folder / "tables" / f"{name}.jsonl"), start=1):
        row = parsed(line)
        if row is None or not isinstance(row.get("id"), int) or canonical(row) != line:
            found.faults.append(f"{name}.jsonl, line {number}: it is not a row as the ledger writes them")
            continue
        if row["id"] <= last:
            found.faults.append(
                f"{name}.jsonl, line {number}: {section} {row['id']} is there twice or out of order"
            )
        last = row["id"]
        if not _same_cells(section, row, separated):
            found.faults.append(f"{name}.csv does not say of {section} {row['id']} what {name}.jsonl says")
        if wanted.pop(row["id"], None) == _digest(line):
            found.rows += 1
        else:
            yield Odd(section, row["id"], row)
    if next(separated, None) is not None:
        found.faults.append(f"{name}.csv goes on after its last row")


def _same_cells(section: str, row: Row, separated: Iterator[bytes]) -> bool:
    """Whether the next lines of the CSV are ``row``. A cell may hold newlines."""
    wanted = comma_separated(section, row)
    return b"\n".join(next(separated, b"") for _ in range(wanted.count(b"\n") + 1)) == wanted


def _look_up(folder: Path, odd: list[Odd]) -> None:
    """Find what was sealed of each."""
    places = {(one.section, one.number): one for one in odd}
    for at, line in enumerate(lines(folder / "log.jsonl") if places else ()):
        leaf = parsed(line) or {}
        for section, row in sections(leaf):
            if one := places.get((section, row["id"])):
                one.sealed, one.leaf = row, at
                one.prediction = (leaf.get("prediction") or {}).get("id")


def _told(one: Odd) -> Iterator[str]:
    if one.sealed is None:
        name = row_name(one.section, one.here or {})
        yield f"{name}: it is in the table {TABLES[one.section]} and in no leaf of the log"
    elif one.here is None:
        name = row_name(one.section, one.sealed, one.prediction)
        yield f"{name}: sealed as leaf {one.leaf}, it is missing from the table {TABLES[one.section]}"
    else:
        name = row_name(one.section, one.sealed, one.prediction)
        for column in [
            *COLUMNS[one.section].split(),
            *sorted(one.here.keys() - set(COLUMNS[one.section].split())),
        ]:
            was, now = one.sealed.get(column), one.here.get(column)
            if was != now:
                yield f"{name}: the {column_name(column)} is not the one that was sealed as leaf {one.leaf}: {both(was, now)}"
