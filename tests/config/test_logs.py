"""No log holds a link that acts for whoever it was sent to."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from config.logs import WithoutSignedLinks
from config.run.__main__ import children, listen
from config.settings import LOGGING
from ledger.post.links import Purpose, token
from tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "purpose"),
    [("confirm", Purpose.CONFIRM), ("unsubscribe", Purpose.END), ("manage", Purpose.MANAGE)],
)
def test_what_is_logged_of_a_request_has_no_signed_part(
    page: str, purpose: Purpose, caplog: pytest.LogCaptureFixture
) -> None:
    subscription = factories.subscription()
    signed = token(subscription if purpose == Purpose.CONFIRM else subscription.subscriber, purpose)
    caplog.handler.addFilter(WithoutSignedLinks())
    Client(enforce_csrf_checks=True).post(reverse("confirm", args=[signed]))
    rest = ["all"] if page == "unsubscribe" else []
    logging.getLogger("web").warning("Not Found: %s", reverse(page, args=[signed, *rest]))
    assert "Forbidden" in caplog.text
    assert "scribe/" in caplog.text
    assert signed not in caplog.text


def test_the_console_is_filtered_so() -> None:
    handler = LOGGING["handlers"]["console"]
    (name,) = handler["filters"]
    assert LOGGING["filters"][name]["()"] == "config.logs.WithoutSignedLinks"


def test_the_web_server_keeps_no_log_of_requests(tmp_path: Path) -> None:
    with listen("127.0.0.1", "0") as door:
        (web,) = [child for child in children(tmp_path, door, 0) if child.name == "web"]
    assert not {"--access-logfile", "--access-logformat"} & set(web.command)
