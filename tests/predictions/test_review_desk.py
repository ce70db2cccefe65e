"""What the review desk's script asks for and sends, and what it is told."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ledger.models import Event
from predictions.models import Candidate, Decision, Prediction, Transcript
from tests import drafts, factories
from tests.drafts import candidate, searched

pytestmark = pytest.mark.django_db


@pytest.fixture
def ferries() -> Transcript:
    drafts.people()
    return searched()


def logger(name: str) -> Client:
    user = User.objects.create_user(name, first_name=name.title(), is_staff=True)
    user.groups.add(Group.objects.get(name="Loggers"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def bea() -> Client:
    return logger("bea")


def card(client: Client, one: Candidate) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/admin/review/candidate/{one.pk}/").json()
    return answer


def state(client: Client, of: Transcript, version: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/admin/review/{of.pk}/state/", {"version": version}).json()
    return answer


def form(**kwargs: str) -> dict[str, str]:
    return {
        "claim": "Half of all crossings are electric.",
        "criteria": "The harbour office counts them.",
        "speaker": "Mira Solano",
        "speaker_certainty": "certain",
        "said_on": "2025-10-01",
        "said_precision": "day",
        "horizon_text": "By 2030",
        "language": "en",
        "attribution": "said",
        "polarity": "will",
        "modality": "will",
        "undated": "",
        **kwargs,
    }


def accept(client: Client, one: Candidate, **kwargs: str) -> Any:
    return client.post(f"/admin/review/candidate/{one.pk}/accept/", form(**kwargs))


def reject(client: Client, one: Candidate, reason: str = "past") -> Any:
    return client.post(f"/admin/review/candidate/{one.pk}/reject/", {"reason": reason})


class TestWhoMayComeIn:
    @pytest.mark.parametrize("page", ["{}/", "{}/state/"])
    def test_nobody_who_is_not_signed_in(self, ferries: Transcript, client: Client, page: str) -> None:
        answer = client.get(f"/admin/review/{page.format(ferries.pk)}")
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")

    def test_no_reviewer_who_is_no_logger(self, ferries: Transcript, client: Client) -> None:
        user = User.objects.create_user("rex", is_staff=True)
        user.groups.add(Group.objects.get(name="Reviewers"))
        client.force_login(user)
        assert client.get(f"/admin/review/{ferries.pk}/").status_code == 403
        assert reject(client, candidate(ferries, "2030")).status_code == 403
        assert not Decision.objects.exists()

    def test_a_logger(self, ferries: Transcript, bea: Client) -> None:
        assert bea.get(f"/admin/review/{ferries.pk}/").status_code == 200

    def test_no_post_without_a_token(self, ferries: Transcript, bea: Client) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = bea.cookies
        assert reject(strict, candidate(ferries, "2030")).status_code == 403


class TestWhatIsShown:
    def test_the_form_is_filled_with_what_was_found(self, ferries: Transcript, bea: Client) -> None:
        html = card(bea, candidate(ferries, "2030"))["card"]
        assert 'value="Mira Solano"' in html
        assert "By 2030 half of all crossings will be electric, I predict." in html
        assert 'value="By 2030"' in html
        assert "by 31 December 2030" in html
        assert 'value="2025-10-01"' in html
        assert 'value="0:13"' in html

    def test_what_was_said_in_chinese_gets_criteria_and_a_full_stop_in_chinese(self, bea: Client) -> None:
        html = card(bea, candidate(searched("我預測港口的渡輪在2030年底前一半會改用電力"), "2030"))["card"]
        assert "我預測港口的渡輪在2030年底前一半會改用電力。<" in html
        assert "是：到 2030 年 12 月 31 日為止，" in html
        assert "Yes if" not in html

    def test_the_words_round_it_are_shown_with_time_and_voice(self, ferries: Transcript, bea: Client) -> None:
        html = card(bea, candidate(ferries, "2030"))["passage"]
        assert "My grandfather ran the steam ferry here" in html
        assert "1:02:03" in html
        assert html.count('<p class="sp">Mira Solano</p>') == 3

    def test_markup_in_a_transcript_is_text(self, bea: Client) -> None:
        stored = searched("I predict that <script>alert(1)</script> will be closed by 2031.")
        answer = card(bea, candidate(stored, "2031"))
        assert "<script>" not in answer["card"] + answer["passage"]
        assert "&lt;script&gt;" in answer["passage"]

    def test_a_link_leads_to_the_moment_in_the_recording(self, bea: Client) -> None:
        source = factories.source(url="https://www.youtube.com/watch?v=abc")
        stored = searched(source=source)
        html = card(bea, candidate(stored, "2030"))["passage"]
        assert "https://www.youtube.com/watch?v=abc&amp;t=13s" in html

    def test_of_a_long_transcript_only_what_lies_round_it_is_sent(self, bea: Client) -> None:
        stored = searched(
            "It was a quiet harbour. " * 9_000 + "I predict that the pier will be closed by 2031."
        )
        assert len(card(bea, candidate(stored, "2031"))["passage"]) < 10_000

    def test_what_the_ledger_knows_already_is_pointed_to(self, bea: Client) -> None:
        mira, _ = drafts.people()
        entry = factories.prediction(
            "by 2030", said={"speaker": mira, "quote": "half of all crossings will be electric"}
        )
        html = card(bea, candidate(searched(), "2030"))["card"]
        assert f'name="says_again" value="{entry.pk}" checked' in html

    def test_the_page_and_a_card_cost_a_bounded_number_of_queries(
        self, ferries: Transcript, bea: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(16):
            bea.get(f"/admin/review/{ferries.pk}/")
        with django_assert_max_num_queries(25):
            card(bea, candidate(ferries, "2030"))


class TestReadingLive:
    def read(self, client: Client, **typed: str) -> dict[str, Any]:
        data = {"said_on": "2025-10-01", "said_precision": "day", **typed}
        answer: dict[str, Any] = client.post("/admin/review/reading/", data).json()
        return answer

    def test_words_with_a_date(self, bea: Client) -> None:
        answer = self.read(bea, horizon_text="next year")
        assert answer["dated"]
        assert "31 December 2026" in answer["html"]

    def test_words_without_one_say_why(self, bea: Client) -> None:
        answer = self.read(bea, horizon_text="some day")
        assert not answer["dated"]
        assert "No date." in answer["html"]


class TestLogging:
    def test_it_becomes_ink_as_typed(self, ferries: Transcript, bea: Client) -> None:
        one = candidate(ferries, "2030")
        answer = accept(bea, one, odds="70")
        entry = Prediction.objects.get()
        assert answer.json() == {"decision": one.decision and one.decision.pk, "prediction": entry.pk}
        assert (entry.claim, entry.statement.quote) == ("Half of all crossings are electric.", one.quote)
        assert entry.deadline
        assert entry.deadline.last_day == date(2030, 12, 31)
        assert entry.forecasts.get().probability == 0.7
        assert entry.inked_by == User.objects.get(username="bea")

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"claim": ""}, "claim"),
            ({"criteria": " "}, "criteria"),
            ({"speaker": ""}, "speaker"),
            ({"said_on": "yesterday"}, "said_on"),
            ({"said_on": "9999-01-01"}, "said_on"),
            ({"horizon_text": "some day"}, "horizon_text"),
            ({"horizon_text": ""}, "horizon_text"),
            ({"undated": "on"}, "undated"),
            ({"odds": "140"}, "odds"),
            ({"deadline": "2031-01-01"}, "reason"),
            ({"speaker": "x" * 121}, ""),
            ({"speaker": "a\x00b"}, "speaker"),
            ({"claim": "a\x00b"}, "claim"),
        ],
        ids=lambda one: json.dumps(one)[:40],
    )
    def test_what_is_wrong_is_said_beside_its_field(
        self, ferries: Transcript, bea: Client, typed: dict[str, str], field: str
    ) -> None:
        answer = accept(bea, candidate(ferries, "2030"), **typed)
        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == [field]
        assert not Prediction.objects.exists()
        assert not Decision.objects.exists()

    def test_words_may_stand_in_the_passage_beside_the_quote(self, ferries: Transcript, bea: Client) -> None:
        assert accept(bea, candidate(ferries, "2030"), horizon_text="within ten years").status_code == 200

    def test_small_odds_that_were_found_are_not_asked_back(self, ferries: Transcript, bea: Client) -> None:
        one = candidate(ferries, "2030")
        one.low = one.high = Decimal("0.005")
        one.save()
        assert 'value="0.5%"' in card(bea, one)["card"]
        assert accept(bea, one, odds="0.5%").status_code == 200

    def test_without_a_date_only_on_purpose(self, ferries: Transcript, bea: Client) -> None:
        assert accept(bea, candidate(ferries, "2030"), horizon_text="", undated="on").status_code == 200
        assert Prediction.objects.get().deadline is None

    def test_the_second_logger_is_told_who_was_first(self, ferries: Transcript, bea: Client) -> None:
        one = candidate(ferries, "2030")
        assert reject(bea, one, "joke").status_code == 200
        answer = accept(logger("kim"), one)
        assert answer.status_code == 409
        assert answer.json()["message"].startswith("Bea decided this at")
        assert not Prediction.objects.exists()

    def test_it_says_again_what_is_linked(self, bea: Client) -> None:
        mira, _ = drafts.people()
        entry = factories.prediction("by 2030", said={"speaker": mira})
        accept(bea, candidate(searched(), "2030"), says_again=str(entry.pk))
        assert Prediction.objects.exclude(pk=entry.pk).get().says_again == entry


class TestTheState:
    def test_unchanged_is_only_how_the_searches_go(self, ferries: Transcript, bea: Client) -> None:
        known = state(bea, ferries)
        assert state(bea, ferries, known["version"]) == {"searches": known["searches"]}

    def test_a_decision_shows_with_who_made_it(self, ferries: Transcript, bea: Client) -> None:
        before = state(bea, ferries)["version"]
        one = candidate(ferries, "2030")
        reject(logger("kim"), one, "habit")
        now = state(bea, ferries, before)
        row = next(row for row in now["candidates"] if row["id"] == one.pk)
        assert (row["mark"], row["by"], row["words"]) == (
            "rejected",
            "Kim",
            "not logged: a habit or a definition",
        )
        assert now["colleagues"] == ["Kim"]

    def test_candidates_stand_in_the_order_of_the_text(self, ferries: Transcript, bea: Client) -> None:
        starts = [row["start"] for row in state(bea, ferries)["candidates"]]
        assert starts == sorted(starts)

    def test_a_search_shows_how_far_it_is(self, bea: Client) -> None:
        stored = drafts.transcript()
        assert state(bea, stored)["searches"] == [
            {
                "finder": "rules",
                "done": 0,
                "total": 5,
                "finished": False,
                "discarded": 0,
                "failure": "",
                "trouble": "No worker has taken it up yet. Is one running?",
            }
        ]


class TestCuttingAndTakingBack:
    def test_a_cut_and_its_undoing(self, ferries: Transcript, bea: Client) -> None:
        one = candidate(ferries, "2030")
        before = state(bea, ferries)["candidates"]
        answer = bea.post(
            f"/admin/review/{ferries.pk}/recast/",
            {"ids": json.dumps([one.pk]), "spans": json.dumps([[one.start, one.end - 11]])},
        ).json()
        assert Candidate.objects.get(pk=answer["made"][0]).quote == one.quote[:-11]
        assert bea.post(f"/admin/review/decision/{answer['decision']}/undo/").status_code == 200
        assert state(bea, ferries)["candidates"] == before

    @pytest.mark.parametrize(
        ("ids", "spans"),
        [
            (f"[{10**30}]", "[[1,2]]"),
            ("", ""),
            ("[]", "[]"),
            ("[0]", "[[0,5]]"),
            ("null", "{}"),
            ("[1", "[[1,2]]"),
            ('["x"]', "[[1,2]]"),
        ],
    )
    def test_nonsense_is_refused(self, ferries: Transcript, bea: Client, ids: str, spans: str) -> None:
        answer = bea.post(f"/admin/review/{ferries.pk}/recast/", {"ids": ids, "spans": spans})
        assert answer.status_code == 422

    @pytest.mark.parametrize(
        "spans", ["[]", "[[1]]", '[["a", "b"]]', "[[true, false]]", "[[0.5, 2]]", f"[[0, {10**30}]]", "7"]
    )
    def test_spans_are_pairs_of_whole_numbers(self, ferries: Transcript, bea: Client, spans: str) -> None:
        one = candidate(ferries, "2030")
        answer = bea.post(f"/admin/review/{ferries.pk}/recast/", {"ids": f"[{one.pk}]", "spans": spans})
        assert answer.status_code == 422
        assert one in Candidate.objects.undecided()

    def test_another_transcript_s_candidates_are_left_alone(self, ferries: Transcript, bea: Client) -> None:
        other = searched("I predict that the pier will be closed by 2031.")
        one = candidate(ferries, "2030")
        data = {"ids": f"[{one.pk}]", "spans": f"[[{one.start}, {one.end - 3}]]"}
        assert bea.post(f"/admin/review/{other.pk}/recast/", data).status_code == 422

    def test_ink_is_withdrawn_with_a_reason(self, ferries: Transcript, bea: Client) -> None:
        one = candidate(ferries, "2030")
        decision = accept(bea, one).json()["decision"]
        assert bea.post(f"/admin/review/decision/{decision}/undo/").status_code == 422
        where = f"/admin/predictions/decision/{decision}/undo/"
        for reason in ("", "a\x00b", "x" * 501):
            assert bea.post(where, {"reason": reason}).status_code == 422
        assert not Event.objects.of_kind("withdrawn").exists()
        assert bea.post(where, {"reason": "It was a joke."}).status_code == 200
        assert Event.objects.of_kind("withdrawn").get().reason == "It was a joke."
        assert one in Candidate.objects.undecided()

    def test_nobody_is_no_speaker(self, ferries: Transcript, bea: Client) -> None:
        one = candidate(ferries, "old pier")
        for who in ("", "a\x00b", "x" * 121):
            data = {"speaker": who, "certainty": "certain"}
            assert bea.post(f"/admin/review/candidate/{one.pk}/who/", data).status_code == 422

    def test_who_speaks_is_put_right(self, ferries: Transcript, bea: Client) -> None:
        one = candidate(ferries, "old pier")
        data = {"speaker": "Ines Vall", "certainty": "certain", "everywhere": "1"}
        assert bea.post(f"/admin/review/candidate/{one.pk}/who/", data).status_code == 200
        answer = card(bea, one)
        assert 'value="Ines Vall"' in answer["card"]
        assert "label says Jon Pell" in answer["passage"]
