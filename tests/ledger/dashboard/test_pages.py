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

from ledger import due
from ledger.judging import withdrawal
from ledger.models import Reviewer
from predictions.models import Prediction, Source
from tests import factories
from tests.ledger.conftest import LOGIN
from tests.ledger.dashboard.reading import h1, text

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


@pytest.fixture
def world(world: dict[str, Prediction], today: date) -> dict[str, Prediction]:
    """The ledger in every state, with its figures."""
    factories.counted(today)
    return world


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
    "/numbers/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_asks_the_database_little(
    client: Client,
    world: dict[str, Prediction],
    address: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    text(client, "/numbers/")  # what is counted once an edition has been
    with django_assert_max_num_queries(MOST_QUERIES):
        text(client, address)


def test_the_pages_of_predictions_and_sources_ask_little_too(
    client: Client, world: dict[str, Prediction], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text(client, "/numbers/")
    for address in [
        *(one.get_absolute_url() for one in world.values()),
        Source.objects.get().get_absolute_url(),
    ]:
        with django_assert_max_num_queries(MOST_QUERIES):
            text(client, address)


@pytest.mark.parametrize(
    ("handle", "called"),
    [
        ("", {"Judged: no by a reviewer", "down, its criteria frozen by an editor", "by an editor"}),
        ("grace-h", {"Judged: no by grace-h", "Grace-h, ", "(grace-h)"}),
    ],
)
def test_nobody_is_called_by_what_they_log_in_with(
    client: Client, world: dict[str, Prediction], today: date, handle: str, called: set[str]
) -> None:
    """Whoever logs, dates, judges or withdraws is told by the handle they chose, or by what they do."""
    editor = User.objects.get(username=LOGIN)
    if handle:
        Reviewer.objects.create(user=editor, handle=handle, chosen_at=timezone.localtime())
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
    assert "written down beforehand: 3 logged in hindsight: 1 all: 4" in words
    assert "One promise logged after its day had passed is counted apart" in words
    assert h1(client, "/?ink=hindsight") == "One promise has come due, and no verdict settles it"


def test_a_rate_comes_with_its_bounds_and_its_counts(client: Client, world: dict[str, Prediction]) -> None:
    words = text(client, "/")
    assert "On time: 0 to 94%" in words
    assert "None to two of three were on time, depending on what still waits" in words
    assert "Withdrawn after its day 1" in words


def test_stated_odds_are_counted_and_too_few_get_no_mean(
    client: Client, world: dict[str, Prediction]
) -> None:
    words = text(client, "/")
    assert "Too few stated odds have been put to the test" in words
    assert "One claim: too few for a mean score" in words


def test_where_nothing_is_judged_there_is_no_rate(client: Client, today: date) -> None:
    """All that fell due was logged in hindsight and waits: the page says so, and what comes first."""
    factories.prediction("in a year", said_on=today - timedelta(days=800), inked_on=today)
    factories.prediction("in two years", said_on=today, inked_on=today)
    factories.counted(today)
    assert h1(client, "/").startswith("No promise has come due yet; the first does on")
    words = text(client, "/")
    assert "One promise logged after its day had passed is counted apart." in words
    hindsight = text(client, "/?ink=hindsight")
    assert "One promise has come due, and no verdict settles it" in hindsight
    assert not re.search(r"\b0%", words + hindsight)


def test_what_was_only_called_possible_has_come_due_and_is_in_no_rate(client: Client, today: date) -> None:
    ago = today - timedelta(days=800)
    ada = factories.speaker("Ada Quint")
    factories.prediction("in a year", said_on=ago, inked_on=ago, said={"speaker": ada}, modality="may")
    factories.counted(today)
    page = "/speakers/ada-quint/"
    assert h1(client, page) == "Nothing by Ada Quint that counts in a rate has come due"
    words = text(client, page)
    assert "nothing that counts in a rate has come due" in words
    assert "What was said to be only possible, without a number, is in no rate" in words
    assert "nothing has come due" not in words
    assert re.search(r"Waiting for a verdict one\s*entry, for \w+", words)


def test_a_page_opens_with_hindsight_where_nothing_else_is_judged_and_says_so(
    client: Client, today: date
) -> None:
    ago = today - timedelta(days=800)
    ada = factories.speaker("Ada Quint")
    factories.prediction("in a year", said_on=ago, inked_on=ago, said={"speaker": ada})
    kept = factories.prediction("in a year", said_on=ago, inked_on=today, said={"speaker": ada})
    factories.verdict(kept, "yes", on=today, happened_on=today - timedelta(days=700))
    factories.counted(today)
    for address in ("/", "/speakers/ada-quint/"):
        assert "Nothing written down before its day has been judged yet" in text(client, address)
        assert h1(client, address).endswith("one dated promise came true on time")
        assert "no verdict settles it" in h1(client, address + "?ink=beforehand")
        assert "Nothing written down before its day" not in text(client, address + "?ink=hindsight")


def test_what_is_not_counted_yet_is_not_called_nothing(client: Client, today: date) -> None:
    factories.prediction(
        "in a year", said_on=today - timedelta(days=800), inked_on=today - timedelta(days=800)
    )
    assert h1(client, "/") == "One prediction is logged, and nothing has been counted yet"


def test_withdrawn_ones_are_logged_and_counted_as_such_everywhere(
    client: Client, world: dict[str, Prediction]
) -> None:
    """Nine entries, one of them withdrawn: every page that gives a number gives these."""
    assert "Nine predictions logged" in text(client, "/")
    assert h1(client, "/speakers/") == "One speaker, nine predictions"
    assert "Ada Quint 9 3" in text(client, "/speakers/")
    assert "everything: 9" in text(client, "/speakers/ada-quint/")
    assert "withdrawn: 1" in text(client, "/speakers/ada-quint/")
    assert "A talk something else not known 1 9 1" in text(client, "/sources/")
    assert "Nine predictions logged from it" in text(client, Source.objects.get().get_absolute_url())


def test_a_ledger_of_withdrawn_entries_is_not_called_empty(client: Client, today: date) -> None:
    """Withdrawn after its day it keeps its place, and waits."""
    on = today - timedelta(days=400)
    only = factories.prediction(
        "in a year", said_on=on, inked_on=on, said={"speaker": factories.speaker("Ada Quint")}
    )
    withdrawal.withdraw(only, reason="Another’s words.", at=timezone.localtime())
    factories.counted(today)
    assert h1(client, "/") == "One promise has come due, and no verdict settles it"
    assert "Withdrawn after its day 1" in text(client, "/")
    assert only.claim in text(client, "/speakers/ada-quint/")


# -- the rest --------------------------------------------------------------------------------------


def test_a_source_lists_what_was_logged_from_it(client: Client, world: dict[str, Prediction]) -> None:
    words = text(client, Source.objects.get().get_absolute_url())
    assert "Nine predictions logged from it, by one speaker. One without a date. One withdrawn." in words
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


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("fate=waiting", "waiting", "late"),
        ("fate=late", "late", "waiting"),
        ("fate=withdrawn", "withdrawn", "pending"),
        ("fate=undated", "undated", "late"),
        ("fate=nonsense&order=nonsense&page=99&topic=none", "late", ""),
    ],
)
def test_a_speaker_s_table_is_filtered_by_links(
    client: Client, world: dict[str, Prediction], query: str, shown: str, hidden: str
) -> None:
    table = text(client, f"/speakers/ada-quint/?{query}").split("What was said would happen")[1]
    assert world[shown].claim in table
    assert not hidden or world[hidden].claim not in table


@pytest.mark.parametrize(
    ("language", "choice", "mark"),
    [
        ("en", "disputed, in no score: 1", "Disputed, no majority of reviewers, so in no score"),
        ("zh-hant", "有爭議，不計入分數：1", "有爭議，審查者未形成多數，不計入分數"),
    ],
)
def test_what_reviewers_disagree_on_is_a_choice_of_its_own_and_waits_still(
    client: Client, world: dict[str, Prediction], today: date, language: str, choice: str, mark: str
) -> None:
    """Two that wait; of one of them three reviewers say three things."""
    address = f"/speakers/ada-quint/?lang={language}"
    assert choice not in text(client, address)
    waiting = Prediction.objects.get(pk=world["waiting"].pk)
    for answer, happened in (("no", None), ("cannot_tell", None), ("yes", today)):
        factories.ballot(waiting, answer, on=today, by=factories.reviewer(), happened_on=happened)
    assert choice in text(client, address)
    disputed, undecided = (
        re.sub("<[^>]*>", "", client.get(f"{address}&fate={fate}").content.decode().split("</thead>")[-1])
        for fate in ("disputed", "waiting")
    )
    assert mark in disputed
    assert waiting.claim in disputed
    assert waiting.claim not in undecided
    assert world["hindsight"].claim in undecided


def test_a_speaker_s_table_is_sorted_by_links(client: Client, world: dict[str, Prediction]) -> None:
    def order(by: str) -> bool:
        table = text(client, f"/speakers/ada-quint/?order={by}").split("What was said would happen")[1]
        return table.index(world["late"].claim) < table.index(world["early"].claim)

    assert order("said")
    assert not order("latest")
    assert order("deadline")


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


def test_a_speaker_s_picture_says_what_it_leaves_out(client: Client) -> None:
    ada = factories.speaker("Ada Quint")
    for years in range(1, 24):
        factories.prediction(
            f"in {years} years", said_on=date(2019, 3, 1), inked_on=date(2019, 3, 1), said={"speaker": ada}
        )
    assert "20 of 23 claims with a day: those waiting longest" in text(client, "/speakers/ada-quint/")


@pytest.mark.parametrize("kind", ["delivery", "due", "odds", "ranking"])
def test_what_a_chart_shows_is_there_as_csv(client: Client, world: dict[str, Prediction], kind: str) -> None:
    answer = client.get(f"/figures/{kind}.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "," in answer.content.decode().splitlines()[0]
    own = client.get(f"/speakers/ada-quint/{kind}.csv")
    assert own.status_code == (404 if kind == "ranking" else 200)


def test_a_shared_link_has_a_picture(client: Client, world: dict[str, Prediction]) -> None:
    for page in ("/", "/speakers/ada-quint/", world["late"].get_absolute_url()):
        found = re.search(
            r'og:image" content="[^"]*?(/[^":]*preview.png)"', client.get(page).content.decode()
        )
        assert found
        answer = client.get(found[1])
        assert answer["Content-Type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")


def test_before_any_verdict_the_front_page_counts_beyond_what_its_lists_hold(
    client: Client, today: date
) -> None:
    """Seven wait and seven fall due on one day; each list shows five."""
    said = today - timedelta(days=60)
    for horizon in ["in one month"] * 7 + ["in one year"] * 7:
        factories.prediction(horizon, said_on=said, inked_on=said)
    due.flag_due(on=today, at=factories.noon(today))
    factories.counted(today)
    finding = client.get("/").context["timeline_finding"]
    assert finding.startswith("Seven entries are past the day named and without a verdict; seven fall due on")
