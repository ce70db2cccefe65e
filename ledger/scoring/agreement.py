"""How far people who judged the same things agree, beyond what chance would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

FEWEST_UNITS = 20
"""Below so many doubly judged items the figure says more about the items than about the reviewers."""


def nominal_alpha(units: Iterable[tuple[Sequence[Hashable], int]]) -> float | None:
    """Krippendorff's alpha for categories: 1 is full agreement, 0 what chance would give, below 0 is worse.

    ``units`` are the things judged: the values that one was given, and how many were given these. One
    with a single value cannot be compared and is left out. None when all values are equal, or there
    are none: then there is nothing that chance could get wrong. (Krippendorff, Content Analysis, 4th
    ed. 2018, ch. 12.)
    """
    counts = [(Counter(values), times) for values, times in units if len(values) > 1]
    totals = Counter[Hashable]()
    for unit, times in counts:
        totals.update({value: count * times for value, count in unit.items()})
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    if expected == 0:
        return None
    observed = sum(
        times * (unit.total() ** 2 - sum(count * count for count in unit.values())) / (unit.total() - 1)
        for unit, times in counts
    )
    return 1 - (n - 1) * observed / expected
