"""How well it finds: against annotated documents where they are at hand, and against a small one of our own."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from predictions.extraction import Candidate, find
from predictions.transcripts import read

SHARED = Path(__file__).parents[4] / "shared"
Row = dict[str, Any]

OWN = """\
Ann Lee: Welcome. Last year we talked about trams, and you said that nothing would change. Were you right?

Bob Ray: Not quite. We built two lines and I was surprised how fast it went. But the next ones will be harder.
I expect the harbour line to open in the spring of 2029. It will cost at least four hundred million.

Ann Lee: Will people use it?

Bob Ray: Probably. In ten years half of the town is going to commute by tram. You should try it yourself some day.
When I was a boy we walked everywhere. If you take the bus now, you wait. I don't know what will happen to the buses.

Ann Lee: And the airport?

Bob Ray: There is a thirty percent chance that it closes before 2035. I hope it does not. Thanks for having me.
"""
TRUE = (
    "But the next ones will be harder.",
    "I expect the harbour line to open in the spring of 2029.",
    "It will cost at least four hundred million.",
    "In ten years half of the town is going to commute by tram.",
    "There is a thirty percent chance that it closes before 2035.",
)


def test_a_small_interview_gives_its_forecasts_and_nothing_else() -> None:
    found = [candidate.quote for candidate in find(read(OWN.encode()), date(2026, 11, 1))]
    right = [quote for quote in found if any(quote in true for true in TRUE)]
    missed = [true for true in TRUE if not any(quote in true for quote in found)]
    assert missed == []
    assert len(right) >= len(found) - 1  # "Will people use it? Probably." is a matter of taste


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def shared_length(candidate: Candidate, row: Row) -> int:
    return int(min(candidate.end, row["char_end"]) - max(candidate.start, row["char_start"]))


def matches(candidate: Candidate, row: Row) -> bool:
    """Half of the annotated words and not much more than these, or at least half of its own words among them."""
    common = shared_length(candidate, row)
    length, wanted = candidate.end - candidate.start, row["char_end"] - row["char_start"]
    return common > 0 and (
        (common * 2 >= wanted and length <= max(3 * wanted, 400)) or (common * 2 >= length and length >= 8)
    )


def annotated(name: str, said_on: date) -> tuple[list[Candidate], list[Row], list[Row]]:
    gold = SHARED / "gold" / f"{name}.jsonl"
    text = SHARED / "seeds" / f"{name}.txt"
    found = find(read(text.read_bytes(), text.name), said_on, "Elon Musk")
    wrong = [row for row in rows(SHARED / "gold" / "nonpredictions.jsonl") if row["doc"] == name]
    return found, rows(gold), wrong


if SHARED.exists():  # the documents are not part of the repository

    @pytest.mark.parametrize(
        ("name", "said_on"),
        [("003_d3f1fd2ce462c45b", date(2025, 6, 16)), ("004_b4a004220a11556e", date(2026, 2, 5))],
    )
    def test_annotated_documents_are_found_nearly_whole_and_the_best_stands_first(
        name: str, said_on: date
    ) -> None:
        found, gold, wrong = annotated(name, said_on)
        clear = [row for row in gold if row["tier"] == 1]
        right = [any(matches(c, row) for row in gold) for c in found]
        half = right[: round(len(right) / 2)]
        assert clear
        assert half
        assert wrong
        seen = [row for row in clear if any(matches(c, row) for c in found)]
        assert len(seen) >= 0.88 * len(clear)
        assert sum(right) >= 0.75 * len(right)
        assert sum(half) >= 0.90 * len(half)
        for row in (row for row in clear if row["horizon_end"]):
            dates = [str(c.horizon.deadline) for c in found if c.horizon and matches(c, row)]
            assert row["horizon_end"] in dates, row["quote"]
        flagged = [
            n
            for n, c in enumerate(found)
            for row in wrong
            if shared_length(c, row) * 2 >= row["char_end"] - row["char_start"]
        ]
        assert len(flagged) * 10 <= len(wrong)
        assert all(n >= len(half) for n in flagged)

    def test_three_long_documents_take_seconds() -> None:
        documents = list((SHARED / "seeds").iterdir())
        assert len(documents) == 3
        before = time.process_time()
        for text in documents:
            find(read(text.read_bytes(), text.name), date(2026, 2, 5))
        assert time.process_time() - before < 60


@pytest.mark.parametrize(
    "piece",
    [
        "it will rain, but ",
        "It will be 3. Maybe 4. ",
        "“it will ",
        "......",
        "會",
        "if it is ",
        "Aa Bb: will\n",
        "? ",
        "    ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        transcript = read(("Say. " + piece * (size // len(piece))).encode())
        before = time.process_time()
        find(transcript, date(2026, 2, 5))
        return time.process_time() - before

    seconds(2_000)  # the first run warms caches
    assert (
        seconds(48_000) < 12 * seconds(12_000) + 0.5
    )  # four times the text; sixteen times the time would be square
