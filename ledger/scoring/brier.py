"""How close stated probabilities came to what happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.scoring.intervals import Proportion, jeffreys

FEWEST_FOR_A_MEAN = 5
"""Below this many judged claims a mean Brier score says more about luck than about the speaker."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A stated probability and what happened: 1 true at the deadline, 0 false, 0.5 partly. ``weight`` shares one claim among its restatements."""

    probability: float
    truth: float
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Level:
    """All claims given the same odds: ``came_true`` of ``n``; partly true ones are counted in ``n`` and ``partly``."""

    probability: float
    came_true: int
    partly: int
    n: int

    @property
    def proportion(self) -> Proportion | None:
        """The strict share: partly does not count as true."""
        return jeffreys(self.came_true, self.n)


def brier(judged: Iterable[Judged]) -> float | None:
    """Weighted mean squared distance from the truth: 0 is perfect, 1 is worst. None of nothing (Brier 1950)."""
    rows = list(judged)
    if not rows:
        return None
    return sum(row.weight * (row.probability - row.truth) ** 2 for row in rows) / sum(
        row.weight for row in rows
    )


def levels(judged: Iterable[Judged]) -> list[Level]:
    """One line per stated probability, ascending."""
    by_probability: dict[float, list[Judged]] = {}
    for row in judged:
        by_probability.setdefault(row.probability, []).append(row)
    return [
        Level(
            probability, sum(row.truth == 1 for row in rows), sum(row.truth == 0.5 for row in rows), len(rows)
        )
        for probability, rows in sorted(by_probability.items())
    ]
