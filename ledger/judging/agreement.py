"""How far the reviewers of this installation agree: over the first two blind verdicts of every round that was opened."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.judging.balloting import AGREEING, verdict_of
from ledger.models import Ballot
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
    given = (
        Ballot.objects.opened()
        .select_related("prediction")
        .prefetch_related("prediction__deadlines")
        .order_by("prediction", "round", "ordinal")
    )
    rounds: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for ballot in given:
        rounds.setdefault((ballot.prediction_id, ballot.round), []).append(
            verdict_of(ballot, ballot.prediction)
        )
    units = [values[:AGREEING] for values in rounds.values() if len(values) >= AGREEING]
    enough = len(units) >= FEWEST_UNITS
    return Agreement(
        doubly_judged=len(units),
        agreed=sum(len(set(values)) == 1 for values in units),
        alpha=nominal_alpha(units) if enough else None,
    )
