"""The due cohort as one bar: blocks in the order on time, waiting, partly, late, not delivered."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.scoring.cohort import Cohort
from ledger.scoring.intervals import Range
from ledger.scoring.published import Due

STACKED = ("on_time", "waiting", "partly", "late", "missed")
"""Waiting stands next to on time, so that the upper bound is one stretch from the left."""
BESIDE = ("cannot_tell", "void")


@dataclass(frozen=True, slots=True)
class Block:
    """``n`` claims of one cell, from ``x`` over ``width`` per cent; ``share`` of what counts, None for what does not."""

    cell: str
    n: int
    x: float
    width: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Reach:
    """A rate on a line from 0 to 100, each part by its left end and width: ``outer`` with its uncertainty, ``inner`` the plain shares."""

    outer: tuple[float, float]
    inner: tuple[float, float]

    @property
    def upper(self) -> float:
        """The right end of ``inner``."""
        return round(self.inner[0] + self.inner[1], 2)


def blocks(cohort: Cohort | Due) -> list[Block]:
    """A block a cell, the empty ones too; those beside the bar have no place in it."""
    found, x = [], 0.0
    for cell in STACKED:
        n = getattr(cohort, cell)
        width = 100 * n / cohort.counted if cohort.counted else 0.0
        found.append(
            Block(cell, n, round(x, 2), round(width, 2), n / cohort.counted if cohort.counted else None)
        )
        x += width
    return found + [Block(cell, getattr(cohort, cell), 0, 0, None) for cell in BESIDE]


def reach(cohort: Cohort | Due) -> Reach | None:
    """The on-time rate of ``cohort``; None when nothing counts."""
    low, high, rate = cohort.at_least, cohort.at_most, cohort.rate
    if not (low and high and rate):
        return None
    return Reach(outer=_across(rate), inner=_across(Range(low.share, high.share)))


def _across(between: Range) -> tuple[float, float]:
    """The left end and the width, in per cent."""
    return round(between.low * 100, 2), round((between.high - between.low) * 100, 2)
