"""What tests of what was said may ask for."""

from __future__ import annotations

from typing import Any

import pytest

from tests import factories


@pytest.fixture
def typed() -> dict[str, Any]:
    """Return what an editor types who makes no mistake."""
    return {
        "speaker": factories.speaker("Ada").pk,
        "speaker_certainty": "certain",
        "source": factories.source("A talk").pk,
        "quote": "It will be there in about a year.",
        "said_on": "2025-10-01",
        "said_precision": "day",
        "language": "en",
        "attribution": "said",
        "horizon_text": "in about a year",
        "claim": "It is there.",
        "criteria": "Anybody can see it.",
        "polarity": "will",
        "modality": "will",
    }
