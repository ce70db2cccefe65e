"""How close stated probabilities came to what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.scoring.intervals import Proportion, jeffreys

FEWEST_FOR_A_MEAN = 5
"""Below this many judged claims a mean Brier score says more about luck than about the speaker."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A stated probability and what happened: 1 true at the deadline, 0 false, 0.5 partly.

    ``claim`` says which statements are of one event, so that an event counts once however often
    its odds were given; None stands for an event of its own.
    """

    probability: float
    truth: float
    claim: int | None = None


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


@dataclass(frozen=True, slots=True)
class Odds:
    """How somebody's stated odds fared. ``n`` claims; ``mean`` is their Brier score, None below ``FEWEST_FOR_A_MEAN``."""

    levels: tuple[Level, ...]
    n: int
    mean: float | None

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> Odds:
        rows = list(judged)
        n = len(set(_claims(rows)))
        return cls(tuple(levels(rows)), n, brier(rows) if n >= FEWEST_FOR_A_MEAN else None)


def brier(judged: Iterable[Judged]) -> float | None:
    """Mean squared distance from the truth: 0 is perfect, 1 is worst. None of nothing (Brier 1950).

    A claim weighs 1 whether its odds were given once or five times.
    """
    rows = list(judged)
    if not rows:
        return None
    claims = _claims(rows)
    times = Counter(claims)
    return sum(
        (row.probability - row.truth) ** 2 / times[claim] for row, claim in zip(rows, claims, strict=True)
    ) / len(times)


def levels(judged: Iterable[Judged]) -> list[Level]:
    """One line per stated probability, ascending. Of a claim given the same odds twice the first statement counts."""
    rows = list(judged)
    at: dict[float, dict[tuple[str, int], Judged]] = {}
    for row, claim in zip(rows, _claims(rows), strict=True):
        at.setdefault(row.probability, {}).setdefault(claim, row)
    return [
        Level(
            probability,
            came_true=sum(row.truth == 1 for row in firsts.values()),
            partly=sum(row.truth == 0.5 for row in firsts.values()),
            n=len(firsts),
        )
        for probability, firsts in sorted(at.items())
    ]


def _claims(rows: Iterable[Judged]) -> list[tuple[str, int]]:
    """Which event each row is of; one without a claim is of its own."""
    return [("claim", row.claim) if row.claim is not None else ("row", i) for i, row in enumerate(rows)]
