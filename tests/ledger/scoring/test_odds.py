"""What is published of odds: scores, dots, bins, and what is kept back of few."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from msgspec import to_builtins
from msgspec.structs import replace
from scipy import stats

from ledger.scoring.odds import Statements, against, odds, odds_of_many
from ledger.scoring.published import Bin, Odds, Stated
from ledger.scoring.showing import ALL_ALIKE, NOTHING_DUE
from tests.ledger.scoring import checked


def made(p: Any, true: Any, claim: Any = None, low: Any = None, high: Any = None) -> Statements:
    return Statements(
        np.array(p, dtype=float),
        np.array(p if low is None else low, dtype=float),
        np.array(p if high is None else high, dtype=float),
        np.array(true, dtype=float),
        np.arange(len(p)) if claim is None else np.array(claim),
    )


def many(n: int, seed: int = 0) -> Statements:
    random = np.random.default_rng(seed)
    p = random.integers(1, 10, n) / 10
    return made(p, random.random(n) < p)


def test_of_nothing_there_is_nothing() -> None:
    assert odds(made([], [])) == Odds(why_not=NOTHING_DUE)


@pytest.mark.parametrize(
    ("n", "mean", "dots", "band", "interval", "line"),
    [
        (1, False, False, False, False, False),
        (4, False, False, False, False, False),
        (5, True, False, False, False, False),
        (9, True, False, False, False, False),
        (10, True, True, True, False, False),
        (19, True, True, True, False, False),
        (20, True, True, True, True, False),
        (29, True, True, True, True, False),
        (30, True, True, True, True, True),
    ],
)
def test_what_may_be_shown_grows_with_the_number_of_claims(
    n: int,
    mean: bool,  # noqa: FBT001
    dots: bool,  # noqa: FBT001
    band: bool,  # noqa: FBT001
    interval: bool,  # noqa: FBT001
    line: bool,  # noqa: FBT001
) -> None:
    found = odds(many(n))
    assert (found.n, found.brier is not None, bool(found.levels), bool(found.line)) == (n, mean, dots, band)
    assert (found.brier_interval is not None) is interval
    assert (found.by_brier is not None, found.luck is not None, bool(found.bins)) == (line, line, line)
    assert all((point.recalibrated is not None) is line for point in found.line)
    assert bool(found.why_not) is not line


def test_a_claim_weighs_one_however_often_its_odds_were_given() -> None:
    """.9 said three times of what failed, .6 of four things that came: (.81 + 4 * .16) / 5."""
    found = odds(made([0.9] * 3 + [0.6] * 4, [0] * 3 + [1] * 4, [0, 0, 0, 1, 2, 3, 4]))
    assert (found.n, found.statements) == (5, 7)
    assert found.brier == pytest.approx((0.81 + 4 * 0.16) / 5)
    assert found.base_rate == pytest.approx(0.8)


def test_restatements_that_failed_count_as_one() -> None:
    """.9, .95 and .8 of one failure weigh a third each."""
    found = odds(made([0.9, 0.95, 0.8, 0, 0, 0, 0], [0] * 7, [0, 0, 0, 1, 2, 3, 4]))
    assert found.brier == pytest.approx((0.81 + 0.9025 + 0.64) / 3 / 5)


def test_single_scores_as_published() -> None:
    """Five times the same statement is its own score; odds of 0 and 1 are clipped in the log score alone."""
    assert odds(made([0.19] * 5, [0.5] * 5)).brier == pytest.approx(0.0961)
    assert odds(made([1] * 5, [0] * 5)).brier == 1
    assert odds(made([0.95] * 5, [1] * 5)).log == pytest.approx(0.05129329438755058)
    assert odds(made([0] * 5, [1] * 5)).log == pytest.approx(-np.log(0.01))
    assert odds(made([0] * 5, [1] * 5)).brier == 1


if checked.STATS.exists():
    KNOWN = checked.values("09_scores_brier_log_baseline_peer")

    @pytest.mark.parametrize("case", KNOWN["brier"])
    def test_a_brier_score_as_published(case: dict[str, float]) -> None:
        assert odds(made([case["p"]] * 5, [case["y"]] * 5)).brier == pytest.approx(case["brier"])

    @pytest.mark.parametrize("case", KNOWN["log_nats"])
    def test_a_log_score_as_published(case: dict[str, float]) -> None:
        assert odds(made([case["p"]] * 5, [case["y"]] * 5)).log == pytest.approx(case["loss"])


def test_a_range_is_scored_at_its_middle_and_at_both_ends() -> None:
    """10 to 20 % of what failed: .0225, between .01 and .04."""
    found = odds(made([0.15] * 5, [0] * 5, low=[0.1] * 5, high=[0.2] * 5))
    assert found.brier == pytest.approx(0.0225)
    assert found.brier_at_ends is not None
    assert (found.brier_at_ends.low, found.brier_at_ends.high) == pytest.approx((0.01, 0.04))
    assert odds(made([0.15] * 5, [0] * 5)).brier_at_ends is None


@pytest.mark.parametrize("true", [0, 1])
def test_when_all_came_out_alike_there_is_no_decomposition(true: int) -> None:
    rows = many(40)
    found = odds(made(rows.p, [true] * 40))
    assert (found.by_brier, found.by_log, found.luck, found.skill, found.discrimination) == (None,) * 5
    assert found.why_not == ALL_ALIKE
    assert found.brier is not None


def test_skill_is_the_gain_over_the_own_base_rate() -> None:
    found = odds(made([0.8] * 3 + [0.2] * 2, [1, 1, 1, 0, 0]))
    assert found.skill == pytest.approx(1 - 0.04 / 0.24)
    assert found.discrimination == 1


def test_the_interval_is_the_t_interval_over_claims() -> None:
    rows = many(25, seed=3)
    found = odds(rows).brier_interval
    each = (rows.p - rows.true) ** 2
    low, high = stats.t.interval(0.9, 24, each.mean(), stats.sem(each))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high))


def test_a_dot_counts_a_claim_once_and_partly_as_no_full_truth() -> None:
    p = [0.7, 0.7, 0.7, 0.2, 0.7] + [0.4] * 7
    true = [1, 0, 0.5, 0, 1] + [0] * 7
    claim = [1, 1, 2, 1, 3, 4, 5, 6, 7, 8, 9, 10]
    dots = odds(made(p, true, claim)).levels
    assert [(dot.probability, dot.n, dot.came_true, dot.partly) for dot in dots] == [
        (0.2, 1, 0, 0),
        (0.4, 7, 0, 0),
        (0.7, 3, 2, 1),
    ]
    assert isinstance(dots[0], Stated)


def test_bins_hold_their_lower_end() -> None:
    p = [0.0, 0.05, 0.1, 0.3, 0.7, 0.95, 1.0] + [0.5] * 23
    found = odds(made(p, [0] * 29 + [1])).bins
    assert [one.n for one in found] == [2, 1, 0, 1, 0, 23, 0, 1, 0, 2]
    assert found[5] == Bin(0.5, 0.6, 23, 1, 0, pytest.approx(0.5))  # type: ignore[arg-type]


def test_the_band_is_kept_while_the_odds_are_the_same() -> None:
    rows = many(35)
    first = odds(rows)
    known = replace(first, line=tuple(replace(point, low=0.0, high=1.0) for point in first.line))
    assert odds(rows, known).line == known.line
    other = odds(many(36), known)
    assert other.seed != known.seed
    assert other == odds(many(36))


def test_a_band_that_is_drawn_again_is_the_one_that_was_kept() -> None:
    rows = many(35)
    assert odds(rows) == odds(rows, odds(rows))


@pytest.mark.parametrize("seed", range(4))
def test_many_at_once_are_as_each_alone(seed: int) -> None:
    random = np.random.default_rng(seed)
    n, owners = 120, 6
    of = np.sort(random.choice([0, 1, 2, 4, 5], n, p=[0.45, 0.2, 0.2, 0.1, 0.05]))  # number 3 has nothing
    p = random.integers(0, 21, n) / 20
    rows = made(p, random.choice([0, 0.5, 1], n), random.integers(0, 70, n), np.maximum(p - 0.05, 0))
    together = odds_of_many(rows, of, [None] * owners)
    for owner in range(owners):
        alone = odds(rows.taken(of == owner))
        assert rounded(together[owner]) == rounded(alone)


def rounded(found: Odds) -> Any:
    """To nine places: sums over many and over one differ in the last."""
    return json.loads(json.dumps(to_builtins(found)), parse_float=lambda text: round(float(text), 9) + 0.0)


# -- against the crowd -----------------------------------------------------------------------------


def test_against_the_crowd_only_signs_below_twenty() -> None:
    rows = made([0.9, 0.9, 0.5], [1, 0, 1])
    (found,) = against(rows, np.array([0.8, 0.5, np.nan]), np.zeros(3, dtype=np.int64), 1)
    assert found is not None
    assert (found.n, found.closer, found.interval) == (2, 1, None)
    assert found.mean == pytest.approx(((0.01 - 0.04) + (0.81 - 0.25)) / 2)


def test_against_the_crowd_from_twenty_on_with_an_interval() -> None:
    rows = many(20)
    (found,) = against(rows, np.full(20, 0.5), np.zeros(20, dtype=np.int64), 1)
    assert found is not None
    each = (rows.p - rows.true) ** 2 - 0.25
    assert found.interval is not None
    assert found.mean == pytest.approx(each.mean())
    assert found.interval.low < found.mean < found.interval.high


def test_without_a_crowd_there_is_nothing_to_compare() -> None:
    assert against(many(3), np.full(3, np.nan), np.array([0, 0, 1]), 3) == [None] * 3
