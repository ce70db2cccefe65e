"""What enters a rate, what does not, and what is printed beside it: entries, verdicts and odds, then the published figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from ledger.counting import figures, gathering, reckoning
from ledger.judging import withdrawal
from ledger.scoring.choice import choice
from ledger.scoring.cohort import Cohort
from ledger.scoring.columns import Day
from ledger.scoring.groups import Ink
from ledger.scoring.published import Due, Figures, Reading
from predictions.models import Forecast, Prediction, Speaker
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
SAID = date(2024, 3, 1)
DUE = date(2025, 3, 1)
"""What "in a year", said on SAID, falls due after."""
LATER = date(2025, 6, 1)


def said(horizon: str = "in a year", **kwargs: Any) -> Prediction:
    return factories.prediction(horizon, **{"said_on": SAID, "inked_on": SAID, **kwargs})


HOURS = count()


def now(ink: Ink = Ink.BEFOREHAND, on: date = TODAY) -> Figures:
    """What is published of everybody, counted hours after the time before, so that nothing is put off."""
    at = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(hours=next(HOURS))
    reckoning.reckon(on, lambda: at)
    return figures.of_all(ink)


def cohort(ink: Ink = Ink.BEFOREHAND, on: date = TODAY) -> Cohort:
    return cells(now(ink, on).due)


def cells(due: Due) -> Cohort:
    return Cohort(**{cell: getattr(due, cell) for cell in Cohort.__slots__})


def clocks() -> set[int]:
    """The numbers of the entries that carry the clock of a claim."""
    rows = gathering.entries()
    return set(rows.number[Day(rows, TODAY.toordinal()).promises[Ink.ALL]].tolist())


def told() -> list[tuple[float, float]]:
    """The stated odds that count, each with what it was worth, of however few claims."""
    day = Day(gathering.entries(), TODAY.toordinal())
    rows = choice(day, Ink.BEFOREHAND, Reading.DEADLINE).told.rows
    return sorted(zip(rows.p.tolist(), rows.true.tolist(), strict=True))


@pytest.mark.parametrize(
    ("happened", "details", "cell"),
    [
        ("yes", {"happened_on": date(2024, 12, 1)}, "on_time"),
        ("yes", {"happened_on": DUE}, "on_time"),
        ("yes", {"happened_on": date(2025, 3, 2)}, "late"),
        ("yes", {"happened_on": DUE, "happened_precision": "month"}, "waiting"),  # the deadline lies within
        ("partly", {"happened_on": DUE, "which_part": "The first half."}, "partly"),
        ("partly", {"happened_on": LATER, "which_part": "The first half."}, "late"),
        ("partly", {"happened_on": DUE, "happened_precision": "month", "which_part": "Half."}, "waiting"),
        ("no", {}, "missed"),
        ("abandoned", {"happened_on": DUE}, "missed"),
        ("cannot_tell", {}, "cannot_tell"),
        ("void", {}, "void"),
    ],
)
def test_a_verdict_puts_a_claim_into_its_cell(happened: str, details: dict[str, Any], cell: str) -> None:
    factories.verdict(said(condition="if it rains"), happened, on=LATER, **details)
    assert cohort() == Cohort(**{cell: 1})


def test_a_claim_without_a_verdict_waits() -> None:
    said()
    assert cohort() == Cohort(waiting=1)
    assert now().due.days_waited == (TODAY - DUE).days


def test_the_latest_verdict_stands() -> None:
    prediction = said()
    factories.verdict(prediction, "no", on=LATER)
    factories.verdict(prediction, "yes", on=date(2026, 1, 1), happened_on=date(2025, 9, 1))
    assert cohort() == Cohort(late=1)


def test_what_came_true_early_waits_for_its_deadline() -> None:
    prediction = said("in five years")
    factories.verdict(prediction, "yes", on=LATER, happened_on=DUE)
    assert cohort() == Cohort()
    assert cohort(on=date(2029, 3, 2)) == Cohort(on_time=1)


def test_a_claim_falls_due_when_its_last_day_is_over() -> None:
    said()
    assert now(on=DUE).due.due == 0
    assert now(on=date(2025, 3, 2)).due.due == 1


def test_a_claim_said_again_counts_once_by_the_deadline_named_first() -> None:
    """Promised for 2025, then for 2027: the second day moves nothing."""
    first = said()
    said(
        "in two years",
        said_on=date(2025, 2, 1),
        inked_on=date(2025, 2, 1),
        says_again=first,
        said={"speaker": first.statement.speaker},
    )
    assert cohort() == Cohort(waiting=1)
    assert clocks() == {first.pk}


def test_the_statement_said_first_carries_the_clock_even_if_it_was_logged_second() -> None:
    logged_first = said("in two years", said_on=date(2025, 12, 1), inked_on=date(2025, 12, 1))
    first = said(says_again=logged_first, said={"speaker": logged_first.statement.speaker})
    assert clocks() == {first.pk}


def test_what_is_not_a_promise_is_in_no_rate() -> None:
    """Possible without a number, or at odds below one half: logged, dated, and neither kept nor broken."""
    said(modality="may")
    said(odds=0.25)
    said("soon")
    assert cohort(Ink.ALL) == Cohort()


def test_possible_with_a_number_is_a_promise_from_one_half_on() -> None:
    said(modality="may", odds=0.5)
    assert cohort() == Cohort(waiting=1)


# -- taking back -----------------------------------------------------------------------------------


def take_back(prediction: Prediction, on: date = LATER) -> Prediction:
    withdrawal.withdraw(prediction, reason="Entered by mistake.", at=factories.noon(on))
    return prediction


def put_right(wrong: Prediction, horizon: str = "in a year", **kwargs: Any) -> Prediction:
    return said(
        horizon,
        **{"inked_on": LATER, "replaces": wrong, "said": {"speaker": wrong.statement.speaker}, **kwargs},
    )


@pytest.mark.parametrize(
    ("on", "verdict", "left", "withdrawn_late"),
    [
        (date(2024, 4, 1), None, Cohort(), 0),
        (DUE, None, Cohort(), 0),
        (date(2025, 3, 2), None, Cohort(waiting=1), 1),
        (LATER, "no", Cohort(missed=1), 1),
        (LATER, "cannot_tell", Cohort(cannot_tell=1), 1),
    ],
)
def test_withdrawing_after_the_day_improves_nothing(
    on: date, verdict: str | None, left: Cohort, withdrawn_late: int
) -> None:
    """Up to the last day it takes the claim out; later the claim keeps its cell."""
    prediction = said()
    if verdict:
        factories.verdict(prediction, verdict, on=on)
    take_back(prediction, on)
    found = now().due
    assert (cells(found), found.withdrawn_late) == (left, withdrawn_late)


def test_withdrawn_odds_count_like_those_that_stand() -> None:
    prediction = said(odds=0.75)
    factories.verdict(prediction, "no", on=LATER)
    take_back(prediction)
    assert told() == [(0.75, 0)]


def test_what_is_put_right_gives_up_its_place() -> None:
    """Withdrawn after its day and logged anew with the day it should have had."""
    right = put_right(take_back(said()), "in two years")
    assert cohort(Ink.ALL) == cohort() == Cohort(waiting=1)
    factories.verdict(right, "yes", on=date(2026, 6, 1), happened_on=date(2025, 12, 1))
    assert cohort() == Cohort(on_time=1)
    assert now().due.withdrawn_late == 1


def test_one_logged_in_hindsight_takes_no_place_among_those_written_beforehand() -> None:
    wrong = said()
    factories.verdict(wrong, "no", on=LATER)
    right = put_right(take_back(wrong))
    factories.verdict(right, "yes", on=LATER, happened_on=DUE)
    assert {ink: cohort(ink) for ink in Ink} == {
        Ink.BEFOREHAND: Cohort(missed=1),
        Ink.HINDSIGHT: Cohort(on_time=1),
        Ink.ALL: Cohort(on_time=1),
    }


def test_putting_right_and_withdrawing_again_empties_no_place() -> None:
    again = put_right(take_back(said()), "in ten years")
    assert cohort() == Cohort()
    take_back(again)
    assert cohort() == Cohort(waiting=1)


def test_what_was_withdrawn_late_keeps_the_clock_of_its_claim() -> None:
    first = said()
    later = date(2025, 2, 1)
    said(
        "in two years",
        said_on=later,
        inked_on=later,
        says_again=first,
        said={"speaker": first.statement.speaker},
    )
    take_back(first)
    assert cohort() == Cohort(waiting=1)
    assert cohort(on=date(2028, 1, 1)) == Cohort(waiting=1)


def test_the_next_statement_carries_the_clock_when_the_first_was_withdrawn_in_time() -> None:
    first = said()
    said(
        "in two years",
        said_on=date(2025, 12, 1),
        inked_on=date(2025, 12, 1),
        says_again=first,
        said={"speaker": first.statement.speaker},
    )
    take_back(first, DUE)
    assert cohort() == Cohort()
    assert cohort(on=date(2028, 1, 1)) == Cohort(waiting=1)


@pytest.mark.parametrize("as_a_restatement", [False, True])
def test_a_claim_stays_one_when_its_first_statement_is_put_right(*, as_a_restatement: bool) -> None:
    """The right one may say that it repeats something too: then all of it is that claim."""
    older = said("in two years", said_on=date(2023, 1, 1)) if as_a_restatement else None
    speaker = {"speaker": older.statement.speaker if older else factories.speaker()}
    wrong = said(said=dict(speaker))
    said("in two years", said_on=DUE, inked_on=DUE, says_again=wrong, said=dict(speaker))
    right = put_right(take_back(wrong, date(2024, 4, 1)), inked_on=date(2024, 4, 1), says_again=older)
    assert clocks() == {(older or right).pk}
    assert cohort() == Cohort(waiting=1)


def test_what_was_grouped_by_mistake_is_set_apart_by_putting_it_right() -> None:
    other = said()
    wrong = said(says_again=other, said={"speaker": other.statement.speaker})
    put_right(take_back(wrong, date(2024, 4, 1)), inked_on=date(2024, 4, 1))
    assert cohort() == Cohort(waiting=2)


# -- hindsight -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ink", "due"), [(Ink.BEFOREHAND, 1), (Ink.HINDSIGHT, 2), (Ink.ALL, 3)])
def test_what_was_logged_in_hindsight_is_counted_apart(ink: Ink, due: int) -> None:
    said()
    said(inked_on=LATER)
    said(inked_on=date(2025, 3, 2))
    assert now(ink).due.due == due


@pytest.mark.parametrize(("dated_on", "ink"), [(DUE, Ink.BEFOREHAND), (date(2025, 3, 2), Ink.HINDSIGHT)])
def test_what_was_dated_after_its_own_deadline_is_counted_apart_too(dated_on: date, ink: Ink) -> None:
    """It was logged in time, but the day by which it is judged was not."""
    factories.dated(said("soon"), DUE, on=dated_on)
    assert [one for one in (Ink.BEFOREHAND, Ink.HINDSIGHT) if now(one).due.due] == [ink]


def test_inking_on_the_last_day_is_beforehand() -> None:
    said(inked_on=DUE)
    assert now(Ink.BEFOREHAND).due.due == 1


# -- stated odds -----------------------------------------------------------------------------------


def test_own_odds_are_judged_at_the_deadline() -> None:
    """75 % came on time, 75 % came late: one of two. Odds under one half are judged too."""
    factories.verdict(said(odds=0.75), "yes", on=LATER, happened_on=DUE)
    factories.verdict(said(odds=0.75), "yes", on=LATER, happened_on=LATER)
    factories.verdict(said(odds=0.25), "no", on=LATER)
    assert told() == [(0.25, 0), (0.75, 0), (0.75, 1)]


def test_what_came_in_part_and_late_is_worth_nothing_to_odds() -> None:
    factories.verdict(said(odds=0.75), "partly", on=LATER, happened_on=LATER, which_part="Half.")
    factories.verdict(said(odds=0.75), "partly", on=LATER, happened_on=DUE, which_part="Half.")
    assert told() == [(0.75, 0), (0.75, 0.5)]


@pytest.mark.parametrize("happened", ["cannot_tell", "void", None])
def test_what_nobody_could_judge_is_in_no_odds(happened: str | None) -> None:
    prediction = said(odds=0.75, condition="if it rains")
    if happened:
        factories.verdict(prediction, happened, on=LATER)
    assert (now().odds.n, now().odds.brier) == (0, None)


def test_a_third_party_s_odds_are_not_the_speaker_s() -> None:
    prediction = said()
    market = factories.speaker("Market", kind=Speaker.Kind.MARKET)
    Forecast.objects.create(prediction=prediction, by=market, low="0.19", high="0.19", stated_on=SAID)
    factories.verdict(prediction, "no", on=LATER)
    assert now().odds.n == 0


def test_odds_given_early_wait_for_the_deadline() -> None:
    factories.verdict(said("in five years", odds=0.75), "yes", on=LATER, happened_on=DUE)
    assert now().odds.n == 0


def test_a_range_counts_as_its_middle() -> None:
    prediction = said()
    Forecast.objects.create(
        prediction=prediction, by=prediction.statement.speaker, low="0.1", high="0.2", stated_on=SAID
    )
    factories.verdict(prediction, "no", on=LATER)
    ((odds, worth),) = told()
    assert odds == pytest.approx(0.15)
    assert worth == 0
    assert cohort() == Cohort()


# -- whose -----------------------------------------------------------------------------------------


def test_each_speaker_has_a_record_of_their_own() -> None:
    ada, boris = factories.speaker("Ada"), factories.speaker("Boris")
    factories.verdict(said(said={"speaker": ada}), "no", on=LATER)
    said(said={"speaker": boris})
    said(said={"speaker": boris})
    now()
    found = {one.name: cells(figures.of_speaker(one).due) for one in (ada, boris)}
    assert found == {"Ada": Cohort(missed=1), "Boris": Cohort(waiting=2)}
