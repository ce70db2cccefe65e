"""A made-up ledger of any size as columns, all of it due and judged."""

from __future__ import annotations

from datetime import date

import numpy as np

from ledger.scoring.columns import ANSWERS, NEVER, NONE, Entries, Given
from ledger.scoring.outcome import Happened

TODAY = date(2026, 11, 22).toordinal()
YES, NO, PARTLY, ABANDONED, VOID, CANNOT_TELL = (
    ANSWERS.index(answer)
    for answer in (
        Happened.YES,
        Happened.NO,
        Happened.PARTLY,
        Happened.ABANDONED,
        Happened.VOID,
        Happened.CANNOT_TELL,
    )
)


def ledger(n: int, speakers: int, seed: int = 1) -> Entries:
    """``n`` entries of ``speakers``: a tenth restated, a quarter never kept, half with odds, some in words, a fifth vague, a tenth inked late."""
    chance = np.random.default_rng(seed)
    said = TODAY - chance.integers(1_500, 5_000, n)
    promised = chance.choice([14, 90, 180, 365, 730, 1_095], n)
    last_day = said + promised
    slack = np.where(chance.random(n) < 0.2, promised // 5, 0)
    took = promised * chance.lognormal(0.1, 0.6, n)
    arrived = said + took.astype(np.int64)
    kind = chance.random(n)
    answer = np.select(
        [kind < 0.25, kind < 0.28, kind < 0.31, kind < 0.33, kind < 0.35],
        [NO, PARTLY, ABANDONED, VOID, CANNOT_TELL],
        YES,
    )
    answer = np.where((answer == YES) & (arrived > TODAY), NO, answer)
    happened = np.isin(answer, [YES, PARTLY, ABANDONED])
    again = np.full(n, NONE)
    restated = np.flatnonzero(chance.random(n) < 0.1)
    restated = restated[restated >= speakers]
    again[restated] = restated - speakers + 1  # the same speaker's entry before
    with_odds = np.flatnonzero(chance.random(n) < 0.5)
    low = chance.integers(1, 20, len(with_odds)) / 20
    in_words = chance.random(len(with_odds)) < 0.2
    low[in_words] = np.nan
    words = np.where(in_words, "probably", "").astype(object)
    return Entries(
        number=np.arange(1, n + 1),
        speaker=np.arange(n) % speakers + 1,
        says_again=again,
        replaces=np.full(n, NONE),
        said=said,
        will=chance.random(n) < 0.9,
        possible=chance.random(n) < 0.05,
        counted_from=said,
        earliest=said,
        nominal=last_day - slack,
        last_day=last_day,
        latest=last_day + slack,
        made_on=np.where(chance.random(n) < 0.1, last_day + 100, said),
        withdrawn=np.full(n, NEVER),
        answer=answer,
        first=np.where(happened, np.minimum(arrived, TODAY), NEVER),
        last=np.where(happened, np.minimum(arrived, TODAY), NEVER),
        looked=np.full(n, TODAY),
        given=Given(with_odds, low, low, words),
        crowd=np.full(n, np.nan),
    )
