"""What speakers say of their record, held against it."""

from __future__ import annotations

import pytest
from scipy.stats import binomtest

from ledger.scoring import tested as held
from ledger.scoring.published import ByThen, Delivery, Due
from ledger.scoring.tested import always_in_the_end, half_on_time


@pytest.mark.parametrize(
    ("on_time", "n", "holds"), [(5, 10, True), (1, 10, False), (0, 3, True), (0, 5, False)]
)
def test_half_on_time(on_time: int, n: int, holds: bool) -> None:  # noqa: FBT001
    found = half_on_time(Due(due=n + 2, on_time=on_time, missed=n - on_time, waiting=2))
    assert found is not None
    assert (found.n, found.share, found.holds) == (n, on_time / n, holds)
    assert found.p_value == pytest.approx(binomtest(on_time, n, 0.5).pvalue)


@pytest.mark.parametrize(("high", "holds"), [(0.96, True), (0.9, False)])
def test_always_in_the_end(high: float, holds: bool) -> None:  # noqa: FBT001
    found = always_in_the_end(Delivery(n=8, in_the_end=ByThen(4.0, 0.8, 0.5, high)))
    assert found is not None
    assert (found.share, found.holds) == (0.8, holds)


def test_of_nothing_nothing_is_tested() -> None:
    assert held.tested(Due(), Delivery()) == ()
