"""The ranking: a beta-binomial prior, against R's ``optim``."""

from __future__ import annotations

import numpy as np
import pytest

from ledger.scoring.published import Ranking
from ledger.scoring.ranking import Candidate, prior, ranking

K = [2, 0, 3, 7, 9, 4, 15, 30, 12, 1]
N = [2, 3, 5, 10, 12, 15, 20, 40, 50, 8]


def candidate(k: int, n: int, name: str = "", waiting: int = 0) -> Candidate:
    name = name or f"{k} of {n}"
    return Candidate(name, name, k, n, waiting, n + waiting)


def test_the_prior_of_ten_speakers() -> None:
    found = prior(np.array(K), np.array(N))
    assert (found.a, found.b) == pytest.approx((2.07416559134961, 2.00143374500366), rel=1e-3)
    assert found.estimated


def test_the_order_is_that_of_the_lower_ends_and_few_have_no_place() -> None:
    """2 of 2 would lead by its share; it has no rank, and neither has 0 of 3."""
    found = ranking([candidate(k, n) for k, n in zip(K, N, strict=True)])
    order = [place.slug for place in found.places]
    assert order == [f"{K[i]} of {N[i]}" for i in [7, 6, 4, 3, 2, 8, 5, 9]]
    assert [place.rank for place in found.places] == list(range(1, 9))
    assert found.too_few == 2


@pytest.mark.parametrize(
    ("k", "n", "expected"),
    [
        (30, 40, (0.7277080, 0.6128661, 0.8306774)),
        (15, 20, (0.7091896, 0.5502311, 0.8480088)),
        (3, 5, (0.5590998, 0.2935815, 0.8090396)),
        (1, 8, (0.2545766, 0.0820653, 0.4748120)),
    ],
)
def test_each_is_drawn_to_the_others_as_r_computes_it(
    k: int, n: int, expected: tuple[float, float, float]
) -> None:
    places = ranking([candidate(k, n) for k, n in zip(K, N, strict=True)]).places
    (place,) = [place for place in places if place.n == n]
    assert (place.mean, place.low, place.high) == pytest.approx(expected, abs=1e-3)


def test_neighbours_that_overlap_are_in_one_bracket() -> None:
    """30 of 40, 15 of 20 …, 3 of 5 overlap one by one; 95 of 100 stands apart from 1 of 100."""
    assert {place.tied for place in ranking([candidate(30, 40), candidate(15, 20)]).places} == {1}
    assert [place.tied for place in ranking([candidate(95, 100), candidate(1, 100)]).places] == [1, 2]


@pytest.mark.parametrize(
    ("speakers", "level"),
    [
        ([], 0),
        ([candidate(5, 9)], 1),
        ([candidate(95, 100, "a"), candidate(1, 100, "b")], 1),
        ([candidate(30, 40, "a"), candidate(15, 20, "b"), candidate(1, 100, "c")], 2),
        (
            [
                candidate(950, 1000, "a"),
                candidate(930, 1000, "b"),
                candidate(9, 9, "c"),
                candidate(1, 99, "d"),
            ],
            3,
        ),
    ],
)
def test_who_cannot_be_told_apart_from_the_first_is_counted(speakers: list[Candidate], level: int) -> None:
    found = ranking(speakers)
    assert (found.level, found.ranked) == (level, len(speakers))


def test_a_page_lists_the_first_places_and_counts_all() -> None:
    found = ranking([candidate(50 + i, 100, f"{i:02}") for i in range(20)])
    assert found.leading.places == found.places[:14]
    assert (found.leading.ranked, found.leading.level) == (20, found.level)


@pytest.mark.parametrize(
    "speakers",
    [
        [],
        [candidate(3, 6)],
        [candidate(1, 1, str(i)) for i in range(9)],
        [candidate(5, 9, str(i)) for i in range(4)],
    ],
)
def test_with_too_few_speakers_the_prior_is_flat(speakers: list[Candidate]) -> None:
    found = ranking(speakers)
    assert (found.a, found.b, found.estimated) == (1.0, 1.0, False)


def test_of_nobody_there_is_no_ranking() -> None:
    assert ranking([]) == Ranking()


@pytest.mark.parametrize("k", [0, 5, 10])
def test_speakers_who_are_all_alike_do_not_break_the_prior(k: int) -> None:
    found = ranking([candidate(k, 10, f"{i}") for i in range(8)])
    assert found.estimated is (k == 5)
    assert {place.tied for place in found.places} == {1}
    for place in found.places:
        assert place.high - place.low > 0.01


@pytest.mark.parametrize(("waiting", "ranked"), [(2, True), (3, False)])
def test_with_more_than_a_fifth_waiting_there_is_no_rank(waiting: int, ranked: bool) -> None:  # noqa: FBT001
    """2 of 10 is a fifth; 3 of 11 is more."""
    found = ranking([candidate(5, 8, waiting=waiting)])
    assert bool(found.places) is ranked
    assert found.too_much_waits == (not ranked)


def test_the_best_of_many_are_pulled_towards_the_rest() -> None:
    """18 batters of 45 tries (Efron & Morris 1975): the .400 hitter comes out between all hitters' .265 and James-Stein's .294."""
    hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
    found = ranking([candidate(k, 45, f"{i:02}") for i, k in enumerate(hits)])
    best, worst = found.places[0], found.places[-1]
    assert 0.2654 < best.mean < 0.2939
    assert 0.2421 < worst.mean < 0.2654
