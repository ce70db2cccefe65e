"""Two logins at one queue, blind, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from ledger import due
from ledger.models import Ballot, Event, Resolution
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/admin/ledger/desk/"
ITEMS = 10


@pytest.fixture
def at_desk(new_page: Callable[..., Page], live_server: LiveServer) -> Callable[[str], Page]:
    """Return a function that opens the desk of a reviewer."""

    def sit(handle: str) -> Page:
        user = factories.reviewer(handle, is_staff=True, is_superuser=True)
        client = Client()
        client.force_login(user)
        page = new_page(viewport={"width": 1280, "height": 768})
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([session])  # type: ignore[list-item]
        page.goto(DESK)
        return page

    return sit


@pytest.fixture
def queue(settings: Settings) -> list[Prediction]:
    """Return ten entries that wait, logged by somebody else, where two judge and give notice."""
    settings.REVIEWERS, settings.NOTICE_HOURS = 2, 48
    logger = User.objects.create_user("logger")
    entries = [
        factories.prediction("in one month", claim=f"Thing {n} is there.", by=logger) for n in range(ITEMS)
    ]
    today = timezone.localdate()
    due.flag_due(on=today, at=factories.noon(today))
    return entries


def judge_all(page: Page, secret: str) -> None:
    """Sign "no" on everything that waits, with keys only."""
    keys = page.keyboard
    keys.press("n")
    for n in range(ITEMS):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Thing {n} is there.")
        keys.press("3")
        keys.press("r")
        keys.type(secret)
        keys.press("Escape")
        keys.press("e")
        keys.type("https://example.org/seen")
        keys.press("Tab")
        keys.type("against")
        keys.press("Tab")
        keys.type("primary")
        keys.press("Control+Enter")
        expect(page.get_by_role("status")).to_contain_text("is signed")


def test_ten_items_are_resolved_by_two_who_do_not_see_each_other(
    at_desk: Callable[[str], Page], queue: list[Prediction], page: Page
) -> None:
    one, two = at_desk("quill"), at_desk("vellum")
    judge_all(one, "Read by quill alone.")
    expect(one.get_by_role("heading", level=1)).to_have_text("Nothing waits for a verdict")
    assert Ballot.objects.sealed().count() == ITEMS
    for other, address in ((two, f"{DESK}{queue[0].pk}/"), (page, queue[0].get_absolute_url())):
        other.goto(address)
        assert "Read by quill" not in other.content()
        assert "example.org/seen" not in other.content()
    two.goto(DESK)
    judge_all(two, "Read by vellum alone.")
    assert Resolution.objects.count() == ITEMS
    assert Event.objects.filter(kind="intended").count() == ITEMS
    assert not Ballot.objects.sealed().exists()
    page.goto(queue[0].get_absolute_url())
    expect(page.get_by_text("Intended resolution").first).to_be_visible()
    for words in ("Read by quill", "Read by vellum", "quill", "vellum"):
        assert words in page.content()


def test_a_sealed_verdict_is_taken_back_with_a_key_and_all_keys_are_listed(
    at_desk: Callable[[str], Page], queue: list[Prediction]
) -> None:
    page = at_desk("quill")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    factories.ballot(queue[3], "no", on=timezone.localdate(), by=User.objects.get(reviewer__handle="quill"))
    page.goto(f"{DESK}{queue[3].pk}/")
    expect(page.get_by_text("Your verdict is sealed")).to_be_visible()
    page.keyboard.press("u")
    expect(page.get_by_role("status")).to_contain_text("taken back")
    page.keyboard.press("t")
    expect(page.get_by_text("Yours until")).to_be_visible()
    page.keyboard.press("l")
    day = timezone.localdate() + timedelta(days=400)
    page.keyboard.type(f"{day:%m%d%Y}")
    page.get_by_label("Why one cannot know yet").fill("The report comes out in December.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"rests until {day:%-d %B %Y}")
