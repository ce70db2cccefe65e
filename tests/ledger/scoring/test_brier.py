from __future__ import annotations

import pytest

from ledger.scoring.brier import Judged, Level, Odds, brier, levels


@pytest.mark.parametrize(
    ("judged", "score"),
    [
        ([], None),  # nobody is scored for lack of data
        ([Judged(1, 1)], 0.0),
        ([Judged(1, 0)], 1.0),
        ([Judged(0.5, 1), Judged(0.5, 0)], 0.25),
        ([Judged(0.75, 0.5)], 0.0625),  # partly true counts as one half
        ([Judged(0.9, 1, claim=1), Judged(0.9, 1, claim=1), Judged(0.9, 0, claim=2)], (0.01 + 0.81) / 2),
        ([Judged(1, 1, claim=1), Judged(0, 1, claim=1)], 0.5),  # two statements share the weight of one claim
    ],
)
def test_the_score_is_the_mean_squared_distance_over_claims(
    judged: list[Judged], score: float | None
) -> None:
    assert brier(judged) == pytest.approx(score)


def test_a_level_counts_each_claim_once() -> None:
    """70 % said three times of one event and once of another is two claims; partly is no full truth."""
    rows = [
        Judged(0.7, 1, claim=1),
        Judged(0.7, 0, claim=1),
        Judged(0.7, 0.5, claim=2),
        Judged(0.2, 0, claim=1),
        Judged(0.7, 1),
    ]
    assert levels(rows) == [Level(0.2, 0, 0, 1), Level(0.7, 2, 1, 3)]


@pytest.mark.parametrize(("n", "mean"), [(0, None), (4, None), (5, 0.25)])
def test_a_mean_is_given_from_five_claims_on(n: int, mean: float | None) -> None:
    odds = Odds.of([Judged(0.5, 1, claim=i) for i in range(n)] * 2)
    assert (odds.n, odds.mean) == (n, mean)
