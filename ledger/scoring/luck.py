"""What a perfectly calibrated speaker with the same statements would show, by resampling."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from ledger.scoring.corp import isotonic
from ledger.scoring.intervals import LEVEL
from ledger.scoring.published import PLACES, Luck
from ledger.scoring.segments import Floats, Ints, within

DRAWS = 2_000
MOST = 10_000
"""The band and the p-value are made from at most so many claims, drawn at random from more."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Statements lying together by claim: those of claim i are from ``start[i]`` on, ``many[i]`` of them."""

    p: Floats
    level: Ints
    weight: Floats
    start: Ints
    many: Ints

    def __len__(self) -> int:
        return len(self.start)

    @property
    def seed(self) -> str:
        """With which they are resampled. It follows from the odds alone: whoever draws again, on whatever day, draws the same."""
        stated = np.rint(self.p * 1e6).astype(">i8")
        return hashlib.sha256(stated.tobytes() + self.many.astype(">i8").tobytes()).hexdigest()[:16]

    def taken(self, claims: Ints) -> tuple[Ints, Ints]:
        """The statements of ``claims``, and to which of these each belongs."""
        return within(self.start[claims], self.many[claims])


@dataclass(frozen=True, slots=True)
class Resampled:
    """By resampling: the band at each level, and the miscalibration of a speaker who has none."""

    low: Floats
    high: Floats
    mcb: Floats
    """Of each draw, ascending."""
    claims: int

    def luck(self, mcb: float) -> Luck:
        """How ``mcb`` compares, as it is published; the p-value counts the record itself as one draw."""
        as_bad = int(np.count_nonzero(np.round(self.mcb, PLACES) >= round(mcb, PLACES)))
        draws = len(self.mcb)
        return Luck(float(self.mcb.mean()), (as_bad + 1) / (draws + 1), draws, self.claims)


@dataclass(frozen=True, slots=True)
class Sample:
    """What is resampled. Two are the same if their seeds are: all of it follows from the odds."""

    seed: str
    groups: Groups = field(compare=False)
    levels: Floats = field(compare=False)
    at: Ints = field(compare=False)


@lru_cache(maxsize=12_000)
def drawn(sample: Sample) -> Resampled:
    """As ``resampled``, once where several choices of entries and readings come to the same odds, as they mostly do."""
    return resampled(sample.groups, sample.levels, sample.at)


def grouped(p: Floats, claim: Ints, level: Ints, weight: Floats) -> Groups:
    """Statements of numbered claims, at numbered levels."""
    order = np.argsort(claim, kind="stable")
    _, start, many = np.unique(claim[order], return_index=True, return_counts=True)
    return Groups(p[order], level[order], weight[order], start, many)


def resampled(groups: Groups, levels: Floats, at: Ints, draws: int = DRAWS) -> Resampled:
    """Draw whole claims, let each come true with the probability stated, and fit again.

    Statements of one claim share their luck: what came true at 60 % came true at 70 %. For the band
    the claims are drawn anew each time, and the fit is interpolated at those ``levels`` that are at
    the places ``at``, never beyond its ends; for the miscalibration they are those there are.
    """
    random = np.random.default_rng(int(groups.seed, 16))
    claims = np.arange(len(groups))
    if len(groups) > MOST:
        claims = np.sort(random.choice(len(groups), MOST, replace=False))
    fits, mcb, asked = np.empty((draws, len(at))), np.empty(draws), levels[at]
    own, own_claim = groups.taken(claims)
    for draw in range(draws):
        rows, which = groups.taken(random.choice(claims, len(claims)))
        weight, true = _fallen(groups, rows, random.random(len(claims))[which], len(levels))
        seen = weight > 0
        fits[draw] = np.interp(asked, levels[seen], isotonic(true[seen], weight[seen]), np.nan, np.nan)
        weight, true = _fallen(groups, own, random.random(len(claims))[own_claim], len(levels))
        seen = weight > 0
        mcb[draw] = _mcb(levels[seen], true[seen], weight[seen])
    low, high = np.nanquantile(fits, ((1 - LEVEL) / 2, (1 + LEVEL) / 2), axis=0)
    return Resampled(low, high, np.sort(mcb), len(claims))


def _fallen(groups: Groups, rows: Ints, luck: Floats, size: int) -> tuple[Floats, Floats]:
    """The weight at each level and the share that came true there."""
    level, weight = groups.level[rows], groups.weight[rows]
    each = np.bincount(level, weight, size).astype(np.float64)
    true = np.bincount(level, weight * (luck < groups.p[rows]), size)
    return each, true / np.maximum(each, np.finfo(float).tiny)


def _mcb(p: Floats, true: Floats, weight: Floats) -> float:
    line = isotonic(true, weight)
    return float(weight @ (p * (p - 2 * true) - line * (line - 2 * true)) / weight.sum())
