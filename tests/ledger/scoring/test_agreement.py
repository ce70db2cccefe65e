"""Krippendorff's alpha, against a published example and by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from ledger.scoring.agreement import nominal_alpha

# Four coders, twelve units, some values missing: Krippendorff, "Computing Krippendorff's alpha-reliability" (2011).
PUBLISHED = [
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
]


def test_gives_the_published_figure() -> None:
    units = [[value for value in unit if value is not None] for unit in zip(*PUBLISHED, strict=True)]
    assert nominal_alpha(Counter(map(tuple, units)).items()) == pytest.approx(0.743421052631579, abs=1e-12)


@pytest.mark.parametrize(
    ("units", "alpha"),
    [
        ([], None),
        ([["yes"]], None),
        ([["yes", "yes"], ["yes", "yes"]], None),
        ([["yes", "yes"], ["no", "no"]], 1.0),
        ([["yes", "no"], ["no", "yes"]], -0.5),
        ([["yes", "yes"], ["no", "no"], ["maybe"]], 1.0),
    ],
)
def test_is_one_for_full_agreement_and_not_defined_where_nothing_differs(
    units: list[list[str]], alpha: float | None
) -> None:
    assert nominal_alpha(Counter(map(tuple, units)).items()) == (
        alpha if alpha is None else pytest.approx(alpha)
    )
