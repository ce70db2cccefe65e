"""Intervals for proportions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

LEVEL = 0.90


@dataclass(frozen=True, slots=True)
class Range:
    """Two shares between 0 and 1, the lower first."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Proportion:
    """``k`` of ``n`` with the ends of its interval, all shares between 0 and 1."""

    k: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.k / self.n


@lru_cache(maxsize=1 << 16)  # the same few shares are asked for again and again
def jeffreys(k: int, n: int, level: float = LEVEL) -> Proportion | None:
    """The equal-tailed Jeffreys interval of ``k`` successes in ``n``; None of nothing.

    The ends are those of Brown, Cai and DasGupta (2001): 0 if nothing succeeded, 1 if
    everything did. Raises ``ValueError`` unless 0 <= k <= n.
    """
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no proportion")
    if n == 0:
        return None
    tail = (1 - level) / 2
    low = 0.0 if k == 0 else beta_quantile(tail, k + 0.5, n - k + 0.5)
    high = 1.0 if k == n else beta_quantile(1 - tail, k + 0.5, n - k + 0.5)
    return Proportion(k, n, low, high)


def beta_quantile(probability: float, a: float, b: float) -> float:
    from scipy.special import betaincinv  # noqa: PLC0415  (a quarter of a second to load: only who computes pays)

    return float(betaincinv(a, b, probability))
