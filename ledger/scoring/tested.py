"""What speakers say of their own record, held against it."""

from __future__ import annotations

from scipy.special import bdtr

from ledger.scoring.intervals import LEVEL, jeffreys
from ledger.scoring.published import Delivery, Due, Tested

HALF = 0.5
NEARLY_ALL = 0.95
"""From this share on everything is as good as delivered."""


def tested(due: Due, delivery: Delivery) -> tuple[Tested, ...]:
    """The claims that can be tested: that half is late, and that all comes in the end."""
    found = (half_on_time(due), always_in_the_end(delivery))
    return tuple(test for test in found if test)


def half_on_time(due: Due) -> Tested | None:
    """ "The deadline is the middle of what to expect": on time with probability one half (exact binomial test, two-sided).

    Of what counts and is settled, what came in part included among the rest.
    """
    share = jeffreys(due.on_time, due.settled)
    if share is None:
        return None
    p_value = _as_far_from_half(share.k, share.n)
    return Tested(
        "half_on_time", share.n, HALF, share.share, share.low, share.high, p_value, p_value >= 1 - LEVEL
    )


def always_in_the_end(delivery: Delivery) -> Tested | None:
    """ "Late, but it always comes": the delivery curve's end could be as high as ``NEARLY_ALL``."""
    end = delivery.in_the_end
    if end is None or end.share is None or end.low is None or end.high is None:
        return None
    return Tested(
        "always_in_the_end",
        delivery.n,
        NEARLY_ALL,
        end.share,
        end.low,
        end.high,
        None,
        end.high >= NEARLY_ALL,
    )


def _as_far_from_half(k: int, n: int) -> float:
    """The exact two-sided p-value; at one half both tails are alike."""
    return min(1.0, 2 * float(bdtr(min(k, n - k), n, HALF)))
