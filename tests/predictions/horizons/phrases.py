"""The truth tables of the horizon engine: one phrase a line, with the day it falls due."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

SAID_ON = date(2026, 2, 5)
HERE = Path(__file__).parent
SHARED = Path(__file__).parents[4] / "shared"  # beside the repository, where it is there


def lines(name: str) -> list[str]:
    """The lines of a table, without its comments."""
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def dated(name: str) -> list[tuple[str, date]]:
    """The rows of a table of phrases and deadlines."""
    return [
        (words, date.fromisoformat(day)) for words, _, day in (line.rpartition("|") for line in lines(name))
    ]


def shared(name: str) -> list[dict[str, Any]]:
    """The rows of a file of ../shared, none when it is not there."""
    path = SHARED / name
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
