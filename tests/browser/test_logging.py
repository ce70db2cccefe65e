"""Logging in a browser: the reading is live, and what is shown is what becomes ink."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/admin/predictions/prediction/add/"


@pytest.fixture
def log_page(admin_page: Page) -> Page:
    """Return the log form with a speaker and a source to pick from."""
    factories.speaker("Ada Lovelace")
    factories.source("A talk on engines")
    admin_page.goto(ADD)
    return admin_page


def pick(page: Page, field: str, words: str) -> None:
    page.locator(f"#id_{field} + .select2").click()
    page.locator(".select2-container--open .select2-search__field").fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def test_a_prediction_is_logged_with_the_horizon_found_in_its_quote(log_page: Page) -> None:
    box = log_page.locator("aside [data-reading-box]")
    pick(log_page, "speaker", "Ada")
    pick(log_page, "source", "A talk")
    log_page.get_by_label("Quote").fill("The engine will weave patterns in about a year, I should think.")
    log_page.get_by_label("Said on").fill("2025-10-01")
    box.get_by_role("button", name="in about a year").click()
    expect(box).to_contain_text("1 October 2026")
    expect(log_page.get_by_label("Horizon phrase")).to_have_value("in about a year")
    log_page.get_by_label("Claim").fill("The engine weaves patterns.")
    log_page.get_by_label("Criteria").fill("A pattern that it wove can be seen.")
    log_page.get_by_role("button", name="Put it into ink").dblclick()
    expect(log_page.get_by_text("is in ink")).to_be_visible()
    entry = Prediction.objects.get()
    assert entry.deadline is not None
    assert entry.deadline.last_day == date(2026, 10, 1)
    log_page.get_by_role("link", name="See its public page").click()
    expect(log_page).to_have_url(re.compile(entry.get_absolute_url()))


def test_the_reading_follows_what_is_typed(log_page: Page) -> None:
    box = log_page.locator("aside [data-reading-box]")
    phrase, said_on = log_page.get_by_label("Horizon phrase"), log_page.get_by_label("Said on")
    expect(box).to_contain_text("Give the words and the day")
    said_on.fill("2025-10-01")
    phrase.fill("within 30 years")
    expect(box).to_contain_text("1 October 2055")
    expect(box).not_to_contain_text("Logged in hindsight")
    said_on.fill("2026-02-05")
    expect(box).to_contain_text("5 February 2056")
    phrase.fill("in one month")
    expect(box).to_contain_text("Logged in hindsight")
    phrase.fill("soon")
    expect(box).to_contain_text("ink it without a date")
    phrase.fill("<img src=x onerror=alert(1)>")
    expect(box).to_contain_text("<img src=x")
    log_page.get_by_text("Set the dates by hand", exact=True).click()
    log_page.get_by_label("Deadline", exact=False).fill("2027-06-30")
    expect(box).to_contain_text("30 June 2027")


def test_a_mistake_shows_beside_its_field_and_nothing_typed_is_lost(log_page: Page) -> None:
    pick(log_page, "speaker", "Ada")
    log_page.get_by_label("Quote").fill("It will be there soon.")
    log_page.get_by_label("Said on").fill("2025-10-01")
    log_page.get_by_label("Horizon phrase").fill("soon")
    log_page.get_by_role("button", name="Put it into ink").click()
    expect(log_page.get_by_role("alert")).to_contain_text("Nothing was saved yet")
    expect(log_page.locator(".field", has=log_page.get_by_label("Horizon phrase"))).to_contain_text(
        "tick “Ink it without a date”"
    )
    expect(log_page.get_by_label("Quote")).to_have_value("It will be there soon.")
    expect(log_page.locator("#id_speaker + .select2")).to_contain_text("Ada Lovelace")
    assert not Prediction.objects.exists()


def test_a_speaker_is_added_without_leaving_the_form(log_page: Page) -> None:
    log_page.get_by_label("Quote").fill("Kept while the window is open.")
    with log_page.expect_popup() as opened:
        log_page.get_by_role("link", name="Add a speaker").click()
    window = opened.value
    window.locator("#id_name").press_sequentially("Grace Hopper")
    expect(window.locator("#id_slug")).to_have_value("grace-hopper")
    window.locator("#id_kind").select_option("person")
    window.get_by_role("button", name="Save", exact=True).click()
    expect(log_page.locator("#id_speaker + .select2")).to_contain_text("Grace Hopper")
    expect(log_page.get_by_label("Quote")).to_have_value("Kept while the window is open.")


def test_says_again_offers_what_the_picked_speaker_said(log_page: Page) -> None:
    factories.prediction(claim="Said by Ada.", said={"speaker": factories.speaker("Ada Lovelace")})
    factories.prediction(claim="Said by Bob.", said={"speaker": factories.speaker("Bob")})
    pick(log_page, "speaker", "Ada")
    log_page.get_by_text("Odds, condition, topics and more").click()
    log_page.locator("#id_says_again + .select2").click()
    options = log_page.locator(".select2-results__option")
    expect(options.filter(has_text="Said by Ada.")).to_be_visible()
    expect(options.filter(has_text="Said by Bob.")).to_have_count(0)


def test_the_reading_stands_under_the_phrase_on_a_phone(
    admin_page: Page, new_page: Callable[..., Page]
) -> None:
    phone = new_page(viewport={"width": 390, "height": 844})
    phone.context.add_cookies(admin_page.context.cookies())  # type: ignore[arg-type]
    phone.goto(ADD)
    phone.get_by_label("Said on").fill("2025-10-01")
    phone.get_by_label("Horizon phrase").fill("within 30 years")
    expect(phone.locator(".reading.inline")).to_contain_text("1 October 2055")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
