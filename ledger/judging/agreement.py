"""How far the reviewers of this installation agree: over the first two blind verdicts of every round that was opened."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.judging.sameness import first_two
from ledger.scoring.agreement import FEWEST_UNITS, nominal_alpha


@dataclass(frozen=True, slots=True)
class Agreement:
    """``alpha`` is Krippendorff's, over ``doubly_judged`` items of which reviewers ``agreed`` on so many.

    None below ``fewest`` items, and when all verdicts are equal, which leaves it undefined.
    """

    doubly_judged: int
    agreed: int
    alpha: float | None
    fewest: int = FEWEST_UNITS

    @property
    def is_undefined(self) -> bool:
        """Whether there are items enough, and no figure all the same."""
        return self.alpha is None and self.doubly_judged >= self.fewest


def agreement() -> Agreement:
    """As it stands in the ledger now."""
    units = first_two()
    doubly_judged = units.total()
    return Agreement(
        doubly_judged=doubly_judged,
        agreed=sum(times for (one, other), times in units.items() if one == other),
        alpha=nominal_alpha(units.items()) if doubly_judged >= FEWEST_UNITS else None,
    )
