"""Words into numbers: the published lists, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.scoring.lexicons import (
    BY_NAME,
    FAGEN_ULMSCHNEIDER,
    ICD_203,
    IPCC,
    KENT,
    LEXICONS,
    Lexicon,
    Meaning,
)
from tests.ledger.scoring import checked


@pytest.mark.parametrize(
    ("lexicon", "words", "meaning"),
    [
        (FAGEN_ULMSCHNEIDER, "probably", Meaning(0.7, 0.6, 0.75)),
        (FAGEN_ULMSCHNEIDER, "  “Highly  likely” ", Meaning(0.9, 0.8, 0.95)),
        (FAGEN_ULMSCHNEIDER, "almost certainly", Meaning(0.95, 0.9, 0.98)),
        (KENT, "probably", Meaning(0.75, 0.63, 0.87)),
        (ICD_203, "Likely", Meaning(0.675, 0.55, 0.8)),
        (IPCC, "likely", Meaning(0.83, 0.66, 1.0)),
        (KENT, "highly likely", None),  # a blank is allowed, and common
        (FAGEN_ULMSCHNEIDER, "may", None),
        (FAGEN_ULMSCHNEIDER, "", None),
        (FAGEN_ULMSCHNEIDER, "很可能", None),  # no verified scale was found
        (IPCC, "大概", None),
    ],
)
def test_words_stand_for_what_the_list_says(lexicon: Lexicon, words: str, meaning: Meaning | None) -> None:
    assert lexicon.meaning(words) == meaning


def test_the_survey_is_the_default() -> None:
    assert LEXICONS[0] is FAGEN_ULMSCHNEIDER
    assert list(BY_NAME) == ["fagen-ulmschneider", "kent", "icd-203", "ipcc"]


def test_every_meaning_lies_in_its_band() -> None:
    for lexicon in LEXICONS:
        assert lexicon.version
        for word, meaning in lexicon.words.items():
            assert 0 <= meaning.low <= meaning.probability <= meaning.high <= 1, (lexicon.name, word)


if checked.STATS.exists():
    KNOWN = checked.values("13_lexicons")

    @pytest.mark.parametrize(("word", "row"), KNOWN["fagen_ulmschneider_n123"].items())
    def test_the_survey_is_as_it_was_published(word: str, row: dict[str, float]) -> None:
        found = FAGEN_ULMSCHNEIDER.words[word]
        expected = (row["median"] / 100, row["p25"] / 100, row["p75"] / 100)
        assert (found.probability, found.low, found.high) == pytest.approx(expected)

    @pytest.mark.parametrize(
        ("lexicon", "words", "band"),
        [(ICD_203, *row) for row in KNOWN["icd203"].items()]
        + [(IPCC, *row) for row in KNOWN["ipcc_ar4_ar5"].items()],
    )
    def test_the_scales_are_as_they_were_published(
        lexicon: Lexicon, words: str, band: tuple[float, float]
    ) -> None:
        for word in words.split("/"):
            found = lexicon.words[word]
            assert (found.low, found.high) == pytest.approx((band[0] / 100, band[1] / 100))

    @pytest.mark.parametrize(("word", "row"), KNOWN["kent_1964"].items())
    def test_the_oldest_list_is_as_it_was_published(word: str, row: Any) -> None:
        middle, give = row if isinstance(row, list) else (row, 0)
        found = KENT.words[word]
        assert (found.probability, found.high) == pytest.approx((middle / 100, (middle + give) / 100))
