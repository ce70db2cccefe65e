"""Calibration by isotonic regression, against the authors' R package, scikit-learn and model-diagnostics."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from model_diagnostics.scoring import LogLoss, SquaredError, decompose
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import brier_score_loss, log_loss, roc_auc_score

from ledger.scoring import corp, luck
from ledger.scoring.published import Decomposition

P = [0.1, 0.1, 0.3, 0.3, 0.3, 0.5, 0.5, 0.7, 0.7, 0.9, 0.9, 0.9]
Y = [0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1]
WEIGHTS = [1, 1, 1 / 2, 1 / 2, 1, 1, 1, 1 / 3, 1 / 3, 1 / 3, 1, 1]
IN_PART = [0, 1, 0, 0.5, 1, 1, 0, 1, 0, 1, 1, 0.5]

Floats = NDArray[np.float64]


def array(values: Any) -> Floats:
    return np.array(values, dtype=float)


def brier(p: Any, y: Any, weight: Any = None) -> Decomposition:
    p, y = array(p), array(y)
    weight = np.ones(len(p)) if weight is None else array(weight)
    levels = corp.pool(p, y, weight)
    mean_square = array([np.average(y**2, weights=weight)])
    return corp.by_brier(levels, corp.recalibrated(levels), mean_square).at(0)


def by_log(levels: corp.Pooled) -> Decomposition:
    return corp.by_log(levels, corp.recalibrated(levels)).at(0)


def drawn_again(p: Floats, claim: Any, levels: corp.Pooled, weight: Floats, draws: int) -> luck.Resampled:
    groups = luck.grouped(p, np.array(claim), levels.where, weight)
    return luck.resampled(groups, levels.p, np.arange(len(levels.p)), draws)


def parts(found: Decomposition) -> tuple[float, float, float, float]:
    return found.mean, found.mcb, found.dsc, found.unc


@pytest.mark.parametrize(
    ("y", "weight", "expected"),
    [
        (Y, None, (0.216666666666667, 0.0333333333333333, 0.0597222222222222, 0.243055555555556)),
        (Y, WEIGHTS, (0.23518518518518514, 0.05, 0.048010973936899876, 0.23319615912208505)),
        (IN_PART, None, (0.225, 0.0444444444444444, 0.0208333333333333, 0.20138888888888892)),
    ],
)
def test_the_brier_score_in_its_parts(y: list[float], weight: Any, expected: tuple[float, ...]) -> None:
    assert parts(brier(P, y, weight)) == pytest.approx(expected, abs=1e-9)


def test_the_log_score_in_its_parts() -> None:
    found = by_log(corp.pool(array(P), array(Y), np.ones(12)))
    expected = (0.6323576631011091, 0.12088707499393714, 0.1677226778843538, 0.6791932659915257)
    assert parts(found) == pytest.approx(expected, abs=1e-9)


def test_the_line_as_the_authors_package_draws_it() -> None:
    levels = corp.pool(array(P), array(Y), np.ones(12))
    assert corp.recalibrated(levels) == pytest.approx([0.4, 0.4, 0.5, 0.5, 1.0])


@pytest.mark.parametrize(
    ("y", "weight", "line"),
    [(Y, WEIGHTS, [1 / 2] * 9 + [1] * 3), (IN_PART, [1] * 12, [1 / 2] * 9 + [5 / 6] * 3)],
)
def test_the_line_of_weighted_and_of_partial_outcomes_as_the_authors_package_draws_it(
    y: list[float], weight: list[float], line: list[float]
) -> None:
    levels = corp.pool(array(P), array(y), array(weight))
    assert corp.recalibrated(levels)[levels.where] == pytest.approx(line)


def test_the_band_as_the_authors_package_draws_it() -> None:
    levels = corp.pool(array(P), array(Y), np.ones(12))
    found = drawn_again(array(P), range(12), levels, np.ones(12), draws=4_000)
    assert found.low == pytest.approx([0, 0, 0, 1 / 3, 2 / 3], abs=0.03)
    assert found.high == pytest.approx([0.4, 2 / 3, 1, 1, 1], abs=0.03)


@pytest.mark.parametrize(
    ("p", "y", "expected"),
    [
        ([0.7], [0], (0.49, 0.49, 0, 0)),
        ([0.8] * 4, [1] * 4, (0.04, 0.04, 0, 0)),
        ([0.8, 0.6, 0.7, 0.8], [0] * 4, (0.5325, 0.5325, 0, 0)),
        ([0.5, 0.5], [0.5, 0.5], (0.0, 0.0, 0, 0.0)),
    ],
)
def test_of_one_or_when_all_is_alike_there_is_no_uncertainty(
    p: list[float], y: list[float], expected: tuple[float, ...]
) -> None:
    assert parts(brier(p, y)) == pytest.approx(expected, abs=1e-12)


def drawn(seed: int) -> tuple[Floats, Floats, Floats]:
    """Odds full of ties and at the ends, outcomes of all kinds, weights of groups."""
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 300))
    p = random.integers(0, 11, n) / 10
    y = random.choice([0.0, 0.5, 1.0], n) if seed % 2 else random.integers(0, 2, n).astype(float)
    y[:2] = 0, 1
    return p, y, 1 / random.integers(1, 4, n)


@pytest.mark.parametrize("seed", range(30))
def test_other_programs_agree_on_random_odds(seed: int) -> None:
    p, y, weight = drawn(seed)
    levels = corp.pool(p, y, weight)
    line = corp.recalibrated(levels)[levels.where]
    assert line == pytest.approx(IsotonicRegression().fit(p, y, sample_weight=weight).predict(p), abs=1e-9)
    own_entropy = float(np.average(np.where(y == 0.5, np.log(2), 0.0), weights=weight))
    for found, rule, stated, theirs_lack in (
        (brier(p, y, weight), SquaredError(), p, 0.0),
        (
            by_log(levels),
            LogLoss(),
            np.clip(p, 0.01, 0.99),
            own_entropy,
        ),  # their loss of 0.5 at 0.5 is 0
    ):
        theirs = decompose(y, stated, weights=weight, scoring_function=rule)
        score, unc = theirs["score"][0] + theirs_lack, theirs["uncertainty"][0] + theirs_lack
        expected = (score, theirs["miscalibration"][0], theirs["discrimination"][0], unc)
        assert parts(found) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("seed", range(0, 30, 2))
def test_plain_outcomes_score_as_scikit_learn_scores_them(seed: int) -> None:
    p, y, weight = drawn(seed)
    levels = corp.pool(p, y, weight)
    assert brier(p, y, weight).mean == pytest.approx(brier_score_loss(y, p, sample_weight=weight))
    clipped = np.clip(p, 0.01, 0.99)
    assert by_log(levels).mean == pytest.approx(log_loss(y, clipped, sample_weight=weight))
    assert corp.discrimination(levels)[0] == pytest.approx(roc_auc_score(y, p, sample_weight=weight))


def test_a_calibrated_speaker_shows_miscalibration_too() -> None:
    """In one simulated set of 200: .0065 on average; the less there is, the more."""
    means = []
    for n in (20, 50, 200):
        p = np.random.default_rng(n).integers(1, 20, n) / 20
        levels = corp.pool(p, p, np.ones(n))
        means.append(float(drawn_again(p, range(n), levels, np.ones(n), draws=300).mcb.mean()))
    assert means == pytest.approx([0.042, 0.0212, 0.0065], rel=0.6)
    assert means == sorted(means, reverse=True)


def test_the_p_value_is_fair_to_a_calibrated_speaker() -> None:
    """Over 60 calibrated speakers, about a tenth lie below .1, and their mean is near one half."""
    random = np.random.default_rng(4)
    p = random.integers(1, 20, 40) / 20
    levels = corp.pool(p, p, np.ones(40))
    found = drawn_again(p, range(40), levels, np.ones(40), draws=500)
    values = [found.luck(brier(p, random.random(40) < p).mcb).p_value for _ in range(300)]
    assert np.mean(values) == pytest.approx(0.5, abs=0.07)
    assert np.mean(np.array(values) < 0.1) == pytest.approx(0.1, abs=0.05)


def test_statements_of_one_claim_share_their_luck() -> None:
    """Ten claims said five times each show as much bad luck as ten, not as fifty."""
    p = np.repeat(np.arange(10) / 20 + 0.25, 5)
    claim = np.repeat(np.arange(10), 5)
    levels = corp.pool(p, p, np.full(50, 0.2))
    found = drawn_again(p, claim, levels, np.full(50, 0.2), draws=400).mcb.mean()
    once = corp.pool(p[::5], p[::5], np.ones(10))
    alone = drawn_again(p[::5], range(10), once, np.ones(10), draws=400).mcb.mean()
    assert found == pytest.approx(alone, rel=0.15)


def test_the_same_odds_draw_the_same_band() -> None:
    """Whoever draws, and whenever; the same odds in another order of claims are drawn otherwise."""
    levels = corp.pool(array(P), array(Y), np.ones(12))
    back = corp.pool(array(P[::-1]), array(Y), np.ones(12))
    first, again = (drawn_again(array(P), range(12), levels, np.ones(12), draws=50) for _ in range(2))
    other = drawn_again(array(P[::-1]), range(12), back, np.ones(12), draws=50)
    assert first.mcb.tolist() == again.mcb.tolist() != other.mcb.tolist()
    assert first.low.tolist() == again.low.tolist()


def test_the_p_value_is_of_figures_as_they_are_published() -> None:
    """A figure that is read back, rounded, compares as the one that was rounded."""
    found = luck.Resampled(array([0]), array([1]), array([0.01, 0.0200004, 0.03]), 12)
    assert found.luck(0.0200002).p_value == found.luck(0.02).p_value == 3 / 4


def test_the_band_of_very_many_is_drawn_from_ten_thousand() -> None:
    n = luck.MOST + 50
    p = np.full(n, 0.5)
    levels = corp.pool(p, p, np.ones(n))
    assert drawn_again(p, range(n), levels, np.ones(n), draws=3).claims == luck.MOST
