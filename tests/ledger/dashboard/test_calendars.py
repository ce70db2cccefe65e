"""Deadlines in a calendar program."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from ledger.judging import withdrawal
from predictions.models import Prediction
from tests import factories

pytestmark = pytest.mark.django_db


def days(client: Client, address: str = "/due.ics") -> dict[str, Any]:
    """The appointments at ``address`` by what they say, as icalendar reads them."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.content).events}


def test_each_deadline_is_a_whole_day(client: Client, world: dict[str, Prediction]) -> None:
    shown = days(client)
    assert len(shown) == len([one for one in world.values() if one.deadline])
    deadline = world["pending"].deadline
    assert deadline is not None
    day = shown[f"Due: {world['pending'].claim} (Ada Quint)"]
    assert (day.start, day.end) == (deadline.last_day, deadline.last_day + timedelta(days=1))
    assert str(day["UID"]) == f"prediction-{world['pending'].pk}@localhost"
    assert (day["TRANSP"], day["STATUS"]) == ("TRANSPARENT", "CONFIRMED")
    assert str(day["URL"]) == f"http://localhost:8000/predictions/{world['pending'].pk}/"
    for told in (world["pending"].statement.quote, "Ada Quint", "A talk", "Anybody can see it."):
        assert told in day["DESCRIPTION"]


def test_another_parser_reads_the_same(client: Client, world: dict[str, Prediction]) -> None:
    """The one of Home Assistant, which is strict and knows nothing of ours."""
    text = client.get("/due.ics").content.decode()
    read = IcsCalendarStream.calendar_from_ics(text)
    assert {event.summary for event in read.events} == set(days(client))
    assert all(event.computed_duration == timedelta(days=1) for event in read.events)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_the_calendar_says_what_it_is_and_when_to_come_again(
    client: Client, world: dict[str, Prediction]
) -> None:
    calendar: Any = Calendar.from_ical(client.get("/due.ics?speaker=ada-quint").content)
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Falling due: Ada Quint"
    assert calendar.refresh_interval == timedelta(hours=6)
    assert calendar["X-PUBLISHED-TTL"] == "PT6H"
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["METHOD"] == "PUBLISH"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"bridge", "tunnel", "other"}),
        ("?speaker=ada-quint", {"bridge", "tunnel"}),
        ("?topic=transport", {"bridge", "other"}),
        ("?topic=transport&speaker=ada-quint", {"bridge"}),
        ("?q=TUNNEL", {"tunnel"}),
        ("?q=quint+bridge", {"bridge"}),
        ("?q=%25", set()),
        ("?q=%00", set()),
        ("?q=" + "long" * 1000, set()),
    ],
)
def test_it_is_narrowed_by_speaker_topic_and_search(client: Client, asked: str, found: set[str]) -> None:
    ada = factories.speaker("Ada Quint")
    factories.prediction(claim="bridge", said={"speaker": ada}, topics=["Transport"])
    factories.prediction(claim="tunnel", said={"speaker": ada})
    factories.prediction(claim="other", topics=["Transport"])
    factories.prediction("soon", claim="undated")
    assert {summary.split()[1] for summary in days(client, f"/due.ics{asked}")} == found


@pytest.mark.parametrize("asked", ["?speaker=nobody", "?topic=nothing", "?speaker=%00"])
def test_who_is_not_there_is_not_found(client: Client, asked: str) -> None:
    assert client.get(f"/due.ics{asked}").status_code == 404


def test_it_is_fetched_anew_only_when_something_happened(client: Client) -> None:
    said = factories.prediction()
    first = client.get("/due.ics")
    etag, modified = first["ETag"], first["Last-Modified"]
    assert client.get("/due.ics", headers={"If-None-Match": etag}).status_code == 304
    unchanged = client.get("/due.ics", headers={"If-Modified-Since": modified})
    assert (unchanged.status_code, unchanged.content) == (304, b"")

    withdrawal.withdraw(said, reason="Another’s words.", at=factories.noon(date(2026, 1, 1)), by=None)
    again = client.get("/due.ics", headers={"If-None-Match": etag, "If-Modified-Since": modified})
    assert again.status_code == 200
    assert again["ETag"] != etag
    assert client.get("/due.ics", headers={"If-Modified-Since": modified}).status_code == 200


def test_what_happens_makes_a_revision_of_the_same_day(client: Client) -> None:
    said = factories.prediction(claim="bridge")
    (before,) = days(client).values()
    withdrawal.withdraw(said, reason="Another’s words.", at=factories.noon(date(2026, 1, 1)), by=None)
    (after,) = days(client).values()
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["STATUS"] == "CANCELLED"
    assert after.last_modified > before.last_modified


def test_words_that_would_steer_a_calendar_do_not(client: Client) -> None:
    factories.prediction(claim="a\r\nBEGIN:VALARM\r\nb; c, d \\ \u202ee", criteria="x\x0b\r\nEND:VCALENDAR")
    (day,) = days(client).values()
    assert "a BEGIN:VALARM b; c, d \\ e" in day["SUMMARY"]
    assert not day.subcomponents


def test_the_days_to_come_are_there_when_there_are_too_many(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.views.calendars.MOST_DAYS", 2)
    for year in (2024, 2025, 2060, 2061):
        factories.prediction(f"by {year}", said_on=date(2023, 1, 1), claim=f"{year}")
    assert {summary.split()[1] for summary in days(client)} == {"2060", "2061"}
    factories.prediction("by 2062", said_on=date(2023, 1, 1), claim="2062")
    assert {summary.split()[1] for summary in days(client)} == {"2060", "2061"}


def test_the_last_day_of_the_calendar_ends_nowhere(client: Client) -> None:
    factories.dated(factories.prediction("soon"), date.max, on=date(2026, 1, 1))
    (day,) = days(client).values()
    assert day.start == date.max
    assert "DTEND" not in day


def test_the_questions_asked_do_not_grow_with_the_calendar(
    client: Client, world: dict[str, Prediction], django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(16):
        client.get("/due.ics")
