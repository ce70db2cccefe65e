"""Many reviewers at one queue, each a thread with a connection of its own, until nothing is left to judge."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random
from threading import Barrier, BoundedSemaphore
from time import sleep

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection

from ledger import due, queue
from ledger.judging import balloting, leases
from ledger.models import Ballot, Event, Resolution
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

DAY = date(2026, 12, 1)
WEB_THREADS = 8
ANSWERS = ("no", "no", "no", "no", "cannot_tell", "cannot_tell", "void")


def fill(items: int, reviewers: int) -> list[User]:
    """Write ``items`` that wait, logged by somebody else, and return as many ``reviewers``."""
    logger = User.objects.create_user("logger")
    for _ in range(items):
        factories.prediction(by=logger, condition="It is funded.")
    due.flag_due(on=DAY, at=noon(DAY))
    return [factories.reviewer() for _ in range(reviewers)]


def work(reviewers: list[User], reading: float = 0.1) -> Counter[str]:
    """Let all of them judge at once; return how often a verdict was taken and how often refused.

    Each takes up to ``reading`` seconds over an entry, and now and then judges what another holds, so
    that more than two are at one entry at the same moment. Whatever is no refusal is raised.
    """
    start, done = Barrier(len(reviewers)), Counter[str]()
    # SQLite takes one writer at a time and keeps no order among those who wait: there it is asked by as
    # many as the web server answers at a time. PostgreSQL is asked by all.
    served = BoundedSemaphore(WEB_THREADS if connection.vendor == "sqlite" else len(reviewers))
    with ThreadPoolExecutor(len(reviewers)) as threads:
        for counted in threads.map(lambda one: _sit(one, start, served, reading), reviewers):
            done += counted
    return done


def _sit(reviewer: User, start: Barrier, served: BoundedSemaphore, reading: float) -> Counter[str]:
    chance, done = Random(reviewer.pk), Counter[str]()
    start.wait()
    try:
        while True:
            with served:
                found = _open_one(reviewer, rude=chance.random() < 0.3)
            if found is None:
                return done
            sleep(chance.random() * reading)
            with served:
                done[_sign(reviewer, *found, chance.choice(ANSWERS))] += 1
    finally:
        connection.close()


def _open_one(reviewer: User, *, rude: bool) -> tuple[Prediction, int] | None:
    """What ``reviewer`` reads next, with the round that is open; None when nothing is left for them."""
    while (waiting := queue.open_to(reviewer, queue.waiting(DAY))).exists():
        prediction = (
            waiting.prefetch_related(None).first()
            if rude
            else leases.take_next(waiting, by=reviewer, at=noon(DAY))
        )
        if prediction is None:
            rude = True  # others hold all that is left
            continue
        turn = balloting.open_round(prediction)
        if queue.waiting(DAY).filter(pk=prediction.pk).exists():
            return prediction, turn
        leases.release(prediction, by=reviewer)  # its round was over before it was read
    return None


def _sign(reviewer: User, prediction: Prediction, turn: int, answer: str) -> str:
    try:
        factories.ballot(prediction, answer, on=DAY, by=reviewer, turn=turn)
    except ValidationError:
        return "refused"
    finally:
        leases.release(prediction, by=reviewer)
    return "taken"


def assert_fair(taken: int) -> None:
    """See that every verdict is there, that each entry got as many as it needed, each from somebody else, and one end."""
    assert Ballot.objects.count() == taken
    assert not queue.waiting(DAY).exists()
    for prediction in Prediction.objects.prefetch_related("deadlines"):
        ballots = list(prediction.ballots.order_by("ordinal"))
        assert len({ballot.made_by_id for ballot in ballots}) == len(ballots)
        assert {ballot.round for ballot in ballots} == {1}
        assert [ballot.ordinal for ballot in ballots] == list(range(1, len(ballots) + 1))
        first_two_agree = balloting.majority(ballots[:2], prediction) != []
        assert len(ballots) == (2 if first_two_agree else 3)
        agreed = bool(balloting.majority(ballots, prediction))
        assert Resolution.objects.filter(prediction=prediction).count() == agreed
        ends = [Event.Kind.RESOLVED] if agreed else [Event.Kind.DISPUTED]
        kinds = Counter(prediction.events.values_list("kind", flat=True))
        assert kinds == Counter(
            {"fell_due": 1, "ballot_sealed": len(ballots), "ballot_opened": len(ballots), ends[0]: 1}
        )
