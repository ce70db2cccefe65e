"""Which verdicts are the same: asked of very many in the database, it is what is asked of one at hand."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.contrib.auth.models import User

from ledger.judging.sameness import first_two, have_differed, verdict_of
from ledger.models import Ballot, Event
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

GIVEN = date(2026, 12, 1)
EDGES = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 31), date(2026, 12, 31)]
"""Last days in the middle and at the ends of a month and of a year."""


@pytest.mark.parametrize("seed", range(3))
def test_verdicts_differ_as_a_reader_of_each_would_say(seed: int) -> None:
    chance = random.Random(seed)
    people = [factories.reviewer() for _ in range(4)]
    for _ in range(25):
        judged(chance, people)
    assert sum(first_two().values()) > 10
    assert outcomes(first_two()) == outcomes(first_two_by_hand())
    answers = set()
    for pair in combinations(people, 2):
        for ballots in rounds_of(pair):
            answers.add(have_differed(ballots))
            assert have_differed(ballots) is have_differed_by_hand(ballots)
    assert answers == {True, False}


def judged(chance: random.Random, people: Sequence[User]) -> None:
    """A prediction with two rounds, of which some were opened, in verdicts round about its last day."""
    about = factories.prediction("soon")
    if chance.random() < 0.9:
        factories.dated(about, chance.choice(EDGES), on=date(2025, 11, 1))
    for number in (1, 2):
        opened = chance.random() < 0.8
        for ordinal, by in enumerate(chance.sample(people, chance.choice([1, 2, 2, 3])), start=1):
            ballot = a_ballot(chance, about, by)
            ballot.round, ballot.ordinal = number, ordinal
            ballot.seal("5a" * 16)
            ballot.save()
            if opened and chance.random() < 0.9:
                Event.objects.create(
                    kind=Event.Kind.BALLOT_OPENED,
                    prediction=about,
                    ballot=ballot,
                    happened_at=ballot.made_at,
                    recorded_at=ballot.made_at,
                )


def a_ballot(chance: random.Random, about: Prediction, by: User) -> Ballot:
    happened = chance.choice(["yes", "yes", "partly", "no", "abandoned", "void"])
    dated = happened == "abandoned" or chance.random() < 0.9
    return Ballot(
        prediction=about,
        happened=happened,
        happened_on=chance.choice(EDGES) + timedelta(days=chance.randrange(-2, 3)) if dated else None,
        happened_precision=chance.choice(["day", "month", "year"]),
        looked_until=GIVEN,
        which_part="Half." if happened == "partly" else "",
        made_at=noon(GIVEN) + timedelta(hours=chance.randrange(1_000)),
        made_by=by,
    )


def rounds_of(pair: Sequence[User]) -> list[list[Ballot]]:
    """The verdicts of two who judged the same, round by round."""
    found: dict[tuple[int, int], list[Ballot]] = {}
    for ballot in Ballot.objects.filter(made_by__in=pair):
        found.setdefault((ballot.prediction_id, ballot.round), []).append(ballot)
    return [ballots for ballots in found.values() if len(ballots) == len(pair)]


def have_differed_by_hand(ballots: Sequence[Ballot]) -> bool:
    people = {ballot.made_by_id for ballot in ballots}
    return any(
        one.made_by_id in people
        and other.made_by_id in people
        and max(one.made_at, other.made_at) < min(ballot.made_at for ballot in ballots)
        and verdict_of(one, one.prediction) != verdict_of(other, other.prediction)
        for given in opened_rounds()
        for one, other in combinations(given, 2)
        if (one.prediction_id, one.round) != (ballots[0].prediction_id, ballots[0].round)
    )


def first_two_by_hand() -> Counter[tuple[object, object]]:
    return Counter(
        (verdict_of(one, one.prediction), verdict_of(other, other.prediction))
        for one, other, *_ in (given for given in opened_rounds() if len(given) > 1)
    )


def opened_rounds() -> list[list[Ballot]]:
    found: dict[tuple[int, int], list[Ballot]] = {}
    for ballot in Ballot.objects.opened().order_by("prediction_id", "round", "ordinal"):
        found.setdefault((ballot.prediction_id, ballot.round), []).append(ballot)
    return list(found.values())


def outcomes(pairs: Counter[tuple[object, object]] | Counter[tuple[str, str]]) -> list[tuple[bool, int]]:
    """Pairs without their words: whether they are the same, and how often there are such."""
    return sorted((one == other, times) for (one, other), times in pairs.items())
