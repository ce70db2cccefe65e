"""Logging through the real form: what goes into ink, and what stands beside which field when it does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from ledger.judging import withdrawal
from predictions.models import Deadline, Forecast, Prediction, Statement
from tests import factories, tampering
from tests.predictions.log_form import ADD, errors

pytestmark = pytest.mark.django_db


def test_a_prediction_is_inked_with_the_dates_that_the_page_showed(
    admin_client: Client, typed: dict[str, Any]
) -> None:
    shown = admin_client.post(
        "/admin/predictions/prediction/reading/",
        {name: typed[name] for name in ("quote", "horizon_text", "said_on", "said_precision")},
    ).json()
    response = admin_client.post(ADD, typed, follow=True)
    entry = Prediction.objects.get()
    assert entry.deadline is not None
    assert entry.deadline.last_day == date(2026, 10, 1)
    assert "1 October 2026" in shown["html"]
    assert entry.inked_by == User.objects.get(username="admin")
    assert response.redirect_chain == [(reverse("admin:predictions_prediction_change", args=[entry.pk]), 302)]
    assert entry.get_absolute_url() in response.content.decode()


def test_everything_optional_is_inked_too(admin_client: Client, typed: dict[str, Any]) -> None:
    earlier = factories.prediction(said={"speaker": factories.speaker("Ada")}, topics=["Robots"])
    typed |= {
        "place": "42:18",
        "odds": "10 to 20 %",
        "odds_words": "I doubt it",
        "modality": "may",
        "polarity": "will_not",
        "condition": "It is allowed.",
        "topics": [earlier.topics.get().pk],
        "target_number": "12.5",
        "target_unit": "km/h",
        "knowable_from": "2027-03-01",
        "says_again": earlier.pk,
    }
    admin_client.post(ADD, typed)
    entry = Prediction.objects.get(claim="It is there.")
    assert entry.statement.place == "42:18"
    assert (entry.polarity, entry.modality, entry.condition) == ("will_not", "may", "It is allowed.")
    assert [topic.name for topic in entry.topics.all()] == ["Robots"]
    assert (entry.target_number, entry.target_unit) == (Decimal("12.5"), "km/h")
    assert entry.knowable_from == date(2027, 3, 1)
    assert entry.says_again == earlier
    own = entry.forecasts.get()
    assert (own.by, own.low, own.high, own.words) == (
        entry.statement.speaker,
        Decimal("0.1"),
        Decimal("0.2"),
        "I doubt it",
    )


@pytest.mark.parametrize(
    ("odds", "low", "high"),
    [
        ("19", "0.19", "0.19"),
        ("19%", "0.19", "0.19"),
        (" 10 - 20 % ", "0.1", "0.2"),
        ("10% to 20%", "0.1", "0.2"),
        ("0,5%", "0.005", "0.005"),
        ("0.5 to 2", "0.005", "0.02"),
        ("1", "0.01", "0.01"),
        ("100", "1", "1"),
        ("0", "0", "0"),
    ],
)
def test_odds_are_typed_in_per_cent(
    admin_client: Client, typed: dict[str, Any], odds: str, low: str, high: str
) -> None:
    admin_client.post(ADD, typed | {"odds": odds})
    own = Forecast.objects.get()
    assert (own.low, own.high) == (Decimal(low), Decimal(high))


def test_the_odds_of_what_will_not_happen_say_what_they_are_odds_of(admin_client: Client) -> None:
    page = admin_client.get(ADD).content.decode()
    assert "Their odds that it comes true" in page
    assert "the odds that it does not happen" in page


def test_the_first_horizon_of_the_quote_is_offered_when_none_was_typed(
    admin_client: Client, typed: dict[str, Any]
) -> None:
    answer = admin_client.post(
        "/admin/predictions/prediction/reading/", {"quote": typed["quote"], "said_on": "2025-10-01"}
    ).json()
    assert answer["found"] == ["in about a year"]


@pytest.mark.parametrize(
    ("phrase", "said_on", "precision", "words"),
    [
        ("in about a year", "2025-10-01", "day", ["1 October 2026", "Logged in hindsight", "Best estimate"]),
        ("within 30 years", "2025-10-01", "day", ["1 October 2055"]),
        ("in one year", "2025-02-01", "month", ["28 February 2026", "the last day of what is known"]),
        ("soon", "2025-10-01", "day", ["No date can be derived", "ink it without a date"]),
        ("half a billion years", "2025-10-01", "day", ["ink it without a date"]),
        ("", "2025-10-01", "day", ["No words that say when"]),
        ("in about a year", "", "day", ["the day they were said"]),
        ("in about a year", "yesterday", "day", ["the day they were said"]),
    ],
)
def test_the_reading_is_shown_before_anything_is_saved(
    admin_client: Client, phrase: str, said_on: str, precision: str, words: list[str]
) -> None:
    asked = {"horizon_text": phrase, "said_on": said_on, "said_precision": precision}
    html = admin_client.post("/admin/predictions/prediction/reading/", asked).json()["html"]
    assert [word for word in words if word not in html] == []


@pytest.mark.parametrize(
    ("by_hand", "words"),
    [
        (
            {"deadline": "2027-06-30", "earliest": "2026-02-01"},
            ["set by a person", "30 June 2027", "1 February 2026", "The words alone give 1 October 2026"],
        ),
        ({"deadline": "2027-06-30", "latest": "2027-01-01"}, ["lies before the deadline", "1 October 2026"]),
        ({"earliest": "2026-02-01"}, ["Give the deadline too"]),
        ({"deadline": "2027-06-30", "horizon_text": "soon"}, ["set by a person", "30 June 2027"]),
        (
            {"deadline": "2027-06-30", "event": "1", "horizon_text": "in 10 days"},
            ["set by a person", "30 June 2027", "The words alone give 11 October 2025"],
        ),
    ],
)
def test_the_reading_shows_the_dates_set_by_hand(
    admin_client: Client, by_hand: dict[str, str], words: list[str]
) -> None:
    asked = {"horizon_text": "in about a year", "said_on": "2025-10-01"} | by_hand
    html = admin_client.post("/admin/predictions/prediction/reading/", asked).json()["html"]
    assert [word for word in words if word not in html] == []


@pytest.mark.parametrize("said_on", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize(
    "phrase", ["in about a year", "half a billion years", "next year", "10 years ago", "\x00", "9" * 5_000]
)
def test_the_reading_survives_any_day_and_any_words(admin_client: Client, said_on: str, phrase: str) -> None:
    asked = {"horizon_text": phrase, "said_on": said_on, "quote": phrase, "said_precision": "year"}
    assert admin_client.post("/admin/predictions/prediction/reading/", asked).status_code == 200


# -- dates by hand ---------------------------------------------------------------------------------


def test_a_person_can_set_the_dates_with_a_reason(admin_client: Client, typed: dict[str, Any]) -> None:
    typed |= {"deadline": "2027-06-30", "nominal": "2026-12-31", "reason": "He meant the fiscal year."}
    admin_client.post(ADD, typed)
    deadline = Deadline.objects.get()
    assert (deadline.earliest, deadline.nominal, deadline.last_day, deadline.latest) == (
        date(2025, 10, 1),
        date(2026, 12, 31),
        date(2027, 6, 30),
        date(2027, 6, 30),
    )
    assert (deadline.reading, deadline.reason) == ("person", "He meant the fiscal year.")


def test_the_last_day_of_the_calendar_can_be_set(admin_client: Client, typed: dict[str, Any]) -> None:
    admin_client.post(ADD, typed | {"deadline": "9999-12-31", "reason": "He said: never, ever."}, follow=True)
    assert Deadline.objects.get().last_day == date.max


def logged_long_ago(client: Client, typed: dict[str, Any]) -> Prediction:
    """Log it, and move the moment of it into the past."""
    client.post(ADD, typed)
    with tampering.unguarded():
        Prediction.objects.update(inked_at=factories.noon(date(2026, 1, 1)))
    return Prediction.objects.get()


def test_a_form_sent_twice_leads_to_the_one_entry_both_times(
    admin_client: Client, typed: dict[str, Any]
) -> None:
    first = admin_client.post(ADD, typed)
    second = admin_client.post(ADD, typed, follow=True)
    entry = Prediction.objects.get()
    assert second.redirect_chain == [(first["Location"], 302)]
    assert f"Number {entry.pk} is in ink; it was sent twice and is there once" in second.content.decode()


def test_the_same_claim_by_somebody_else_is_no_form_sent_twice(
    admin_client: Client, typed: dict[str, Any]
) -> None:
    admin_client.post(ADD, typed)
    with tampering.unguarded():
        Prediction.objects.update(inked_by=User.objects.create_user("another"))
    assert "in the ledger" in errors(admin_client, typed, "claim")


def test_the_same_prediction_twice_is_refused_with_the_number_of_the_first(
    admin_client: Client, typed: dict[str, Any]
) -> None:
    first = logged_long_ago(admin_client, typed)
    said = errors(admin_client, typed | {"quote": "It  will be there\n in about a year. "}, "claim")
    assert f"number {first.pk}" in said


def test_only_the_same_speaker_says_it_again(admin_client: Client, typed: dict[str, Any]) -> None:
    other = factories.prediction(said={"speaker": factories.speaker("Bob")})
    assert "same speaker" in errors(admin_client, typed | {"says_again": other.pk}, "says_again")


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script> <b>bold</b> & “quotes” 'single' \"double\" in about a year",
        "🤖🚀👩‍👩‍👧 in about a year",
        "سيكون هناك in about a year שלום",
        "z̸̢͎a̵l̴g̵o̶ \u202e right \u2066 left in about a year",
        "大概一年之後就會有，in about a year",
    ],
)
def test_words_are_stored_as_typed_and_shown_escaped(
    admin_client: Client, typed: dict[str, Any], words: str
) -> None:
    page = admin_client.post(ADD, typed | {"quote": words, "claim": words, "criteria": words}, follow=True)
    entry = Prediction.objects.get()
    assert (entry.statement.quote, entry.claim, entry.criteria) == (words, words, words)
    again = admin_client.get(f"{ADD}?statement={entry.statement_id}")
    for html in (page.content.decode(), again.content.decode()):
        assert "<script>alert" not in html
        assert "<b>bold" not in html


# -- more from the same statement, and anew --------------------------------------------------------


def test_another_claim_is_read_out_of_the_same_statement(admin_client: Client, typed: dict[str, Any]) -> None:
    response = admin_client.post(ADD, typed | {"same_statement": "1"})
    said = Statement.objects.get()
    assert response["Location"] == f"{ADD}?statement={said.pk}"
    of_statement = {
        "speaker",
        "source",
        "quote",
        "said_on",
        "said_precision",
        "language",
        "attribution",
        "speaker_certainty",
    }
    rest = {name: value for name, value in typed.items() if name not in of_statement}
    admin_client.post(response["Location"], rest | {"claim": "A second one is there.", "odds": "40"})
    assert [entry.claim for entry in said.predictions.order_by("pk")] == [
        "It is there.",
        "A second one is there.",
    ]
    assert Forecast.objects.get().by == said.speaker
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("asked", ["77", "x", "-1", "9" * 20, "\uff11"])
def test_a_statement_that_is_not_there_is_no_server_error(admin_client: Client, asked: str) -> None:
    assert admin_client.get(f"{ADD}?statement={asked}").status_code in (200, 404)


def test_a_withdrawn_entry_is_logged_anew_from_what_it_said(
    admin_client: Client, typed: dict[str, Any]
) -> None:
    admin_client.post(ADD, typed | {"odds": "30"})
    wrong = Prediction.objects.get()
    anew = f"/admin/ledger/desk/{wrong.pk}/anew/"
    assert admin_client.get(anew)["Location"].endswith(f"/{wrong.pk}/withdraw/")
    withdrawal.withdraw(wrong, reason="A wrong criterion.", at=factories.noon(date(2026, 1, 1)))
    page = admin_client.get(anew)
    assert page.context["form"]["claim"].value() == "It is there."
    assert page.context["form"]["odds"].value() == "30%"
    admin_client.post(anew, typed | {"criteria": "The right one."})
    right = Prediction.objects.get(replaces=wrong)
    assert right.statement == wrong.statement
    assert right.criteria == "The right one."
    assert admin_client.get(anew)["Location"].endswith(f"/{right.pk}/change/")
