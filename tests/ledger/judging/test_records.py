"""Withdrawing, and the records that nobody edits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db.models import Manager
from django.test import Client

from ledger import due
from ledger.judging.withdrawal import withdraw
from ledger.models import Delivery, Event, Evidence, Resolution, Subscription
from predictions.models import Deadline
from tests import factories

pytestmark = pytest.mark.django_db
DESK = "/admin/ledger/desk/"
RECORDS: dict[str, Manager[Any]] = {
    "resolution": Resolution.objects,
    "event": Event.objects,
    "evidence": Evidence.objects,
    "delivery": Delivery.objects,
    "subscription": Subscription.objects,
}


@pytest.fixture
def _one_of_each() -> None:
    """Write one row of every record."""
    factories.subscription("reader@example.org")
    entry = factories.prediction("in one month")
    due.flag_due(on=date(2026, 1, 1), at=factories.noon(date(2026, 1, 1)))
    factories.verdict(entry, "no", on=date(2026, 1, 2))


@pytest.mark.parametrize("reason", ["A wrong quote.", "<script>alert(1)</script> 🤖 مرحبا"])
def test_an_entry_is_withdrawn_with_a_reason_that_stays(admin_client: Client, reason: str) -> None:
    entry = factories.prediction()
    page = admin_client.post(f"{DESK}{entry.pk}/withdraw/", {"reason": reason}, follow=True)
    event = Event.objects.get()
    assert (event.kind, event.reason, event.prediction) == ("withdrawn", reason, entry)
    html = page.content.decode()
    assert "is withdrawn" in html
    assert f"{DESK}{entry.pk}/anew/" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("reason", ["", "   ", "a\x00b", "x" * 501])
def test_withdrawing_needs_a_reason(admin_client: Client, reason: str) -> None:
    entry = factories.prediction()
    page = admin_client.post(f"{DESK}{entry.pk}/withdraw/", {"reason": reason})
    assert page.status_code == 422
    assert page.context["form"].errors["reason"]
    assert not Event.objects.exists()


def test_withdrawing_twice_is_refused(admin_client: Client) -> None:
    entry = factories.prediction()
    for _ in range(2):
        page = admin_client.post(f"{DESK}{entry.pk}/withdraw/", {"reason": "A wrong quote."})
    assert "withdrawn already" in page.content.decode()
    assert Event.objects.count() == 1


@pytest.mark.parametrize("ask", ["get", "post"])
def test_what_was_withdrawn_is_dated_no_more(admin_client: Client, ask: str) -> None:
    entry = factories.prediction("soon")
    withdraw(entry, reason="A wrong quote.", at=factories.noon(date(2026, 1, 2)))
    typed = {"event": "Signed.", "event_day": "2026-01-10", "phrase": "in 100 days"}
    page = getattr(admin_client, ask)(f"{DESK}{entry.pk}/date/", typed, follow=True)
    assert "nothing to date" in page.content.decode()
    assert not Deadline.objects.exists()


@pytest.mark.usefixtures("_one_of_each")
@pytest.mark.parametrize("name", sorted(RECORDS))
def test_records_can_be_read_and_not_touched(admin_client: Client, name: str) -> None:
    rows = RECORDS[name]
    pk, before = rows.earliest("pk").pk, list(rows.values())
    base = f"/admin/ledger/{name}/"
    assert admin_client.get(base).status_code == 200
    assert admin_client.get(f"{base}{pk}/change/").status_code == 200
    assert admin_client.get(f"{base}add/").status_code == 403
    assert admin_client.post(f"{base}{pk}/delete/", {"post": "yes"}).status_code == 403
    admin_client.post(f"{base}{pk}/change/", {"note": "Something else."})
    admin_client.post(base, {"action": "delete_selected", "_selected_action": [pk], "post": "yes"})
    assert list(rows.values()) == before


@pytest.mark.usefixtures("_one_of_each")
@pytest.mark.parametrize("superuser", [True, False])
def test_only_superusers_see_an_address(superuser: bool) -> None:  # noqa: FBT001  (a table's column)
    user = User.objects.create_user("clerk", is_staff=True, is_superuser=superuser)
    user.user_permissions.set(
        Permission.objects.filter(content_type__app_label="ledger", codename__startswith="view")
    )
    client = Client()
    client.force_login(user)
    row, mail = Subscription.objects.get(), Delivery.objects.get(kind="fell_due")
    pages = (
        "/admin/ledger/subscription/",
        f"/admin/ledger/subscription/{row.pk}/change/",
        "/admin/ledger/delivery/",
        f"/admin/ledger/delivery/{mail.pk}/change/",
    )
    seen = ["reader@example.org" in client.get(page).content.decode() for page in pages]
    assert seen == [superuser, superuser, False, False]
