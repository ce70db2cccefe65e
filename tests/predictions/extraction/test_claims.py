"""One sentence may hold several claims; one claim may take several sentences; some belong to what they answer."""

from __future__ import annotations

from datetime import date

import pytest

from predictions.extraction import Candidate, find
from predictions.transcripts import read

SAID_ON = date(2026, 11, 1)


def found(text: str, name: str = "") -> list[Candidate]:
    """The candidates of a text in the order of the text."""
    return sorted(find(read(text.encode(), name), SAID_ON), key=lambda candidate: candidate.start)


def quotes(text: str) -> list[str]:
    return [candidate.quote for candidate in found(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "The tram will reach the harbour by 2028, but the bridge will not be ready before 2031.",
            [
                "The tram will reach the harbour by 2028",
                "the bridge will not be ready before 2031.",
            ],
        ),
        (
            "It may freeze this year and if it does not freeze this year, next year for sure the lake will.",
            ["It may freeze this year", "if it does not freeze this year, next year for sure the lake will."],
        ),
    ],
)
def test_claims_with_dates_of_their_own_are_parted(text: str, parts: list[str]) -> None:
    assert quotes(text) == parts


def test_each_part_has_its_own_deadline() -> None:
    first, second = found("Rents will rise by 2028, but wages will rise by 2030.")
    assert first.horizon is not None
    assert second.horizon is not None
    assert (first.horizon.deadline, second.horizon.deadline) == (date(2028, 12, 31), date(2030, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "The tunnel will open in 36 months or less. Maybe 30 months. Less than 36 months.",
        "Will they ever agree? Probably not.",
        "How long until the dam is full? Maybe a year.",
        "I hope the old oak still stands in 100 years. If it does, nobody is going to recognise the village.",
    ],
)
def test_answers_and_afterthoughts_belong_to_what_they_go_on_with(text: str) -> None:
    assert quotes(text) == [text]


def test_a_question_alone_is_no_claim() -> None:
    assert quotes("Will the dam hold until 2030? How long is it going to last?") == []


def test_a_short_reply_takes_the_date_of_what_it_answers() -> None:
    text = (
        "  1. “The valley will run on wind by 2030.”\n\n"
        "    1. No.\n\n"
        "    2. Manifold says 19%.\n\n"
        "  2. He likes the sea.\n"
    )
    claim, no, market = found(text)
    assert claim.quote == "The valley will run on wind by 2030."
    assert (no.quote, market.quote) == ("No.", "Manifold says 19%.")
    assert no.horizon == market.horizon == claim.horizon
    assert (market.attribution, market.speaker, market.probability) == ("market", "Manifold", (0.19, 0.19))


def test_what_is_told_in_a_story_is_not_ahead() -> None:
    story = "那時我們很窮。公司剛剛成立了。這將成為一場災難。我們借了錢。後來一切都變了。"
    assert quotes(story) == []
    assert quotes("這將成為一場災難。") == ["這將成為一場災難。"]


def test_a_sentence_cut_where_two_segments_meet_is_found_once() -> None:
    text = (
        "### Ann <small>[00:02]</small>\nWe begin. In ten years nobody will drive a car in this\n\n"
        "### Ann <small>[03:00]</small>\nwill drive a car in this town. Good.\n"
    )
    assert [quote.split()[0] for quote in quotes(text)] == ["In"]


def test_captions_without_punctuation_still_fall_into_sentences() -> None:
    talk = (
        "so we started with two boats and the weather was bad for most of the spring and then we lost the mast "
        "and I was not happy about any of it you know and my brother went home early that year "
        "and I think by 2031 every ferry in this country is going to run on batteries because oil gets dear "
        "and my sister painted the hull again and we ate a lot of soup that autumn"
    )
    (candidate,) = found(talk)
    assert "by 2031 every ferry" in candidate.quote
    assert len(candidate.quote) < 160
    assert candidate.horizon is not None
    assert candidate.horizon.deadline == date(2031, 12, 31)
