"""A claim on its way to becoming a candidate."""

from __future__ import annotations

from dataclasses import dataclass

from predictions.extraction.features import Features
from predictions.extraction.sentences import Sentence
from predictions.extraction.signs import BIAS, POINTERS


@dataclass(slots=True)
class Claim:
    """One or more sentences, or a part of one, weighed."""

    start: int
    end: int
    sentence: Sentence
    features: Features

    @property
    def score(self) -> float:
        return self.features.score(BIAS)

    @property
    def points_ahead(self) -> bool:
        return not POINTERS.isdisjoint(self.features.shown)
