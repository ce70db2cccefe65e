from __future__ import annotations

import pytest

from ledger.scoring.cohort import Cohort
from ledger.scoring.outcome import CELL, Outcome


@pytest.mark.parametrize(
    ("outcome", "cell"),
    [
        (Outcome.EARLY, "on_time"),
        (Outcome.ON_TIME, "on_time"),
        (Outcome.LATE, "late"),
        (Outcome.PARTLY_LATE, "late"),
        (Outcome.MISSED, "missed"),
        (Outcome.ABANDONED, "missed"),
        (Outcome.PARTLY, "partly"),
        (Outcome.WAITING, "waiting"),
        (Outcome.TIMING_UNKNOWN, "waiting"),
        (Outcome.CANNOT_TELL, "cannot_tell"),
        (Outcome.VOID, "void"),
    ],
)
def test_every_outcome_has_its_cell(outcome: Outcome, cell: str) -> None:
    assert CELL[outcome] == cell
    assert Cohort(**{cell: 1}).due == 1


def test_the_rate_lies_between_what_is_certain_and_what_is_possible() -> None:
    """On time 9, waiting 7, partly 4, late 17, missed 13 of 50; void 2 and cannot tell 1 stand beside."""
    cohort = Cohort(on_time=9, waiting=7, partly=4, late=17, missed=13, void=2, cannot_tell=1)
    assert (cohort.due, cohort.counted, cohort.settled, cohort.judged) == (53, 50, 43, 39)
    assert cohort.at_least
    assert cohort.at_most
    assert cohort.rate
    assert cohort.lenient
    assert (cohort.at_least.k, cohort.at_most.k, cohort.lenient.k) == (9, 16, 20)
    assert cohort.rate.low == cohort.at_least.low < 9 / 50
    assert cohort.rate.high == cohort.at_most.high > 16 / 50


def test_waiting_or_leaving_out_never_improves_the_lower_end() -> None:
    """A claim that waits, partly came true, or was missed lowers the certain share; void and cannot tell leave it."""
    before = Cohort(on_time=3, late=2)
    assert before.at_least
    for cell, lowers in {
        "waiting": True,
        "partly": True,
        "missed": True,
        "void": False,
        "cannot_tell": False,
    }.items():
        after = Cohort(on_time=3, late=2, **{cell: 1}).at_least
        assert after
        assert (after.low < before.at_least.low) is lowers


@pytest.mark.parametrize("cohort", [Cohort(), Cohort(void=2, cannot_tell=1)])
def test_of_nothing_there_is_no_rate(cohort: Cohort) -> None:
    assert cohort.counted == 0
    assert (cohort.at_least, cohort.at_most, cohort.rate, cohort.lenient) == (None, None, None, None)
