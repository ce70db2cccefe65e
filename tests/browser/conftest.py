"""What browser tests may ask for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from predictions.models import Transcript
from tests import drafts, factories
from tests.browser.reviewing import opened
from tests.drafts import searched


@pytest.fixture
def ferries() -> Transcript:
    """Return a transcript that was searched, of a source of its own."""
    drafts.people()
    return searched(source=factories.source("Ferries of the harbour"))


@pytest.fixture
def desk(admin_page: Page, ferries: Transcript) -> Page:
    """Return the review desk of ``ferries``, its first candidate open."""
    return opened(admin_page, ferries)
