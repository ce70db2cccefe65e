"""A claim on its way to becoming a candidate."""

from __future__ import annotations

from dataclasses import dataclass

from predictions.extraction.features import Features
from predictions.extraction.sentences import Sentence
from predictions.extraction.signs import BIAS, POINTERS, Sign


@dataclass(slots=True)
class Claim:
    """One or more sentences, or a part of one, weighed."""

    start: int
    end: int
    sentence: Sentence
    features: Features
    index: int = 0

    @property
    def bare(self) -> float:
        """The score of the sentence alone, whatever its neighbours show."""
        return self.score - sum(
            sign.weight for sign in (Sign.COMPANY, Sign.STORY) if sign in self.features.shown
        )

    @property
    def score(self) -> float:
        return self.features.score(BIAS)

    @property
    def points_ahead(self) -> bool:
        return bool(POINTERS & self.features.shown.keys())
