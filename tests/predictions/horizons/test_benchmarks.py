"""Agreement with the annotated horizons kept beside the repository; with our own tables where they are not there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from predictions.horizons import find, read
from tests.predictions.horizons.phrases import SAID_ON, SHARED, dated, lines, shared

FORECAST = {
    "in-N", "within-N", "next-N", "next/this-period", "part-of-period", "quarter/half", "decade/century",
    "before/by", "year", "season", "duration",
}  # fmt: skip


def own(name: str, language: str) -> list[dict[str, Any]]:
    """Our own table in the form of a benchmark."""
    return [
        {
            "text": words,
            "lang": language,
            "reference": SAID_ON.isoformat(),
            "end": day.isoformat(),
            "cls": "in-N",
        }
        for words, day in dated(name)
    ]


OWN = own("english.txt", "en") + own("chinese.txt", "zh")
NO_DATE = [
    {"text": words, "reference": SAID_ON.isoformat(), "end": None} for words in lines("no_horizon.txt")
]


def right(row: dict[str, Any]) -> bool:
    """Whether the deadline is the annotated one."""
    horizon = read(row["text"], date.fromisoformat(row["reference"]))
    return horizon is not None and horizon.deadline.isoformat() in (row["end"], row.get("alt_end"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nineteen_in_twenty_forecasts_of_another_specification_are_read_alike(language: str) -> None:
    rows = shared("bench/horizons_recognizers.jsonl") or OWN
    asked = [row for row in rows if row["lang"] == language and row["cls"] in FORECAST]
    assert asked
    assert sum(map(right, asked)) >= 0.95 * len(asked)


def test_of_hard_phrases_at_most_one_is_missed_and_no_date_is_invented() -> None:
    rows = shared("bench/horizons_hard_dev.jsonl") or OWN + NO_DATE
    assert {bool(row["end"]) for row in rows} == {True, False}
    missed = [row["text"] for row in rows if row["end"] and not right(row)]
    invented = [
        row["text"]
        for row in rows
        if not row["end"] and read(row["text"], date.fromisoformat(row["reference"]))
    ]
    assert len(missed) <= 1, missed
    assert invented == []


def test_annotated_predictions_read_to_their_dates() -> None:
    rows = [row for path in sorted((SHARED / "gold").glob("0*.jsonl")) for row in shared(f"gold/{path.name}")]
    rows = rows or [
        {
            "quote": words,
            "horizon_text": words,
            "stated_on": SAID_ON.isoformat(),
            "horizon_end": day.isoformat(),
        }
        for words, day in dated("english.txt")
    ]
    literal = [row for row in rows if row["horizon_end"] and row["horizon_text"] in row["quote"]]
    wrong = [
        row["quote"]
        for row in literal
        if (horizon := read(row["quote"], date.fromisoformat(row["stated_on"]))) is None
        or horizon.deadline.isoformat() != row["horizon_end"]
    ]
    assert literal
    assert wrong == []


def test_spans_in_whole_documents_are_exact() -> None:
    documents = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))]
    documents = documents or ["\n".join(f"We said “{words}” then." for words, _ in dated("english.txt"))]
    for document in documents:
        found = find(document, SAID_ON)
        assert found
        assert all(document[slice(*horizon.span)] == horizon.text for horizon in found)
