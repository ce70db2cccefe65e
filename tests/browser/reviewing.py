"""What browser tests of the review desk share: keys, and what they wait for."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from predictions.models import Candidate, Transcript


def opened(page: Page, stored: Transcript, at: Candidate | None = None) -> Page:
    page.goto(f"/admin/review/{stored.pk}/{f'#{at.pk}' if at else ''}")
    expect(page.locator("article")).to_be_visible()
    return page


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def ink(page: Page) -> None:
    """Arm, think, and put it into ink."""
    press(page, "a")
    expect(page.locator(".arm")).to_be_visible()
    again(page)


def again(page: Page) -> None:
    page.wait_for_timeout(350)  # a second key that comes sooner is a slip
    press(page, "a")


def shows(page: Page, words: str) -> None:
    expect(page.locator("article h1")).to_contain_text(words)


def decided(page: Page, count: int, of: int) -> None:
    expect(page.locator("#decided")).to_have_text(f"{count} of {of} decided")


def saved(page: Page) -> None:
    """Wait until the server has had its last word."""
    expect(page.locator("body")).to_have_attribute("data-saving", "0")


def quotes(stored: Transcript) -> list[str]:
    return [one.quote for one in Candidate.objects.standing().filter(transcript=stored).order_by("start")]
