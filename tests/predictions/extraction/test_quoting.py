"""Words between quotation marks: where they begin and end, and whose they are."""

from __future__ import annotations

from datetime import date

import pytest

from predictions.extraction import find
from predictions.transcripts import read


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("“It will break by 2030,” said Ann Lee.", "It will break by 2030", "Ann Lee"),
        ("“It will break by 2030,” Ann Lee, who built it, said.", "It will break by 2030", "Ann Lee"),
        ('"It will break by 2030," Dr. Lee predicted.', "It will break by 2030", "Lee"),
        ("Ann Lee said: “It will break by 2030.”", "It will break by 2030.", "Ann Lee"),
        ("Then Ann Lee, the mayor, added: “It will break by 2030.”", "It will break by 2030.", "Ann Lee"),
        ("“I know it,” said Ann Lee. “It will break by 2030.”", "It will break by 2030.", "Ann Lee"),
        (
            "“I know it,” said Ann Lee.\n\n“It will break by 2030,” she added.",
            "It will break by 2030",
            "Ann Lee",
        ),
        ("Ann Lee built it.\n\n“It will break by 2030,” said Ms. Lee.", "It will break by 2030", "Ann Lee"),
        ("“It will break by 2030,” said one of them.", "It will break by 2030", None),
        ("“I know it,” said Ann Lee.\n\n“It will break by 2030.”", "It will break by 2030.", None),
        ("Ms. Lee expects that it will break by 2030.", "Ms. Lee expects that it will break by 2030.", "Lee"),
        (
            "Lee said that “the dam will break by 2030,” but nobody heard.",
            "Lee said that “the dam will break by 2030,” but nobody heard.",
            "Lee",
        ),
    ],
)
def test_a_newspaper_says_whose_words_they_are(text: str, quote: str, speaker: str | None) -> None:
    (found,) = find(read(text.encode()), date(2026, 11, 1))
    assert (found.quote, found.speaker) == (quote, speaker)
