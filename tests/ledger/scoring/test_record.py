"""Brier scores and bins of a real record: of what of it is in the demo ledger, and of all where it lies beside the repository."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from ledger.demo.load import VERDICTS
from ledger.scoring.odds import Book, Statements, bins, odds
from ledger.scoring.published import Bin
from predictions.demo.load import DATA as DEMO
from tests.ledger.scoring.checked import SHARED

RECORD = SHARED / "record"


def statements(rows: list[tuple[float, int]]) -> Statements:
    p, true = np.array(rows, dtype=float).T
    return Statements(p, p, p, true, np.arange(len(rows)))


def boxes(rows: Statements) -> tuple[Bin, ...]:
    return bins(Book.opened(rows, np.zeros(len(rows), dtype=np.int64), 1))(0)


def recorded() -> dict[str, list[tuple[float, int]]]:
    """The yes and no rows of each speaker: what was said, and whether it came."""
    found: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for name in ("forecasts.jsonl", "forecasts_stay_here.jsonl"):
        for line in (RECORD / name).read_text().splitlines():
            row = json.loads(line)
            if row["happened"] in ("yes", "no") and row["probability"] is not None:
                found[row["speaker"]].append((row["probability"], row["happened"] == "yes"))
    return found


if RECORD.exists():
    EXPECTED: dict[str, dict[str, Any]] = json.loads((RECORD / "expected_calibration.json").read_text())

    @pytest.mark.parametrize(("speaker", "known"), EXPECTED.items())
    def test_brier_and_bins_of_a_real_record(speaker: str, known: dict[str, Any]) -> None:
        rows = statements(recorded()[speaker])
        scores = odds(rows)
        assert scores.n == known["graded"]
        assert scores.brier == pytest.approx(known["brier"], abs=1e-6)
        assert scores.base_rate == pytest.approx(known["base_rate"], abs=1e-6)
        assert scores.mean_probability == pytest.approx(known["mean_p"], abs=1e-6)
        for ours, theirs in zip(boxes(rows), known["bins"], strict=True):
            assert ours.n == theirs["n"], theirs
            assert (ours.mean_probability is None) is (theirs["mean_p"] is None)
            if ours.mean_probability is not None:
                assert ours.mean_probability == pytest.approx(theirs["mean_p"], abs=1e-6)
                assert ours.came_true / ours.n == pytest.approx(theirs["rate"], abs=1e-6)


def in_the_demo_ledger(speaker: str) -> list[tuple[float, int]]:
    """What ``speaker`` said in numbers in the demo ledger's own files, and whether it came."""
    record = json.loads((DEMO / "record" / "statements.json").read_text(encoding="utf-8"))
    verdicts = {row["key"]: row["happened"] for row in json.loads(VERDICTS.read_text(encoding="utf-8"))}
    return [
        ((float(given["low"]) + float(given["high"])) / 2, verdicts[said["key"]] == "yes")
        for statement in record
        if statement["speaker"] == speaker
        for said in statement["predictions"]
        if verdicts.get(said["key"]) in ("yes", "no")
        for given in said.get("forecasts", ())
        if given["by"] == speaker
    ]


def test_prices_of_a_real_market_score_as_others_computed() -> None:
    """The one speaker of the record all of whose rows are in the demo ledger with a verdict."""
    rows = statements(in_the_demo_ledger("prediction-markets-2021"))
    scores = odds(rows)
    assert scores.n == 19
    assert scores.brier == pytest.approx(0.138521, abs=1e-6)
    assert scores.base_rate == pytest.approx(0.263158, abs=1e-6)
    assert scores.mean_probability == pytest.approx(0.367895, abs=1e-6)
    assert [one.n for one in boxes(rows)] == [2, 3, 4, 3, 0, 2, 2, 3, 0, 0]
    assert [one.came_true for one in boxes(rows)] == [0, 0, 0, 1, 0, 1, 1, 2, 0, 0]
    means = [one.mean_probability for one in boxes(rows) if one.mean_probability is not None]
    assert means == pytest.approx([0.06, 0.15, 0.225, 0.356667, 0.5, 0.605, 0.746667], abs=1e-6)


def test_six_statements_by_hand() -> None:
    """(.01 + .09 + .25 + .25 + .04 + .81) / 6."""
    rows = statements([(0.1, 0), (0.7, 1), (0.5, 0), (0.5, 1), (0.8, 1), (0.9, 0)])
    assert odds(rows).brier == pytest.approx(1.45 / 6)
    assert [(one.n, one.came_true) for one in boxes(rows) if one.n] == [
        (1, 0),
        (2, 1),
        (1, 1),
        (1, 1),
        (1, 0),
    ]
