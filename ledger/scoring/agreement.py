"""How far people who judged the same things agree, beyond what chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

FEWEST_UNITS = 20
"""Below so many doubly judged items the figure says more about the items than about the reviewers."""


def nominal_alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha for categories: 1 is full agreement, 0 what chance would give, below 0 is worse.

    ``units`` are the things judged, each with the values it was given; one with a single value cannot
    be compared and is left out. None when all values are equal, or there are none: then there is
    nothing that chance could get wrong. (Krippendorff, Content Analysis, 4th ed. 2018, ch. 12.)
    """
    counts = [Counter(values) for values in units if len(values) > 1]
    totals = sum(counts, Counter[Hashable]())
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    if expected == 0:
        return None
    observed = sum(
        (unit.total() ** 2 - sum(count * count for count in unit.values())) / (unit.total() - 1)
        for unit in counts
    )
    return 1 - (n - 1) * observed / expected
