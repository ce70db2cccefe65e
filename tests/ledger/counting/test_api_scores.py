"""Scores over the API: what is stored, what can be chosen, and what the schema says."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client

from ledger.counting import figures, reckoning
from ledger.scoring.groups import Ink
from ledger.scoring.published import Figures, Ranking
from tests import factories

pytestmark = pytest.mark.django_db

SAID, DUE, LATER, TODAY = date(2024, 3, 1), date(2025, 3, 1), date(2025, 6, 1), date(2026, 11, 22)


@pytest.fixture
def counted() -> None:
    """Two promises of Ada about cars, one kept; one of them logged in hindsight."""
    ada = factories.speaker("Ada Quint")
    for inked_on, happened_on in ((SAID, DUE), (LATER, LATER)):
        entry = factories.prediction(
            "in a year", said_on=SAID, inked_on=inked_on, said={"speaker": ada}, topics=["Cars"], odds=0.8
        )
        factories.verdict(entry, "yes", on=TODAY, happened_on=happened_on)
    moments = (datetime(2026, 11, 22, tzinfo=UTC) + timedelta(seconds=n) for n in range(1_000))
    reckoning.reckon(TODAY, lambda: next(moments))


@pytest.fixture
def read(client: Client, counted: None) -> Any:
    def get(path: str, status: int = 200, **query: str) -> Any:
        answer = client.get(f"/api/v1/{path}", query)
        assert answer.status_code == status, answer.content
        return answer.json()

    return get


@pytest.mark.parametrize("path", ["scores/", "speakers/ada-quint/scores/", "topics/cars/scores/"])
def test_the_figures_are_those_that_pages_read(read: Any, path: str) -> None:
    beforehand, hindsight = read(path), read(path, ink="hindsight")
    assert (beforehand["due"]["on_time"], beforehand["due"]["late"], beforehand["as_of"]) == (
        1,
        0,
        "2026-11-22",
    )
    assert (hindsight["due"]["on_time"], hindsight["due"]["late"]) == (0, 1)
    assert read(path, ink="all")["due"]["due"] == 2
    assert msgspec.convert(beforehand, Figures).due.on_time == 1


def test_everybody_is_read_as_stored(read: Any) -> None:
    assert msgspec.convert(read("scores/", ink="all"), Figures) == figures.of_all(Ink.ALL)


def test_a_choice_that_there_is_not_is_refused_by_name(read: Any) -> None:
    assert "guessed" in str(read("scores/", 400, ink="guessed")["ink"])
    assert "reading" in read("ranking/", 400, reading="lenient")


def test_who_is_not_there_is_not_found(read: Any) -> None:
    read("speakers/nobody/scores/", 404)
    read("topics/nothing/scores/", 404)


def test_the_ranking_says_how_many_are_not_in_it(read: Any) -> None:
    found = msgspec.convert(read("ranking/", ink="all"), Ranking)
    assert (found.places, found.too_few) == ((), 1)


def test_the_method_names_its_constants_and_lexicons(read: Any) -> None:
    found = read("methodology/")
    assert found["level"] == 0.9
    assert found["agreement"] == {"doubly_judged": 0, "agreed": 0, "alpha": None, "fewest": 20}
    assert [one["name"] for one in found["lexicons"]] == ["fagen-ulmschneider", "kent", "icd-203", "ipcc"]
    assert found["lexicons"][0]["words"]["probably"] == {"probability": 0.7, "low": 0.6, "high": 0.75}
    assert found["shown_from"]["line"]["fewest"] == 30


def test_the_schema_describes_the_figures(read: Any) -> None:
    schema = read("schema/")
    answer = schema["paths"]["/api/v1/speakers/{slug}/scores/"]["get"]["responses"]["200"]
    assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Figures"}
    shapes = schema["components"]["schemas"]
    assert {"due", "delivery", "odds"} <= set(shapes["Figures"]["properties"])
    assert {"Due", "Delivery", "Odds", "Ranking", "Place"} <= set(shapes)
    assert set(read("")) >= {"scores", "ranking", "methodology"}
