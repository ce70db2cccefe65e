"""Searching by words and by what is known; the same sentence holds on both databases unless it says otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from ledger.dashboard import search
from ledger.dashboard.search import Became, Wanted
from ledger.judging import withdrawal
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 29)


@pytest.fixture(autouse=True)
def record() -> dict[str, Prediction]:
    ada = factories.speaker("Ada Quint")
    rows: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
        "launch": (
            "in 2027",
            {"claim": "The rocket launches."},
            {"speaker": ada, "quote": "It launches in 2027."},
        ),
        "kept": ("in 2020", {"claim": "The lorry is sold.", "topics": ["Cars"]}, {"speaker": ada}),
        "broken": ("in 2020", {"claim": "A city of glass stands."}, {"quote": "By 2020, 100% glass_houses."}),
        "waits": ("in 2021", {"claim": "Bread is free."}, {}),
        "vague": ("soon", {"claim": "Machines do the dishes."}, {}),
        "chinese": ("", {"claim": "Cars fly."}, {"quote": "三年內，汽車會飛。", "language": "zh-Hant"}),
        "gone": ("in 2020", {"claim": "The bridge opens."}, {}),
    }
    found = {
        name: factories.prediction(
            horizon, said_on=date(2019, 5, 1), inked_on=date(2019, 5, 2), said=said, **own
        )
        for name, (horizon, own, said) in rows.items()
    }
    factories.verdict(found["kept"], "yes", on=TODAY, happened_on=date(2020, 6, 1))
    factories.verdict(found["broken"], "yes", on=TODAY, happened_on=date(2020, 6, 1))
    factories.verdict(found["broken"], "no", on=TODAY)
    withdrawal.withdraw(found["gone"], reason="It was a joke.", at=noon(TODAY))
    return found


def names(record: dict[str, Prediction], **wanted: str) -> set[str]:
    found = search.find(Wanted(**wanted), TODAY).numbers
    return {name for name, row in record.items() if row.pk in found}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rocket", {"launch"}),
        ("ROCKET launches", {"launch"}),
        ("rocket lorry", set()),
        ("quint", {"launch", "kept"}),  # the speaker's name
        ("汽車", {"chinese"}),
        ("會飛", {"chinese"}),
        ("汽車 會飛", {"chinese"}),
        ("飛機", set()),
        ("' OR 1=1 --", set()),
        ("%", set() if connection.vendor == "postgresql" else {"broken"}),  # a sign, no wild card
        ("\x01 & ! ( <->", set()),
    ],
)
def test_all_the_words_stand_in_it(record: dict[str, Prediction], words: str, found: set[str]) -> None:
    assert names(record, words=words) == found


def test_postgresql_knows_words_by_their_stems(record: dict[str, Prediction]) -> None:
    by_stem = {"launch"} if connection.vendor == "postgresql" else set()
    assert names(record, words="launching") == by_stem


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"became": "true"}, {"kept"}),
        ({"became": "not_true"}, {"broken"}),  # the later verdict
        ({"became": "waiting"}, {"waits"}),
        ({"became": "ahead"}, {"launch"}),
        ({"became": "undated"}, {"vague", "chinese"}),
        ({"became": "withdrawn"}, {"gone"}),
        ({"became": "nonsense"}, set()),
        ({"language": "zh-Hant"}, {"chinese"}),
        ({"topic": "cars"}, {"kept"}),
        ({"speaker": "ada-quint", "words": "lorry"}, {"kept"}),
        ({"year": "2020"}, set()),
        ({"year": "99999999999999999999"}, set()),
        ({"year": "٢٠١٩"}, set()),
        ({"words": "\ufffd", "speaker": "\ufffd"}, set()),
    ],
)
def test_what_is_known_narrows_it_down(
    record: dict[str, Prediction], wanted: dict[str, str], found: set[str]
) -> None:
    assert names(record, **wanted) == found


def test_facets_count_what_was_found() -> None:
    facets = {facet.name: facet.values for facet in search.find(Wanted(), TODAY).facets}
    assert ("ada-quint", "Ada Quint", 2) in facets["speaker"]
    assert facets["topic"] == [("cars", "Cars", 1)]
    assert {value: n for value, _, n in facets["became"]} == {
        **dict.fromkeys((Became.TRUE, Became.NOT_TRUE, Became.WAITING, Became.AHEAD, Became.WITHDRAWN), 1),
        Became.UNDATED: 2,
    }
    assert facets["year"] == [("2019", "2019", 7)]
    assert facets["language"] == [("en", "en", 6), ("zh-Hant", "zh-Hant", 1)]


@pytest.mark.parametrize("became", Became)
def test_a_facet_counts_what_choosing_it_would_find(record: dict[str, Prediction], became: Became) -> None:
    factories.verdict(record["kept"], "partly", on=TODAY, happened_on=date(2020, 6, 1), which_part="Half.")
    factories.verdict(record["waits"], "cannot_tell", on=TODAY)
    facets = {facet.name: facet.values for facet in search.find(Wanted(), TODAY).facets}
    counted = {value: n for value, _, n in facets["became"]}
    assert counted.get(became, 0) == len(search.find(Wanted(became=became), TODAY).numbers)


def test_of_more_than_are_counted_the_last_are_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 6)
    monkeypatch.setattr(search, "LAST", 3)
    facets = {facet.name: facet.values for facet in search.find(Wanted(), TODAY).facets}
    assert [sum(n for _, _, n in facets[name]) for name in ("became", "year", "language")] == [3, 3, 3]
    found = search.find(Wanted(words="lorry", became=Became.TRUE), TODAY).facets
    assert [sum(n for _, _, n in facet.values) for facet in found] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    "address",
    [
        "/search/",
        "/search/?q=quint",
        "/search/?q=nothing+like+it",
        "/search/?outcome=true&year=2019&page=7",
        "/search/?year=nine",
        "/search/?q=%00&topic=%00&language=%00",
    ],
)
def test_the_page_asks_little(client: Client, django_assert_max_num_queries: object, address: str) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert client.get(address).status_code == 200


def test_the_page_shows_what_was_chosen_and_how_to_leave_it(client: Client) -> None:
    page = client.get("/search/?q=lorry&speaker=ada-quint&outcome=true").content.decode()
    assert "1 prediction found" in page
    assert '<a href="?words' not in page
    assert 'href="?q=lorry&amp;outcome=true"' in page
    assert "Ada Quint" in page
    assert '<input type="hidden" name="outcome" value="true">' in page


def test_what_is_typed_is_shown_as_typed(client: Client) -> None:
    page = client.get("/search/", {"q": "<b>&\"'"}).content.decode()
    assert "&lt;b&gt;&amp;&quot;&#x27;" in page
    assert "<b>&" not in page


def test_what_is_too_much_to_be_counted_is_turned_through_to_its_end(
    client: Client, record: dict[str, Prediction], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST", 3)
    monkeypatch.setattr("ledger.views.search.A_PAGE", 2)
    pages = [client.get("/search/", {"page": n}).content.decode() for n in range(1, 5)]
    assert [[name for name, row in record.items() if f"{row.claim}</a>" in page] for page in pages] == [
        ["chinese", "gone"],
        ["waits", "vague"],
        ["kept", "broken"],
        ["launch"],
    ]
    assert "More than three predictions found" in client.get("/search/?year=2019").content.decode()
    assert ["Page 4<" in pages[3], 'rel="next"' in pages[2], 'rel="next"' in pages[3]] == [True, True, False]
    assert "Page 1<" in client.get("/search/?page=99").content.decode()


def test_a_search_that_is_cut_off_says_so(client: Client) -> None:
    page = client.get("/search/", {"q": "bread " * 40}).content.decode()
    assert "its first 200 characters are looked for" in page
    assert "its first" not in client.get("/search/?q=bread").content.decode()


@pytest.mark.parametrize("address", ["/search/", "/due.ics", "/feeds/resolved.atom"])
def test_a_sign_that_no_database_keeps_is_found_nowhere(client: Client, address: str) -> None:
    found = [b"lorry is sold" in client.get(address, {"q": q}).content for q in ("lorry", "lorry \0")]
    assert found == [True, False]


class TestTheApi:
    def test_finds_by_the_same_words(self, client: Client, record: dict[str, Prediction]) -> None:
        found = client.get("/api/v1/predictions/", {"q": "quint lorry"}).json()["results"]
        assert [row["id"] for row in found] == [record["kept"].pk]

    def test_says_what_it_does_not_look_for(self, client: Client) -> None:
        answer = client.get("/api/v1/predictions/", {"q": "long" * 51})
        assert (answer.status_code, list(answer.json())) == (400, ["q"])
