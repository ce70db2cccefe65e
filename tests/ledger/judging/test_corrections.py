"""Anybody may say what is wrong; an editor answers; what is accepted is appended and shown to all."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from pytest_django import Settings

from ledger import due
from ledger.house_rules import HouseRules
from ledger.judging import corrections, resolution, withdrawal
from ledger.models import Answer, Correction, Event, Sender
from ledger.post import senders
from ledger.standing import State, standing
from ledger.views import corrections as views
from ledger.views.senders import sender_of
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 1)


def filed(**kwargs: Any) -> Correction:
    about = kwargs.pop("about", None) or factories.prediction()
    return corrections.file(about, **{"says": "It was the other bridge.", "at": noon(DAY), **kwargs})


def test_an_accepted_one_joins_the_record_and_a_declined_one_its_reason_alone(client: Client) -> None:
    good, bad = filed(), filed(says="Buy my watches.")
    unanswered = filed(says="Not read yet.")
    corrections.answer(good, accepted=True, reason="So it was.", at=noon(DAY))
    corrections.answer(bad, accepted=False, reason="That is no correction.", at=noon(DAY))
    event = Event.objects.get(kind="corrected")
    assert (event.correction, event.reason, event.prediction) == (good, "So it was.", good.prediction)
    page = client.get("/corrections/").content.decode()
    for words in ("It was the other bridge.", "So it was.", "That is no correction."):
        assert words in page
    for words in ("watches", "Not read yet"):
        assert words not in page
    assert "It was the other bridge." in client.get(good.prediction.get_absolute_url()).content.decode()
    rows = client.get("/api/v1/corrections/").json()["results"]
    assert {(row["accepted"], row["says"]) for row in rows} == {
        (True, "It was the other bridge."),
        (False, ""),
    }
    assert unanswered not in [row["id"] for row in rows]


def test_each_is_answered_once_and_with_a_reason() -> None:
    correction = filed()
    with pytest.raises(ValidationError, match="reason"):
        corrections.answer(correction, accepted=True, reason=" ", at=noon(DAY))
    corrections.answer(correction, accepted=False, reason="No.", at=noon(DAY))
    with pytest.raises(ValidationError, match="already"):
        corrections.answer(correction, accepted=True, reason="Yes.", at=noon(DAY))
    assert Answer.objects.count() == 1
    assert not Event.objects.filter(kind="corrected").exists()


def test_one_accepted_during_the_notice_stops_it() -> None:
    about = factories.prediction()
    due.flag_due(on=DAY, at=noon(DAY))
    factories.verdict(about, "no", on=DAY, rules=HouseRules(reviewers=1, notice_hours=48))
    correction = filed(about=about)
    corrections.answer(correction, accepted=True, reason="So it was.", at=noon(DAY))
    assert standing(Prediction.objects.get(), DAY).state is State.WAITING
    assert resolution.finalise(noon(DAY) + timedelta(days=3)) == 0


def test_withdrawn_entries_are_listed_with_them(client: Client) -> None:
    about = factories.prediction()
    withdrawal.withdraw(about, reason="Another’s words.", at=noon(DAY))
    page = client.get("/corrections/").content.decode()
    assert "Another’s words." in page
    assert about.claim in page


def test_a_page_of_them_is_read_whatever_the_number_of_all(
    client: Client, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers and withdrawals in one order, the latest first, and no line twice or left out."""
    monkeypatch.setattr(views, "LINES", 4)
    for day in range(5):
        at = noon(DAY) + timedelta(days=day)
        corrections.answer(filed(at=at), accepted=bool(day % 2), reason=f"Answered on {day}.", at=at)
        taken_back = factories.prediction()
        withdrawal.withdraw(taken_back, reason=f"Taken back on {day}.", at=at + timedelta(hours=1))
    told = []
    for number in (1, 2, 3):
        with django_assert_max_num_queries(6):
            page = client.get(f"/corrections/?page={number}").content.decode()
        told.append(re.findall(r"(Answered|Taken back) on (\d)", page))
    assert [len(page) for page in told] == [4, 4, 2]
    each = [(what, str(day)) for day in (4, 3, 2, 1, 0) for what in ("Taken back", "Answered")]
    assert [line for page in told for line in page] == each


class TestTheForm:
    def send(self, client: Client, about: Prediction, **typed: str) -> Any:
        form = {"says": "It was the other bridge.", "url": "", "homepage": "", **typed}
        return client.post(f"/predictions/{about.pk}/correct/", form)

    def test_takes_it_without_an_account_and_keeps_nothing_of_who_sent_it(self, client: Client) -> None:
        about = factories.prediction()
        assert f"/predictions/{about.pk}/correct/" in client.get(about.get_absolute_url()).content.decode()
        assert self.send(client, about, url="example.org/bridge").status_code == 302
        correction = Correction.objects.get()
        assert (correction.says, correction.url) == ("It was the other bridge.", "https://example.org/bridge")
        assert "127.0.0.1" not in str(Sender.objects.values())
        assert client.get(f"/predictions/{about.pk}/correct/filed/").status_code == 200

    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ({"says": ""}, "Say what is wrong"),
            ({"url": "nowhere"}, "no address"),
            ({"says": "x" * 2_001}, "2000"),
        ],
    )
    def test_refuses_beside_the_field_and_loses_nothing(
        self, client: Client, typed: dict[str, str], says: str
    ) -> None:
        page = self.send(client, factories.prediction(), **typed)
        assert page.status_code == 422
        assert says in page.content.decode()
        assert not Correction.objects.exists()

    def test_a_robot_is_thanked_and_forgotten(self, client: Client) -> None:
        assert self.send(client, factories.prediction(), homepage="https://spam.example").status_code == 302
        assert not Correction.objects.exists()

    def test_of_what_is_not_there_there_is_no_form(self, client: Client) -> None:
        assert client.get("/predictions/999/correct/").status_code == 404

    def test_ten_a_day_from_one_place_and_two_on_one_prediction(self, client: Client) -> None:
        about = factories.prediction()
        for _ in range(2):
            assert self.send(client, about).status_code == 302
        refused = self.send(client, about).content.decode()
        assert "From where you are came two corrections of this entry today" in refused
        for _ in range(8):
            assert self.send(client, factories.prediction()).status_code == 302
        refused = self.send(client, factories.prediction()).content.decode()
        assert "From where you are came ten corrections today" in refused

    def test_is_refused_and_answered_in_the_language_that_the_address_names(self, client: Client) -> None:
        about = factories.prediction()
        at = f"/predictions/{about.pk}/correct/"
        given = {"says": "那是另一座橋。", "url": "", "homepage": ""}
        for _ in range(corrections.MOST_A_DAY_FROM_ONE_ON_ONE):
            answer = client.post(f"{at}?lang=zh-hant", given)
            assert answer["Location"] == f"{at}filed/?lang=zh-hant"
        assert (
            "今天從你所在之處已來了 2 則對這項紀錄的更正"
            in client.post(f"{at}?lang=zh-hant", given).content.decode()
        )

    def test_whoever_has_sent_too_many_keeps_nobody_else_from_sending(self, client: Client) -> None:
        about = factories.prediction()
        for _ in range(12):
            self.send(client, about)
        elsewhere = Client(REMOTE_ADDR="192.0.2.1")
        assert self.send(elsewhere, about).status_code == 302
        assert Correction.objects.count() == 3

    def test_of_one_prediction_so_many_are_taken_a_day(self) -> None:
        about = factories.prediction()
        for number in range(corrections.MOST_A_DAY_ON_ONE):
            assert self.send(Client(REMOTE_ADDR=f"192.0.2.{number}"), about).status_code == 302
        refused = self.send(Client(REMOTE_ADDR="198.51.100.1"), about).content.decode()
        assert "Too many corrections of this entry came in today" in refused


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:1234:5:6", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::2", True),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("unknown", "unknown", True),
    ],
)
def test_a_place_on_ipv6_is_a_network(rf: RequestFactory, one: str, other: str, same: bool) -> None:  # noqa: FBT001
    first, second = (sender_of(rf.get("/", REMOTE_ADDR=address), "x", noon(DAY)) for address in (one, other))
    assert (first == second) is same


@pytest.mark.parametrize(("proxies", "taken"), [(0, 10), (1, 12), (2, 10)])
def test_behind_proxies_of_ours_a_place_is_whom_the_outermost_saw(
    client: Client, settings: Settings, proxies: int, taken: int
) -> None:
    """Each request passes one proxy; what stands before its word the sender made up."""
    settings.PROXIES = proxies
    answers = [
        client.post(
            f"/predictions/{factories.prediction().pk}/correct/",
            {"says": "It was the other bridge."},
            headers={"X-Forwarded-For": f"198.51.100.7, 203.0.113.{number}"},
        ).status_code
        for number in range(12)
    ]
    assert answers.count(302) == taken


def test_a_place_is_forgotten_the_day_after() -> None:
    sender = senders.fingerprint("192.0.2.1", DAY, "key")
    for _ in range(corrections.MOST_A_DAY_FROM_ONE):
        filed(sender=sender)
    with pytest.raises(ValidationError, match="From where you are came ten corrections today"):
        filed(sender=sender)
    later = DAY + timedelta(days=1)
    assert senders.fingerprint("192.0.2.1", later, "key") != sender
    filed(sender=senders.fingerprint("192.0.2.1", later, "key"), at=noon(later))
    assert set(Sender.objects.values_list("day", flat=True)) == {later}


def test_editors_answer_at_the_desk(admin_client: Client) -> None:
    correction = filed()
    assert "It was the other bridge." in admin_client.get("/admin/ledger/desk/corrections/").content.decode()
    at = f"/admin/ledger/desk/corrections/{correction.pk}/"
    assert admin_client.post(at, {"answer": "accept", "reason": ""}).status_code == 422
    assert admin_client.post(at, {"answer": "accept", "reason": "So it was."}).status_code == 302
    assert Answer.objects.get().accepted
