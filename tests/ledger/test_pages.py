"""What the public pages show, in every state a ledger can be in."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from ledger import withdrawal
from predictions.models import Prediction, Source
from tests import factories
from tests.ledger.conftest import LOGIN
from tests.ledger.reading import h1, text

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12

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


@pytest.mark.parametrize(
    ("first", "last", "called"),
    [
        ("", "", {"Judged: no by a reviewer", "down, its criteria frozen by an editor", "by an editor"}),
        ("Grace", "H.", {"Judged: no by Grace H.", "Grace H., ", "(Grace H.)"}),
    ],
)
def test_nobody_is_called_by_what_they_log_in_with(
    client: Client, world: dict[str, Prediction], today: date, first: str, last: str, called: set[str]
) -> None:
    """Whoever logs, dates, judges or withdraws is told by the name they gave the public, or by what they do."""
    editor = User.objects.get(username=LOGIN)
    editor.first_name, editor.last_name = first, last
    editor.save()
    factories.dated(world["undated"], today, on=today, by=editor)
    pages = [*ADDRESSES, "/api/v1/predictions/", Source.objects.get().get_absolute_url()]
    told = ""
    for address in [*pages, *(one.get_absolute_url() for one in world.values())]:
        told += text(client, address)
        assert LOGIN not in client.get(address).content.decode(), address
        assert editor.email not in client.get(address).content.decode(), address
    assert {words for words in called if words not in told} == set()


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
    assert h1(client, "/") == "None of three dated promises came true on time, two left open"
    assert "Written down beforehand: 3 Logged in hindsight: 1 All: 4" in words
    assert "One promise logged after its day had passed is counted apart" in words
    assert (
        h1(client, "/?ink=hindsight")
        == "One promise logged in hindsight has come due, and no verdict settles it"
    )


def test_a_rate_comes_with_its_bounds_and_its_counts(client: Client, world: dict[str, Prediction]) -> None:
    words = text(client, "/")
    assert "0 to 94%" in words
    assert "0 to 2 of 3" in words
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
    assert "One promise logged after its day had passed is counted apart; no verdict settles it." in words
    assert "No verdict yet, " in words
    hindsight = text(client, "/?ink=hindsight")
    assert "no verdict yet" in hindsight
    assert not re.search(r"\b0%", words + hindsight)


def test_withdrawn_ones_are_logged_and_counted_as_such_everywhere(
    client: Client, world: dict[str, Prediction]
) -> None:
    """Nine entries, one of them withdrawn: every page that gives a number gives these."""
    front = text(client, "/")
    assert "Nine predictions logged" in front
    assert "Predictions logged 9 less withdrawn, not counted 0 less said again, counted once 1" in front
    assert "of these, withdrawn after it 1" in front
    assert "Ada Quint 9 4" in front
    assert h1(client, "/speakers/") == "One speaker, nine predictions"
    assert "Ada Quint 9 1" in text(client, "/speakers/")
    assert "of nine predictions; one withdrawn" in text(client, "/speakers/ada-quint/")
    assert "A talk something else not known 1 9 1" in text(client, "/sources/")
    assert "Nine predictions logged from it" in text(client, Source.objects.get().get_absolute_url())


@pytest.mark.parametrize(
    ("ago", "found", "late"),
    [
        (100, "Everything logged{by} has been withdrawn", "Withdrawn after its day: none"),
        (400, "One {of}promise{s} has come due, and no verdict settles it", "Withdrawn after its day 1"),
    ],
)
def test_a_ledger_of_withdrawn_entries_is_not_called_empty(
    client: Client, today: date, ago: int, found: str, late: str
) -> None:
    """Withdrawn today, before the day of the entry or after it: that it was logged is said, and how many."""
    on = today - timedelta(days=ago)
    only = factories.prediction(
        "in a year", said_on=on, inked_on=on, said={"speaker": factories.speaker("Ada Quint")}
    )
    withdrawal.withdraw(only, reason="Another’s words.", at=timezone.localtime())
    assert h1(client, "/") == found.format(by="", of="", s="")
    assert h1(client, "/speakers/ada-quint/") == found.format(by=" by Ada Quint", of="of Ada Quint’s ", s="s")
    assert late in text(client, "/")
    own = text(client, "/speakers/ada-quint/")
    assert late in own
    assert only.claim in own


# -- the rest --------------------------------------------------------------------------------------


def test_a_source_lists_what_was_logged_from_it(client: Client, world: dict[str, Prediction]) -> None:
    words = text(client, Source.objects.get().get_absolute_url())
    assert "Nine predictions logged from it, by one speaker; one without a date; one withdrawn." in words
    assert world["waiting"].claim in words


def test_what_falls_due_is_in_the_order_of_the_days(client: Client, world: dict[str, Prediction]) -> None:
    words = text(client, "/due/")
    assert words.index(world["possible"].claim) < words.index(world["early"].claim)
    past = text(client, "/due/?when=past")
    assert world["withdrawn"].claim in past
    assert "Of these, withdrawn: one." in past


def test_what_was_withdrawn_falls_due_no_more(client: Client, world: dict[str, Prediction]) -> None:
    withdrawal.withdraw(world["pending"], reason="Another’s words.", at=timezone.localtime())
    assert world["pending"].claim not in text(client, "/due/")


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


def test_the_front_page_says_what_its_picture_leaves_out(client: Client) -> None:
    for years in range(1, 20):
        factories.prediction(f"in {years} years", said_on=date(2019, 3, 1), inked_on=date(2019, 3, 1))
    assert "14 of 19 claims with a day: those waiting longest" in text(client, "/")


def test_the_totals_of_the_front_page_add_up(client: Client, world: dict[str, Prediction]) -> None:
    """Of one claim two entries have no date, one of another was withdrawn after its day, another before it."""
    first = factories.prediction("soon")
    factories.prediction("soon", said={"speaker": first.statement.speaker}, says_again=first)
    ahead = factories.prediction("in ten years")
    for entry in (world["waiting"], ahead):
        withdrawal.withdraw(entry, reason="Misheard.", at=timezone.localtime())
    found = re.search(
        r"Predictions logged (\d+) less withdrawn, not counted (\d+) less said again, counted once (\d+) "
        r"less claims without a date (\d+) leaves claims with a day (\d+) still to come (\d+) day passed (\d+)",
        text(client, "/"),
    )
    assert found
    logged, withdrawn, again, undated, dated, ahead_n, passed = map(int, found.groups())
    assert logged - withdrawn - again - undated == dated == ahead_n + passed
    assert (logged, again, undated) == (12, 2, 2)
