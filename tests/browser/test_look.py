"""The pages people come for, in every dress: pictures of them to look at, and what can be told without looking."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page

from predictions.models import Prediction
from tests.browser.test_accessible import told

__all__ = ["told"]
pytestmark = pytest.mark.django_db(transaction=True)

CUT_OFF = """() => [...document.querySelectorAll('main svg text')].filter(one => {
    const own = one.getBoundingClientRect();
    return own.width && (own.left < 0 || own.right > innerWidth);
}).map(one => one.textContent)"""
"""The letters in drawings on show that the edge of the page cuts: charts let theirs out of their own frame."""


@pytest.mark.parametrize("language", ["en-GB", "zh-TW"])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_the_pages_are_whole_at_three_widths(
    new_page: Callable[..., Page], told: Prediction, tmp_path: Path, language: str, light: str
) -> None:
    page = new_page(locale=language, color_scheme=light)
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    page.on("console", note)
    pages = {"front": "/", "speaker": "/speakers/ada-quint/", "prediction": told.get_absolute_url()}
    for name, address in pages.items():
        page.goto(address)
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=tmp_path / f"{name}-{width}-{light}-{language}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
            assert page.evaluate(CUT_OFF) == [], (name, width)
            if name != "prediction":
                assert page.locator("#delivery svg.plane:visible").count() == 1, (name, width)
    assert errors == []
