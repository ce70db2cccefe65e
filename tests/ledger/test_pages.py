"""What the public pages show, in every state a ledger can be in."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from ledger import due, withdrawal
from predictions.models import Forecast, Prediction, Source, Speaker
from tests import factories

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def text(client: Client, address: str, status: int = 200) -> str:
    """The words of a page, without tags and with single spaces."""
    response = client.get(address)
    assert response.status_code == status
    bare = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(bare.split()).replace(" ,", ",").replace(" .", ".")


def h1(client: Client, address: str) -> str:
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", client.get(address).content.decode(), re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def world(today: date) -> dict[str, Prediction]:
    """A prediction in every state, by one speaker, from one source."""
    ada, talk = factories.speaker("Ada Quint"), factories.source("A talk")
    editor = User.objects.create_user("editor")

    def said(horizon: str, ago: int, **kwargs: Any) -> Prediction:
        on = today - timedelta(days=ago)
        inked = kwargs.pop("inked_on", on)
        return factories.prediction(
            horizon,
            said_on=on,
            inked_on=inked,
            by=editor,
            said={"speaker": ada, "source": talk, **kwargs.pop("said", {})},
            **kwargs,
        )

    states = {
        "pending": said("in ten years", 30),
        "waiting": said("in a year", 800),
        "hindsight": said("in a year", 800, inked_on=today),
        "late": said("in a year", 900, odds=0.75),
        "early": said("in ten years", 500),
        "undated": said("soon", 100),
        "withdrawn": said("in a year", 800),
        "possible": said("in two years", 400, modality="may"),
    }
    states["again"] = said("in two years", 300, says_again=states["late"])
    on = today - timedelta(days=10)
    factories.verdict(states["late"], "no", on=today - timedelta(days=400), by=editor)
    factories.verdict(
        states["late"], "yes", on=on, happened_on=today - timedelta(days=300), note="It came <b>late</b>."
    )
    factories.verdict(states["early"], "yes", on=on, happened_on=on)
    withdrawal.withdraw(states["withdrawn"], reason="Another’s words.", at=factories.noon(on))
    market = factories.speaker("The Market", kind=Speaker.Kind.MARKET)
    Forecast.objects.create(
        prediction=states["pending"], by=market, low="0.19", high="0.19", stated_on=on, same_question=False
    )
    due.flag_due(on=today, at=timezone.localtime())
    return states


ADDRESSES = [
    "/",
    "/?ink=hindsight",
    "/?ink=all",
    "/?ink=nonsense",
    "/speakers/",
    "/speakers/ada-quint/",
    "/speakers/ada-quint/?ink=all",
    "/speakers/the-market/",
    "/sources/",
    "/due/",
    "/due/?when=past",
    "/due/?page=99",
    "/methodology/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_the_database_little(
    client: Client,
    world: dict[str, Prediction],
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        text(client, address)


def test_the_pages_of_predictions_and_sources_ask_little_too(
    client: Client, world: dict[str, Prediction], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for address in [
        *(one.get_absolute_url() for one in world.values()),
        Source.objects.get().get_absolute_url(),
    ]:
        with django_assert_max_num_queries(MOST_QUERIES):
            text(client, address)


@pytest.mark.parametrize("address", ["/", "/?ink=all", "/speakers/", "/sources/", "/due/", "/due/?when=past"])
def test_an_empty_ledger_shows_no_figure(client: Client, address: str) -> None:
    words = text(client, address)
    assert "%" not in words.replace("30% of the time", "").replace("8.5% met", "")
    assert "None" not in words


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_one_headline_and_says_who_decides(
    client: Client, world: dict[str, Prediction], settings: Settings, address: str
) -> None:
    settings.REVIEWERS, settings.NOTICE_HOURS = 1, 0
    assert h1(client, address)
    words = text(client, address)
    assert "One reviewer, no notice period before a verdict counts." in words
    assert "Skip to the content" in words


def test_the_review_mode_is_the_installation_s(client: Client, settings: Settings) -> None:
    settings.REVIEWERS, settings.NOTICE_HOURS = 2, 48
    assert "Two reviewers who must agree, 48 hours of notice before a verdict counts." in text(client, "/")


# -- the front page --------------------------------------------------------------------------------


def test_the_front_page_tells_beforehand_from_hindsight(client: Client, world: dict[str, Prediction]) -> None:
    words = text(client, "/")
    assert h1(client, "/") == "None of two dated promises came true on time, one still to be judged"
    assert "Written down beforehand: 2 Logged in hindsight: 1 All: 3" in words
    assert "One promise logged after its day had passed is counted apart" in words
    assert (
        h1(client, "/?ink=hindsight")
        == "One promise logged in hindsight has come due and waits for a verdict"
    )


def test_a_rate_comes_with_its_bounds_and_its_counts(client: Client, world: dict[str, Prediction]) -> None:
    words = text(client, "/")
    assert "0 to 90%" in words
    assert "0 to 1 of 2" in words
    assert "Withdrawn after its day 1" in words


def test_stated_odds_are_counted_and_too_few_get_no_mean(
    client: Client, world: dict[str, Prediction]
) -> None:
    words = text(client, "/")
    assert "75% 0 of 1" in words
    assert "One claim: too few for a mean score" in words


def test_where_nothing_is_judged_there_is_no_rate(client: Client, today: date) -> None:
    """All that fell due was logged in hindsight and waits: the page says so, and what comes first."""
    factories.prediction("in a year", said_on=today - timedelta(days=800), inked_on=today)
    factories.prediction("in two years", said_on=today, inked_on=today)
    first = Prediction.objects.first()
    assert first
    assert h1(client, "/").startswith(
        "No promise written down beforehand has come due yet; the first does on"
    )
    words = text(client, "/")
    assert "One promise logged after its day had passed is counted apart; it has no verdict yet." in words
    assert "No verdict yet, " in words
    hindsight = text(client, "/?ink=hindsight")
    assert "no verdict yet" in hindsight
    assert not re.search(r"\b0%", words + hindsight)


# -- one prediction --------------------------------------------------------------------------------


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
        ("again", "Said before, one time"),
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


def test_it_says_from_when_the_evidence_can_exist(client: Client, today: date) -> None:
    said = today - timedelta(days=400)
    figures = date(today.year + 1, 7, 1)
    waits = factories.prediction("in a year", said_on=said, inked_on=said, knowable_from=figures)
    assert f"The evidence can exist only from 1 July {today.year + 1} on." in page(client, waits)


def test_the_reading_is_shown_in_words(client: Client, world: dict[str, Prediction]) -> None:
    words = page(client, world["pending"])
    deadline = world["pending"].deadline
    assert deadline
    for part in (
        "How the words became a date",
        "“in ten years”",
        deadline.explanation[:40],
        "the words leave no slack",
    ):
        assert part.replace('"', "&quot;") in words or part in words


def test_verdicts_stand_latest_first_and_earlier_ones_stay(
    client: Client, world: dict[str, Prediction]
) -> None:
    words = page(client, world["late"])
    verdicts = words[words.index("Verdicts") :]
    assert verdicts.index("Yes, ") < verdicts.index("No (superseded)")
    assert "The reviewer also logged it." in verdicts
    assert "Said again, one time" in words


def test_the_history_is_in_the_order_of_what_happened(client: Client, world: dict[str, Prediction]) -> None:
    words = page(client, world["late"])
    history = words[words.index("History") :]
    steps = ["Said", "Written down", "24:00 Fell due recorded", "Judged: no by editor", "Judged: yes"]
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


# -- the rest --------------------------------------------------------------------------------------


def test_a_source_lists_what_was_logged_from_it(client: Client, world: dict[str, Prediction]) -> None:
    words = text(client, Source.objects.get().get_absolute_url())
    assert "Nine predictions logged from it, by one speaker; one without a date." in words
    assert world["waiting"].claim in words


def test_what_falls_due_is_in_the_order_of_the_days(client: Client, world: dict[str, Prediction]) -> None:
    words = text(client, "/due/")
    assert words.index(world["possible"].claim) < words.index(world["early"].claim)
    assert world["withdrawn"].claim not in text(client, "/due/?when=past")


def test_a_speaker_s_page_keeps_apart_what_must_be_apart(
    client: Client, world: dict[str, Prediction]
) -> None:
    words = text(client, "/speakers/ada-quint/")
    parts = [
        "Every promise with a day, written down beforehand",
        "Logged in hindsight Their day",
        "Without a date They",
        "Withdrawn What",
    ]
    assert [words.index(part) for part in parts] == sorted(words.index(part) for part in parts)


@pytest.mark.parametrize(
    "address", ["/speakers/nobody/", "/predictions/999999/", "/sources/999999/", "/nowhere/"]
)
def test_a_wrong_address_leads_back(client: Client, address: str) -> None:
    assert "There is nothing at this address" in text(client, address, status=404)


def test_pages_are_read_only(client: Client) -> None:
    assert client.post("/").status_code == 405


def test_the_error_page_needs_no_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert "Something went wrong on our side" in render_to_string("500.html")
