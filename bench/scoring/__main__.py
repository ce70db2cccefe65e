"""Measure the arithmetic of scores; ``make bench-scoring`` (N=1000000 SPEAKERS=10000 by default)."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from unittest import mock

import numpy as np
from scipy.optimize import isotonic_regression

from bench.scoring.world import TODAY, ledger
from ledger.scoring import corp, luck
from ledger.scoring.choice import choice
from ledger.scoring.columns import Day, Entries
from ledger.scoring.cut import Subjects, cut, figures
from ledger.scoring.groups import Ink
from ledger.scoring.published import Due, Figures, Reading
from ledger.scoring.ranking import Candidate, ranking
from ledger.scoring.segments import Floats, Ints

N = int(os.environ.get("N", "1_000_000"))
SPEAKERS = int(os.environ.get("SPEAKERS", "10_000"))
TOPICS = 50
BATCH = 500


def spent(work: Callable[[], object], times: int = 1) -> float:
    """Seconds of processor time, the least of ``times`` goes."""
    goes = []
    for _ in range(times):
        began = time.process_time()
        work()
        goes.append(time.process_time() - began)
    return min(goes)


@contextmanager
def bands_apart() -> Iterator[None]:
    """Leave out the resampling, which has a row of its own."""

    def none(groups: luck.Groups, levels: Floats, at: Ints) -> luck.Resampled:
        nothing = np.zeros(len(at))
        return luck.Resampled(nothing, nothing, np.zeros(1), len(groups))

    with mock.patch.object(luck, "resampled", none):
        yield


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def everything(rows: Entries) -> int:
    """The figures of every speaker, every topic and all, and the ranking, for every choice; how many."""
    day, made = Day(rows, TODAY), 0
    by_speaker, by_topic = Subjects.one_each(rows.speaker), Subjects.one_each(rows.number % TOPICS)
    together = Subjects.one_each(np.zeros(len(rows), dtype=np.int64))
    for ink, reading in product(Ink, Reading):
        chosen, frame = choice(day, ink, reading), Figures("speaker", "", ink, reading)
        standings = []
        for subjects in (by_speaker, by_topic, together):
            for piece in cut(chosen, subjects).pieces(BATCH):
                found = figures(piece, [frame] * len(piece), [{}] * len(piece))
                made += len(found)
                if subjects is by_speaker:
                    standings += [candidate(one.due) for one in found]
        ranking(standings)
    return made


def candidate(due: Due) -> Candidate:
    return Candidate("", "", due.on_time, due.settled, due.waiting, due.due)


def one_speaker(rows: Entries) -> None:
    day, whose = Day(rows, TODAY), Subjects.one_each(rows.speaker)
    for ink, reading in product(Ink, Reading):
        figures(cut(choice(day, ink, reading), whose), [Figures("speaker", "ada", ink, reading)], [{}])


def fit(p: Floats, y: Floats, weight: Floats) -> None:
    corp.recalibrated(corp.pool(p, y, weight))


def plain(p: Floats, y: Floats, weight: Floats) -> None:
    order = np.lexsort((-y, p))
    isotonic_regression(y[order], weights=weight[order])


def main() -> None:
    chance, weight = np.random.default_rng(1), np.ones(N)
    say("| what | measured | must be |")
    say("|---|---|---|")
    for name, p in (
        ("stated to the per cent", chance.integers(0, 101, N) / 100),
        ("all different", chance.random(N)),
    ):
        y = (chance.random(N) < p).astype(float)
        ours, theirs = (
            spent(partial(fit, p, y, weight), times=5),
            spent(partial(plain, p, y, weight), times=5),
        )
        say(
            f"| CORP fit of {N:,}, {name} | {ours:.3f} s, {ours / theirs:.2f} × (sort + isotonic) | ≤ 1.5 × |"
        )
    with bands_apart():
        rows = ledger(1_000, 1)
        took = spent(partial(one_speaker, rows), times=5)
        say(f"| one speaker of 1,000, nine choices | {1_000 * took:.0f} ms | < 100 ms |")
        rows = ledger(N, SPEAKERS)
        began = time.process_time()
        made = everything(rows)
        took = time.process_time() - began
        say(
            f"| {N:,} of {SPEAKERS:,} speakers, nine choices, {made:,} sets of figures | {took:.1f} s | < 60 s |"
        )
    for n in (100, luck.MOST):
        p = chance.integers(1, 100, n) / 100
        levels = corp.pool(p, p, np.ones(n))
        groups = luck.grouped(p, np.arange(n), levels.where, np.ones(n))
        took = spent(partial(luck.resampled, groups, levels.p, np.arange(len(levels.p))))
        say(f"| a band of {n:,} claims, {luck.DRAWS:,} draws | {took:.2f} s | |")


main()
