"""The public pages in a real browser: without script, on every width, in both lights, by keyboard, on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from ledger import due
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

HEIGHT = 900


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def late(today: date) -> Prediction:
    """A promise that came late, among others that wait, were missed, or have no date."""
    long_ago = today - timedelta(days=900)
    ada = factories.speaker("Ada Quint")
    for horizon, claim in [
        ("in a year", "A claim as long as claims may be: " + "word after word " * 20),
        ("in a year", "Unbreakable" * 20),
        ("in ten years", "A city stands on Mars."),
        ("soon", "Machines do the dishes."),
    ]:
        factories.prediction(horizon, said_on=long_ago, inked_on=long_ago, said={"speaker": ada}, claim=claim)
    missed = factories.prediction(
        "in a year", said_on=long_ago, inked_on=long_ago, odds=0.75, said={"speaker": ada}
    )
    factories.verdict(missed, "no", on=today)
    late = factories.prediction(
        "in a year",
        said_on=long_ago,
        inked_on=long_ago,
        odds=0.75,
        said={"speaker": ada},
        claim="The lorry is sold.",
    )
    factories.verdict(late, "yes", on=today, happened_on=today - timedelta(days=200))
    due.flag_due(on=today, at=timezone.localtime())
    factories.counted(today)
    return late


def addresses(late: Prediction) -> list[str]:
    return [
        "/",
        "/?ink=hindsight",
        "/speakers/",
        "/speakers/ada-quint/",
        "/sources/",
        late.statement.source.get_absolute_url(),
        late.get_absolute_url(),
        "/due/",
        "/due/?when=past",
        "/methodology/",
        "/numbers/",
        "/topics/",
        "/compare/",
        "/calendar/",
        "/search/?q=lorry",
        "/nowhere/",
    ]


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_at_any_width(new_page: Callable[..., Page], late: Prediction, width: int) -> None:
    page = new_page(viewport={"width": width, "height": HEIGHT}, java_script_enabled=False)
    for address in addresses(late):
        page.goto(address)
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_pages_need_no_script_no_inline_style_and_nobody_else(
    new_page: Callable[..., Page], late: Prediction, live_server: LiveServer
) -> None:
    page = new_page(java_script_enabled=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in addresses(late):
        page.goto(address)
        run = "script:not([type='application/ld+json'])"  # what is none is for machines to read, and does nothing
        assert page.locator(f"{run}, style, [style]").count() == 0, address
    assert all(url.startswith(live_server.url) for url in asked)
    assert page.evaluate("[...document.fonts].filter(font => font.status === 'loaded').length") == 2


def test_a_reader_finds_the_way_from_the_record_to_the_verdict(page: Page, late: Prediction) -> None:
    page.goto("/")
    page.get_by_role("link", name="The lorry is sold.").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "The lorry is sold."
    assert page.locator(".state").inner_text().startswith("Late, ")
    page.get_by_role("article").get_by_role("link", name="Ada Quint").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == (
        "None of Ada Quint’s four dated promises came true on time, two left open"
    )
    page.get_by_role("link", name="Falling due").click()
    assert page.get_by_role("link", name="A city stands on Mars.").is_visible()


def test_the_quote_is_the_largest_thing_on_its_page(page: Page, late: Prediction) -> None:
    page.goto(late.get_absolute_url())
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    quote = page.locator("blockquote").evaluate(size)
    others = page.locator("main :is(h1, h2, p, dt, dd, td, th)").evaluate_all(f"all => all.map({size})")
    assert quote >= max(others)


def test_the_keyboard_comes_to_the_content_first(page: Page, late: Prediction) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_choice_of_entries_is_a_plain_link(new_page: Callable[..., Page], late: Prediction) -> None:
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="logged in hindsight: 0").click()
    assert page.url.endswith("/?ink=hindsight#counted")
    assert page.get_by_role("link", name="logged in hindsight: 0").get_attribute("aria-current") == "true"


def test_the_dark_page_is_dark_and_paper_is_white(new_page: Callable[..., Page], late: Prediction) -> None:
    page = new_page(color_scheme="dark")
    page.goto("/")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(18, 21, 23)"
    page.emulate_media(media="print")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    assert page.get_by_role("navigation", name="Main").is_hidden()
