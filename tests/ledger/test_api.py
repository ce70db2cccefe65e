"""The public record as JSON: complete, read-only, steady under paging, and with nobody's private data."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from ledger import due
from ledger.api.pages import Pages
from ledger.judging import resolution
from ledger.judging.withdrawal import withdraw
from predictions.models import Forecast, Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

DEADLINE = date(2026, 10, 1)
NEXT_DAY = DEADLINE + timedelta(days=1)
LONG = b64encode(b"p=" + b"9" * 5_000).decode()


@pytest.fixture
def read(client: Client) -> Any:
    """Read an address below /api/v1/, with its query, as a program would."""

    def get(path: str, status: int = 200, **query: Any) -> Any:
        answer = client.get(f"/api/v1/{path}", query, headers={"accept": "text/html,*/*"})
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"] == "application/json"
        return answer.json()

    return get


def found(answer: Any) -> list[int]:
    return [row["id"] for row in answer["results"]]


@pytest.fixture
def settled(settings: Settings) -> Prediction:
    """A prediction that everything happened to."""
    settings.SITE_URL = "https://hindsight.example"
    logger = User.objects.create_user("grace-login", "grace@example.org")
    reviewer = factories.reviewer("alan-t", email="alan@example.org", first_name="Secret", last_name="Name")
    prediction = factories.prediction(
        "in about a year",
        said={
            "speaker": factories.speaker("Ada Byron"),
            "source": factories.source("The Engine Hour", url="https://example.org/7"),
            "quote": "It will weave algebra in about a year.",
            "place": "42:18",
        },
        claim="The engine weaves algebraic patterns",
        criteria="A pattern is shown in public.",
        by=logger,
        odds=0.75,
        topics=["Engines"],
    )
    factories.subscription("reader@example.org", prediction.statement.speaker)
    due.flag_due(on=NEXT_DAY, at=noon(NEXT_DAY))
    factories.verdict(prediction, "no", on=NEXT_DAY)
    factories.verdict(
        prediction,
        "yes",
        on=NEXT_DAY + timedelta(days=30),
        by=reviewer,
        happened_on=date(2026, 10, 20),
        note="Shown at the fair.",
    )
    return prediction


class TestAPrediction:
    def test_tells_all_that_was_said_and_all_that_became_of_it(self, read: Any, settled: Prediction) -> None:
        row = read(f"predictions/{settled.pk}/")
        assert row["page"] == f"https://hindsight.example/predictions/{settled.pk}/"
        assert row["claim"] == "The engine weaves algebraic patterns"
        said = row["statement"]
        assert (said["speaker"]["slug"], said["source"]["title"]) == ("ada-byron", "The Engine Hour")
        assert (said["quote"], said["place"]) == ("It will weave algebra in about a year.", "42:18")
        assert (said["said_on"], said["said_precision"]) == ("2025-10-01", "day")
        assert (row["polarity"], row["horizon_text"]) == ("will", "in about a year")
        (deadline,) = row["deadlines"]
        assert deadline["binding"] is True
        assert deadline["earliest"] <= deadline["nominal"] <= deadline["last_day"] <= deadline["latest"]
        assert deadline["last_day"] == "2026-10-01"
        assert deadline["rule"]
        assert deadline["explanation"]
        assert row["topics"] == [{"slug": "engines", "name": "Engines"}]
        (odds,) = row["forecasts"]
        assert (odds["probability"], odds["by"]["slug"]) == (0.75, "ada-byron")
        assert [event["kind"] for event in row["events"]] == ["fell_due", "resolved", "resolved"]
        assert row["events"][0]["happened_at"] == "2026-10-02T00:00:00Z"
        assert [verdict["happened"] for verdict in row["resolutions"]] == ["no", "yes"]
        assert [piece["url"] for piece in row["evidence"]] == ["https://example.org/evidence"] * 2
        assert row["in_hindsight"] is False
        assert row["standing"] == {"state": "settled", "outcome": "late", "counts": True}

    def test_names_reviewers_by_their_public_name_and_knows_no_other_person(
        self, read: Any, settled: Prediction
    ) -> None:
        row = read(f"predictions/{settled.pk}/")
        assert [verdict["reviewer"] for verdict in row["resolutions"]] == ["a reviewer", "alan-t"]
        everything = json.dumps([row, *(read(f"{name}/") for name in RESOURCES)])
        for private in (
            "login",
            "@example.org",
            "grace",
            "inked_by",
            "made_by",
            "password",
            "subscri",
            "secret",
        ):
            assert private not in everything

    @pytest.mark.parametrize(
        ("given", "standing"),
        [
            ({}, {"state": "pending", "outcome": None, "counts": False}),
            ({"horizon": "soon"}, {"state": "undated", "outcome": None, "counts": False}),
            ({"said_on": date(2001, 1, 1)}, {"state": "waiting", "outcome": "waiting", "counts": True}),
        ],
    )
    def test_says_how_it_stands_today(self, read: Any, given: dict[str, Any], standing: Any) -> None:
        today = datetime.now(UTC).date()
        prediction = factories.prediction(**{"said_on": today, "inked_on": today, **given})
        assert read(f"predictions/{prediction.pk}/")["standing"] == standing

    def test_that_was_withdrawn_stays_with_its_reason(self, read: Any) -> None:
        prediction = factories.prediction()
        withdraw(prediction, reason="Not her words.", at=noon(NEXT_DAY))
        row = read(f"predictions/{prediction.pk}/")
        assert row["standing"]["state"] == "withdrawn"
        assert row["events"][0]["reason"] == "Not her words."

    def test_is_told_as_it_was_typed(self, read: Any) -> None:
        quote = "<script>alert(1)</script> שלום 🚀 \u202e"
        prediction = factories.prediction(said={"quote": quote})
        assert read(f"predictions/{prediction.pk}/")["statement"]["quote"] == quote


RESOURCES = ("speakers", "topics", "sources", "predictions", "forecasts", "corrections")


class TestEveryResource:
    def test_is_named_at_the_root(self, read: Any) -> None:
        assert set(read("")) == {*RESOURCES, "agreement", "log", "methodology", "ranking", "schema", "scores"}

    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("speakers", "slug"),
            ("topics", "slug"),
            ("sources", "id"),
            ("predictions", "id"),
            ("forecasts", "id"),
        ],
    )
    def test_is_listed_and_read_one_by_one(self, read: Any, settled: Prediction, name: str, key: str) -> None:
        listed = read(f"{name}/")["results"]
        assert listed
        for row in listed:
            assert read(f"{name}/{row[key]}/") == row

    @pytest.mark.parametrize("name", RESOURCES)
    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_can_only_be_read(self, client: Client, settled: Prediction, name: str, method: str) -> None:
        client.force_login(User.objects.create(username="root", is_superuser=True, is_staff=True))
        row = settled.statement.speaker.slug if name == "speakers" else settled.pk
        for path in (f"/api/v1/{name}/", f"/api/v1/{name}/{row}/"):
            answer = getattr(client, method)(path, {}, content_type="application/json")
            assert answer.status_code in {403, 405}
        assert Prediction.objects.count() == 1

    @pytest.mark.parametrize(
        "path",
        ["predictions/99999/", "predictions/99999999999999999999999/", "speakers/nobody/", "sources/0/"],
    )
    def test_that_is_not_there_says_so_in_json(self, read: Any, path: str) -> None:
        assert "detail" in read(path, status=404)


NOBODY_TYPES = ["\x00", "9" * 30, "9" * 5_000, "-1", "1e400", "\u0661"]


@pytest.mark.parametrize("typed", NOBODY_TYPES)
class TestWhatNobodyTypes:
    @pytest.mark.parametrize(
        "page",
        [
            "/api/v1/speakers/",
            "/api/v1/sources/",
            "/api/v1/predictions/",
            "/api/v1/forecasts/",
            "/speakers/",
            "/sources/",
            "/predictions/",
            "/unsubscribe/",
            "/subscribe/confirm/",
        ],
    )
    def test_in_an_address_is_not_found(
        self, client: Client, settled: Prediction, page: str, typed: str
    ) -> None:
        assert client.get(f"{page}{quote(typed)}/").status_code == 404

    @pytest.mark.parametrize(
        ("page", "names"),
        [
            (
                "/api/v1/predictions/",
                "speaker source topic polarity said_after said_before due_after due_before undated in_hindsight search cursor page_size",
            ),
            ("/api/v1/speakers/", "kind search cursor page_size"),
            ("/api/v1/sources/", "kind language search cursor page_size"),
            ("/api/v1/forecasts/", "prediction by cursor page_size"),
            ("/", "ink"),
            ("/speakers/", "ink"),
            ("/due/", "when page"),
            ("/subscribe/", "speaker"),
        ],
    )
    def test_behind_an_address_is_no_error_of_ours(
        self, client: Client, settled: Prediction, page: str, names: str, typed: str
    ) -> None:
        answers = {name: client.get(page, {name: typed}).status_code for name in names.split()}
        assert {name: status for name, status in answers.items() if status not in (200, 400, 404)} == {}


class TestNarrowingDown:
    @pytest.fixture(autouse=True)
    def _ledger(self) -> None:
        ada, bob = factories.speaker("Ada Byron"), factories.speaker("Bob")
        self.source = factories.source("The Engine Hour")
        make = factories.prediction
        self.old = make(
            said={"speaker": ada, "source": self.source, "quote": "Algebra will be woven."},
            said_on=date(2020, 1, 1),
            topics=["engines", "weaving"],
        )
        self.new = make(said={"speaker": ada}, claim="Notes are printed.", topics=["engines"])
        self.undated = make("soon", said={"speaker": bob, "quote": "永遠不會"}, polarity="will_not")

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({}, {"old", "new", "undated"}),
            ({"speaker": "ada-byron"}, {"old", "new"}),
            ({"speaker": "bob"}, {"undated"}),
            ({"topic": "engines"}, {"old", "new"}),
            ({"topic": "weaving"}, {"old"}),
            ({"polarity": "will_not"}, {"undated"}),
            ({"undated": "true"}, {"undated"}),
            ({"undated": "false"}, {"old", "new"}),
            ({"in_hindsight": "true"}, {"old"}),
            ({"in_hindsight": "false"}, {"new"}),
            ({"said_before": "2020-01-02"}, {"old"}),
            ({"said_before": "2020-01-01"}, set()),
            ({"said_after": "2020-01-01"}, {"new", "undated"}),
            ({"due_before": "2021-01-02"}, {"old"}),
            ({"due_before": "2021-01-01"}, set()),
            ({"due_after": "2026-09-30"}, {"new"}),
            ({"due_after": "2026-10-01"}, set()),
            ({"due_after": "2020-12-31", "due_before": "2026-10-02"}, {"old", "new"}),
            ({"speaker": "ada-byron", "topic": "engines", "in_hindsight": "true"}, {"old"}),
            ({"search": "algebra"}, {"old"}),
            ({"search": "printed"}, {"new"}),
            ({"search": "永遠"}, {"undated"}),
            ({"search": "ada woven"}, {"old"}),
            ({"search": "nothing of the kind"}, set()),
        ],
    )
    def test_gives_what_was_asked_for_once(
        self, read: Any, query: dict[str, str], expected: set[str]
    ) -> None:
        ids = found(read("predictions/", **query))
        assert sorted(ids) == sorted(getattr(self, name).pk for name in expected)

    def test_by_source(self, read: Any) -> None:
        assert found(read("predictions/", source=self.source.pk)) == [self.old.pk]

    @pytest.mark.parametrize(
        "query",
        [
            {"speaker": "nobody"},
            {"source": "first"},
            {"source": "99999999999999999999999"},
            {"topic": "\x00"},
            {"due_before": "soon"},
            {"due_before": "0000-00-00"},
            {"said_after": "2026-02-30"},
            {"polarity": "perhaps"},
            {"search": "\x00"},
        ],
    )
    def test_by_what_does_not_exist_is_refused_with_the_fields_name(
        self, read: Any, query: dict[str, str]
    ) -> None:
        refused = read("predictions/", status=400, **query)
        assert set(refused) == set(query) or isinstance(refused, list)

    @pytest.mark.parametrize("path", ["predictions/", "speakers/", "sources/", "forecasts/"])
    def test_by_what_nobody_knows_changes_nothing(self, read: Any, path: str) -> None:
        assert read(path, colour="blue", cursor="") == read(path)

    def test_speakers_sources_and_forecasts(self, read: Any) -> None:
        market = factories.speaker("Market", kind="market")
        Forecast.objects.create(prediction=self.new, by=market, low=0.5, high=0.5, stated_on=DEADLINE)
        assert [row["name"] for row in read("speakers/", kind="market")["results"]] == ["Market"]
        assert [row["name"] for row in read("speakers/", search="byron")["results"]] == ["Ada Byron"]
        assert [row["title"] for row in read("sources/", search="engine")["results"]] == ["The Engine Hour"]
        assert len(read("forecasts/", by="market", prediction=self.new.pk)["results"]) == 1
        assert read("forecasts/", by="bob")["results"] == []


class TestPages:
    def test_neither_repeat_nor_hide_a_row_while_the_ledger_grows(self, read: Any, client: Client) -> None:
        first = [factories.prediction().pk for _ in range(7)]
        page = read("predictions/", page_size=3)
        seen = found(page)
        while page["next"]:
            factories.prediction()
            page = client.get(page["next"]).json()
            seen += found(page)
        assert seen == sorted(first, reverse=True)

    @pytest.mark.parametrize("size", ["0", "-1", "all", str(10**9)])
    def test_have_a_size_that_is_bounded(self, read: Any, size: str) -> None:
        assert len(read("predictions/", page_size=size)["results"]) <= Pages.max_page_size

    @pytest.mark.parametrize(
        "cursor", ["x", "💥", "cD0x", "cD1hYmM=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5", LONG]
    )
    def test_from_a_forged_cursor_are_no_error_of_ours(self, client: Client, cursor: str) -> None:
        factories.prediction()
        assert client.get("/api/v1/predictions/", {"cursor": cursor}).status_code in {200, 404}


def test_a_page_costs_the_same_few_queries_however_long_it_is(
    read: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        prediction = factories.prediction(odds=0.5, topics=["engines", f"topic {n}"])
        factories.verdict(prediction, "no", on=NEXT_DAY, by=User.objects.create_user(f"reviewer {n}"))
        resolution.present(prediction, factories.evidence(), at=noon(NEXT_DAY), on=NEXT_DAY)
    with django_assert_max_num_queries(11):
        assert len(read("predictions/")["results"]) == 12
    with django_assert_max_num_queries(1):
        read("speakers/")
    with django_assert_max_num_queries(1):
        read("sources/")
    with django_assert_max_num_queries(2):
        read("forecasts/")


class TestTheSchema:
    def test_is_made_without_a_warning_and_is_valid(self, tmp_path: Path) -> None:
        file = tmp_path / "schema.yml"
        call_command("spectacular", file=str(file), fail_on_warn=True, validate=True)
        assert "/api/v1/predictions/" in file.read_text()

    def test_is_served_and_describes_what_is_served(self, client: Client, settled: Prediction) -> None:
        answer = client.get("/api/v1/schema/")
        assert answer.status_code == 200
        schema = answer.json()
        described = schema["components"]["schemas"]["Prediction"]["properties"]
        row = client.get(f"/api/v1/predictions/{settled.pk}/").json()
        assert set(row) == set(described)
        methods = {method for path in schema["paths"].values() for method in path}
        assert methods == {"get"}
