"""What must hold of every reading, whatever the words and the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from predictions.horizons import find, read, why_not
from predictions.horizons.lexer import ENTRIES
from tests.predictions.horizons.phrases import SAID_ON, dated

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))
PHRASES = [words for name in ("english.txt", "chinese.txt") for words, _ in dated(name)]
UNITS = ("days", "weeks", "months", "quarters", "years", "decades")
FRAMES = (
    "in {} {}",
    "within {} {}",
    "over the next {} {}",
    "about {} {} from now",
    "{} {} or less",
    "{} {}",
    "it will take {} {}",
    "no more than {} {} away",
)
# every word and phrase that the engine knows, other people's words, and what breaks naive readers
WORDS = [
    *sorted(ENTRIES),
    "the",
    "rocket",
    "7",
    "2030",
    "1/2",
    "31",
    "99",
    "2.5",
    "三",
    "五六",
    "q3",
    "'27",
    "2030s",
    "\ud800",
    "\x00",
    "🚀",
]


@given(st.sampled_from(FRAMES), st.sampled_from(UNITS), st.integers(1, 90), st.integers(0, 30), days)
def test_a_longer_horizon_never_ends_earlier(
    frame: str, unit: str, count: int, more: int, said_on: date
) -> None:
    shorter = read(frame.format(count, unit), said_on)
    longer = read(frame.format(count + more, unit), said_on)
    assert shorter is not None
    assert longer is not None
    assert shorter.deadline <= longer.deadline
    assert shorter.latest <= longer.latest


@given(st.sampled_from(FRAMES), st.sampled_from(UNITS), st.integers(1, 90), days, st.integers(0, 400))
def test_a_span_said_later_never_ends_earlier(
    frame: str, unit: str, count: int, said_on: date, wait: int
) -> None:
    first = read(frame.format(count, unit), said_on)
    second = read(frame.format(count, unit), said_on + timedelta(days=wait))
    assert first is not None
    assert second is not None
    assert first.deadline <= second.deadline


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(UNITS), days)
def test_an_outer_bound_is_the_deadline_and_what_is_likely_the_best_estimate(
    count: int, more: int, unit: str, said_on: date
) -> None:
    bound = read(f"{count} {unit}, {count + more} at most", said_on)
    likely, most = read(f"in {count} {unit}", said_on), read(f"within {count + more} {unit}", said_on)
    assert bound is not None
    assert likely is not None
    assert most is not None
    assert (bound.nominal, bound.deadline) == (likely.deadline, most.deadline)


@given(st.sampled_from(PHRASES), days)
def test_the_four_dates_are_in_order_and_not_before_it_was_said(words: str, said_on: date) -> None:
    horizon = read(words, said_on)
    assume(horizon is not None)  # a fixed year may be past on that day
    assert horizon is not None
    assert said_on <= horizon.earliest <= horizon.nominal <= horizon.deadline <= horizon.latest


@given(st.sampled_from(PHRASES), days)
def test_a_reading_depends_on_the_words_and_the_day_alone(words: str, said_on: date) -> None:
    assert read(words, said_on) == read(words, said_on)


@pytest.mark.parametrize("language", ["en", "zh", None])
@given(words=st.sampled_from(PHRASES))
def test_the_language_hint_does_not_change_a_clear_reading(language: str | None, words: str) -> None:
    assert read(words, SAID_ON, language) == read(words, SAID_ON)
    assert find(words, SAID_ON, language) == find(words, SAID_ON)


@given(
    st.lists(st.sampled_from([*PHRASES, "and then", "，", "— nobody knows", "İstanbul", "。"]), max_size=6),
    days,
)
def test_spans_give_back_the_exact_words(parts: list[str], said_on: date) -> None:
    passage = " ".join(parts)
    found = find(passage, said_on)
    assert all(passage[slice(*horizon.span)] == horizon.text for horizon in found)
    assert [horizon.span for horizon in found] == sorted(horizon.span for horizon in found)


@given(st.sampled_from(PHRASES))
def test_a_phrase_reads_alike_in_capitals_and_with_curly_quotes(words: str) -> None:
    plain = read(words, SAID_ON)
    for spelled in (words.upper(), words.replace("'", "’"), words.replace(" ", "  "), f"“{words}”"):
        other = read(spelled, SAID_ON)
        assert plain is not None
        assert other is not None
        assert other.deadline == plain.deadline


@given(st.lists(st.sampled_from(WORDS), max_size=12), days)
def test_no_order_of_known_words_raises(words: list[str], said_on: date) -> None:
    for joint in (" ", ""):
        text = joint.join(words)
        horizon = read(text, said_on)
        if horizon is None:
            assert why_not(text, said_on)
        else:
            assert said_on <= horizon.earliest <= horizon.nominal <= horizon.deadline <= horizon.latest
            assert horizon.explanation
            assert horizon.edtf


@given(st.text(), st.dates())
def test_no_text_raises(text: str, said_on: date) -> None:
    read(text, said_on)
    find(text, said_on)
    why_not(text, said_on)
