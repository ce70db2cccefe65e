"""What is ink can be read and answered in the admin, but by no way edited or deleted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from predictions import ink
from predictions.models import Deadline, Forecast, Prediction, Speaker, Statement
from tests import factories

pytestmark = pytest.mark.django_db
ENTRIES = "/admin/predictions/prediction/"
DESK = "/admin/ledger/desk/"


@pytest.fixture
def undated() -> Prediction:
    """Return an entry that waits for its clock to start."""
    return factories.prediction("100 days after signing", claim="The bridge is open.", odds=0.5)


def test_an_entry_shows_all_that_is_known_of_it(admin_client: Client) -> None:
    entry = factories.prediction(
        "in about a year",
        claim="The bridge is open.",
        criteria="A car can cross it.",
        condition="The money is there.",
        topics=["Bridges"],
        odds=0.5,
        said={"quote": "Open in about a year, fifty-fifty.", "place": "42:18"},
    )
    page = admin_client.get(f"{ENTRIES}{entry.pk}/change/").content.decode()
    shown = (
        "The bridge is open.",
        "A car can cross it.",
        "The money is there.",
        "Bridges",
        "50%",
        "Open in about a year, fifty-fifty.",
        "42:18",
        "2026-10-01",
        entry.get_absolute_url(),
    )
    assert [words for words in shown if words not in page] == []


@pytest.mark.parametrize("model", ["prediction", "statement", "deadline", "forecast"])
def test_ink_cannot_be_changed_or_deleted(admin_client: Client, model: str) -> None:
    factories.prediction(odds=0.5)
    row: Any = {
        "prediction": Prediction,
        "statement": Statement,
        "deadline": Deadline,
        "forecast": Forecast,
    }[model]
    [pk] = row.objects.values_list("pk", flat=True)
    before = row.objects.values().get()
    base = f"/admin/predictions/{model}/"
    assert admin_client.get(f"{base}{pk}/change/").status_code == 200
    assert admin_client.get(base).status_code == 200
    admin_client.post(f"{base}{pk}/change/", {"claim": "Something else.", "quote": "Something else."})
    assert admin_client.post(f"{base}{pk}/delete/", {"post": "yes"}).status_code == 403
    admin_client.post(base, {"action": "delete_selected", "_selected_action": [pk], "post": "yes"})
    assert row.objects.values().get() == before


@pytest.mark.parametrize("model", ["statement", "deadline", "forecast"])
def test_only_predictions_are_added(admin_client: Client, model: str) -> None:
    assert admin_client.get(f"/admin/predictions/{model}/add/").status_code == 403


@pytest.mark.parametrize("pk", ["0", "x", "9" * 30, "%00", "1_0"])
def test_an_entry_that_is_not_there_is_not_found(admin_client: Client, pk: str) -> None:
    assert admin_client.get(f"{ENTRIES}{pk}/change/").status_code in (302, 404)


@pytest.mark.parametrize(
    ("ink_kind", "claims"),
    [
        ("beforehand", {"Beforehand."}),
        ("hindsight", {"In hindsight."}),
        ("undated", {"Undated."}),
        ("", {"Beforehand.", "In hindsight.", "Undated."}),
    ],
)
def test_the_list_tells_apart_when_it_was_inked(
    admin_client: Client, ink_kind: str, claims: set[str]
) -> None:
    factories.prediction("within 30 years", claim="Beforehand.")
    factories.prediction("in one month", claim="In hindsight.", inked_on=date(2026, 1, 1))
    factories.prediction("soon", claim="Undated.")
    page = admin_client.get(ENTRIES, {"ink": ink_kind} if ink_kind else {})
    assert {entry.claim for entry in page.context["cl"].queryset} == claims


def test_the_list_asks_a_bounded_number_of_questions(
    admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        factories.prediction(topics=["One", "Two"])
    with django_assert_max_num_queries(14):
        admin_client.get(ENTRIES)


def test_says_again_offers_only_what_the_same_speaker_said(admin_client: Client) -> None:
    ada, bob = factories.speaker("Ada"), factories.speaker("Bob")
    factories.prediction(claim="Said by Ada.", said={"speaker": ada})
    factories.prediction(claim="Said by Bob.", said={"speaker": bob})
    asked = {
        "app_label": "predictions",
        "model_name": "prediction",
        "field_name": "says_again",
        "term": "said",
    }
    answer = admin_client.get("/admin/autocomplete/", asked | {"speaker": ada.pk}).json()
    assert [found["text"] for found in answer["results"]] == ["Said by Ada."]


# -- dating from an event --------------------------------------------------------------------------


def test_an_undated_entry_is_dated_from_the_event_that_starts_its_clock(
    admin_client: Client, undated: Prediction
) -> None:
    page = admin_client.post(
        f"{DESK}{undated.pk}/date/",
        {"event": "The contract was signed.", "event_day": "2026-01-10", "phrase": "in 100 days"},
        follow=True,
    )
    deadline = Deadline.objects.get()
    assert (deadline.counted_from, deadline.last_day) == (date(2026, 1, 10), date(2026, 4, 20))
    assert (deadline.reading, deadline.reason) == ("engine", "The contract was signed.")
    assert "counted from 2026-01-10, the day of the event" in deadline.explanation
    assert "falls due after 2026-04-20" in page.content.decode()
    assert deadline.made_on == timezone.localdate()
    assert "logged in hindsight" in admin_client.get(f"{ENTRIES}{undated.pk}/change/").content.decode()


def test_the_reading_from_an_event_is_shown_before_it_is_saved(admin_client: Client) -> None:
    asked = {"event": "1", "said_on": "2026-01-10", "horizon_text": "in 100 days"}
    html = admin_client.post(f"{ENTRIES}reading/", asked).json()["html"]
    assert "20 April 2026" in html
    assert "the day of the event" in html
    assert "falls due at once" in html
    assert "hindsight, since its day was not fixed" in html
    assert "criteria were not frozen" not in html


def test_an_undated_entry_is_dated_by_hand(admin_client: Client, undated: Prediction) -> None:
    typed = {"event": "Signed.", "event_day": "2026-01-10", "phrase": "", "deadline": "2026-05-01"}
    admin_client.post(f"{DESK}{undated.pk}/date/", typed)
    deadline = Deadline.objects.get()
    assert (deadline.earliest, deadline.last_day, deadline.latest) == (
        date(2026, 1, 10),
        date(2026, 5, 1),
        date(2026, 5, 1),
    )
    assert deadline.reading == "person"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"event": ""}, "event"),
        ({"event_day": ""}, "event_day"),
        ({"event_day": "2025-09-30"}, "event_day"),
        ({"event_day": (timezone.localdate() + timedelta(days=2)).isoformat()}, "event_day"),
        ({"event_day": "0001-01-01"}, "event_day"),
        ({"phrase": "soon"}, "phrase"),
        ({"phrase": ""}, "phrase"),
        ({"phrase": "a\x00b"}, "phrase"),
        ({"latest": "2026-05-01"}, "deadline"),
        ({"deadline": "2026-05-01", "latest": "2026-04-01"}, "latest"),
    ],
)
def test_dating_says_what_is_wrong_beside_the_field(
    admin_client: Client, undated: Prediction, typed: dict[str, str], field: str
) -> None:
    whole = {"event": "Signed.", "event_day": "2026-01-10", "phrase": "in 100 days"}
    page = admin_client.post(f"{DESK}{undated.pk}/date/", whole | typed)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {field}
    assert not Deadline.objects.exists()


def test_a_deadline_that_stands_is_not_moved(admin_client: Client) -> None:
    entry = factories.prediction()
    typed = {"event": "Signed.", "event_day": "2026-01-10", "phrase": "in 100 days"}
    page = admin_client.post(f"{DESK}{entry.pk}/date/", typed)
    assert "never moved" in page.content.decode()
    assert Deadline.objects.get().last_day == date(2026, 10, 1)


def test_dating_is_offered_only_where_a_date_is_missing(admin_client: Client, undated: Prediction) -> None:
    dated = factories.prediction()
    assert "Date it from an event" in admin_client.get(f"{ENTRIES}{undated.pk}/change/").content.decode()
    assert "Date it from an event" not in admin_client.get(f"{ENTRIES}{dated.pk}/change/").content.decode()


# -- the card index --------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["speaker", "source", "topic"])
def test_cards_are_added_and_corrected(admin_client: Client, model: str) -> None:
    base = f"/admin/predictions/{model}/"
    typed = {
        "speaker": {"name": "Ada", "slug": "ada", "kind": "person"},
        "source": {
            "title": "Ada",
            "slug": "ada",
            "kind": "talk",
            "language": "en",
            "url": "https://example.org/talk",
            "published_precision": "day",
        },
        "topic": {"name": "Ada", "slug": "ada"},
    }[model]
    assert admin_client.post(f"{base}add/", typed).status_code == 302
    assert "Ada" in admin_client.get(base).content.decode()
    assert admin_client.post(f"{base}add/", typed).status_code == 200, "the slug is taken: the form again"
    assert admin_client.get(f"{base}?q=a").status_code == 200


def test_a_speaker_who_said_something_cannot_be_deleted(admin_client: Client) -> None:
    entry = factories.prediction()
    admin_client.post(f"/admin/predictions/speaker/{entry.statement.speaker_id}/delete/", {"post": "yes"})
    assert Speaker.objects.filter(pk=entry.statement.speaker_id).exists()


def test_an_entry_dated_by_a_person_is_begun_anew_with_those_dates(admin_client: Client) -> None:
    by_hand = ink.Override(
        date(2026, 1, 1), date(2026, 6, 1), date(2027, 1, 1), date(2027, 1, 1), "He meant the fiscal year."
    )
    entry = factories.prediction(override=by_hand)
    admin_client.post(f"/admin/ledger/desk/{entry.pk}/withdraw/", {"reason": "The quote was cut."})
    form = admin_client.get(f"/admin/ledger/desk/{entry.pk}/anew/").context["form"]
    assert (form["deadline"].value(), form["reason"].value()) == (
        date(2027, 1, 1),
        "He meant the fiscal year.",
    )
