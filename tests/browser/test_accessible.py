"""axe-core finds nothing on any public page: wide and narrow, both lights, both languages, every table unfolded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import Page

from ledger import due
from ledger.dashboard import pictures
from ledger.models import Subscription
from ledger.post import links
from ledger.views import subscribing
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

HEIGHT = 900
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def told() -> Prediction:
    """A ledger with enough for every chart: a curve, a diagram, a ranking, topics; and one entry of it, promised again."""
    today, first = timezone.localdate(), None
    long_ago = today - timedelta(days=900)
    for n, name in enumerate(("Ada Quint", "Bo Lind", "Cy Ott")):
        for i in range(6):
            entry = factories.prediction(
                "in a year",
                said_on=long_ago,
                inked_on=long_ago,
                odds=0.6 + i / 20,
                topics=["Space" if i % 2 else "Cars"],
                said={"speaker": factories.speaker(name)},
            )
            first = first or entry
            came = long_ago + timedelta(days=200 + 60 * i + 40 * n)
            factories.verdict(
                entry, "no" if i == 5 else "yes", on=today, happened_on=None if i == 5 else came
            )
    assert first
    factories.prediction(
        "in ten years",
        said_on=today,
        inked_on=today,
        says_again=first,
        said={"speaker": factories.speaker("Ada Quint")},
    )
    factories.prediction(
        "in a year", said_on=long_ago, inked_on=long_ago, said={"speaker": factories.speaker("Ada Quint")}
    )
    due.flag_due(on=today, at=timezone.localtime())
    factories.counted(today)
    pictures.redraw()
    return first


def addresses(told: Prediction) -> list[str]:
    return [
        "/",
        "/speakers/",
        "/speakers/ada-quint/",
        "/speakers/ada-quint/?ink=hindsight&fate=late",
        told.get_absolute_url(),
        f"{told.get_absolute_url()}correct/",
        f"{told.get_absolute_url()}correct/filed/",
        f"{told.get_absolute_url()}embed/",
        "/corrections/",
        "/log/",
        f"/log{told.get_absolute_url()}",
        "/sources/",
        told.statement.source.get_absolute_url(),
        "/topics/",
        "/topics/space/",
        "/compare/",
        "/compare/?a=ada-quint&b=bo-lind",
        "/due/",
        "/due/?when=past",
        "/calendar/",
        "/search/?q=thing",
        "/search/?q=nowhere",
        "/methodology/",
        "/numbers/",
        "/subscribe/",
        "/subscribe/asked/",
        "/mail/not-a-link/",
        "/nowhere/",
        *(urlsplit(link).path for link in of_a_reader(factories.subscription())),
    ]


def of_a_reader(subscription: Subscription) -> list[str]:
    """The pages that mails lead to."""
    reader = subscription.subscriber
    return [
        links.confirming(subscription),
        links.managing(reader),
        f"{links.managing(reader)}erase/",
        links.ending(reader, links.Ending.SUBSCRIPTION, subscription.pk),
        links.ending(reader, links.Ending.ALL),
    ]


@pytest.mark.parametrize(("language", "width", "light"), [("en-GB", 1280, "dark"), ("zh-TW", 320, "light")])
def test_a_checker_finds_nothing_on_any_page(
    new_page: Callable[..., Page], told: Prediction, language: str, width: int, light: str
) -> None:
    """Each language, width and dress once: what a checker finds depends on one of them at a time."""
    page = new_page(locale=language, color_scheme=light, viewport={"width": width, "height": HEIGHT})
    faults: list[str] = []
    for address in addresses(told):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        faults += [f"{address}: {fault}" for fault in faults_of(page)]
    assert faults == []


@pytest.mark.parametrize("language", ["en-GB", "zh-TW"])
def test_no_page_is_wider_than_its_window(
    new_page: Callable[..., Page], told: Prediction, language: str
) -> None:
    page = new_page(locale=language)
    wider = []
    for address in addresses(told):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wider.append(f"{address}: wider than {width}")
    assert wider == []


def test_a_checker_finds_nothing_where_a_name_is_looked_for(
    new_page: Callable[..., Page], told: Prediction, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribing, "MOST_LISTED", 0)
    page = new_page()
    for named in ("", "a", "nobody"):
        page.goto(f"/subscribe/?named={named}")
        assert page.get_by_label("Find a speaker or a topic").is_visible()
        assert faults_of(page) == []


@pytest.mark.parametrize("light", ["dark", "light"])
def test_a_checker_finds_nothing_where_something_went_wrong(
    new_page: Callable[..., Page], transactional_db: None, light: str
) -> None:
    page = new_page(color_scheme=light)
    page.goto("/subscribe/")
    page.context.clear_cookies()
    page.get_by_label("Your e-mail address").fill("a@b.example")
    page.get_by_role("button", name="Ask my mailbox").click()
    assert page.get_by_role("heading", level=1).inner_text() == "This was not accepted"
    assert faults_of(page) == []
    page.set_content(render_to_string("500.html"))
    assert page.get_by_role("heading", level=1).inner_text() == "Something went wrong on our side"
    assert faults_of(page) == []


def faults_of(page: Page, rules: list[str] = RULES) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": rules}}
    found: list[dict[str, Any]] = Axe().run(page, options=options).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


@pytest.mark.parametrize("width", [320, 3840])
def test_no_chart_sticks_out_from_the_narrowest_to_the_widest(
    new_page: Callable[..., Page], told: Prediction, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": HEIGHT}, java_script_enabled=False)
    for address in addresses(told):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize(("width", "kind"), [(344, "narrow"), (1280, "medium")])
def test_the_drawing_that_fits_is_shown_and_its_letters_are_legible(
    new_page: Callable[..., Page], told: Prediction, width: int, kind: str
) -> None:
    page = new_page(viewport={"width": width, "height": HEIGHT})
    page.goto("/")
    shown = page.locator("#delivery svg.plane:visible")
    assert [one.get_attribute("class") for one in shown.all()] == [f"plane {kind}"]
    scale = shown.evaluate("one => one.getBoundingClientRect().width / one.viewBox.baseVal.width")
    assert 13 * scale >= 11


def test_colours_forced_by_the_system_leave_the_charts_readable(
    new_page: Callable[..., Page], told: Prediction
) -> None:
    page = new_page(forced_colors="active")
    page.goto("/")
    stroke = "one => getComputedStyle(one).stroke"
    assert page.locator("#delivery .km.late:visible").first.evaluate(stroke) != "none"
    assert not faults_of(page)


def test_paper_shows_the_tables_under_the_charts(new_page: Callable[..., Page], told: Prediction) -> None:
    page = new_page(color_scheme="dark")
    page.goto("/")
    page.emulate_media(media="print")
    assert page.locator("#delivery .data table").is_visible()
    assert page.locator("#delivery .data summary").is_hidden()


def test_all_choices_of_a_speaker_are_reached_by_keyboard(page: Page, told: Prediction) -> None:
    """Every link and every unfolding table takes the focus, and shows that it has it."""
    page.goto("/speakers/ada-quint/")
    wanted = page.evaluate(
        "document.querySelectorAll('a[href], summary, button, textarea, [tabindex=\"0\"]').length"
    )
    seen = set()
    for _ in range(wanted):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert len(seen) == wanted
