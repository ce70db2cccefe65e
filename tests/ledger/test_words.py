"""Whoever looks for words finds the same by every way: page, API, feed, calendar and subscription."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from ledger import due
from ledger.models import Delivery, Subscription
from ledger.selection import selection
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db

SAID = date(2019, 5, 1)
TODAY = date(2026, 11, 29)
BY_STEMS = connection.vendor == "postgresql"


@pytest.fixture
def rows() -> dict[str, Prediction]:
    ada, bo = factories.speaker("Ada Quint"), factories.speaker("Bo Lind")
    fair, radio = factories.source("Robots at the fair"), factories.source("On the radio")
    found = {
        name: factories.prediction(
            "in 2020",
            said_on=SAID,
            inked_on=SAID,
            claim=claim,
            criteria="Anybody can count the lanterns.",
            said={"speaker": speaker, "source": source, "quote": quote},
        )
        for name, claim, quote, speaker, source in (
            ("factory", "A factory is open.", "We open a factory in 2020.", ada, radio),
            ("robots", "Two million robots work.", "In 2020 they work.", bo, radio),
            ("fair", "It rains.", "It rains in 2020.", ada, fair),
            ("Ökonomie", "Die Ökonomie wächst.", "2020 wächst sie.", bo, radio),
            ("火星", "人類登上火星。", "2020 年登上火星。", bo, radio),
        )
    }
    due.flag_due(on=SAID, at=factories.noon(SAID))  # nothing is due yet
    return found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("factory", {"factory"}),
        ("FACTORY open", {"factory"}),
        ("quint", {"factory", "fair"}),
        ("robots", {"robots", "fair"}),
        ("radio robots", {"robots"}),
        ("火星", {"火星"}),
        ("ökonomie", {"Ökonomie"}),
        ("lanterns", set()),
        ("robot", {"robots", "fair"}),
        ("working", {"robots"} if BY_STEMS else set()),
        ("ada rains nowhere", set()),
    ],
)
def test_the_same_is_found_by_every_way(
    client: Client, rows: dict[str, Prediction], words: str, found: set[str]
) -> None:
    subscription = factories.subscription()
    Subscription.objects.filter(pk=subscription.pk).update(words=words)
    subscription.refresh_from_db()
    due.flag_due(on=TODAY, at=factories.noon(TODAY))
    names = {row.pk: name for name, row in rows.items()}

    def named(numbers: Iterable[int]) -> set[str]:
        return {names[number] for number in numbers}

    assert named(client.get("/search/", {"q": words}).context["paper"]) == found
    listed = client.get("/api/v1/predictions/", {"q": words}).json()["results"]
    assert named(row["id"] for row in listed) == found
    assert named(selection(words=words).predictions().values_list("pk", flat=True)) == found
    assert named(row.pk for row in rows.values() if subscription.covers(row)) == found
    owed = Delivery.objects.filter(kind=Delivery.Kind.FELL_DUE)
    assert named(number for number in owed.values_list("event__prediction", flat=True) if number) == found
    for address, mark in (("/feeds/due.atom", "<entry>"), ("/due.ics", "BEGIN:VEVENT")):
        told = client.get(address, {"q": words}).content.decode()
        assert told.count(mark) == len(found)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("one two three four five six seven eight nine", "at most eight words"),
        pytest.param("IT will", "stand in nearly every text" if BY_STEMS else "", id="stop words"),
        ("it robots", ""),
        ("火星", ""),
    ],
)
def test_what_nothing_is_found_by_is_not_subscribed_to(client: Client, words: str, reason: str) -> None:
    answer = client.post("/subscribe/", {"email": "reader@example.org", "words": words})
    assert answer.status_code == (422 if reason else 302)
    assert reason in answer.content.decode()
    assert Subscription.objects.exists() == (not reason)
