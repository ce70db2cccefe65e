"""The resolution desk in a browser: by keyboard, without script, and in little room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from ledger import due
from ledger.judging import objections
from ledger.models import Evidence, Resolution
from ledger.scoring.outcome import Happened
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/admin/ledger/desk/"


@pytest.fixture
def queue() -> list[Prediction]:
    """Return three entries that wait, longest overdue first."""
    entries = [
        factories.prediction(f"in {months} months", claim=f"Thing {months} is there.") for months in (1, 2, 3)
    ]
    today = timezone.localdate()
    due.flag_due(on=today, at=factories.noon(today))
    return entries


def as_admin(new_page: Callable[..., Page], admin_page: Page, **options: Any) -> Page:
    """Return a further page of the superuser, opened as asked."""
    page = new_page(**options)
    page.context.add_cookies(admin_page.context.cookies())  # type: ignore[arg-type]
    return page


def test_a_verdict_is_given_without_a_mouse(admin_page: Page, queue: list[Prediction]) -> None:
    admin_page.goto(f"{DESK}{queue[0].pk}/")
    foretold = admin_page.locator("[data-foretold]")
    keys = admin_page.keyboard
    expect(foretold).to_contain_text("Choose an answer")
    keys.press("3")
    expect(foretold).to_contain_text("Not delivered")
    expect(admin_page.get_by_label("When", exact=True)).to_be_disabled()
    keys.press("1")
    keys.press("d")
    expect(admin_page.get_by_label("When", exact=True)).to_be_focused()
    admin_page.get_by_label("When", exact=True).fill("2025-10-20")
    expect(foretold).to_contain_text("On time")
    admin_page.get_by_label("Reason").focus()
    keys.type("I went and looked; 3 of 3 say so.")
    admin_page.get_by_label("Address").fill("https://example.org/seen")
    admin_page.get_by_label("It speaks").select_option("for")
    admin_page.get_by_label("Kind").select_option("primary")
    keys.press("Control+Enter")
    expect(admin_page.get_by_role("status")).to_contain_text("is signed: yes")
    expect(admin_page.get_by_role("heading", level=1)).to_have_text("Thing 2 is there.")
    verdict = Resolution.objects.get()
    assert (verdict.prediction, verdict.happened) == (queue[0], "yes")


def test_keys_go_to_the_neighbours_and_to_the_evidence(admin_page: Page, queue: list[Prediction]) -> None:
    admin_page.goto(f"{DESK}{queue[1].pk}/")
    expect(admin_page.get_by_role("heading", level=1)).to_have_text("Thing 2 is there.")
    admin_page.keyboard.press("j")
    expect(admin_page.get_by_role("heading", level=1)).to_have_text("Thing 3 is there.")
    admin_page.keyboard.press("k")
    expect(admin_page.get_by_role("heading", level=1)).to_have_text("Thing 2 is there.")
    admin_page.keyboard.press("e")
    expect(admin_page.get_by_label("Address")).to_be_focused()


def test_several_pieces_of_evidence_are_added_at_once(admin_page: Page, queue: list[Prediction]) -> None:
    admin_page.goto(f"{DESK}{queue[0].pk}/")
    admin_page.get_by_role("button", name="Another piece").click()
    for index, bearing in enumerate(("for", "against")):
        piece = admin_page.locator("[data-piece]").nth(index)
        piece.get_by_label("Address").fill(f"https://example.org/{bearing}")
        piece.get_by_label("It speaks").select_option(bearing)
        piece.get_by_label("Kind").select_option("secondary")
    admin_page.get_by_role("button", name="Add the evidence without a verdict").click()
    expect(admin_page.get_by_role("status")).to_contain_text("in the ledger")
    assert set(Evidence.objects.values_list("bearing", flat=True)) == {"for", "against"}
    assert not Resolution.objects.exists()


def test_a_refusal_is_brought_into_view_and_keeps_what_was_typed(
    admin_page: Page, queue: list[Prediction]
) -> None:
    admin_page.goto(f"{DESK}{queue[0].pk}/")
    admin_page.keyboard.press("2")
    admin_page.get_by_label("When", exact=True).fill("2025-10-20")
    admin_page.get_by_label("Reason").fill("Half of it stands.")
    admin_page.get_by_role("button", name="Sign the verdict").click()
    expect(admin_page.get_by_text("Say which part came true")).to_be_in_viewport()
    expect(admin_page.get_by_label("Reason")).to_have_value("Half of it stands.")
    expect(admin_page.get_by_role("radio", name="Partly")).to_be_checked()
    expect(admin_page.get_by_role("textbox", name="Which part")).to_be_focused()
    admin_page.keyboard.type("The first half.")
    admin_page.get_by_label("Address").fill("https://example.org/half")
    admin_page.keyboard.press("Control+Enter")
    expect(admin_page.get_by_text("For or against?")).to_be_in_viewport()
    expect(admin_page.get_by_label("It speaks")).to_be_focused()
    expect(admin_page.get_by_label("Quotation")).to_be_hidden()


def test_the_desk_works_without_script(
    admin_page: Page, new_page: Callable[..., Page], queue: list[Prediction]
) -> None:
    page = as_admin(new_page, admin_page, java_script_enabled=False)
    page.goto(DESK)
    page.get_by_role("link", name="Thing 1 is there.").click()
    page.get_by_role("radio", name="No", exact=False).nth(0).check(force=True)
    page.get_by_label("Reason").fill("Nothing is there.")
    page.get_by_label("Address").fill("https://example.org/seen")
    page.get_by_label("It speaks").select_option("against")
    page.get_by_label("Kind").select_option("primary")
    page.get_by_role("button", name="Sign the verdict").click()
    expect(page.get_by_role("status")).to_contain_text("is signed: no")
    assert Resolution.objects.get().prediction == queue[0]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize("polarity", Prediction.Polarity)
def test_each_of_the_six_answers_is_signed_to_the_end(
    admin_page: Page, new_page: Callable[..., Page], polarity: Prediction.Polarity, *, script: bool
) -> None:
    page = as_admin(new_page, admin_page, java_script_enabled=script)
    for answer in Happened:
        entry = factories.prediction("in one month", polarity=polarity, condition="It is allowed.")
        page.goto(f"{DESK}{entry.pk}/")
        page.locator(f"[name=happened][value={answer}]").check(force=True)
        if answer in objections.NEEDS_A_DAY[polarity]:
            page.get_by_label("When", exact=True).fill("2025-10-20")
        if answer is Happened.PARTLY:
            page.get_by_role("textbox", name="Which part").fill("The first half is there.")
        page.get_by_label("Reason").fill("I went and looked.")
        page.get_by_label("Address").fill("https://example.org/seen")
        page.get_by_label("It speaks").select_option("for")
        page.get_by_label("Kind").select_option("primary")
        page.get_by_role("button", name="Sign the verdict").click()
        expect(page.get_by_role("status")).to_contain_text(f"Number {entry.pk} is signed")
        assert entry.resolutions.get().happened == answer


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_nothing_runs_over_the_edge(
    admin_page: Page, new_page: Callable[..., Page], queue: list[Prediction], width: int
) -> None:
    page = as_admin(new_page, admin_page, viewport={"width": width, "height": 800})
    for address in (DESK, f"{DESK}{queue[0].pk}/", f"{DESK}{queue[0].pk}/withdraw/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_on_a_desk_screen_the_page_itself_does_not_scroll(admin_page: Page, queue: list[Prediction]) -> None:
    admin_page.set_viewport_size({"width": 1280, "height": 768})
    admin_page.goto(f"{DESK}{queue[0].pk}/")
    assert admin_page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    expect(admin_page.get_by_role("button", name="Sign the verdict")).to_be_in_viewport()


def test_the_desk_follows_the_theme_chosen_in_the_admin(admin_page: Page, queue: list[Prediction]) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    admin_page.goto(DESK)
    light = admin_page.evaluate(paper)
    admin_page.evaluate("localStorage.setItem('adminTheme', '\"dark\"')")
    admin_page.reload()
    assert admin_page.evaluate(paper) != light
