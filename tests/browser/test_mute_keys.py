"""A key that can do nothing right now says why, at both desks, where a screen reader hears it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from ledger import due
from ledger.judging import withdrawal
from ledger.models import Resolution
from predictions.models import Decision, Prediction, Transcript
from tests import drafts, factories
from tests.browser.reviewing import decided, opened, press, quotes, saved, shows

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/admin/ledger/desk/"


def says(page: Page, keys: str, words: str) -> None:
    """Press ``keys``; the last of them is answered in the status line."""
    press(page, keys)
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


class TestAtTheReviewDesk:
    def test_where_there_is_nothing_to_go_back_to_to_undo_or_to_play(self, desk: Page) -> None:
        says(desk, "k", "This is the first one.")
        says(desk, "u", "There is nothing of yours to undo here.")
        says(desk, "l", "Where this was recorded is not known.")

    def test_for_a_reason_that_there_is_not_and_leaves_nothing_out(
        self, desk: Page, ferries: Transcript
    ) -> None:
        says(desk, "r z", "No reason has the key Z.")
        shows(desk, quotes(ferries)[0])
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("key", ["a", "r", "e", "s", "m", "c", "t", "h", "x"])
    def test_for_one_that_is_decided(self, desk: Page, ferries: Transcript, key: str) -> None:
        press(desk, "r q")
        saved(desk)
        press(desk, "k")
        shows(desk, quotes(ferries)[0])
        says(desk, key, "This one is decided already. U undoes that.")
        expect(desk.locator("body")).to_have_attribute("data-mode", "plain")

    def test_where_none_is_chosen(self, admin_page: Page) -> None:
        stored = drafts.searched("It will rain by 2030.\n")
        page = opened(admin_page, stored)
        press(page, "r q")
        decided(page, 1, 1)
        for key in "arewc":
            says(page, key, "No candidate is chosen.")
            page.evaluate("document.getElementById('said').textContent = ''")

    def test_and_is_silent_again_once_it_was_read(self, desk: Page) -> None:
        desk.clock.install()
        says(desk, "k", "This is the first one.")
        desk.clock.fast_forward(8_000)
        expect(desk.locator("#said")).to_have_text("")


class TestAtTheResolutionDesk:
    @pytest.fixture
    def queue(self, settings: Settings) -> list[Prediction]:
        """Return two entries that wait, the first logged by the superuser."""
        admin = User.objects.get(username="admin")
        other = User.objects.create_user("other")
        entries = [
            factories.prediction(f"in {n} months", claim=f"Thing {n} is there.", by=by)
            for n, by in ((1, admin), (2, other))
        ]
        today = timezone.localdate()
        due.flag_due(on=today, at=factories.noon(today))
        return entries

    def test_at_the_ends_of_the_queue_and_with_nothing_to_take_back(
        self, admin_page: Page, queue: list[Prediction]
    ) -> None:
        admin_page.goto(f"{DESK}{queue[0].pk}/")
        says(admin_page, "k", "This is the first one.")
        says(admin_page, "u", "There is no verdict here that you could take back.")
        says(admin_page, "b", "B goes back from the page that a signature leads to.")
        says(admin_page, "/", "Q leads to the queue.")
        press(admin_page, "j")
        expect(admin_page.get_by_role("heading", level=1)).to_have_text("Thing 2 is there.")
        says(admin_page, "j", "This is the last one of those listed.")

    def test_for_a_day_that_the_answer_does_not_ask_for(
        self, admin_page: Page, queue: list[Prediction]
    ) -> None:
        admin_page.goto(f"{DESK}{queue[0].pk}/")
        says(admin_page, "3 d", "This answer asks for no day.")

    @pytest.mark.parametrize("key", ["1", "6", "d", "r", "e", "Control+Enter"])
    def test_for_an_entry_that_one_may_not_judge(
        self, admin_page: Page, queue: list[Prediction], settings: Settings, key: str
    ) -> None:
        settings.REVIEWERS, settings.NOTICE_HOURS = 2, 48
        factories.reviewer("bea")
        admin_page.goto(f"{DESK}{queue[0].pk}/")
        says(admin_page, key, "logged")
        assert not Resolution.objects.exists()

    def test_for_an_entry_that_was_withdrawn(self, admin_page: Page, queue: list[Prediction]) -> None:
        today = timezone.localdate()
        withdrawal.withdraw(queue[0], reason="Not his words.", at=factories.noon(today))
        admin_page.goto(f"{DESK}{queue[0].pk}/")
        says(admin_page, "1", "there is nothing to judge")
        says(admin_page, "t", "An entry that was withdrawn is not to be taken.")
        says(admin_page, "l", "This one cannot be put off.")
        says(admin_page, "s", "There is nothing to skip here.")
