"""Who keeps promises how often, each pulled towards all others the more the less is known (empirical Bayes)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln, expit, logit

from ledger.scoring.intervals import LEVEL
from ledger.scoring.published import Place, Ranking
from ledger.scoring.showing import MOST_WAITING, Piece, may_show

Ints = NDArray[np.int64]

FEWEST_SPEAKERS = 5
"""With fewer speakers of two claims or more no prior can be estimated from them: it is flat."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Beta(a, b): how shares on time are spread over speakers. ``estimated``, or flat."""

    a: float = 1.0
    b: float = 1.0
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A speaker with ``k`` on time of ``n`` that count and are settled; ``waiting`` of ``due`` have no verdict."""

    slug: str
    name: str
    k: int
    n: int
    waiting: int
    due: int

    @property
    def waits_too_much(self) -> bool:
        return self.waiting > MOST_WAITING * self.due


def prior(k: Ints, n: Ints) -> Prior:
    """The beta-binomial's a and b of maximum likelihood, over speakers with ``k`` of ``n``.

    Flat with too few speakers, or when nothing or everything was kept. When all speakers are alike
    the likelihood has no end: a prior weighs no more than all claims there are.
    """
    if np.count_nonzero(n >= 2) < FEWEST_SPEAKERS or k.sum() in (0, n.sum()):
        return Prior()
    pairs, times = np.unique(np.stack([k, n]), axis=1, return_counts=True)
    (hits, tries), total = pairs, int(n.sum())

    def surprise(at: NDArray[np.float64]) -> float:
        mean, weight = expit(at[0]), np.exp(at[1])
        a, b = mean * weight, (1 - mean) * weight
        return -float(times @ (betaln(hits + a, tries - hits + b) - betaln(a, b)))

    furthest = np.log(total + 1)
    bounds = [(-furthest, furthest), (-furthest, np.log(total))]
    start = logit(k.sum() / total), 1.0
    found = minimize(
        surprise, start, method="Nelder-Mead", bounds=bounds
    ).x  # needs no BLAS, whose threads spin
    mean, weight = float(expit(found[0])), float(np.exp(found[1]))
    return Prior(mean * weight, (1 - mean) * weight, estimated=True)


def ranking(candidates: Sequence[Candidate]) -> Ranking:
    """The order by the 5 % quantile of each posterior, the best first; by name where that is equal.

    The prior is estimated from everybody whose cohort does not wait too much and has something to count.
    """
    known = [one for one in candidates if one.n and not one.waits_too_much]
    ranked = [one for one in known if may_show(Piece.RANK, one.n)]
    k, n = _counts(known)
    found = prior(k, n)
    k, n = _counts(ranked)
    a, b = found.a + k, found.b + n - k
    low, high = (betaincinv(a, b, tail) for tail in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    order = sorted(range(len(ranked)), key=lambda i: (-low[i], ranked[i].name, ranked[i].slug))
    places: list[Place] = []
    for rank, i in enumerate(order, 1):
        one, last = ranked[i], places[-1] if places else None
        tied = 1 if last is None else last.tied + (last.low > high[i])
        places.append(
            Place(
                rank,
                one.slug,
                one.name,
                one.k,
                one.n,
                float(a[i] / (a[i] + b[i])),
                float(low[i]),
                float(high[i]),
                int(tied),
            )
        )
    return Ranking(
        found.a,
        found.b,
        found.estimated,
        tuple(places),
        ranked=len(places),
        level=_level(places),
        too_few=len(known) - len(ranked),
        too_much_waits=sum(one.waits_too_much for one in candidates),
    )


def _level(places: Sequence[Place]) -> int:
    """How many, from the first on, have a point of their intervals in common: none has a higher lower end than the first."""
    return next((i for i, place in enumerate(places) if place.high < places[0].low), len(places))


def _counts(candidates: Sequence[Candidate]) -> tuple[Ints, Ints]:
    return (
        np.array([one.k for one in candidates], dtype=np.int64),
        np.array([one.n for one in candidates], dtype=np.int64),
    )
