"""What a candidate carries: exact words, speaker, attribution, odds, repetitions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from predictions.extraction import Candidate, find
from predictions.extraction.odds import odds
from predictions.transcripts import Unreadable, read

SAID_ON = date(2026, 11, 1)
PIECES = """
    it will rain by 2030 , . ? ! … “ ” - # 1. I think maybe if but and then not going to 會 將 明年 在 如果 。 ？ 50 % chance of
    Ann: Bob: next year within six months no yes \u202e 😀 é
"""
WORDS = st.sampled_from([*PIECES.split(), "\n\n", "\x85"])


def only(text: str, speaker: str | None = None) -> Candidate:
    (candidate,) = find(read(text.encode()), SAID_ON, speaker)
    return candidate


@given(st.lists(WORDS, min_size=1, max_size=60))
@settings(max_examples=150)
def test_a_quote_is_the_text_between_its_offsets_whatever_the_text(pieces: list[str]) -> None:
    try:
        transcript = read(" ".join(pieces).encode())
    except Unreadable:
        return
    found = find(transcript, SAID_ON)
    assert all(candidate.quote == transcript.text[candidate.start : candidate.end] for candidate in found)
    assert all(candidate.quote.strip() for candidate in found)
    assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)


def test_hesitations_and_quotation_marks_stay_outside() -> None:
    assert only("“Um, so, you know, the sea will be a metre higher in 2100.”").quote == (
        "the sea will be a metre higher in 2100."
    )


def test_a_decade_may_end_a_sentence() -> None:
    text = "Machines will write most books in the 2040s. Half the jobs will disappear within a decade."
    found = sorted(find(read(text.encode()), SAID_ON), key=lambda candidate: candidate.start)
    assert [candidate.horizon and candidate.horizon.text for candidate in found] == [
        "in the 2040s",
        "within a decade",
    ]


@pytest.mark.parametrize(
    ("text", "main", "speaker", "attribution"),
    [
        ("Ann Lee: The dam will break.\n\nBob Ray: Thanks.", None, "Ann Lee", "said"),
        ("Ann Lee: Economists expect that rents will fall.\n\nBob Ray: Oh.", None, "economists", "reported"),
        (
            "Ann Lee: Carla Diaz predicts that rents will fall.\n\nBob Ray: Oh.",
            None,
            "Carla Diaz",
            "reported",
        ),
        ("The dam will break.", "Ann Lee", "Ann Lee", "said"),
        ("He says that the dam will break.", "Ann Lee", None, "reported"),
        ("Bob says no, but Lee says that the dam will break.", "Ann Lee", "Ann Lee", "paraphrased"),
        ("Notes on a talk. The dam will break.\n\n1. She likes tea.\n  - Me too.", "Ann Lee", None, "said"),
        ("Ann Lee thinks that the dam will break.", "Ann Lee", "Ann Lee", "paraphrased"),
        (
            "1. He is tired. The dam will break.\n2. Ann likes tea.\n  - Me too.",
            "Ann Lee",
            "Ann Lee",
            "paraphrased",
        ),
        (
            "1. He is tired. “The dam will break.”\n2. Ann likes tea.\n  - Me too.",
            "Ann Lee",
            "Ann Lee",
            "said",
        ),
        (
            "Bob Ray: According to Ann Lee, the dam will break.\n\nAnn Lee: Oh.",
            None,
            "Ann Lee",
            "reported",
        ),
        ("According to the plan, the dam will break.", "Bob Ray", "Bob Ray", "said"),
        ("房價預計明年會跌。", None, None, "said"),
        ("央行預計明年房價會跌。", None, "央行", "paraphrased"),
        ("Polymarket says 35% for a strike by June 2027.", "Ann Lee", "Polymarket", "market"),
    ],
)
def test_whose_words_they_are(text: str, main: str | None, speaker: str | None, attribution: str) -> None:
    candidate = only(text, main)
    assert (candidate.speaker, candidate.attribution) == (speaker, attribution)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("There is a 10 to 20% chance of annihilation", 0.1, 0.2),
        ("80 to 90 percent probability of a good outcome", 0.8, 0.9),
        ("I am 95% confident", 0.95, 0.95),
        ("a seventy-five percent chance", 0.75, 0.75),
        ("It is fifty-fifty", 0.5, 0.5),
        ("Manifold says 19%", 0.19, 0.19),
        ("有三成機會會下雨", 0.3, 0.3),
        ("機率是40%", 0.4, 0.4),
        ("I see a chance of about 30% that it rains", 0.3, 0.3),
        ("The odds of a strike are now 35 percent", 0.35, 0.35),
        ("With rates above 6%, a strike is 70% likely", 0.7, 0.7),
        ("我有80%的把握", 0.8, 0.8),
    ],
)
def test_odds_are_read_as_a_range(text: str, low: float, high: float) -> None:
    given_odds = odds(text)
    assert given_odds is not None
    assert (given_odds.low, given_odds.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "less than 1% of all energy",
        "prices fell by 20%",
        "it is likely",
        "a 250% chance",
        "",
        "I am sure that rates will stay above 6%",
        "It is likely to reach 80 percent by 2030",
        "There is a good chance that it grows to forty percent",
        "Markets think rates will be at 5%",
        "失業率可能會升到6%",
    ],
)
def test_shares_and_words_are_no_odds(text: str) -> None:
    assert odds(text) is None


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Robots will outnumber humans ten to one.", "I think robots will outnumber humans.", True),
        ("Humans will land on Mars by 2040.", "我們會在2040年底前讓人類登陸火星。", True),
        ("Humans will land on Mars by 2040.", "Humans will land on Mars by 2050.", False),
        ("Robots will outnumber humans.", "Rents will fall in the old harbour.", False),
    ],
)
def test_what_says_the_same_again_is_linked_to_the_first(first: str, second: str, same: bool) -> None:  # noqa: FBT001
    one, two = sorted(find(read(f"{first}\n\n{second}".encode()), SAID_ON), key=lambda c: c.start)
    assert one.repeats is None
    assert two.repeats == (one.start if same else None)
