"""What is said not to happen, in English and Chinese."""

from __future__ import annotations

import pytest

from predictions.extraction.negation import affirmed


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ("The bridge won't open by 2030.", "The bridge will open by 2030."),
        ("The bridge won’t ever open.", "The bridge will open."),
        ("It will not rain.", "It will rain."),
        ("Ferries will never fly.", "Ferries will fly."),
        ("They are not going to win.", "They are going to win."),
        ("She isn't going to win.", "She is going to win."),
        ("I don't think it will rain.", "I think it will rain."),
        ("明年不會下雨。", "明年會下雨。"),
        ("明年不会下雨。", "明年会下雨。"),
        ("渡輪永遠不可能飛。", "渡輪可能飛。"),
    ],
)
def test_a_denial_is_told_from_what_it_denies(said: str, denied: str) -> None:
    assert affirmed(said) == denied


@pytest.mark.parametrize(
    "said",
    [
        "It will rain.",
        "It will not only rain, it will pour.",
        "It won't not rain.  It will never stop.",
        "Those who will not pay are going to leave.",
        "If it will not rain, the crops will fail.",
        "明年會不會下雨？",
        "",
    ],
)
def test_what_is_not_denied_stays(said: str) -> None:
    assert affirmed(said) is None
