"""The headlines: what they say of each kind of record, and that they claim no more than it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ledger import findings, wording
from ledger.claims import Ink
from ledger.dashboard import Record, record_of_all, telling
from ledger.scoring.intervals import Range
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
SAID = date(2024, 3, 1)
DUE = date(2025, 3, 1)
LATER = date(2025, 6, 1)


def said(horizon: str = "in a year", **kwargs: Any) -> Prediction:
    kwargs.setdefault("said", {})["speaker"] = factories.speaker("Ada Quint")
    return factories.prediction(horizon, **{"said_on": SAID, "inked_on": SAID, **kwargs})


def kept(n: int) -> None:
    for _ in range(n):
        factories.verdict(said(), "yes", on=LATER, happened_on=DUE)


def missed(n: int) -> None:
    for _ in range(n):
        factories.verdict(said(), "no", on=LATER)


def headlines(ink: Ink = Ink.BEFOREHAND) -> tuple[str, str]:
    record: Record = record_of_all(TODAY, ink)
    return findings.of_all(record), findings.of_speaker("Ada Quint", record)


def test_an_empty_ledger_says_so() -> None:
    assert headlines() == ("Nothing has been logged yet", "Nothing that Ada Quint said is logged")


def test_one_promise_kept_is_no_rate() -> None:
    kept(1)
    assert headlines() == (
        "The one dated promise came true on time",
        "Ada Quint’s one dated promise came true on time",
    )


def test_few_are_counted() -> None:
    kept(1)
    missed(2)
    said()
    assert headlines() == (
        "One of four dated promises came true on time, one left open",
        "One of Ada Quint’s four dated promises came true on time, one left open",
    )


def test_none_kept_is_said_as_none() -> None:
    missed(2)
    assert headlines()[0] == "None of two dated promises came true on time"


def test_from_ten_on_there_is_a_rate_between_its_bounds() -> None:
    kept(5)
    missed(5)
    assert headlines() == (
        "Between 26 and 74% of dated promises came true on time",
        "Between 26 and 74% of Ada Quint’s dated promises came true on time",
    )
    assert findings.standfirst(record_of_all(TODAY)) == (
        "Five of ten came true by the day named; the share may lie anywhere from 26 to 74%."
    )


def test_what_waits_leaves_the_share_open() -> None:
    said()
    said()
    assert headlines() == (
        "Two promises have come due, and no verdict settles them",
        "Two of Ada Quint’s promises have come due, and no verdict settles them",
    )
    assert findings.standfirst(record_of_all(TODAY)).startswith(
        "Until somebody looks, the share on time may be anything."
    )


def test_before_anything_is_due_it_names_the_first_day() -> None:
    said("in three years")
    said("in three years")
    said("in ten years")
    assert headlines() == (
        "No promise has come due yet; the first two do on 1 March 2027",
        "No promise by Ada Quint has come due yet; the first two do on 1 March 2027",
    )
    assert findings.standfirst(record_of_all(TODAY)) == "That is in 99 days."


def test_what_was_logged_in_hindsight_stands_apart() -> None:
    said(inked_on=LATER)
    said(inked_on=LATER)
    said("in three years")
    assert (
        headlines()[0]
        == "No promise written down beforehand has come due yet; the first does on 1 March 2027"
    )
    assert findings.standfirst(record_of_all(TODAY)) == (
        "That is in 99 days. Two promises logged after their day had passed are counted apart; no verdict settles them."
    )
    assert (
        headlines(Ink.HINDSIGHT)[0]
        == "Two promises logged in hindsight have come due, and no verdict settles them"
    )
    assert headlines(Ink.ALL)[0] == "Two promises have come due, and no verdict settles them"


def test_words_without_a_date_are_called_that() -> None:
    said("soon")
    assert headlines() == ("Nothing came with a date", "Nothing by Ada Quint came with a date")


def test_the_picture_s_title_says_what_waits_and_what_comes() -> None:
    said()
    said("in three years")
    assert findings.of_timeline(record_of_all(TODAY)) == (
        "One claim is past the day named and without a verdict; one falls due on 1 March 2027"
    )


def test_a_picture_with_too_little_room_keeps_what_waits_longest_and_what_comes_next() -> None:
    for years in range(1, 13):
        said(f"in {years} years", said_on=date(2019, 3, 1), inked_on=date(2019, 3, 1))
    record = record_of_all(TODAY)
    assert [claim.lead.last_day.year for claim in telling(record, 6)] == [2020, 2021, 2022, 2027, 2028, 2029]
    assert telling(record, 12) == record.dated


# -- words for numbers -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0%"), (0.001, "<1%"), (0.184, "18%"), (0.999, ">99%"), (1, "100%")]
)
def test_a_share_is_rounded_to_nothing_only_if_it_is_nothing(share: float, words: str) -> None:
    assert wording.percent(share) == words


@pytest.mark.parametrize(
    ("low", "high", "words"), [(0.18, 0.43, "18 to 43%"), (0, 0.0004, "0 to <1%"), (0.181, 0.182, "18%")]
)
def test_a_range_names_its_ends(low: float, high: float, words: str) -> None:
    assert wording.percents(Range(low, high)) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "one day"), (39, "39 days"), (743, "two years"), (400, "13 months"), (36_525, "100 years")],
)
def test_time_is_told_no_more_exactly_than_one_would_say_it(days: int, words: str) -> None:
    assert wording.span(days) == words
