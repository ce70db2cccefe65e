"""The document of the review desk names the keys that the desk answers to, all of them and no others."""

from __future__ import annotations

import re

from config import places
from predictions.review.desk import REASON_KEYS

PAGE = (places.ROOT / "docs" / "review.md").read_text(encoding="utf-8")
SCRIPT = (places.ROOT / "predictions/static/review/desk.js").read_text(encoding="utf-8")
CAPS = {"↓": "ArrowDown", "↑": "ArrowUp", "Esc": "Escape"}


def rows(heading: str) -> list[tuple[list[str], str]]:
    """The keys and the words in each row of the table under that head."""
    table = PAGE.partition(f"| key | {heading} |\n|---|---|\n")[2].partition("\n\n")[0]
    cells = [row.strip("| ").split(" | ") for row in table.splitlines()]
    return [(re.findall(r"<kbd>(.+?)</kbd>", keys), words) for keys, words in cells]


def test_its_keys_are_those_of_the_desk() -> None:
    table = re.search(r"^const KEYS = \{$(.*?)^\};$", SCRIPT, re.DOTALL | re.MULTILINE)
    assert table
    answered = re.findall(r'(?:^ *|, )"?([a-z?]|Arrow[A-Z][a-z]+|Escape)"?: ', table[1], re.MULTILINE)
    assert len(answered) > 15
    named = [CAPS.get(key, key.lower()) for keys, _ in rows("what it does") for key in keys]
    assert named == sorted(set(named), key=named.index)
    assert set(named) == set(answered)


def test_its_reasons_are_those_of_the_desk() -> None:
    assert rows("why it is left out") == [([key.upper()], words) for key, _, words in REASON_KEYS]
