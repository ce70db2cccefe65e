"""The resolution desk, through real requests: what waits, one entry, its verdict, and the next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ledger import due
from ledger.models import Event, Evidence, Resolution
from ledger.standing import latest_verdict
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db
DESK = "/admin/ledger/desk/"
TODAY = timezone.localdate()


def waiting(horizon: str = "in one month", **kwargs: Any) -> Prediction:
    """An entry that has fallen due."""
    entry = factories.prediction(horizon, **kwargs)
    due.flag_due(on=TODAY, at=factories.noon(TODAY))
    return entry


def verdict(**typed: Any) -> dict[str, Any]:
    """What a reviewer types, with one piece of evidence."""
    return {
        "happened": "no",
        "happened_on": "",
        "happened_precision": "day",
        "looked_until": TODAY.isoformat(),
        "which_part": "",
        "note": "Looked everywhere.",
        "seen": "",
        **pieces({"url": "https://example.org/report", "kind": "primary", "bearing": "against"}),
        **typed,
    }


def pieces(*given: dict[str, str]) -> dict[str, str]:
    """Evidence as the form posts it."""
    posted = {"evidence-TOTAL_FORMS": str(len(given)), "evidence-INITIAL_FORMS": "0"}
    for index, piece in enumerate(given):
        posted |= {f"evidence-{index}-{name}": value for name, value in piece.items()}
    return posted


def refusal(client: Client, entry: Prediction, typed: dict[str, Any]) -> Any:
    """Post a verdict, see that it was not given, and return the page's form."""
    before = Resolution.objects.count(), Evidence.objects.count(), Event.objects.count()
    page = client.post(f"{DESK}{entry.pk}/", typed)
    assert page.status_code == 422
    assert (Resolution.objects.count(), Evidence.objects.count(), Event.objects.count()) == before
    return page.context["form"]


# -- the queue -------------------------------------------------------------------------------------


def test_what_waits_is_listed_oldest_first_with_all_that_one_needs(admin_client: Client) -> None:
    waiting("in two months", claim="The younger one is there.")
    older = waiting("in one month", claim="The older one is there.", said={"quote": "It takes one month."})
    factories.prediction("within 30 years", claim="Not due.")
    page = admin_client.get(DESK)
    assert [entry.prediction.claim for entry in page.context["entries"]] == [
        "The older one is there.",
        "The younger one is there.",
    ]
    html = page.content.decode()
    days = (TODAY - date(2025, 11, 1)).days
    shown = ("Two predictions wait for a verdict", "It takes one month.", "1 November 2025", f"{days} days")
    assert [words for words in shown if words not in html] == []
    assert older.statement.speaker.name in html


def test_beside_an_entry_the_others_are_told_by_whom_and_what_was_said_not_to_happen(
    admin_client: Client,
) -> None:
    shown = waiting()
    other = waiting(claim="Snow falls in July", polarity="will_not")
    rail = admin_client.get(f"{DESK}{shown.pk}/").content.decode().partition("</nav>\n\n<main")[0]
    assert "Not: Snow falls in July" in rail
    assert other.statement.speaker.name in rail


def test_an_empty_queue_says_so(admin_client: Client) -> None:
    assert "Nothing waits for a verdict" in admin_client.get(DESK).content.decode()


def test_the_queue_is_narrowed_to_a_speaker(admin_client: Client) -> None:
    ada = factories.speaker("Ada")
    waiting(claim="Ada said it.", said={"speaker": ada})
    waiting(claim="Bob said it.", said={"speaker": factories.speaker("Bob")})
    page = admin_client.get(DESK, {"speaker": ada.pk})
    assert [entry.prediction.claim for entry in page.context["entries"]] == ["Ada said it."]


@pytest.mark.parametrize(
    ("words", "waits", "others"),
    [
        ("bridge", ["The bridge is open."], ["The bridge stands."]),
        ("ADA", [], ["The bridge stands."]),
        ("tunnel", [], []),
    ],
)
def test_a_search_finds_also_what_can_be_settled_early(
    admin_client: Client, words: str, waits: list[str], others: list[str]
) -> None:
    waiting(claim="The bridge is open.")
    factories.prediction(
        "within 30 years", claim="The bridge stands.", said={"speaker": factories.speaker("Ada")}
    )
    page = admin_client.get(DESK, {"q": words})
    assert [entry.prediction.claim for entry in page.context["entries"]] == waits
    assert [entry.prediction.claim for entry in page.context["others"]] == others


@pytest.mark.parametrize(
    "asked",
    [
        {"speaker": "x"},
        {"speaker": "9" * 30},
        {"page": "x"},
        {"page": "0"},
        {"q": "\x00"},
        {"q": "%"},
        {"q": "x" * 5_000},
    ],
)
def test_a_strange_question_is_no_server_error(admin_client: Client, asked: dict[str, str]) -> None:
    waiting()
    assert admin_client.get(DESK, asked).status_code == 200


def test_the_queue_asks_a_bounded_number_of_questions(
    admin_client: Client, django_assert_max_num_queries: Any
) -> None:
    entries = [waiting() for _ in range(12)]
    with django_assert_max_num_queries(20):
        admin_client.get(DESK)
    with django_assert_max_num_queries(30):
        admin_client.get(f"{DESK}{entries[0].pk}/")


def test_the_desk_says_how_verdicts_are_reached_here(admin_client: Client) -> None:
    assert "One reviewer, no notice period" in admin_client.get(DESK).content.decode()


# -- one entry -------------------------------------------------------------------------------------


def test_an_entry_shows_what_a_verdict_rests_on(admin_client: Client) -> None:
    first = factories.prediction(claim="It is there, first.", said={"speaker": factories.speaker("Ada")})
    entry = waiting(
        claim="It is there.",
        criteria="A car can cross it.",
        said={"quote": "In one month, half a chance.", "speaker": factories.speaker("Ada"), "place": "42:18"},
        odds=0.5,
        says_again=first,
        condition="The money is there.",
    )
    html = admin_client.get(f"{DESK}{entry.pk}/").content.decode()
    shown = (
        "It is there.",
        "In one month, half a chance.",
        "42:18",
        "A car can cross it.",
        "The money is there.",
        "50%",
        "It is there, first.",
        "1 November 2025",
        TODAY.isoformat(),
    )
    assert [words for words in shown if words not in html] == []


def test_a_verdict_is_signed_and_the_next_in_the_queue_comes(admin_client: Client) -> None:
    first, second, third = (waiting(f"in {n} months") for n in (1, 2, 3))
    page = admin_client.post(f"{DESK}{second.pk}/", verdict(), follow=True)
    assert page.redirect_chain == [(f"{DESK}{third.pk}/", 302)]
    given = Resolution.objects.get()
    assert (given.prediction, given.happened, given.note) == (second, "no", "Looked everywhere.")
    assert given.made_by is not None
    assert given.made_by.username == "admin"
    assert Evidence.objects.get().url == "https://example.org/report"
    assert second.get_absolute_url() in page.content.decode()
    assert admin_client.post(f"{DESK}{third.pk}/", verdict())["Location"] == f"{DESK}{first.pk}/"
    assert admin_client.post(f"{DESK}{first.pk}/", verdict())["Location"] == DESK


def test_a_second_verdict_stands_before_the_first_and_both_stay(admin_client: Client) -> None:
    entry = waiting()
    admin_client.post(f"{DESK}{entry.pk}/", verdict())
    first = Resolution.objects.get()
    html = admin_client.get(f"{DESK}{entry.pk}/").content.decode()
    assert "There is a verdict already" in html
    typed = verdict(happened="yes", happened_on=TODAY.isoformat(), seen=str(first.pk), **pieces())
    admin_client.post(f"{DESK}{entry.pk}/", typed)
    assert [given.happened for given in Resolution.objects.order_by("pk")] == ["no", "yes"]
    latest = latest_verdict(entry)
    assert latest is not None
    assert latest.happened == "yes"


def test_a_verdict_that_did_not_see_the_one_before_is_held_back(admin_client: Client) -> None:
    entry = waiting()
    admin_client.post(f"{DESK}{entry.pk}/", verdict())
    assert "Meanwhile another verdict" in str(refusal(admin_client, entry, verdict()).errors)


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"happened": ""}, "happened", "Choose an answer"),
        ({"happened": "maybe"}, "happened", "not one of the available choices"),
        ({"happened": "yes"}, "happened_on", "Say when"),
        ({"happened": "yes", "happened_on": "2025-02-30"}, "happened_on", "valid date"),
        ({"happened": "yes", "happened_on": "2020-01-01"}, "happened_on", "before it was said"),
        ({"happened": "yes", "happened_on": "0001-01-01"}, "happened_on", "before it was said"),
        ({"happened": "yes", "happened_on": "9999-12-31"}, "happened_on", "in the future"),
        ({"happened": "partly", "happened_on": "2025-10-20"}, "which_part", "Say which part"),
        ({"happened": "no", "happened_on": "2025-10-20"}, "happened_on", "no day"),
        ({"happened": "void"}, "happened", "with a condition"),
        ({"looked_until": ""}, "looked_until", "required"),
        ({"looked_until": (TODAY + timedelta(days=2)).isoformat()}, "looked_until", "further than today"),
        ({"note": ""}, "note", "Give the reason"),
        ({"note": "a\x00b"}, "note", "Null characters"),
        ({"note": "x" * 3_001}, "note", "3000"),
    ],
)
def test_a_verdict_that_cannot_be_given_is_refused_beside_its_field(
    admin_client: Client, typed: dict[str, str], field: str, says: str
) -> None:
    form = refusal(admin_client, waiting(), verdict(**typed))
    assert set(form.errors) == {field}
    assert says in str(form.errors[field])


def test_a_no_before_the_deadline_is_refused_with_what_can_be_said(admin_client: Client) -> None:
    entry = factories.prediction("within 30 years")
    assert "until its deadline" in str(refusal(admin_client, entry, verdict()).errors["happened"])


def test_a_yes_before_the_deadline_settles_it_early(admin_client: Client) -> None:
    entry = factories.prediction("within 30 years")
    admin_client.post(f"{DESK}{entry.pk}/", verdict(happened="yes", happened_on="2025-12-01"))
    assert Resolution.objects.get().prediction == entry


def test_a_withdrawn_entry_cannot_be_judged(admin_client: Client) -> None:
    entry = waiting()
    admin_client.post(f"{DESK}{entry.pk}/withdraw/", {"reason": "A wrong quote."})
    assert "nothing to judge" in admin_client.get(f"{DESK}{entry.pk}/").content.decode()
    assert "withdrawn" in str(refusal(admin_client, entry, verdict()).errors["happened"])


# -- evidence --------------------------------------------------------------------------------------


def test_a_verdict_without_evidence_is_refused_where_evidence_is_given(admin_client: Client) -> None:
    unproven = {name: typed for name, typed in verdict().items() if not name.startswith("evidence-0")}
    form = refusal(admin_client, waiting(), unproven)
    assert "at least one piece of evidence" in form.evidence_errors[0]


def test_several_pieces_come_with_one_verdict(admin_client: Client) -> None:
    entry = waiting()
    whole = {
        "url": "example.org/a",
        "kind": "secondary",
        "bearing": "for",
        "dated": "2025-10-20",
        "quotation": "It is there <b>now</b>.",
        "archive_url": "https://archive.example.org/a",
    }
    empty: dict[str, str] = {}
    other = {"url": "https://example.org/b", "kind": "primary", "bearing": "against"}
    admin_client.post(f"{DESK}{entry.pk}/", verdict(**pieces(whole, empty, other)))
    first, second = Evidence.objects.order_by("pk")
    assert (first.url, first.quotation, first.dated) == (
        "https://example.org/a",
        "It is there <b>now</b>.",
        date(2025, 10, 20),
    )
    assert second.bearing == "against"
    assert "<b>now" not in admin_client.get(f"{DESK}{entry.pk}/").content.decode()


def test_evidence_is_added_without_a_verdict_and_what_was_typed_of_one_stays(admin_client: Client) -> None:
    entry = factories.prediction("within 30 years")
    admin_client.post(f"{DESK}{entry.pk}/evidence/", verdict())
    assert Evidence.objects.get().prediction == entry
    assert not Resolution.objects.exists()
    page = admin_client.post(f"{DESK}{entry.pk}/evidence/", verdict(**pieces({"url": "nowhere"})))
    assert page.status_code == 422
    assert "Looked everywhere." in page.content.decode()


@pytest.mark.parametrize(
    ("piece", "field"),
    [
        ({"url": "nowhere"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://example.org/" + "x" * 1_000}, "url"),
        ({"kind": ""}, "kind"),
        ({"bearing": "beside"}, "bearing"),
        ({"dated": (TODAY + timedelta(days=2)).isoformat()}, "dated"),
        ({"quotation": "a\x00b"}, "quotation"),
        ({"archive_url": "ftp:"}, "archive_url"),
    ],
)
def test_wrong_evidence_is_refused_beside_its_field(
    admin_client: Client, piece: dict[str, str], field: str
) -> None:
    entry = waiting()
    whole = {"url": "https://example.org/a", "kind": "primary", "bearing": "for"} | piece
    refusal(admin_client, entry, verdict(**pieces(whole)))
    page = admin_client.post(f"{DESK}{entry.pk}/evidence/", pieces(whole))
    assert set(page.context["pieces"][0].errors) == {field}
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"evidence-TOTAL_FORMS": "x"},
        {"evidence-TOTAL_FORMS": "99999", "evidence-INITIAL_FORMS": "0"},
        {"seen": "\x00"},
    ],
)
@pytest.mark.parametrize("page", ["", "evidence/", "preview/", "withdraw/"])
def test_garbage_is_no_server_error(admin_client: Client, posted: dict[str, str], page: str) -> None:
    entry = waiting()
    assert admin_client.post(f"{DESK}{entry.pk}/{page}", posted).status_code in (200, 422)
    assert not Resolution.objects.exists()


# -- the outcome in words, before signing ----------------------------------------------------------


@pytest.mark.parametrize(
    ("polarity", "typed", "says"),
    [
        ("will", {}, "Choose an answer"),
        ("will", {"happened": "yes"}, "Say when"),
        (
            "will",
            {"happened": "yes", "happened_on": "2025-10-20"},
            "12 days before the deadline|Twelve days before the deadline",
        ),
        ("will", {"happened": "yes", "happened_on": "2025-11-01"}, "On the last day of its time"),
        ("will", {"happened": "yes", "happened_on": "2025-11-04"}, "Three days after the deadline"),
        (
            "will",
            {"happened": "yes", "happened_on": "2025-11-20", "happened_precision": "month"},
            "both sides of the deadline",
        ),
        ("will", {"happened": "no"}, "a new verdict calls it late"),
        ("will", {"happened": "partly", "happened_on": "2025-10-20"}, "shown apart"),
        ("will", {"happened": "partly", "happened_on": "2025-11-04"}, "Three days after the deadline"),
        ("will", {"happened": "cannot_tell"}, "beside the rates"),
        ("will_not", {"happened": "yes"}, "held to the end"),
        ("will_not", {"happened": "no"}, "Say when"),
        ("will_not", {"happened": "no", "happened_on": "2025-10-20"}, "counts as not delivered"),
        ("will_not", {"happened": "no", "happened_on": "2025-11-04"}, "held to the end"),
        (
            "will_not",
            {"happened": "no", "happened_on": "2025-11-20", "happened_precision": "month"},
            "both sides of the deadline",
        ),
    ],
)
def test_what_a_verdict_makes_of_the_entry_is_said_before_it_is_signed(
    admin_client: Client, polarity: str, typed: dict[str, str], says: str
) -> None:
    entry = waiting(polarity=polarity)
    html = admin_client.post(f"{DESK}{entry.pk}/preview/", typed).json()["html"]
    assert any(words in html for words in says.split("|"))
    assert not Resolution.objects.exists()


@pytest.mark.parametrize(
    ("horizon", "happened", "says"),
    [
        ("within 30 years", "no", "cannot be given before its deadline, 1 October 2055"),
        ("within 30 years", "yes", "settled before its deadline"),
        ("soon", "yes", "in no rate"),
        ("soon", "no", "cannot be given before it has a deadline"),
    ],
)
def test_what_is_not_due_is_foretold_too(
    admin_client: Client, horizon: str, happened: str, says: str
) -> None:
    entry = factories.prediction(horizon)
    typed = {"happened": happened, "happened_on": "2025-12-01"}
    assert says in admin_client.post(f"{DESK}{entry.pk}/preview/", typed).json()["html"]
