"""Words set the dates: what people say about the future, and the days it means."""

from __future__ import annotations

from datetime import date

import pytest

from predictions.horizons import find, read, retold, rule_in_words, why_not
from predictions.horizons.rule_words import IN_CHINESE, RULES
from tests.predictions.horizons.phrases import SAID_ON, dated, lines


@pytest.mark.parametrize(("words", "deadline"), dated("english.txt"))
def test_english_words_set_the_deadline(words: str, deadline: date) -> None:
    horizon = read(words, SAID_ON)
    assert horizon is not None
    assert horizon.deadline == deadline


@pytest.mark.parametrize(("words", "deadline"), dated("chinese.txt"))
def test_chinese_words_set_the_deadline(words: str, deadline: date) -> None:
    horizon = read(words, SAID_ON)
    assert horizon is not None
    assert horizon.deadline == deadline


@pytest.mark.parametrize("words", lines("no_horizon.txt"))
def test_what_gives_no_date_is_refused_with_a_reason(words: str) -> None:
    assert read(words, SAID_ON) is None
    assert why_not(words, SAID_ON)


@pytest.mark.parametrize(
    ("words", "earliest", "nominal", "deadline", "latest", "kind"),
    [
        # in N: on that day
        ("in three years", "2029-02-05", "2029-02-05", "2029-02-05", "2029-02-05", "from_now"),
        # about: a fifth of the span on either side
        ("in about two years", "2027-09-12", "2028-02-05", "2028-02-05", "2028-06-30", "from_now"),
        ("大約兩年後", "2027-09-12", "2028-02-05", "2028-02-05", "2028-06-30", "from_now"),
        # within, or less, the next: any day from now on
        ("within three years", "2026-02-05", "2029-02-05", "2029-02-05", "2029-02-05", "within"),
        ("over the next decade", "2026-02-05", "2036-02-05", "2036-02-05", "2036-02-05", "within"),
        ("in the next year or so", "2026-02-05", "2027-02-05", "2027-02-05", "2027-04-19", "within"),
        # N to M: not before N, due at M
        ("in five or six years", "2031-02-05", "2032-02-05", "2032-02-05", "2032-02-05", "range"),
        ("in the next 6 to 12 months", "2026-08-05", "2027-02-05", "2027-02-05", "2027-02-05", "range"),
        ("一兩年內", "2026-02-05", "2028-02-05", "2028-02-05", "2028-02-05", "within"),
        # a bound with an estimate, a hope with a fallback
        (
            "36 months or less, maybe 30 months",
            "2026-02-05",
            "2028-08-05",
            "2029-02-05",
            "2029-02-05",
            "range",
        ),
        ("two years, three at most", "2026-02-05", "2028-02-05", "2029-02-05", "2029-02-05", "within"),
        ("five years, max ten", "2026-02-05", "2031-02-05", "2036-02-05", "2036-02-05", "within"),
        ("我猜三年吧，最多五年", "2026-02-05", "2029-02-05", "2031-02-05", "2031-02-05", "range"),
        (
            "hopefully this year, worst case next year",
            "2026-02-05",
            "2026-12-31",
            "2027-12-31",
            "2027-12-31",
            "range",
        ),
        # by and before: any day up to then
        ("by 2030", "2026-02-05", "2030-12-31", "2030-12-31", "2030-12-31", "by"),
        ("before June", "2026-02-05", "2026-05-31", "2026-05-31", "2026-05-31", "by"),
        # at: the days of a period that are still to come
        ("this year", "2026-02-05", "2026-12-31", "2026-12-31", "2026-12-31", "at"),
        ("in the second half of next year", "2027-07-01", "2027-12-31", "2027-12-31", "2027-12-31", "at"),
        ("mid-2030s", "2034-01-01", "2036-12-31", "2036-12-31", "2036-12-31", "at"),
        ("later this year", "2026-02-05", "2026-12-31", "2026-12-31", "2026-12-31", "at"),
        ("between 2028 and 2030", "2028-01-01", "2030-12-31", "2030-12-31", "2030-12-31", "range"),
        ("ten years, give or take two", "2034-02-05", "2036-02-05", "2036-02-05", "2038-02-05", "from_now"),
    ],
)
def test_a_reading_has_four_dates_and_a_kind(
    words: str, earliest: str, nominal: str, deadline: str, latest: str, kind: str
) -> None:
    horizon = read(words, SAID_ON)
    assert horizon is not None
    days = (horizon.earliest, horizon.nominal, horizon.deadline, horizon.latest)
    assert tuple(day.isoformat() for day in days) == (earliest, nominal, deadline, latest)
    assert horizon.kind == kind


@pytest.mark.parametrize(
    ("said_on", "words", "deadline"),
    [
        ("2024-02-29", "in one year", "2025-02-28"),  # months clip to the month's last day
        ("2026-08-31", "in six months", "2027-02-28"),
        ("2026-08-05", "first half", "2027-06-30"),  # what is over means the next one
        ("2026-08-05", "上半年", "2027-06-30"),
        ("2026-08-05", "Q1", "2027-03-31"),
        ("2026-12-30", "by June", "2027-06-30"),
        ("2026-06-15", "in June", "2026-06-30"),
        ("2026-06-15", "before June", "2027-05-31"),
        ("2026-12-31", "this year", "2026-12-31"),
        ("2028-02-05", "this decade", "2029-12-31"),
        ("2028-02-29", "by the end of the month", "2028-02-29"),
        ("2018-08-21", "in four business days", "2018-08-27"),
        ("2026-12-28", "by Thanksgiving", "2027-11-25"),
        ("2026-04-06", "by Easter", "2027-03-28"),
        ("2026-05-20", "in mid-May", "2026-05-20"),
        ("2026-05-21", "in mid-May", "2027-05-20"),
        ("2026-06-25", "六月中旬", "2027-06-20"),
        ("2026-06-25", "the first week of June", "2027-06-06"),
        ("2026-06-25", "the second half of June", "2026-06-30"),
        ("2026-06-25", "early June", "2027-06-10"),
        ("2028-02-25", "early February", "2029-02-10"),
        ("2024-02-29", "明年今天", "2025-02-28"),
        ("2025-12-31", "今年底明年初", "2026-04-30"),
    ],
)
def test_words_are_read_from_the_day_they_were_said(said_on: str, words: str, deadline: str) -> None:
    horizon = read(words, date.fromisoformat(said_on))
    assert horizon is not None
    assert horizon.deadline.isoformat() == deadline


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("soon", "vague"),
        ("有生之年", "vague"),
        ("at least ten years away", "lower bound"),
        ("not before 2030", "lower bound"),
        ("至少十年後", "lower bound"),
        ("a terawatt a year", "a rate"),
        ("每年一太瓦", "a rate"),
        ("three years ago", "was over"),
        ("in 2019", "was over"),
        ("before the next election", "an event"),
        ("two years after launch", "an event"),
        ("Q3 FY27", "fiscal"),
        ("give or take five years", "a tolerance"),
        ("十幾年後", "vague"),
        ("twenty-some years", "vague"),
        ("as early as 2027", "lower bound"),
        ("on Tuesday the cofounder said it was over", "was over"),
        ("by Chinese New Year", "an event"),
        ("二月三十日", "no such day"),
        ("農曆八月", "a calendar that is not read"),
        ("第三年底前", "only a part can be read"),
        ("預計116年完成", "a year of the Republic of China or a length"),
        ("學年結束前", "school years differ"),
        ("by the end of year 3", "an event"),
        ("in 0 years", "no time in the future"),
        ("in 999999999999999999999999 years", "beyond the year 9999"),
        ("in half a billion years", "beyond the year 9999"),
        ("on 31 June 2027", "no such day"),
        ("robots are useful", "no time in the future"),
    ],
)
def test_the_reason_for_no_date_is_told(words: str, reason: str) -> None:
    assert reason in why_not(words, SAID_ON)


def test_the_reason_is_told_in_the_readers_language() -> None:
    assert why_not("有生之年", SAID_ON, "zh").startswith("無法推算日期")
    assert why_not("有生之年", SAID_ON, "en").startswith("No date can be derived")


@pytest.mark.parametrize("words", ["eventually", "in half a billion years", "robots are useful"])
def test_a_reason_that_was_written_down_is_retold_in_another_language(words: str) -> None:
    assert retold(why_not(words, SAID_ON), "zh") == why_not(words, SAID_ON, "zh")
    assert retold(why_not(words, SAID_ON), "en") == why_not(words, SAID_ON)


def test_what_was_no_such_reason_is_retold_as_it_is() -> None:
    assert retold("The contract names no day.", "zh") == "The contract names no day."


def test_every_rule_is_told_in_both_languages() -> None:
    assert RULES.keys() == IN_CHINESE.keys()
    assert rule_in_words("in N", "zh") == "從說出的那一天起算"
    assert rule_in_words("in N", "de") == rule_in_words("in N") == "counted from the day it was said"
    assert rule_in_words("of an older version") == ""


def test_there_is_no_reason_against_a_date() -> None:
    assert why_not("in three years", SAID_ON) == ""


@pytest.mark.parametrize(
    ("passage", "phrases"),
    [
        ("We land in 2028 and have a base by 2032.", ["in 2028", "by 2032"]),
        ("If it is not this year, then next year for sure.", ["this year", "next year"]),
        ("It makes a terawatt a year, soon.", []),
        ("三年內登月，十年內登火星", ["三年內", "十年內"]),
        ("It was built in 2019, and three years ago it moved; by 2030 it closes.", ["by 2030"]),
    ],
)
def test_every_horizon_of_a_passage_is_found_in_order(passage: str, phrases: list[str]) -> None:
    assert [horizon.text for horizon in find(passage, SAID_ON)] == phrases


@pytest.mark.parametrize(
    ("words", "hedge"),
    [
        ("in about two years or so", ("about", "or so")),
        ("36 months or less, maybe 30 months", ("or less", "maybe")),
        ("in a few years", ("a few",)),
        ("in 2030", ()),
        ("大約五年左右", ("大約", "左右")),
    ],
)
def test_hedges_are_kept_as_they_were_said(words: str, hedge: tuple[str, ...]) -> None:
    horizon = read(words, SAID_ON)
    assert horizon is not None
    assert horizon.hedge == hedge


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in three years", "2029-02-05"),
        ("in about two years", "2028-02-05~"),
        ("within three years", "2026-02-05/2029-02-05"),
        ("in 2030", "2030"),
        ("June 2028", "2028-06"),
        ("Q3 2027", "2027-35"),
        ("second half of next year", "2027-41"),
        ("early next year", "2027-37"),
        ("in the 2030s", "203X"),
        ("22nd century", "21XX"),
        ("between 2028 and 2030", "2028-01-01/2030-12-31"),
    ],
)
def test_a_horizon_is_exchanged_as_edtf(words: str, edtf: str) -> None:
    horizon = read(words, SAID_ON)
    assert horizon is not None
    assert horizon.edtf == edtf


def test_the_explanation_names_words_rule_and_dates() -> None:
    horizon = read("in about two years", SAID_ON)
    assert horizon is not None
    assert horizon.explanation == (
        "“in about two years”, said on 2026-02-05: counted from the day it was said. "
        "Due on 2028-02-05, possible from 2027-09-12; the words leave room until 2028-06-30."
    )
