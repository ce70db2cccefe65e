"""A passage that may be a prediction, and everything a person needs to decide on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from predictions.horizons import Horizon
    from predictions.transcripts import Certainty


class Attribution(StrEnum):
    """Whose words these are."""

    SAID = "said"  # the speaker's own
    PARAPHRASED = "paraphrased"  # retold by whoever made the source
    REPORTED = "reported"  # the speaker tells what somebody else says
    MARKET = "market"  # a price, not a person


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of a transcript's text that may hold a prediction.

    ``quote`` is ``text[start:end]``. ``speaker`` is a suggestion with its certainty. ``horizon`` is the
    date in the words, or one inherited from what they answer (its span then lies elsewhere);
    ``probability`` the chance that the speaker gave, lowest and highest; ``confidence_words`` how sure
    the words are. ``score`` ranks, the greater the better; ``reason`` says why it was proposed;
    ``repeats`` is the start of an earlier candidate that says the same.
    """

    start: int
    end: int
    quote: str
    speaker: str | None
    certainty: Certainty
    attribution: Attribution
    horizon: Horizon | None
    confidence_words: str
    probability: tuple[float, float] | None
    score: float
    reason: str
    repeats: int | None = None
