"""Simulated worlds with known truth: a quarter is never delivered, and one looks until some day, once.

The intervals that are published hold. The usual board does not: it counts as kept what came, whenever, and
judges few of the promises that are simply never heard of again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from ledger.scoring.choice import choice
from ledger.scoring.columns import ANSWERS, NEVER, NONE, Day, Entries, Given
from ledger.scoring.cut import Subjects, cut, figures
from ledger.scoring.groups import Ink
from ledger.scoring.outcome import Happened
from ledger.scoring.published import Figures, Reading

SEEDS = 200
N = 120
TODAY = 739_000
YES, NO = ANSWERS.index(Happened.YES), ANSWERS.index(Happened.NO)
NEVER_COMES = 0.25
OF_FAILURES_JUDGED = 0.2
"""By the usual board."""
SPREAD, MIDDLE = 0.5, 1.5
"""Of those that come: log-normal multiples of the promised time, half of them within one and a half."""


def true_share(multiple: float) -> float:
    """Delivered by ``multiple`` times the promised time, of all."""
    million = np.random.default_rng(0).lognormal(np.log(MIDDLE), SPREAD, 1_000_000)
    return float((1 - NEVER_COMES) * (million <= multiple).mean())


@dataclass(frozen=True)
class Board:
    """What is published of one world, and what the usual board says of it."""

    figures: Figures
    naive: float
    """What came, of what was judged."""


def world(seed: int) -> Entries:
    """``N`` promises, all due; whatever had come by a look is a yes, the rest a no as far as was looked."""
    chance = np.random.default_rng(seed)
    promised = chance.choice([180, 365, 730], N)
    said = TODAY - (promised * chance.uniform(1.05, 5, N)).astype(np.int64)
    took = np.maximum(promised * chance.lognormal(np.log(MIDDLE), SPREAD, N), 1)
    arrives = np.where(chance.random(N) < NEVER_COMES, NEVER, said + np.ceil(took).astype(np.int64))
    looked = np.minimum(
        said + np.maximum(promised + 1, (promised * chance.uniform(1, 5, N)).astype(np.int64)), TODAY
    )
    came = arrives <= looked
    day = np.where(came, arrives, NEVER)
    nothing = np.empty(0)
    return Entries(
        number=np.arange(N),
        speaker=np.ones(N, dtype=np.int64),
        says_again=np.full(N, NONE),
        replaces=np.full(N, NONE),
        said=said,
        will=np.ones(N, dtype=np.bool_),
        possible=np.zeros(N, dtype=np.bool_),
        counted_from=said,
        earliest=said,
        nominal=said + promised,
        last_day=said + promised,
        latest=said + promised,
        made_on=said,
        withdrawn=np.full(N, NEVER),
        answer=np.where(came, YES, NO),
        first=day,
        last=day,
        looked=looked,
        given=Given(np.empty(0, dtype=np.int64), nothing, nothing, np.empty(0, dtype=object)),
        crowd=np.full(N, np.nan),
    )


@cache
def boards() -> list[Board]:
    found = []
    for seed in range(SEEDS):
        rows = world(seed)
        chosen = choice(Day(rows, TODAY), Ink.BEFOREHAND, Reading.DEADLINE)
        frame = Figures("speaker", "x", Ink.BEFOREHAND, Reading.DEADLINE)
        came = int((rows.answer == YES).sum())
        judged = came + OF_FAILURES_JUDGED * (N - came)
        (published,) = figures(cut(chosen, Subjects.one_each(rows.speaker)), [frame], [{}])
        found.append(Board(published, came / judged))
    return found


def covered(ends: list[tuple[float, float]], truth: float) -> float:
    return sum(low <= truth <= high for low, high in ends) / len(ends)


def test_the_interval_of_the_share_on_time_holds() -> None:
    rates = [board.figures.due.rate for board in boards()]
    assert 0.85 <= covered([(rate.low, rate.high) for rate in rates if rate], true_share(1)) <= 0.95
    curve = [board.figures.delivery.by[0] for board in boards()]
    assert 0.85 <= covered([(by.low or 0, by.high or 0) for by in curve], true_share(1)) <= 0.95


def test_the_interval_of_the_share_by_twice_the_time_holds() -> None:
    by_twice = [board.figures.delivery.by[2] for board in boards()]
    assert {by.multiple for by in by_twice} == {2.0}
    assert 0.85 <= covered([(by.low or 0, by.high or 0) for by in by_twice], true_share(2)) <= 0.95


def test_the_usual_board_is_off_by_sixty_points() -> None:
    naive = np.array([board.naive for board in boards()])
    assert naive.mean() - true_share(1) > 0.6
    assert naive.min() - true_share(1) > 0.5
