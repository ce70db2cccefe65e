"""The files of an export, read line by line, and the words that faults are told in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

MOST = 20
"""No more faults of one kind are told one by one."""
WORDS = {
    "last_day": "deadline",
    "nominal": "best estimate",
    "earliest": "earliest day",
    "latest": "latest day",
    "said_on": "day it was said",
    "horizon_text": "horizon phrase",
    "happened": "verdict",
    "happened_on": "day it happened",
    "happened_at": "moment it happened",
}
"""Columns that are called otherwise by people."""


class Missing(Exception):
    """A file of the export is not there, or cannot be read at all."""


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file without their newlines. Raises ``Missing``."""
    try:
        with path.open("rb") as file:
            for line in file:
                yield line.removesuffix(b"\n")
    except OSError as error:
        raise Missing(f"{path.name} cannot be read: {error.strerror}") from error


def parsed(line: bytes) -> dict[str, Any] | None:
    """The JSON object on a line; None if there is none, or if it is not written as the ledger writes it."""
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def first_few(faults: Iterable[str]) -> Iterator[str]:
    """The first ``MOST`` of ``faults``, and how many more there are."""
    more = 0
    for number, fault in enumerate(faults):
        if number < MOST:
            yield fault
        else:
            more += 1
    if more:
        yield f"… and {more:,} more of this kind"


def entry_name(leaf: dict[str, Any] | None) -> str:
    """What a leaf is about: "prediction 12", "event 7 (resolved, prediction 12)"."""
    kind = str((leaf or {}).get("kind", ""))
    row = (leaf or {}).get(kind)
    if not leaf or not isinstance(row, dict):
        gone = (leaf or {}).get("gone")
        return f"{kind} {gone}, which was taken out" if gone else "an entry that cannot be read"
    return row_name(kind, row)


def row_name(section: str, row: dict[str, Any], prediction: Any = None) -> str:
    """What a row of a table is about, by the prediction that readers know it under."""
    about = row.get("prediction", prediction)
    if about is None:
        return f"{section} {row.get('id')}"
    if section in ("statement", "deadline", "forecast"):
        return f"prediction {about}"
    kind = f"{row['kind']}, " if section == "event" and "kind" in row else ""
    return f"{'verdict' if section == 'resolution' else section} {row.get('id')} ({kind}prediction {about})"


def column_name(column: str) -> str:
    return WORDS.get(column, column.replace("_", " "))


def shown(value: Any) -> str:
    """``value`` in a sentence, cut short."""
    if value is None:
        return "empty"
    text = " ".join(str(value).split("\n"))
    return f"“{text}”" if len(text) <= 80 else f"“{text[:79]}…”"


def both(old: Any, new: Any) -> str:
    """As "it reads X, sealed was Y", each from shortly before they part."""
    if isinstance(old, str) and isinstance(new, str):
        start = _parting(old, new)
        if start > 60:
            old, new = f"…{old[start - 20 :]}", f"…{new[start - 20 :]}"
    return f"it reads {shown(new)}, sealed was {shown(old)}"


def _parting(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


Progress = Callable[[str], None]
"""Is told, in a sentence, what was found to hold."""
