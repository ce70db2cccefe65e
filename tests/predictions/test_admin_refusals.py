"""What the form that logs refuses: in words that help, beside the field, with nothing lost and nothing saved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from predictions.models import Prediction, Statement
from tests.predictions.log_form import ADD, errors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "phrase", ["", "soon", "half a billion years", "on the 31st of Februember", "by 2O27"]
)
def test_no_date_is_never_taken_silently(admin_client: Client, typed: dict[str, Any], phrase: str) -> None:
    said = errors(
        admin_client, typed | {"horizon_text": phrase, "quote": f"It will be there {phrase}."}, "horizon_text"
    )
    assert "Ink it without a date" in said
    assert "set the dates by hand" in said


def test_an_entry_is_inked_without_a_date_when_that_is_said(
    admin_client: Client, typed: dict[str, Any]
) -> None:
    admin_client.post(ADD, typed | {"quote": "It comes soon.", "horizon_text": "soon", "undated": "on"})
    entry = Prediction.objects.get()
    assert entry.deadline is None
    assert entry.undated_because


def test_without_a_date_is_refused_where_there_is_one(admin_client: Client, typed: dict[str, Any]) -> None:
    assert "2026-10-01" in errors(admin_client, typed | {"undated": "on"}, "undated")


@pytest.mark.parametrize("quote", ["It will be there within 3 000 days.", "It will be there soon."])
def test_a_phrase_that_is_not_in_the_quote_is_asked_back(
    admin_client: Client, typed: dict[str, Any], quote: str
) -> None:
    elsewhere = typed | {"quote": quote, "horizon_text": "within 3 years"}
    assert "not in the quote" in errors(admin_client, elsewhere, "nearby")
    admin_client.post(ADD, elsewhere | {"nearby": "on"})
    assert Prediction.objects.get().horizon_text == "within 3 years"


def test_spacing_and_capitals_do_not_take_a_phrase_out_of_its_quote(
    admin_client: Client, typed: dict[str, Any]
) -> None:
    admin_client.post(ADD, typed | {"quote": "In  about\na year it is there."})
    assert Prediction.objects.exists()


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"deadline": "2027-01-01"}, "reason"),
        ({"reason": "Because."}, "deadline"),
        ({"earliest": "2026-01-01", "reason": "Because."}, "deadline"),
        ({"earliest": "2028-01-01", "deadline": "2027-01-01", "reason": "Because."}, "earliest"),
        ({"nominal": "2028-01-01", "deadline": "2027-01-01", "reason": "Because."}, "nominal"),
        ({"latest": "2026-01-01", "deadline": "2027-01-01", "reason": "Because."}, "latest"),
        ({"deadline": "2024-01-01", "reason": "Because."}, "deadline"),
        ({"deadline": "0001-01-01", "reason": "Because."}, "deadline"),
        ({"deadline": "2027-02-30", "reason": "Because."}, "deadline"),
        ({"deadline": "2027-01-01", "reason": "x" * 501}, "reason"),
    ],
)
def test_dates_that_cannot_be_meant_are_refused_beside_their_field(
    admin_client: Client, typed: dict[str, Any], dates: dict[str, str], field: str
) -> None:
    errors(admin_client, typed | dates, field)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("quote", "x" * 10_000, "10,000 characters; 5,000 fit"),
        ("quote", "a\x00b", "Null characters"),
        ("quote", "", "required"),
        ("claim", "", "required"),
        ("claim", "x" * 401, "400"),
        ("claim", "a\x00b", "Null characters"),
        ("criteria", "", "required"),
        ("criteria", "x" * 3_001, "3000"),
        ("polarity", "", "required"),
        ("polarity", "perhaps", "not one of the available choices"),
        ("speaker", "", "required"),
        ("speaker", "99999999999999999999999", "not one of the available choices"),
        ("speaker", "Ada", "not one of the available choices"),
        ("source", "0", "not one of the available choices"),
        ("said_on", "", "required"),
        ("said_on", "0001-01-01", "from 1000 on"),
        ("said_on", "9999-12-31", "after today"),
        ("said_on", "10000-01-01", "valid date"),
        ("said_on", "2025-02-30", "valid date"),
        ("said_precision", "century", "not one of the available choices"),
        ("language", "x" * 50, "not one of the available choices"),
        ("horizon_text", "in a year " * 40, "300"),
        ("odds", "140 %", "between 0 and 100"),
        ("odds", "140", "between 0 and 100"),
        ("odds", "-5", "number in per cent"),
        ("odds", "abc", "number in per cent"),
        ("odds", "0.9", "Did you mean 90 per cent? Then write 90; or 0.9% if it is that little."),
        ("odds", "0,05", "Did you mean 5 per cent"),
        ("odds", "0.1 to 0.2", "Did you mean 10 to 20 per cent"),
        ("odds", "20 to 10", "lower end"),
        ("odds", "1" * 5_000, "number in per cent"),
        ("odds", "½", "number in per cent"),
        ("odds", "1\x000", "number in per cent"),
        ("odds_words", "x" * 121, "120"),
        ("target_number", "1e400", ""),
        ("target_number", "NaN", "number"),
        ("target_number", "many", "number"),
        ("topics", "7777", "not one of the available choices"),
        ("topics", "9" * 23, "not one of the available choices"),
        ("topics", "Robots", "not one of the available choices"),
        ("says_again", "7777", "not one of the available choices"),
        ("knowable_from", "soon", "valid date"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    admin_client: Client, typed: dict[str, Any], field: str, value: str, says: str
) -> None:
    assert says in errors(admin_client, typed | {field: value}, field)


def test_a_day_to_come_is_refused(admin_client: Client, typed: dict[str, Any]) -> None:
    tomorrow = timezone.localdate() + timedelta(days=2)
    assert "after today" in errors(admin_client, typed | {"said_on": tomorrow.isoformat()}, "said_on")


def test_a_mistake_leaves_what_was_typed_in_the_form(admin_client: Client, typed: dict[str, Any]) -> None:
    page = admin_client.post(ADD, typed | {"criteria": ""}).content.decode()
    assert "It will be there in about a year." in page
    assert ">Ada</option>" in page
    assert "1 October 2026" in page


@pytest.mark.parametrize(
    "garbage", [{}, {"csrfmiddlewaretoken": "x"}, {"speaker": ["1", "2"], "said_on": "\x00"}]
)
def test_garbage_is_answered_with_the_form(admin_client: Client, garbage: dict[str, Any]) -> None:
    assert admin_client.post(ADD, garbage).status_code in (200, 422)
    assert not Statement.objects.exists()
