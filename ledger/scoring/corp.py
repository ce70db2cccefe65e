"""Calibration by isotonic regression (CORP: Dimitriadis, Gneiting & Jordan 2021, doi 10.1073/pnas.2016191118).

Statements are pooled by their stated probability first, which is what sorting by (p, -y) and fitting
does to ties; everything after that is done on the levels. Many subjects are fitted at once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression

from ledger.scoring.published import Decomposition
from ledger.scoring.segments import Floats, Ints, changes, running, shares, total

LOWEST, HIGHEST = 0.01, 0.99
"""To these odds of 0 and 1 are clipped by the log score, which would be infinite."""
APART = 2.0
"""Owners' outcomes are lifted by so much each: then one regression fits all of them, and pools nothing across."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """Statements by owner and stated probability, ascending."""

    p: Floats
    weight: Floats
    true: Floats
    """Weighted mean of what happened at each level."""
    of: Ints
    size: int
    where: Ints
    """At which level each statement is."""

    @property
    def base_rate(self) -> Floats:
        """Of each owner; not a number without statements."""
        return self.mean(self.true)

    def mean(self, values: Floats) -> Floats:
        """The weighted mean of each owner's values, one a level."""
        weight = total(self.weight, self.of, self.size)
        return shares(total(self.weight * values, self.of, self.size), weight)


@dataclass(frozen=True, slots=True)
class Parts:
    """Each owner's mean score, and the three it is made of."""

    mean: Floats
    mcb: Floats
    dsc: Floats
    unc: Floats

    def at(self, owner: int) -> Decomposition:
        return Decomposition(*(float(part[owner]) for part in (self.mean, self.mcb, self.dsc, self.unc)))


def pool(p: Floats, y: Floats, weight: Floats, of: Ints | None = None, size: int = 1) -> Pooled:
    """Statements of probabilities ``p`` with outcomes ``y`` between 0 and 1."""
    order = np.argsort(p) if of is None else np.lexsort((p, of))
    ranked = p[order]
    whose = np.zeros(len(p), dtype=np.int64) if of is None else of[order]
    begins = np.flatnonzero(changes(ranked) if of is None else changes(whose, ranked))
    heavy = weight[order]
    each = np.add.reduceat(heavy, begins) if len(p) else heavy
    true = np.add.reduceat(heavy * y[order], begins) / each if len(p) else heavy
    where = np.empty(len(p), dtype=np.int64)
    where[order] = np.repeat(np.arange(len(begins)), np.diff(np.append(begins, len(p))))
    return Pooled(ranked[begins], each, true, whose[begins], size, where)


def isotonic(true: Floats, weight: Floats) -> Floats:
    """The weighted least-squares fit to ``true`` that never falls."""
    return np.asarray(isotonic_regression(true, weights=weight).x, dtype=np.float64)


def recalibrated(levels: Pooled) -> Floats:
    """What each level's probability should have been: the nearest that never fall as the stated ones rise."""
    if not len(levels.p):
        return levels.p
    lift = APART * levels.of
    return np.clip(isotonic(levels.true + lift, levels.weight) - lift, 0.0, 1.0)


def by_brier(levels: Pooled, line: Floats, mean_square: Floats) -> Parts:
    """The Brier score in its parts; ``mean_square`` is each owner's weighted mean of y squared, of use when y is 0.5."""

    def score(stated: Floats) -> Floats:
        return mean_square + levels.mean(stated * (stated - 2 * levels.true))

    return _parts(score(levels.p), score(line), score(levels.base_rate[levels.of]))


def by_log(levels: Pooled, line: Floats) -> Parts:
    """The log score, in nats, in its parts; stated odds are clipped."""

    def score(stated: Floats) -> Floats:
        return levels.mean(log_loss(stated, levels.true))

    return _parts(score(np.clip(levels.p, LOWEST, HIGHEST)), score(line), score(levels.base_rate[levels.of]))


def _parts(stated: Floats, line: Floats, base: Floats) -> Parts:
    return Parts(stated, stated - line, base - line, base)


def log_loss(p: Floats, y: Floats) -> Floats:
    """-log of the probability given to what happened; nothing lost where nothing happened at probability 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        yes = np.where(y > 0, -y * np.log(p), 0.0)
        no = np.where(y < 1, -(1 - y) * np.log1p(-p), 0.0)
    return np.asarray(yes + no)


def discrimination(levels: Pooled) -> Floats:
    """How often what came true had the higher odds than what did not, ties counting half; not a number without both."""
    true, false = levels.weight * levels.true, levels.weight * (1 - levels.true)
    pairs = total(true, levels.of, levels.size) * total(false, levels.of, levels.size)
    higher = total(true * (running(false, levels.of) - false / 2), levels.of, levels.size)
    return shares(higher, np.where(pairs > 1e-12, pairs, 0.0))
