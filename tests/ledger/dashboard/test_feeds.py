"""What happened, for feed readers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils import timezone

from ledger import due
from ledger.log import sealing
from ledger.models import Event
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db

FEEDS = ("due", "resolved", "corrected")


def feed(client: Client, name: str, asked: str = "") -> Any:
    """A feed as feedparser reads it; it must be well-formed."""
    answer = client.get(f"/feeds/{name}.atom{asked}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    read = feedparser.parse(answer.content)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


def test_what_fell_due_is_told_with_all_that_one_needs(client: Client, world: dict[str, Prediction]) -> None:
    read = feed(client, "due")
    waiting = world["waiting"]
    told = {entry.title: entry for entry in read.entries}
    assert len(told) == Event.objects.of_kind("fell_due").count()
    entry = told[f"Fell due: {waiting.claim} (Ada Quint)"]
    event = waiting.events.get(kind="fell_due")
    assert entry.id == f"tag:localhost,{event.recorded_at:%Y-%m-%d}:event/{event.pk}"
    assert entry.link == f"http://localhost:8000/predictions/{waiting.pk}/"
    for words in (waiting.statement.quote, "Ada Quint", "A talk", "Anybody can see it."):
        assert words in entry.summary
    assert entry.author == "Ada Quint"


def test_verdicts_are_told_by_what_they_made_of_it(client: Client, world: dict[str, Prediction]) -> None:
    read = feed(client, "resolved")
    titles = [entry.title for entry in read.entries]
    assert sorted(titles) == sorted(
        [
            f"Already true: {world['early'].claim} (Ada Quint)",
            f"Late: {world['late'].claim} (Ada Quint)",
            f"Not delivered: {world['late'].claim} (Ada Quint)",
        ]
    )
    late = next(entry for entry in read.entries if entry.title.startswith("Late"))
    assert "It came &lt;b&gt;late&lt;/b&gt;." in late.summary
    assert [entry.updated_parsed for entry in read.entries] == sorted(
        (entry.updated_parsed for entry in read.entries), reverse=True
    )


def test_words_that_were_not_quoted_are_no_empty_quote(client: Client) -> None:
    factories.verdict(factories.prediction(said={"quote": "It will."}), "no", on=date(2026, 11, 1))
    reported = {"quote": "", "attribution": "paraphrased"}
    factories.verdict(factories.prediction(said=reported), "no", on=date(2026, 11, 2))
    without, quoted = feed(client, "resolved").entries
    assert "<blockquote>" in quoted.summary
    assert "blockquote" not in without.summary


def test_an_entry_stays_as_it_is_when_the_verdict_is_another(client: Client) -> None:
    said = factories.prediction()
    factories.verdict(said, "no", on=date(2026, 11, 1))
    (before,) = feed(client, "resolved").entries
    factories.verdict(said, "yes", on=date(2026, 11, 2), happened_on=date(2026, 9, 1))
    after = feed(client, "resolved").entries
    assert after[1] == before
    assert after[0].id != before.id


def test_each_entry_carries_the_newest_checkpoint_to_whoever_keeps_feeds(client: Client) -> None:
    factories.verdict(factories.prediction(), "no", on=date(2026, 11, 1))
    assert "sealed" not in feed(client, "resolved").entries[0].summary
    sealing.seal(at=factories.noon(date(2026, 11, 2)))
    (entry,) = feed(client, "resolved").entries
    checkpoint = sealing.latest_checkpoint()
    assert checkpoint is not None
    assert checkpoint.note.splitlines()[-1] in entry.summary
    assert checkpoint.root in entry.summary


@pytest.mark.parametrize("name", FEEDS)
def test_nothing_yet_is_a_feed_too_and_stays_the_same(client: Client, name: str) -> None:
    assert feed(client, name).entries == []
    first = client.get(f"/feeds/{name}.atom")
    assert client.get(f"/feeds/{name}.atom", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(f"/feeds/{name}.atom?speaker=nobody").status_code == 404


def test_a_feed_is_narrowed_like_a_calendar(client: Client, world: dict[str, Prediction]) -> None:
    factories.verdict(factories.prediction(claim="bridge", topics=["Transport"]), "no", on=date(2026, 11, 1))
    assert len(feed(client, "resolved").entries) == 4
    ada, transport = (feed(client, "resolved", asked) for asked in ("?speaker=ada-quint", "?topic=transport"))
    assert (len(ada.entries), len(transport.entries)) == (3, 1)
    assert ada.feed.title == "Resolved: Ada Quint"
    assert ada.feed.link == "http://localhost:8000/speakers/ada-quint/"
    own = [link.href for link in ada.feed.links if link.rel == "self"]
    assert own == ["http://localhost:8000/feeds/resolved.atom?speaker=ada-quint"]
    assert ada.feed.id != transport.feed.id


def test_what_was_flagged_ahead_of_its_day_is_not_told_before(client: Client) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    factories.dated(factories.prediction("soon"), tomorrow, on=date(2026, 1, 1))
    due.flag_due(on=tomorrow + timedelta(days=1), at=timezone.localtime())
    assert Event.objects.of_kind("fell_due").exists()
    assert feed(client, "due").entries == []


def test_words_that_no_xml_may_hold_break_no_feed(client: Client) -> None:
    said = factories.prediction(claim="a\x0bb", said={"quote": "c\x0cd ]]> <script>"})
    factories.verdict(said, "no", on=date(2026, 11, 1), note="e\x1bf")
    (entry,) = feed(client, "resolved").entries
    assert "<script>" not in entry.summary
    assert feed(client, "resolved", "?q=%01%0b").feed.title == "Resolved: all predictions"
    assert entry.title.startswith("Not delivered: a b")


@pytest.mark.parametrize(
    ("page", "query"), [("/", ""), ("/speakers/ada-quint/", "?speaker=ada-quint"), ("/due/", "")]
)
def test_pages_tell_readers_programs_where_to_subscribe(
    client: Client, world: dict[str, Prediction], page: str, query: str
) -> None:
    shown = client.get(page).content.decode()
    for address in (*(f"/feeds/{name}.atom" for name in FEEDS), "/due.ics"):
        assert f'href="{address}{query}"' in shown
        assert client.get(f"{address}{query}").status_code == 200
