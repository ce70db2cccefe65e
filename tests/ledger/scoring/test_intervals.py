from __future__ import annotations

from typing import Any

import pytest

from ledger.scoring.intervals import jeffreys
from tests.ledger.scoring import checked


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (0, 1, 0.0, 0.7715),  # nothing succeeded: the lower end is exactly 0
        (1, 1, 0.2285, 1.0),  # everything did: the upper end is exactly 1
        (1, 2, 0.0975, 0.9025),
        (4, 4, 0.6375, 1.0),
    ],
)
def test_a_proportion_comes_with_its_jeffreys_interval(k: int, n: int, low: float, high: float) -> None:
    proportion = jeffreys(k, n)
    assert proportion
    assert (proportion.low, proportion.high) == pytest.approx((low, high), abs=5e-4)


if checked.STATS.exists():

    @pytest.mark.parametrize("case", checked.values("03_binomial_intervals")["cases"])
    def test_the_intervals_agree_with_another_program(case: dict[str, Any]) -> None:
        """R's quantiles of the beta distribution."""
        found = jeffreys(case["k"], case["n"], case["level"])
        assert found
        assert (found.low, found.high) == pytest.approx(tuple(case["jeffreys_bcd"]), abs=1e-9)


def test_the_intervals_are_symmetric_and_hold_the_share() -> None:
    for n in range(1, 30):
        for k in range(n + 1):
            one, other = jeffreys(k, n), jeffreys(n - k, n)
            assert one
            assert other
            assert one.low == pytest.approx(1 - other.high)
            assert 0 <= one.low <= one.share <= one.high <= 1


def test_nothing_has_no_interval() -> None:
    assert jeffreys(0, 0) is None


@pytest.mark.parametrize(("k", "n"), [(-1, 3), (4, 3)])
def test_what_is_no_proportion_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="no proportion"):
        jeffreys(k, n)
