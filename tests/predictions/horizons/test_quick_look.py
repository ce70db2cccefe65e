"""Most sentences name no time, and are told by a quick look; what the quick look passes over holds no date."""

from __future__ import annotations

import pytest

from predictions.horizons import find, read
from tests.predictions.horizons.phrases import SAID_ON, dated


@pytest.mark.parametrize("table", ["english.txt", "chinese.txt"])
def test_whatever_can_be_read_is_found_too(table: str) -> None:
    passed_over = [words for words, _ in dated(table) if read(words, SAID_ON) and not find(words, SAID_ON)]
    assert passed_over == []
