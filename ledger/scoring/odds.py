"""How stated odds fared: Brier and log score, the diagram, its band, and what luck alone would show. Many subjects at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from ledger.scoring import corp, luck
from ledger.scoring.intervals import LEVEL, Range, jeffreys
from ledger.scoring.published import PLACES, Against, Bin, Decomposition, Luck, Odds, Point, Stated
from ledger.scoring.segments import Floats, Ints, changes, shares, starts, total
from ledger.scoring.showing import ALL_ALIKE, INTERVAL_ON_A_MEAN, Piece, may_show, too_few

BINS = 10
MOST_POINTS = 200
"""A stored line has no more points than this."""
ALIKE = 1e-12
"""Below this uncertainty everything came out the same way."""


@dataclass(frozen=True, slots=True)
class Statements:
    """Odds given and what happened, one element a statement.

    ``p`` is the midpoint of what was stated, ``low`` and ``high`` its ends. ``true`` is 1, 0, or 0.5
    for partly. ``claim`` numbers the event; statements of one are in the order they were made.
    """

    p: Floats
    low: Floats
    high: Floats
    true: Floats
    claim: Ints

    def __len__(self) -> int:
        return len(self.p)

    def taken(self, which: Ints | NDArray[np.bool_] | slice) -> Statements:
        return Statements(
            self.p[which], self.low[which], self.high[which], self.true[which], self.claim[which]
        )


@dataclass(frozen=True, slots=True)
class Book:
    """All owners' statements by owner, claim and level, with what follows from them."""

    rows: Statements
    of: Ints
    size: int
    claim: Ints
    """Of each statement, its claim, numbered through all owners."""
    claim_of: Ints
    weight: Floats
    """A claim weighs 1, however often its odds were given."""
    levels: corp.Pooled
    line: Floats

    @classmethod
    def opened(cls, rows: Statements, of: Ints, size: int) -> Book:
        order = np.lexsort((rows.claim, of))
        new = changes(of[order], rows.claim[order])
        claim = np.empty(len(rows), dtype=np.int64)
        claim[order] = np.cumsum(new) - 1
        weight = 1 / np.bincount(claim)[claim] if len(rows) else rows.p
        levels = corp.pool(rows.p, rows.true, weight, of, size)
        return cls(rows, of, size, claim, of[order][new], weight, levels, corp.recalibrated(levels))

    @property
    def n(self) -> Ints:
        """Claims of each owner."""
        return np.bincount(self.claim_of, minlength=self.size)

    def mean(self, values: Floats) -> Floats:
        """The weighted mean of each owner's values, one a statement."""
        return shares(total(self.weight * values, self.of, self.size), self.n)

    def by_claim(self, values: Floats) -> Floats:
        """The mean of each claim's values, one a statement."""
        return np.bincount(self.claim, self.weight * values).astype(np.float64)


def odds_of_many(rows: Statements, of: Ints, known: Sequence[Odds | None]) -> list[Odds]:
    """What is published of each owner's ``rows``: ``of`` numbers the owners, and ``known`` has what was published last of each.

    A band that is made of the same odds is taken from there, which saves drawing it again.
    """
    size = len(known)
    book = Book.opened(rows, of, size)
    means, dots, boxes = _means(book), stated(book), bins(book)
    statements = np.bincount(of, minlength=size).tolist()
    bands = _bands(book, means, known)
    return [
        Odds(
            n=n,
            statements=statements[i],
            levels=dots(i) if may_show(Piece.LEVELS, n) else (),
            bins=boxes(i) if may_show(Piece.LINE, n) else (),
            **(means[i]._asdict() if may_show(Piece.MEAN, n) else {}),
            **bands[i]._asdict(),
            why_not=too_few(Piece.DECOMPOSITION, n) or ("" if means[i].skill is not None else ALL_ALIKE),
        )
        for i, n in enumerate(book.n.tolist())
    ]


def odds(rows: Statements, known: Odds | None = None) -> Odds:
    """As ``odds_of_many``, of one owner."""
    return odds_of_many(rows, np.zeros(len(rows), dtype=np.int64), [known])[0]


# -- means -----------------------------------------------------------------------------------------


class Means(NamedTuple):
    """Fields of ``Odds`` that are shown from a few claims on."""

    base_rate: float
    mean_probability: float
    brier: float
    brier_interval: Range | None
    brier_at_ends: Range | None
    log: float
    by_brier: Decomposition | None
    by_log: Decomposition | None
    skill: float | None
    discrimination: float | None


def _means(book: Book) -> list[Means]:
    rows, n = book.rows, book.n
    by_brier = corp.by_brier(book.levels, book.line, book.mean(rows.true**2))
    by_log = corp.by_log(book.levels, book.line)
    around = _around(book.by_claim((rows.p - rows.true) ** 2), book.claim_of, book.size, least=0.0)
    ends = [book.mean((end - rows.true) ** 2).tolist() for end in (rows.low, rows.high)]
    ranged = (total(rows.low != rows.high, book.of, book.size) > 0).tolist()
    tells = by_brier.unc > ALIKE
    skill = 1 - np.divide(by_brier.mean, by_brier.unc, out=np.ones(book.size), where=tells)
    columns = (
        book.levels.base_rate,
        book.mean(rows.p),
        by_brier.mean,
        by_log.mean,
        skill,
        corp.discrimination(book.levels),
    )
    return [
        Means(
            base,
            stated,
            brier,
            around[i],
            Range(*sorted((ends[0][i], ends[1][i]))) if ranged[i] else None,
            log,
            by_brier.at(i) if tell and may_show(Piece.DECOMPOSITION, many) else None,
            by_log.at(i) if tell and may_show(Piece.DECOMPOSITION, many) else None,
            gain if tell else None,
            None if told != told else told,
        )
        for i, (base, stated, brier, log, gain, told, tell, many) in enumerate(
            zip(*(column.tolist() for column in (*columns, tells, n)), strict=True)
        )
    ]


def _around(each: Floats, of: Ints, size: int, *, least: float, most: float = 1.0) -> list[Range | None]:
    """The t-interval of the mean of each owner's values, one a claim; None of too few."""
    n = np.bincount(of, minlength=size)
    mean = total(each, of, size) / np.maximum(n, 1)
    spread = np.sqrt(total((each - mean[of]) ** 2, of, size) / np.maximum(n - 1, 1) / np.maximum(n, 1))
    width = stdtrit(np.maximum(n - 1, 1), (1 + LEVEL) / 2) * spread
    low, high = np.maximum(mean - width, least).tolist(), np.minimum(mean + width, most).tolist()
    return [
        Range(low[i], high[i]) if many >= INTERVAL_ON_A_MEAN else None for i, many in enumerate(n.tolist())
    ]


# -- the band --------------------------------------------------------------------------------------


class Band(NamedTuple):
    """Fields of ``Odds`` that come of resampling."""

    line: tuple[Point, ...] = ()
    luck: Luck | None = None
    seed: str = ""


def _bands(book: Book, means: Sequence[Means], known: Sequence[Odds | None]) -> list[Band]:
    order = np.argsort(book.claim, kind="stable")
    p, weight, level = book.rows.p[order], book.weight[order], book.levels.where[order]
    many = np.bincount(book.claim)
    row_starts = np.append(0, np.cumsum(np.bincount(book.of, minlength=book.size)))
    claim_starts, level_starts = starts(book.claim_of, book.size), starts(book.levels.of, book.size)
    bands = []
    for i, n in enumerate(book.n.tolist()):
        if not may_show(Piece.BAND, n):
            bands.append(Band())
            continue
        own, claims = slice(*row_starts[i : i + 2]), slice(*claim_starts[i : i + 2])
        each, at_level = many[claims], slice(*level_starts[i : i + 2])
        groups = luck.Groups(p[own], level[own] - level_starts[i], weight[own], np.cumsum(each) - each, each)
        line = book.line[at_level] if may_show(Piece.LINE, n) else None
        bands.append(_band(groups, book.levels.p[at_level], line, means[i], known[i]))
    return bands


def _band(groups: luck.Groups, levels: Floats, line: Floats | None, means: Means, known: Odds | None) -> Band:
    at = np.arange(len(levels))
    if len(levels) > MOST_POINTS:
        at = np.unique(np.linspace(0, len(levels) - 1, MOST_POINTS).round().astype(np.int64))
    seed = groups.seed
    if known and known.seed == seed and _mcb(known.by_brier) == _mcb(means.by_brier):
        ends = [(point.low, point.high) for point in known.line]
        chance = known.luck
    else:
        drawn = luck.drawn(luck.Sample(seed, groups, levels, at))
        ends = list(zip(drawn.low.tolist(), drawn.high.tolist(), strict=True))
        chance = drawn.luck(means.by_brier.mcb) if means.by_brier else None
    stated = levels[at].tolist()
    fitted = [None] * len(stated) if line is None else line[at].tolist()
    points = tuple(Point(p, fit, *end) for p, fit, end in zip(stated, fitted, ends, strict=True))
    return Band(points, chance, seed)


def _mcb(found: Decomposition | None) -> float | None:
    """As it is published: stored figures are rounded, fresh ones are not."""
    return round(found.mcb, PLACES) if found else None


# -- counts ----------------------------------------------------------------------------------------


def stated(book: Book) -> Callable[[int], tuple[Stated, ...]]:
    """A dot per stated probability of an owner, ascending. Of a claim given the same odds twice the first statement counts."""
    levels = book.levels
    n, came, partly, _ = _counted(book, levels.where, len(levels.p))
    start, p = starts(levels.of, book.size).tolist(), levels.p.tolist()

    def of(owner: int) -> tuple[Stated, ...]:
        places = range(start[owner], start[owner + 1])
        return tuple(Stated(p[at], n[at], came[at], partly[at], jeffreys(came[at], n[at])) for at in places)

    return of


def bins(book: Book) -> Callable[[int], tuple[Bin, ...]]:
    """Ten bins of an owner; of a claim given odds of one bin twice the first statement counts."""
    which = np.minimum(np.floor(book.rows.p * BINS + 1e-9).astype(np.int64), BINS - 1)
    n, came, partly, summed = _counted(book, book.of * BINS + which, book.size * BINS)

    def of(owner: int) -> tuple[Bin, ...]:
        return tuple(
            Bin(
                box / BINS,
                (box + 1) / BINS,
                n[at],
                came[at],
                partly[at],
                summed[at] / n[at] if n[at] else None,
            )
            for box, at in enumerate(range(owner * BINS, (owner + 1) * BINS))
        )

    return of


def _counted(book: Book, where: Ints, size: int) -> tuple[list[int], list[int], list[int], list[float]]:
    """For each of ``size`` boxes: its claims, those that came true and in part, the sum of their probabilities."""
    order = np.lexsort((book.claim, where))
    first = order[changes(where[order], book.claim[order])]
    box, true = where[first], book.rows.true[first]
    return (
        np.bincount(box, minlength=size).tolist(),
        np.bincount(box[true == 1], minlength=size).tolist(),
        np.bincount(box[true == 0.5], minlength=size).tolist(),
        np.bincount(box, book.rows.p[first], size).tolist(),
    )


# -- against the crowd -----------------------------------------------------------------------------


def against(rows: Statements, crowd: Floats, of: Ints, size: int) -> list[Against | None]:
    """Each owner's squared distance from the truth minus that of the ``crowd``, where it has a probability (not NaN)."""
    asked = ~np.isnan(crowd)
    book = Book.opened(rows.taken(asked), of[asked], size)
    p, true, other = book.rows.p, book.rows.true, crowd[asked]
    each = book.by_claim((p - true) ** 2 - (other - true) ** 2) if len(p) else p
    closer = np.bincount(book.claim_of[each < 0], minlength=size).tolist()
    mean = total(each, book.claim_of, size).tolist()
    around = _around(each, book.claim_of, size, least=-1.0)
    return [
        Against(n, closer[i], mean[i] / n, around[i]) if n else None for i, n in enumerate(book.n.tolist())
    ]
