"""Every example in the documentation is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from predictions.horizons import read, why_not
from predictions.horizons.reading import trace
from tests.predictions.horizons.phrases import SAID_ON

PAGE = (Path(__file__).parents[3] / "docs" / "horizons.md").read_text(encoding="utf-8")
DAY = r"\d{4}-\d\d-\d\d"
READINGS = re.findall(rf"^\| (.+?) \| ({DAY}) \| ({DAY}) \| ({DAY})? ?\|$", PAGE, re.MULTILINE)
REFUSALS = re.findall(r"^\| (.+?) \| (.+?) \|$", PAGE.partition("## What is refused")[2], re.MULTILINE)[2:]


@pytest.mark.parametrize(("words", "earliest", "deadline", "latest"), READINGS)
def test_an_example_reads_as_it_says(words: str, earliest: str, deadline: str, latest: str) -> None:
    horizon = read(words, SAID_ON)
    assert horizon is not None
    days = (horizon.earliest, horizon.deadline, horizon.latest)
    assert tuple(day.isoformat() for day in days) == (earliest, deadline, latest or deadline)


@pytest.mark.parametrize(("words", "reason"), REFUSALS)
def test_an_example_is_refused_as_it_says(words: str, reason: str) -> None:
    assert read(words, SAID_ON) is None
    assert reason in why_not(words, SAID_ON)


def test_there_are_examples() -> None:
    assert len(READINGS) > 40
    assert len(REFUSALS) > 12


def test_the_tokens_of_the_unknown_word_are_shown_as_printed() -> None:
    words, tokens = re.findall(r'trace\("(.+?)", .+\n   # (.+)', PAGE)[0]
    assert trace(words, SAID_ON) == tokens


def test_the_example_in_python_is_true() -> None:
    horizon = read("36 months or less, maybe 30 months", SAID_ON)
    assert horizon is not None
    assert (horizon.deadline.isoformat(), horizon.nominal.isoformat()) == ("2029-02-05", "2028-08-05")
