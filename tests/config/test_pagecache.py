"""Rendered pages are kept, are never stale, and are the same for everybody."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from config import pagecache
from predictions import deciding, redating
from predictions.models import Candidate
from tests import drafts, factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(settings: Settings, broker: str) -> None:
    """Pages are kept by a real server, which is empty."""
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": broker}
    }
    cache.clear()


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def page(client: Client, address: str = "/", **headers: Any) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    packed = response.get("Content-Encoding") == "gzip"
    return (gzip.decompress(response.content) if packed else response.content).decode()


def test_a_page_is_rendered_once(
    kept: None, client: Client, today: date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    entry = factories.prediction("in ten years", said_on=today, inked_on=today)
    for address in ("/", "/speakers/", entry.get_absolute_url(), "/preview.png", "/figures/due.csv"):
        first = client.get(address)
        with django_assert_num_queries(1):  # which edition it is
            second = client.get(address)
        assert second.content == first.content, address
        assert second["ETag"] == first["ETag"]
        assert second["Content-Type"] == first["Content-Type"]
        assert "Content-Security-Policy" in second


def test_no_page_is_stale_after_a_verdict(kept: None, client: Client, today: date) -> None:
    entry = factories.prediction("in a year", said_on=date(2020, 1, 1), inked_on=date(2020, 1, 1))
    before = {at: page(client, at) for at in ("/", entry.get_absolute_url())}
    factories.verdict(entry, "yes", on=today, happened_on=date(2020, 6, 1))
    assert all(page(client, at) != was for at, was in before.items())
    between = page(client)
    factories.counted(today)
    assert "came true on time" in page(client)
    assert "came true on time" not in between


def undo(candidate: Candidate) -> None:
    deciding.undo(candidate.decisions.get(), at=drafts.AT)


def name_the_voice(candidate: Candidate) -> None:
    deciding.attribute(candidate, "Mira Solano", "certain")


def date_anew(candidate: Candidate) -> None:
    redating.correct_day(candidate.transcript, date(2024, 5, 1), "day", on=drafts.TODAY)


@pytest.mark.parametrize("change", [undo, name_the_voice, date_anew])
def test_no_page_is_stale_after_a_draft_was_changed_in_place(
    kept: None, client: Client, change: Callable[[Candidate], None]
) -> None:
    """A browser that has the page is not told that it is as it was."""
    drafts.people()
    left_out = drafts.candidate(drafts.searched(), "old pier")
    deciding.reject(left_out, "past", at=drafts.AT)
    address = left_out.transcript.source.get_absolute_url()
    before = client.get(address)
    change(left_out)
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200


def test_a_reader_who_has_the_page_is_told_so_in_a_word(kept: None, client: Client, today: date) -> None:
    tag = client.get("/")["ETag"]
    again = client.get("/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    factories.prediction("in a year", said_on=today, inked_on=today)
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"address": "/"}, {"address": "/?ink=all"}),
        ({"address": "/"}, {"address": "/", "accept-language": "zh-hant"}),
        ({"address": "/"}, {"address": "/", "host": "127.0.0.1"}),
    ],
)
def test_what_differs_is_kept_apart(
    kept: None, client: Client, one: dict[str, str], other: dict[str, str]
) -> None:
    tags = [
        client.get(asked["address"], headers={k: v for k, v in asked.items() if k != "address"})["ETag"]
        for asked in (one, other)
    ]
    assert tags[0] != tags[1]


def test_packed_and_unpacked_readers_get_the_same(kept: None, client: Client) -> None:
    plain = page(client)
    assert page(client, **{"accept-encoding": "gzip"}) == plain
    assert client.get("/", headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_nothing_of_a_person_is_kept(kept: None, client: Client, admin_client: Client) -> None:
    """The desks are rendered each time, and a public page knows nobody."""
    assert page(admin_client) == page(client)
    assert "ETag" not in admin_client.get("/admin/")
    assert User.objects.exists()


def test_without_the_server_pages_are_rendered(settings: Settings, client: Client) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "unix:///nowhere/at/all",
        }
    }
    assert "Hindsight" in page(client)


def test_what_a_page_does_not_ask_for_makes_no_other_page(
    kept: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/?ink=all")
    with django_assert_num_queries(1):
        again = client.get("/?utm=1&ink=hindsight&page=3&ink=all&utm=2")
    assert again.content == first.content
    assert "utm" not in page(client, "/search/?utm=1&q=x")


def test_made_up_addresses_do_not_fill_the_server_and_keep_no_other_page_from_it(
    kept: None, client: Client, broker: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagecache, "MOST", 3)
    minute = 60 * 1_000_000
    monkeypatch.setattr(pagecache, "time", SimpleNamespace(time=lambda: minute))
    with redis.Redis.from_url(broker) as line:

        def held() -> int:
            return sum(b"minute" not in key for key in line.scan_iter())

        for number in range(6):
            page(client, f"/search/?q=word{number}")
            page(client, f"/?lang=language{number}")
        assert held() == 3
        page(client, "/")
        assert held() == 4, "a page that nobody thought up"
        minute += 60
        page(client, "/search/?q=another")
        assert held() == 5, "in the next minute"
        assert all(line.ttl(key) > 0 for key in line.scan_iter()), "and nothing stays"


def test_a_page_is_asked_in_a_language_whatever_else_it_asks_for(kept: None, client: Client) -> None:
    assert "搜尋" in page(client, "/search/?lang=zh-hant")
    assert "搜尋" in page(client, "/search/?q=x&lang=zh-hant&utm=1")
