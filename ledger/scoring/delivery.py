"""How long it took, in multiples of the promised time.

Delivered is one way out and given up another, so the share delivered by a slip is the
Aalen-Johansen estimate; with nothing given up it is 1 - Kaplan-Meier. The interval is Greenwood's
on the log-log scale of what is not delivered yet. Curves of many subjects are made at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

from ledger.scoring.intervals import LEVEL, jeffreys
from ledger.scoring.published import ByThen, Delivery, Slips, Step
from ledger.scoring.segments import Floats, Ints, changes, running, starts, total

Codes = NDArray[np.int8]

OPEN, DELIVERED, GIVEN_UP = 0, 1, 2
"""States of a claim in the curve."""
NEVER_LOOKED, CANNOT_TELL, VOID, NOT_TO_HAPPEN = 3, 4, 5, 6
"""States of a claim that contributes nothing to the curve and is counted beside it."""
STATES = 7

MULTIPLES = (1.0, 1.5, 2.0, 3.0, 4.0)
RESTRICTED_TO = 4.0
SHORT = 30
"""Promises for less than so many days are shown apart: a day more or less is a great multiple of them."""
MOST_STEPS = 200
"""A stored curve has no more steps than this; the values at those that are kept are exact."""
BIN = 0.25
EDGES = np.arange(BIN, RESTRICTED_TO + BIN, BIN)
"""The upper ends of the bins of slips but for the last, which has none. Each is within its bin: on the day is on time."""
NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Curves:
    """Step functions of owners: from each of ``slip`` on, ascending for each owner, the values beside it hold."""

    n: Ints
    """Claims of each owner."""
    start: Ints
    """Where each owner's steps begin, and where the last one's end."""
    of: Ints
    slip: Floats
    share: Floats
    given_up: Floats
    variance: Floats
    """Of ``share``."""
    at_risk: Ints
    """Neither delivered nor given up, and still followed, just before ``slip``."""
    rest: Floats
    """The share neither delivered nor given up."""

    def greenwood(self, level: float = LEVEL) -> tuple[Floats, Floats]:
        """The interval of every step; not numbers where nothing or everything is delivered (Kalbfleisch & Prentice 2002, 1.4)."""
        missing = 1 - self.share
        missing[(missing < NOTHING) | (missing > 1 - NOTHING)] = np.nan
        logs = np.log(missing)
        width = float(ndtri((1 + level) / 2)) * np.sqrt(np.maximum(self.variance, 0)) / (missing * -logs)
        with np.errstate(over="ignore"):  # next to nothing missing: infinitely wide, which ends at 1
            return 1 - np.exp(logs * np.exp(-width)), 1 - np.exp(logs * np.exp(width))

    def intervals(self, level: float = LEVEL) -> tuple[Floats, Floats]:
        """As ``greenwood``, whose variance is nought at the ends: there the Jeffreys interval of none of those still followed, or of all."""
        low, high = self.greenwood(level)
        none, all_of_them = self.share < NOTHING, self.share > 1 - NOTHING
        low[none], high[all_of_them] = 0.0, 1.0
        high[none] = betaincinv(0.5, self.at_risk[none] + 0.5, (1 + level) / 2)
        low[all_of_them] = betaincinv(self.n[self.of][all_of_them] + 0.5, 0.5, (1 - level) / 2)
        return low, high

    @property
    def followed_to(self) -> Floats:
        """The largest slip of each owner's claims; nought without any."""
        last = self.start[1:] - 1
        return np.where(self.n > 0, np.append(self.slip, 0.0)[last], 0.0)

    @property
    def left(self) -> Floats:
        """The share of each that is neither delivered nor given up at the end."""
        return np.where(self.n > 0, np.append(self.rest, 1.0)[self.start[1:] - 1], 1.0)

    def step(self, slip: Floats | float) -> Ints:
        """Each owner's last step at or before ``slip`` (of each, or one for all): its place; one before the first where there is none."""
        wanted = np.broadcast_to(np.asarray(slip, dtype=np.float64), self.n.shape)
        passed = np.bincount(self.of, self.slip <= wanted[self.of], len(self.n)).astype(np.int64)
        return self.start[:-1] + passed - 1

    def followed(self, slip: Floats) -> Ints:
        """How many of each owner's were neither delivered nor given up, and still followed, just before its ``slip``."""
        before = np.bincount(self.of, self.slip < slip[self.of], len(self.n)).astype(np.int64)
        coming = self.start[:-1] + before
        return np.where(coming < self.start[1:], np.append(self.at_risk, 0)[coming], 0)

    @property
    def medians(self) -> Floats:
        """The slip by which half was delivered; not a number if half never was."""
        found = np.full(len(self.n), np.nan)
        reached = np.flatnonzero(self.share >= 0.5 - NOTHING)[::-1]  # the first is written last
        found[self.of[reached]] = self.slip[reached]
        return found

    def mean_to(self, most: float) -> Floats:
        """The area over each curve up to ``most``: the mean slip with everything beyond counted as ``most``.

        After the last step its value holds on, as in R's ``survfit``.
        """
        begins = np.minimum(self.slip, most)
        ends = np.append(begins[1:], most)
        ends[self.start[1:][self.n > 0] - 1] = most
        first = np.where(self.n > 0, np.append(begins, 0.0)[self.start[:-1]], 0.0)
        return first + total((ends - begins) * (1 - self.share), self.of, len(self.n))


def curves(slip: Floats, state: Codes, of: Ints | None = None, size: int = 1) -> Curves:
    """The curves of owners' claims with these slips and states (``OPEN``, ``DELIVERED``, ``GIVEN_UP``), one element a claim.

    Of an open one the slip says until when it was followed. The variance is the Greenwood-type one of a
    cumulative incidence (Marubini & Valsecchi 1995, 10.3), which is Greenwood's when nothing is given up.
    """
    of = np.zeros(len(slip), dtype=np.int64) if of is None else of
    order = np.lexsort((slip, of))
    begins = np.flatnonzero(changes(of[order], slip[order]))
    whose, n = of[order][begins], np.bincount(of, minlength=size)
    start, ranked = starts(whose, size), state[order]
    delivered, gone = (
        np.add.reduceat(flag, begins) if len(begins) else begins
        for flag in ((ranked == DELIVERED).astype(np.int64), (ranked != OPEN).astype(np.int64))
    )
    at_risk = n[whose] - (begins - (np.cumsum(n) - n)[whose])
    staying = at_risk - gone
    logs = np.log(np.maximum(staying, 1) / np.where(staying > 0, at_risk, 1))  # where all go it is the end
    rest = np.exp(running(logs, whose))
    before = rest / np.exp(logs)
    rest[staying == 0] = 0.0
    jumps = before * delivered / at_risk
    share = running(jumps, whose)
    greenwood = np.divide(gone, at_risk * staying, out=np.zeros(len(begins)), where=staying > 0)
    binomial = before**2 * (at_risk - delivered) * delivered / at_risk**3
    thinner = jumps / at_risk
    variance = (
        share**2 * running(greenwood, whose)
        - 2 * share * running(share * greenwood + thinner, whose)
        + running(share**2 * greenwood + 2 * share * thinner + binomial, whose)
    )
    given_up = running(before * (gone - delivered) / at_risk, whose)
    return Curves(n, start, whose, slip[order][begins], share, given_up, variance, at_risk, rest)


def deliveries(slip: Floats, state: Codes, of: Ints, size: int) -> list[Delivery]:
    """What is published of each owner's claims with these slips and states, one element a claim."""
    among = state <= GIVEN_UP
    found = curves(slip[among], state[among], of[among], size)
    many = np.bincount(of * STATES + state, minlength=size * STATES).reshape(size, STATES).tolist()
    low, high = found.intervals()
    steps = _steps(found, low, high)
    by = [_by(found, multiple, low, high) for multiple in (*MULTIPLES, found.followed_to)]
    followed, medians = found.followed_to.tolist(), found.medians.tolist()
    whole = ((found.followed_to >= RESTRICTED_TO) | (found.left < NOTHING)).tolist()
    means = found.mean_to(RESTRICTED_TO).tolist()
    slips = _slips(slip[among], state[among], of[among], size)
    return [
        Delivery(
            n=sum(counts[: GIVEN_UP + 1]),
            delivered=counts[DELIVERED],
            given_up=counts[GIVEN_UP],
            open=counts[OPEN],
            never_looked=counts[NEVER_LOOKED],
            cannot_tell=counts[CANNOT_TELL],
            void=counts[VOID],
            not_to_happen=counts[NOT_TO_HAPPEN],
            curve=steps[i],
            by=tuple(column[i] for column in by[:-1]) if steps[i] else (),
            in_the_end=by[-1][i] if steps[i] else None,
            median=None if medians[i] != medians[i] else medians[i],
            followed_to=followed[i] if steps[i] else None,
            mean_to_4=means[i] if steps[i] and whole[i] else None,
            slips=slips[i],
        )
        for i, counts in enumerate(many)
    ]


def delivery(slip: Floats, state: Codes) -> Delivery:
    """As ``deliveries``, of one owner."""
    return deliveries(slip, state, np.zeros(len(slip), dtype=np.int64), 1)[0]


def _slips(slip: Floats, state: Codes, of: Ints, size: int) -> list[tuple[Slips, ...]]:
    """Each owner's claims in bins of slip."""
    bins, states = len(EDGES) + 1, GIVEN_UP + 1
    at = np.searchsorted(EDGES, slip, side="left")
    many = np.bincount((of * bins + at) * states + state, minlength=size * bins * states)
    many = many.reshape(size, bins, states)
    ends = [*EDGES.tolist(), None]
    found: list[list[Slips]] = [[] for _ in range(size)]
    for owner, place in zip(*(axis.tolist() for axis in np.nonzero(many.any(axis=2))), strict=True):
        counts = many[owner, place].tolist()
        found[owner].append(
            Slips(BIN * place, ends[place], counts[DELIVERED], counts[OPEN], counts[GIVEN_UP])
        )
    return [tuple(rows) for rows in found]


def _by(found: Curves, multiple: Floats | float, low: Floats, high: Floats) -> list[ByThen]:
    """The share each owner delivered by ``multiple`` times the promised time; not known beyond what was followed."""
    wanted = np.broadcast_to(np.asarray(multiple, dtype=np.float64), found.n.shape)
    at = found.step(wanted)
    known = ((found.n > 0) & ((wanted <= found.followed_to) | (found.left < NOTHING))).tolist()
    shares, lows, highs = (np.append(column, 0.0)[at].tolist() for column in (found.share, low, high))
    early = (at < found.start[:-1]).tolist()
    followed = found.followed(wanted).tolist()
    return [
        ByThen(multiple, None, None, None)
        if not known[i]
        else ByThen(multiple, 0.0, 0.0, none.high if (none := jeffreys(0, n)) else 1.0, followed[i])
        if early[i]
        else ByThen(multiple, shares[i], lows[i], highs[i], followed[i])
        for i, (multiple, n) in enumerate(zip(wanted.tolist(), found.n.tolist(), strict=True))
    ]


def _steps(found: Curves, low: Floats, high: Floats) -> list[tuple[Step, ...]]:
    """Each curve as it is stored: where it rises, and its end, at most ``MOST_STEPS``."""
    gone = found.share + found.given_up
    kept = np.diff(gone, prepend=0.0) > NOTHING
    first = found.start[:-1][found.n > 0]
    kept[first] = gone[first] > NOTHING
    kept[found.start[1:][found.n > 0] - 1] = True
    for i in np.flatnonzero(total(kept, found.of, len(found.n)) > MOST_STEPS).tolist():
        places = np.flatnonzero(kept[found.start[i] : found.start[i + 1]]) + found.start[i]
        kept[places] = False
        kept[places[np.linspace(0, len(places) - 1, MOST_STEPS).round().astype(int)]] = True
    columns = (found.slip, found.share, low, high, found.given_up, found.at_risk)
    rows = [Step(*row) for row in zip(*(column[kept].tolist() for column in columns), strict=True)]
    start = starts(found.of[kept], len(found.n)).tolist()
    return [tuple(rows[begin:end]) for begin, end in pairwise(start)]
