"""The delivery curve, against R's ``survfit`` and lifelines."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from msgspec import to_builtins
from numpy.typing import NDArray

from ledger.scoring import delivery
from ledger.scoring.delivery import (
    DELIVERED,
    GIVEN_UP,
    NEVER_LOOKED,
    NOT_TO_HAPPEN,
    OPEN,
    VOID,
    Curves,
    curves,
)
from ledger.scoring.published import ByThen, Delivery, Slips
from tests.ledger.scoring import checked

SLIPS = [0.8, 1, 1, 1.2, 1.5, 1.5, 2, 2.2, 2.2, 3, 3.5, 4]
CAME = [1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0]


def made(slips: list[float], states: list[int]) -> Curves:
    return curves(np.array(slips, dtype=float), np.array(states, dtype=np.int8))


def test_twelve_promises_by_hand() -> None:
    """Three of twelve by 1; then 1/9, 1/8 of what is left, 1/6, 1/5, and 1/2 of the last two."""
    found = made(SLIPS, CAME)
    assert found.share[found.step(1)] == pytest.approx(3 / 12)
    assert found.share[found.step(2)[0]] == pytest.approx(1 - 9 / 12 * 8 / 9 * 7 / 8 * 5 / 6)
    assert found.medians == [2]
    assert found.mean_to(4) == pytest.approx(2.325)
    assert found.mean_to(3) == pytest.approx(2.0333333333)
    low, high = found.greenwood(level=0.95)
    assert (1 - high[found.step(2)[0]], 1 - low[found.step(2)[0]]) == pytest.approx(
        (0.191876619618728, 0.729671569779485)
    )


def test_the_errors_of_the_twelve_as_r_computes_them() -> None:
    found = made(SLIPS, CAME)
    errors = [found.variance[int(found.step(slip)[0])] ** 0.5 for slip in (0.8, 1, 2, 4)]
    assert errors == pytest.approx([0.0797855923, 0.125, 0.1481300626, 0.1559023911], abs=1e-8)


if checked.STATS.exists():

    @pytest.mark.parametrize("name", ["04_km_slip_toy", "05_km_freireich_6mp"])
    def test_a_curve_as_r_draws_it(name: str) -> None:
        known = checked.values(name)
        found = made(known["x"], known["d"])
        low, high = found.greenwood(0.95)
        at = np.array([int(found.step(slip)[0]) for slip in known["time"]])
        assert len(at) > 1
        assert 1 - found.share[at] == pytest.approx(known["surv"], abs=1e-8)
        assert found.variance[at] ** 0.5 == pytest.approx(known["se"], abs=1e-8)
        assert 1 - high[at] == pytest.approx(known["lower"], abs=1e-8)
        assert 1 - low[at] == pytest.approx(known["upper"], abs=1e-8)
        assert found.medians[0] == known["median"]["quantile"]

    def test_a_curve_with_things_given_up_as_r_draws_it() -> None:
        known = checked.values("06_aalen_johansen_toy")
        found = made(SLIPS, [1, 1, 1, 1, 1, 0, 1, 2, 0, 2, 1, 0])
        at = np.array([int(found.step(slip)[0]) for slip in known["time"]])
        assert len(at) > 1
        assert found.share[at] == pytest.approx(known["cif_delivered"], abs=1e-8)
        assert found.given_up[at] == pytest.approx(known["cif_abandoned"], abs=1e-8)


def test_what_was_given_up_is_no_censoring() -> None:
    """Given up at 2.2 and 3: what came at 3.5 is half of the 0.259 left, not of more."""
    found = made(SLIPS, [1, 1, 1, 1, 1, 0, 1, 2, 0, 2, 1, 0])
    assert found.share[found.step(4)] == pytest.approx(0.643518518518518)
    assert found.given_up[-1] == pytest.approx(0.226851851851852)


def drawn(seed: int, n: int) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """Slips full of ties with states of all kinds."""
    random = np.random.default_rng(seed)
    return random.integers(1, 12, n) / 4, random.choice([OPEN, DELIVERED, GIVEN_UP], n).astype(np.int8)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_given_up_is_kaplan_meier(seed: int) -> None:
    slips, states = drawn(seed, 1 + 3 * seed)
    came = states == DELIVERED
    found = curves(slips, came.astype(np.int8))
    fitter = KaplanMeierFitter(alpha=0.1).fit(slips, came)
    bands, (low, high) = fitter.confidence_interval_, found.greenwood()
    for at, slip in enumerate(found.slip):
        rest = float(fitter.predict(slip))
        assert 1 - found.share[at] == pytest.approx(rest, abs=1e-12)
        if not np.isnan(low[at]):
            assert (1 - high[at], 1 - low[at]) == pytest.approx(tuple(bands.loc[slip]), abs=1e-8)
    if found.slip[-1] >= 2:
        assert found.mean_to(2) == pytest.approx(restricted_mean_survival_time(fitter, t=2))


@pytest.mark.parametrize("seed", range(20))
def test_with_things_given_up_it_is_aalen_johansen(seed: int) -> None:
    """lifelines parts ties at random, so its slips have none here; its variance is the same sum."""
    random = np.random.default_rng(seed)
    n = 5 + 4 * seed
    slips = random.permutation(n).astype(np.float64) + 1
    states = random.choice([OPEN, DELIVERED, GIVEN_UP], n).astype(np.int8)
    states[:2] = DELIVERED, GIVEN_UP
    found = curves(slips, states)
    fitter = AalenJohansenFitter().fit(slips, states, event_of_interest=DELIVERED)
    shares, variances = (np.ravel(column)[1:] for column in (fitter.cumulative_density_, fitter.variance_))
    assert found.share == pytest.approx(shares, abs=1e-9)
    assert found.variance[:-1] == pytest.approx(variances[:-1], abs=1e-9)


def rounded(found: Delivery) -> Any:
    """To nine places: sums over many and over one differ in the last."""
    return json.loads(json.dumps(to_builtins(found)), parse_float=lambda text: round(float(text), 9))


def test_of_nothing_there_is_no_curve() -> None:
    assert published([], []) == Delivery()


def published(slips: list[float], states: list[int]) -> Delivery:
    return delivery.delivery(np.array(slips, dtype=float), np.array(states, dtype=np.int8))


def test_what_nobody_was_followed_to_is_not_known() -> None:
    found = published([0.5, 1.5, 1.5], [DELIVERED, OPEN, OPEN])
    assert [by.share for by in found.by] == [pytest.approx(1 / 3), pytest.approx(1 / 3), None, None, None]
    assert (found.median, found.followed_to, found.mean_to_4) == (None, 1.5, None)


def test_when_all_is_over_later_multiples_are_known() -> None:
    found = published([0.5, 1.5], [DELIVERED, DELIVERED])
    assert [by.share for by in found.by] == [0.5, 1.0, 1.0, 1.0, 1.0]
    assert found.mean_to_4 == pytest.approx(1.0)


def test_none_and_all_have_the_interval_of_a_plain_proportion() -> None:
    """Greenwood's would have no width: Jeffreys' of 0 of 5, and of 5 of 5."""
    nothing = published([1.0] * 5, [OPEN] * 5)
    assert nothing.by[0] == ByThen(1.0, 0.0, 0.0, pytest.approx(0.305745584688949), 5)  # type: ignore[arg-type]
    everything = published([1.0] * 5, [DELIVERED] * 5)
    assert everything.by[0] == ByThen(1.0, 1.0, pytest.approx(0.69425441531105), 1.0, 5)  # type: ignore[arg-type]
    early = published([2.0] * 5, [DELIVERED] * 5)
    assert early.by[0] == ByThen(1.0, 0.0, 0.0, pytest.approx(0.305745584688949), 5)  # type: ignore[arg-type]


def test_what_contributes_nothing_is_counted() -> None:
    found = published([1.0, 1.0, 1.0, 2.0], [NEVER_LOOKED, VOID, NOT_TO_HAPPEN, DELIVERED])
    assert (found.n, found.never_looked, found.void, found.not_to_happen) == (1, 1, 1, 1)


def test_slips_are_in_quarters_each_with_its_upper_end_and_those_beyond_four_apart() -> None:
    found = published(
        [0.0, 0.25, 0.251, 1.0, 1.0001, 4.0, 4.01, 9.0, 1.0],
        [DELIVERED, DELIVERED, OPEN, DELIVERED, DELIVERED, GIVEN_UP, OPEN, DELIVERED, VOID],
    )
    assert found.slips == (
        Slips(0.0, 0.25, 2, 0, 0),
        Slips(0.25, 0.5, 0, 1, 0),
        Slips(0.75, 1.0, 1, 0, 0),
        Slips(1.0, 1.25, 1, 0, 0),
        Slips(3.75, 4.0, 0, 0, 1),
        Slips(4.0, None, 1, 1, 0),
    )


def test_a_long_curve_is_stored_thinned_and_exact() -> None:
    slips = np.arange(1, 5001) / 1000
    found = curves(slips.astype(np.float64), np.full(5000, DELIVERED, dtype=np.int8))
    kept = published(slips.tolist(), [DELIVERED] * 5000).curve
    assert len(kept) == delivery.MOST_STEPS
    assert [step.share for step in kept] == [found.share[found.step(step.slip)][0] for step in kept]
    assert kept[-1].slip == 5.0


@pytest.mark.parametrize("seed", range(5))
def test_many_at_once_are_as_each_alone(seed: int) -> None:
    random = np.random.default_rng(seed)
    of = random.integers(0, 6, 150)
    of[of == 3] = 2  # one has nothing
    slips, states = random.integers(1, 20, 150) / 5, random.integers(0, delivery.STATES, 150).astype(np.int8)
    together = delivery.deliveries(slips, states, of, 7)
    for owner in range(7):
        alone = delivery.delivery(slips[of == owner], states[of == owner])
        assert rounded(together[owner]) == rounded(alone)
