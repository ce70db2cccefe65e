"""No text may raise or hang: the time to read grows with its length and no faster."""

from __future__ import annotations

import time
from datetime import date

import pytest

from predictions.horizons import find, read, why_not
from tests.predictions.horizons.phrases import SAID_ON

SIZE = 100_000
HOSTILE = {
    "digits": "1",
    "spaced digits": "1 ",
    "prepositions": "in ",
    "hedges": "at least more than about roughly ",
    "nested windows": "within the next within ",
    "lists of numbers": "five or ",
    "negations": "not we ",
    "years": "2030 ",
    "dashes": "1-",
    "slashes": "1/",
    "months": "june ",
    "points": "1.",
    "scales": "one million ",
    "spans": "two years and ",
    "halves": "half a ",
    "apostrophes": "'",
    "spaces": " ",
    "one word": "a",
    "Chinese numerals": "一",
    "Chinese years": "年",
    "Chinese windows": "未來",
    "Chinese horizons": "三年後五年內",
    "surrogates": "\ud800",
    "emoji": "🚀",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_in_seconds(name: str) -> None:
    text = (HOSTILE[name] * (SIZE // len(HOSTILE[name]) + 1))[:SIZE]
    began = time.process_time()
    read(text, SAID_ON)
    find(text, SAID_ON)
    why_not(text, SAID_ON)
    assert time.process_time() - began < 60  # linear takes about one; quadratic would take an hour


def test_a_million_characters_of_prose_are_read_in_seconds() -> None:
    sentence = (
        "We think, you know, that it will fly in about two years, or maybe by 2030 at the latest, they said. "
    )
    text = sentence * (1_000_000 // len(sentence))
    began = time.process_time()
    found = find(text, SAID_ON)
    assert time.process_time() - began < 60
    assert len(found) == 2 * (1_000_000 // len(sentence))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\x00",
        "\ud800",
        "\udfff in",
        "9" * 1_000_000,
        f"in {'9' * 30} years",
        "0/0/0000",
        "99/99/9999",
        "week 99",
    ],
)
def test_what_no_calendar_holds_is_refused(text: str) -> None:
    assert read(text, SAID_ON) is None
    assert find(text, SAID_ON) == []


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("in two years\udfff", "2028-02-05"),
        ("\u202ein two years", "2028-02-05"),
        ("🚀 in 2 years 🚀", "2028-02-05"),
        ("\uff19\uff10 days from now; in \uff12 years", "2028-02-05"),
        ("in\u00a0two\u2009years", "2028-02-05"),
        ("in 7973 years", "9999-02-05"),
        ("about 7000 years from now", "9026-02-05"),
    ],
)
def test_odd_characters_do_not_hide_a_horizon(text: str, deadline: str) -> None:
    horizon = read(text, SAID_ON)
    assert horizon is not None
    assert horizon.deadline.isoformat() == deadline


@pytest.mark.parametrize("said_on", [date.min, date.max])
@pytest.mark.parametrize(
    "text",
    [
        "this year",
        "next year",
        "in two years",
        "by Friday",
        "this century",
        "three days before Christmas",
        "early June",
        "第三季",
        "周末",
    ],
)
def test_the_ends_of_the_calendar_do_not_raise(text: str, said_on: date) -> None:
    horizon = read(text, said_on)
    assert horizon is None or horizon.deadline >= said_on
