"""``verify.py`` counts the published figures anew, and with Hindsight beside it computes them to the byte."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ledger.verifier.tables import canonical
from tests.ledger.log.exported import faults

pytestmark = pytest.mark.django_db

FIGURES = [
    (("due", "on_time"), 1, "due, on_time is given as"),
    (("due", "days_waited"), 1, "due, days_waited is given as"),
    (("due", "at_least", "k"), 1, "due, at_least is given as"),
    (("due", "at_most", "n"), -1, "due, at_most is given as"),
    (("delivery", "delivered"), 1, "delivery, delivered is given as"),
    (("delivery", "by", 0, "share"), 0.000002, "delivery, shares by multiples is given as"),
    (("delivery", "curve", 0, "share"), 0.000002, "delivery, curve at"),
    (("odds", "n"), 1, "odds, n is given as"),
    (("odds", "brier"), -0.000002, "odds, brier is given as"),
]


@pytest.mark.parametrize(("path", "more", "says"), FIGURES, ids=lambda value: str(value)[:40])
def test_a_figure_that_is_not_what_counting_gives_is_named(
    copy: Path, path: tuple[Any, ...], more: float, says: str
) -> None:
    lines = [json.loads(line) for line in (copy / "figures.jsonl").read_bytes().splitlines()]
    figures = next(
        line
        for line in lines[1:]
        if (line["scope"], line["ink"], line["reading"]) == ("all", "hindsight", "deadline")
    )
    *way, last = path
    within = figures
    for step in way:
        within = within[step]
    within[last] = round(within[last] + more, 6)
    (copy / "figures.jsonl").write_bytes(b"".join(canonical(line) + b"\n" for line in lines))
    found = faults(copy)
    assert f"the figures of everybody (hindsight, deadline): {says}" in found
    assert "counting gives" in found


def test_figures_left_out_or_made_up_are_named(copy: Path) -> None:
    lines = (copy / "figures.jsonl").read_bytes().splitlines(keepends=True)
    (copy / "figures.jsonl").write_bytes(b"".join(lines[:1] + lines[2:]))
    assert "the figures of everybody (beforehand, strict) are missing" in faults(copy)
    (copy / "figures.jsonl").write_bytes(
        b"".join(lines) + lines[1].replace(b'"slug":""', b'"slug":"nobody"').replace(b'"n":0', b'"n":7')
    )
    assert "nobody (beforehand, strict) are given, and there is nothing to count" in faults(copy)


def test_an_interval_is_found_to_be_wrong_where_it_can_be_computed(copy: Path) -> None:
    whole = (copy / "figures.jsonl").read_bytes()
    (copy / "figures.jsonl").write_bytes(
        re.sub(rb'("high":0\.\d*?)(\d)([,}])', rb"\g<1>\g<2>1\3", whole, count=1)
    )
    assert faults(copy) == ""
    assert "intervals, bands or ranks come out otherwise" in faults(copy, scores=True)
