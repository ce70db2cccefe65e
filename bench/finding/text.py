"""A transcript of any length, made up of the sentences of the documents that the tests keep."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

DOCUMENTS = Path(__file__).parents[2] / "tests" / "predictions" / "extraction" / "documents"
SENTENCE = re.compile(r"[^.!?。！？\n]{20,}[.!?。！？]")
NAMES = ("Ann Lee", "Bob Ray", "Cleo Marsh", "Dov Aran")
A_TURN = 6
"""Sentences that one says before it is the next one's turn."""


def transcript(size: int, seed: int = 20) -> str:
    """About ``size`` bytes of talk, the same each time for a ``seed``."""
    chance = random.Random(seed)  # noqa: S311
    known = [words.strip() for words in _sentences()]
    turns, length = list[str](), 0
    while length < size:
        turn = f"{chance.choice(NAMES)}: {' '.join(chance.choices(known, k=A_TURN))}\n\n"
        turns.append(turn)
        length += len(turn.encode())
    return "".join(turns)


def _sentences() -> Iterator[str]:
    for path in sorted(DOCUMENTS.glob("*.txt")):
        yield from SENTENCE.findall(path.read_text(encoding="utf-8"))
