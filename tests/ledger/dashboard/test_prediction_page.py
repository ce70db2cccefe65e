"""What the page of one prediction shows, in every state it can be in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ledger.judging import withdrawal
from predictions.models import Prediction
from tests import factories
from tests.ledger.dashboard.reading import h1, text

pytestmark = pytest.mark.django_db


def page(client: Client, prediction: Prediction) -> str:
    return text(client, prediction.get_absolute_url())


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("pending", "Due in ten years"),
        ("waiting", "No verdict yet, "),
        ("hindsight", "Logged in hindsight"),
        ("late", "Late, 1.6 times the time"),
        ("early", "Already true, counts from"),
        ("undated", "Why there is no date"),
        ("withdrawn", "Withdrawn: Another’s words."),
        ("again", "Said before, once"),
        ("possible", "said to be possible"),
    ],
)
def test_each_state_is_told(client: Client, world: dict[str, Prediction], state: str, said: str) -> None:
    assert said in page(client, world[state])


@pytest.mark.parametrize(
    ("polarity", "happened", "details", "told"),
    [
        ("will", "partly", {"happened_on": date(2025, 11, 1)}, "Partly, and late, 1.3 times the time"),
        ("will", "partly", {"happened_on": date(2025, 6, 1)}, "Partly"),
        (
            "will",
            "partly",
            {"happened_on": date(2025, 6, 1), "happened_precision": "year"},
            "Partly, day not",
        ),
        (
            "will",
            "yes",
            {"happened_on": date(2025, 6, 1), "happened_precision": "year"},
            "Came true, day not",
        ),
        ("will_not", "no", {"happened_on": date(2025, 6, 1)}, "Happened after all"),
        (
            "will_not",
            "no",
            {"happened_on": date(2025, 6, 1), "happened_precision": "year"},
            "Happened after all, day not known well enough",
        ),
    ],
)
def test_what_became_of_it_is_said_in_words(
    client: Client, polarity: str, happened: str, details: dict[str, Any], told: str
) -> None:
    said = date(2024, 7, 1)
    entry = factories.prediction("in a year", said_on=said, inked_on=said, polarity=polarity)
    factories.verdict(entry, happened, on=date(2026, 1, 5), which_part="Half.", **details)
    assert told in page(client, entry)


@pytest.mark.parametrize("horizon", ["in a year", "in ten years", "soon"])
def test_what_was_said_not_to_happen_is_nowhere_shown_as_promised(client: Client, horizon: str) -> None:
    entry = factories.prediction(horizon, claim="Snow falls in July.", polarity="will_not")
    shown = 0
    for address in (
        "/",
        "/due/",
        "/due/?when=past",
        entry.get_absolute_url(),
        entry.statement.speaker.get_absolute_url(),
        entry.statement.source.get_absolute_url(),
    ):
        words = text(client, address)
        assert words.count("Snow falls") == words.count("Not: Snow falls")
        shown += words.count("Not: Snow falls")
    assert shown >= 4
    assert "Said not to happen." in page(client, entry)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (1, "Late, one day after its day"),
        (9, "Late, nine days after its day"),
        (36, "Late, 36 days after its day"),
        (37, "Late, 1.1 times the time"),
        (365, "Late, 2.0 times the time"),
    ],
)
def test_a_delay_is_told_in_days_until_it_makes_a_multiple(client: Client, days: int, told: str) -> None:
    said, last_day = date(2023, 7, 1), date(2024, 7, 1)
    entry = factories.prediction("in a year", said_on=said, inked_on=said)
    factories.verdict(entry, "yes", on=date(2026, 1, 5), happened_on=last_day + timedelta(days=days))
    assert told in page(client, entry)


def test_it_says_from_when_the_evidence_can_exist(client: Client, today: date) -> None:
    said = today - timedelta(days=400)
    figures = date(today.year + 1, 7, 1)
    waits = factories.prediction("in a year", said_on=said, inked_on=said, knowable_from=figures)
    assert f"The evidence can exist only from 1 July {today.year + 1} on." in page(client, waits)


def test_what_was_withdrawn_is_not_told_as_if_it_went_on(client: Client, today: date) -> None:
    entry = factories.prediction("in ten years")
    assert "Be told when it falls due" in page(client, entry)
    withdrawal.withdraw(entry, reason="Misheard.", at=timezone.localtime())
    words = page(client, entry)
    assert "It was withdrawn before its day, 1 October 2035, was over" in words
    for alive in ("Be told", "Its day comes in", "counts from the day after"):
        assert alive not in words


def test_what_failed_early_is_not_explained_as_what_cannot(client: Client, today: date) -> None:
    entry = factories.prediction("in ten years", polarity="will_not")
    factories.verdict(entry, "no", on=today, happened_on=date(2026, 1, 1))
    words = page(client, entry)
    assert "Already failed, counts from" in words
    assert "what fails cannot" not in words


def test_a_restatement_says_what_became_of_what_was_said_first(
    client: Client, world: dict[str, Prediction]
) -> None:
    told = "This was said before, and that has a verdict: Late, 1.6 times the time"
    assert told in page(client, world["again"])
    assert "This was said before" not in page(client, world["late"])


def test_what_was_put_right_leads_to_what_is_right(client: Client, world: dict[str, Prediction]) -> None:
    wrong = world["withdrawn"]
    right = factories.prediction(
        "in a year",
        said_on=wrong.statement.said_on,
        said={"speaker": wrong.statement.speaker},
        replaces=wrong,
    )
    assert f"It was put right as number {right.pk}." in page(client, wrong)
    assert f"It puts right number {wrong.pk}, which was withdrawn." in page(client, right)
    assert "Said again" not in page(client, wrong)


def test_a_claim_put_right_is_still_one_claim_on_its_pages(
    client: Client, world: dict[str, Prediction]
) -> None:
    wrong, again = world["late"], world["again"]
    withdrawal.withdraw(wrong, reason="A wrong word.", at=timezone.localtime())
    right = factories.prediction(
        "in a year",
        said_on=wrong.statement.said_on,
        said={"speaker": wrong.statement.speaker},
        replaces=wrong,
    )
    assert again.claim in page(client, right)
    assert "Said before, once" in page(client, again)


def test_it_says_what_was_not_frozen_before_the_outcome(client: Client) -> None:
    """Logged long before its day and dated after it: the criteria were frozen in time, the day was not."""
    entry = factories.prediction("soon")
    factories.dated(entry, date(2026, 3, 1), on=date(2026, 3, 11))
    words = page(client, entry)
    assert "Logged in hindsight, 10 days after its day. That day was not frozen" in words
    assert "Frozen with the entry on 2 October 2025, five months before its day." in words


def test_the_reading_is_shown_in_words(client: Client, world: dict[str, Prediction]) -> None:
    words = page(client, world["pending"])
    deadline = world["pending"].deadline
    assert deadline
    for part in (
        "How the words became a date",
        "“in ten years”",
        "Counted from the day it was said. (in N)",
        "the words leave no slack",
    ):
        assert part.replace('"', "&quot;") in words or part in words


def test_verdicts_stand_latest_first_and_earlier_ones_stay(
    client: Client, world: dict[str, Prediction]
) -> None:
    words = page(client, world["late"])
    verdicts = words[words.index("Verdicts") :]
    assert verdicts.index("Yes, ") < verdicts.index("No (superseded)")
    assert "One reviewer, who also logged it." in verdicts
    assert "Said again, once" in words


def test_the_history_is_in_the_order_of_what_happened(client: Client, world: dict[str, Prediction]) -> None:
    words = page(client, world["late"])
    history = words[words.index("History") :]
    steps = ["Said", "Written down", "24:00 Fell due recorded", "Judged: no by a reviewer", "Judged: yes"]
    assert [history.index(step) for step in steps] == sorted(history.index(step) for step in steps)


def test_a_third_party_s_odds_are_told_as_theirs(client: Client, world: dict[str, Prediction]) -> None:
    words = page(client, world["pending"])
    assert "19% The Market, a prediction market" in words
    assert "Asked of something close, not of exactly this." in words
    assert "19%" in text(client, "/speakers/the-market/")


def test_words_are_shown_as_they_are_and_never_as_markup(client: Client) -> None:
    """Script, right-to-left letters, emoji: all of it is text, in its own language and direction."""
    quote = "<script>alert(1)</script> 五年內，每個家庭 🚀 سيكون"
    prediction = factories.prediction(
        said={"quote": quote, "language": "zh-Hant"}, claim="A <b>bold</b> claim"
    )
    html = client.get(prediction.get_absolute_url()).content.decode()
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 五年內，每個家庭 🚀 سيكون" in html
    assert '<blockquote class="q" lang="zh-Hant" dir="auto">' in html
    assert "A &lt;b&gt;bold&lt;/b&gt; claim" in h1(client, prediction.get_absolute_url())


@pytest.mark.parametrize(
    ("said_on", "horizon"),
    [(date(1000, 1, 1), "in a year"), (date(2025, 10, 1), "by 9999"), (date(2025, 10, 1), "in 5,000 years")],
)
def test_the_ends_of_the_calendar_break_no_page(client: Client, said_on: date, horizon: str) -> None:
    prediction = factories.prediction(horizon, said_on=said_on, said={"quote": "word " * 999})
    for address in (
        "/",
        "/due/",
        "/due/?when=past",
        prediction.get_absolute_url(),
        prediction.statement.speaker.get_absolute_url(),
    ):
        text(client, address)


def test_a_day_known_only_to_the_year_is_told_as_that(client: Client) -> None:
    words = page(client, factories.prediction(said_on=date(2023, 6, 1), said={"said_precision": "year"}))
    assert "in 2023, the day not known" in words
    assert "31 December 2023, the last day on which it can have been said" in words
