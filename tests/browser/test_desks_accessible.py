"""axe-core finds nothing on the desks either, in both lights, and every key does something or says why not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from ledger import due
from predictions.models import Prediction
from tests import drafts, factories
from tests.browser.test_accessible import RULES, faults_of
from tests.browser.test_desk import as_admin

pytestmark = pytest.mark.django_db(transaction=True)
DESK = "/admin/ledger/desk/"
WCAG = [rule for rule in RULES if rule != "best-practice"]
"""What the admin's own frame is held to: its landmarks are not ours to place."""


@pytest.fixture
def waiting() -> Prediction:
    """An entry that waits for a verdict."""
    row = factories.prediction("in a month")
    today = timezone.localdate()
    due.flag_due(on=today, at=factories.noon(today))
    return row


@pytest.mark.parametrize("light", ["dark", "light"])
def test_a_checker_finds_nothing_on_the_desks(
    new_page: Callable[..., Page], admin_page: Page, waiting: Prediction, light: str
) -> None:
    page = as_admin(new_page, admin_page, color_scheme=light, viewport={"width": 1280, "height": 900})
    undated = factories.prediction("soon")
    transcript = drafts.searched()
    ours = [
        DESK,
        f"{DESK}{waiting.pk}/",
        f"{DESK}{waiting.pk}/withdraw/",
        f"{DESK}you/",
        f"{DESK}corrections/",
        f"/admin/review/{transcript.pk}/",
        "/admin/mail/",
    ]
    in_the_admin = [
        "/admin/",
        f"{DESK}{undated.pk}/date/",
        "/admin/predictions/prediction/add/",
        "/admin/predictions/transcript/add/",
        "/admin/ledger/channel/add/",
    ]
    faults: list[str] = []
    for addresses, rules in ((ours, RULES), (in_the_admin, WCAG)):
        for address in addresses:
            page.goto(address, wait_until="networkidle")
            faults += [f"{address}: {fault}" for fault in faults_of(page, rules)]
    assert faults == []
