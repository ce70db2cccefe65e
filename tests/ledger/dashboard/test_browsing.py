"""Topics, two speakers, and the calendar: what they say, and how little they ask of the database."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ledger.dashboard import headlines, pairs
from ledger.dashboard.months import Month
from ledger.judging import withdrawal
from ledger.models import Reckoning, Score
from ledger.scoring.groups import Ink
from ledger.scoring.intervals import Proportion, Range
from ledger.scoring.published import Due, Figures, Reading
from predictions.models import Forecast, Prediction, Topic
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def counted(on_time: int, waiting: int, missed: int, low: float, high: float) -> Due:
    """A due cohort with a rate between two bounds."""
    due = on_time + waiting + missed
    ends = (Proportion(on_time, due, low, high), Proportion(on_time + waiting, due, low, high))
    return Due(
        due, on_time, missed=missed, waiting=waiting, at_least=ends[0], at_most=ends[1], rate=Range(low, high)
    )


def store(scope: str, subject: int, due: Due, ink: Ink = Ink.HINDSIGHT) -> None:
    run = Reckoning.objects.get_or_create(
        number=1,
        defaults={
            "whole": True,
            "as_of": TODAY,
            "code": "1",
            "lexicons": {},
            "last_event": 0,
            "began_at": noon(TODAY),
            "held_until": noon(TODAY),
        },
    )[0]
    own = Figures(scope, "", ink, Reading.DEADLINE, as_of=TODAY, due=due)
    Score.objects.create(
        scope=scope,
        subject=subject,
        ink=ink,
        reading="deadline",
        figures=msgspec.to_builtins(own),
        reckoning=run,
    )


class TestTopics:
    @pytest.fixture
    def cars(self) -> Topic:
        for number in range(60):
            factories.prediction(topics=["Cars"], claim=f"Car number {number} is sold.")
        return Topic.objects.get(slug="cars")

    def test_a_topic_opens_with_what_can_be_told(self, client: Client, cars: Topic) -> None:
        assert "Cars: 60 predictions, not counted yet" in client.get("/topics/cars/").content.decode()
        store("topic", cars.pk, counted(9, 7, 34, 0.11, 0.42))
        page = client.get("/topics/cars/").content.decode()
        assert "Cars: 9 to 16 of 50 promises came true on time" in page
        assert "11 to 42%" in page
        assert (
            "has come due among the entries chosen"
            in client.get("/topics/cars/?ink=beforehand").content.decode()
        )

    def test_they_are_listed_with_their_rates(self, client: Client, cars: Topic) -> None:
        store("topic", cars.pk, counted(9, 7, 34, 0.11, 0.42), Ink.ALL)
        Topic.objects.create(name="Of which nobody spoke", slug="nothing")
        page = client.get("/topics/").content.decode()
        assert "11 to 42%" in page
        assert "Of which nobody spoke" not in page

    def test_what_became_of_all_that_fell_due_adds_up(self, client: Client) -> None:
        for came in ("yes", "partly", "no", "cannot_tell", "void"):
            row = factories.prediction(
                "in 2020", said_on=date(2019, 3, 1), topics=["Cars"], condition="If it is made."
            )
            part = "the wheels" if came == "partly" else ""
            on = date(2020, 3, 1) if came in ("yes", "partly") else None
            factories.verdict(row, came, on=TODAY, happened_on=on, which_part=part)
        factories.prediction("in 2020", said_on=date(2019, 3, 1), topics=["Cars"])
        factories.counted(TODAY)
        page = client.get("/topics/").content.decode()
        cells = {name: int(n) for name, n in re.findall(r'data-label="([^"]+)">(\d+)<', page)}
        assert (cells.pop("Logged"), cells.pop("Fell due")) == (6, 6)
        assert cells["Void, cannot tell"] == 2
        assert sum(cells.values()) == 6

    def test_an_empty_ledger_says_so(self, client: Client) -> None:
        assert "Nothing has been given a topic yet" in client.get("/topics/").content.decode()
        assert client.get("/topics/nothing/").status_code == 404


class TestTwoSpeakers:
    NAMES = ("Ada", "Bo")

    @pytest.mark.parametrize(
        ("one", "other", "sentence"),
        [
            (
                counted(30, 0, 10, 0.6, 0.8),
                counted(9, 7, 34, 0.11, 0.42),
                "Ada is on time more often: 60 to 80%",
            ),
            (
                counted(9, 7, 34, 0.11, 0.42),
                counted(30, 0, 10, 0.6, 0.8),
                "Bo is on time more often: 60 to 80%",
            ),
            (
                counted(9, 7, 34, 0.11, 0.42),
                counted(9, 7, 34, 0.11, 0.42),
                "may yet be on time as often as each other",
            ),
            (counted(4, 0, 0, 0.6, 1.0), counted(0, 0, 40, 0.0, 0.1), "Too little has fallen due"),
            (Due(), counted(9, 7, 34, 0.11, 0.42), "Nothing by Ada has fallen due"),
            (
                counted(9, 7, 34, 0.11, 0.42),
                Due(due=3, waiting=3),
                "Of Bo nothing that fell due has been judged",
            ),
        ],
    )
    def test_one_is_called_better_only_where_that_is_known(self, one: Due, other: Due, sentence: str) -> None:
        assert sentence in headlines.of_two(self.NAMES, (one, other))

    @pytest.fixture
    def asked(self) -> tuple[Prediction, Prediction]:
        """The same question put to two: each one's odds stand beside what the other said."""
        rows = [
            factories.prediction(
                "in 2020",
                said_on=date(2020, 1, 5),
                odds=odds,
                claim="It rains.",
                said={"speaker": factories.speaker(name)},
            )
            for name, odds in (("Ada Quint", 0.9), ("Bo Renn", 0.6))
        ]
        own = [row.forecasts.get() for row in rows]
        for row, theirs in zip(rows, own[::-1], strict=True):
            Forecast.objects.create(
                prediction=row, by=theirs.by, low=theirs.low, high=theirs.high, stated_on=theirs.stated_on
            )
        return rows[0], rows[1]

    def test_a_question_put_to_both_is_told_once(self, asked: tuple[Prediction, Prediction]) -> None:
        one, other = (row.statement.speaker for row in asked)
        [pair] = pairs.asked_of_both(one, other, TODAY)
        assert (pair.line.number, pair.one.low, pair.other.low, pair.truth) == (
            asked[0].pk,
            Decimal("0.9"),
            Decimal("0.6"),
            None,
        )
        factories.verdict(asked[0], "no", on=TODAY)
        [pair] = pairs.asked_of_both(one, other, TODAY)
        assert (pair.truth, pair.closer) == (0.0, "other")
        [pair] = pairs.asked_of_both(other, one, TODAY)
        assert pair.line.number == asked[1].pk  # by the words of the first named, and that is not judged

    def test_the_page(self, client: Client, asked: tuple[Prediction, Prediction]) -> None:
        factories.verdict(asked[0], "no", on=TODAY)
        page = client.get("/compare/?a=ada-quint&b=bo-renn").content.decode()
        assert "Of one question put to both, Ada Quint came closer in 0, Bo Renn in 1" in page
        assert 'rel="canonical" href="http://localhost:8000/compare/?a=ada-quint&amp;b=bo-renn"' in page

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("", "Compare two speakers"),
            ("?a=ada-quint", "Compare two speakers"),
            ("?a=ada-quint&b=ada-quint", "one and the same"),
            ("?a=nobody&b=bo-renn", "Compare two speakers"),
        ],
    )
    def test_without_two_it_asks_for_them(
        self, client: Client, asked: tuple[Prediction, Prediction], query: str, words: str
    ) -> None:
        assert words in client.get(f"/compare/{query}").content.decode()

    def test_they_are_called_by_name_too(self, client: Client, asked: tuple[Prediction, Prediction]) -> None:
        by_name = client.get("/compare/", {"a": "ada quint", "b": "Bo Renn"}).content.decode()
        assert 'rel="canonical" href="http://localhost:8000/compare/?a=ada-quint&amp;b=bo-renn"' in by_name
        nobody = client.get("/compare/", {"a": "Ada Quint", "b": "Bo"}).content.decode()
        assert "Nobody of that name" in nobody
        assert 'value="Bo"' in nobody

    def test_as_many_are_offered_as_one_can_look_through(
        self, client: Client, asked: tuple[Prediction, Prediction], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for speaker in (asked[1].statement.speaker, *[factories.speaker("Cy Lund")] * 2):
            factories.prediction(said={"speaker": speaker})
        monkeypatch.setattr("ledger.views.compare.MOST_OFFERED", 2)
        page = client.get("/compare/").content.decode()
        assert re.findall('<option value="(.*?)">', page) == ["Bo Renn", "Cy Lund"]


class TestCalendar:
    def test_it_opens_with_the_month_in_which_something_is_next(self, client: Client) -> None:
        assert "Nothing falls due in" in client.get("/calendar/").content.decode()
        far = date(TODAY.year + 3, 2, 28)
        factories.prediction(f"by {far:%-d %B %Y}", said_on=TODAY - timedelta(days=1), inked_on=TODAY)
        page = client.get("/calendar/").content.decode()
        assert f"1 prediction falls due in February {far.year}" in page
        assert f'id="d28"><h2 class="t"><time datetime="{far}">' in page
        assert f'href="?month={far:%Y-%m}" aria-current="page"' in page

    def test_a_month_that_is_over(self, client: Client) -> None:
        kept = factories.prediction("by 10 March 2020", said_on=date(2019, 1, 1), claim="It was there.")
        let_go = factories.prediction("by 11 March 2020", said_on=date(2019, 1, 1), claim="It was a joke.")
        factories.prediction("by 1 May 2017", said_on=date(2016, 1, 1))
        withdrawal.withdraw(let_go, reason="A joke.", at=noon(TODAY))
        page = client.get("/calendar/?month=2020-03").content.decode()
        assert "1 prediction fell due in March 2020" in page
        assert kept.claim in page
        assert let_go.claim not in page
        assert 'href="?month=2017-05" rel="prev"' in page

    @pytest.mark.parametrize("month", ["2020-13", "nonsense", "0000-01", "2020-3", "99999-01", "2020-03-01"])
    def test_what_is_no_month_opens_the_usual_one(self, client: Client, month: str) -> None:
        assert Month.read(month) is None
        assert client.get("/calendar/", {"month": month}).status_code == 200

    @pytest.mark.parametrize("month", ["0001-01", "9999-12"])
    def test_the_ends_of_time(self, client: Client, month: str) -> None:
        assert client.get("/calendar/", {"month": month}).status_code == 200


def test_every_page_asks_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        row = factories.prediction(
            "in 2020", said_on=date(2019, 3, 1), topics=["Cars", f"Topic {number}"], odds=0.5
        )
        factories.verdict(row, "yes", on=TODAY, happened_on=date(2020, 1, 1))
    slugs = [
        "/compare/?a={}&b={}".format(
            *sorted({row.statement.speaker.slug for row in Prediction.objects.all()[:2]})
        )
    ]
    for address in [
        "/topics/",
        "/topics/cars/",
        "/calendar/",
        "/calendar/?month=2020-12",
        "/compare/",
        *slugs,
    ]:
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200, address
