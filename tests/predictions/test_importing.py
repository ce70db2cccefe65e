"""Storing a transcript: as it came, once, or not at all."""

from __future__ import annotations

import gzip
import hashlib
import threading
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from predictions import importing
from predictions.importing import AlreadyImported, Occasion
from predictions.models import Original, Search, Source, Speaker, Transcript
from predictions.transcripts import Unreadable
from tests import drafts, factories
from tests.drafts import AT, FERRIES, SAID, searched, transcript

pytestmark = pytest.mark.django_db


def test_the_bytes_are_kept_as_they_came_with_their_hash() -> None:
    stored = transcript()
    kept = Original.objects.get(transcript=stored)
    assert bytes(kept.data) == FERRIES.encode()
    assert stored.sha256 == hashlib.sha256(FERRIES.encode()).hexdigest()
    assert (stored.format, stored.name, stored.length) == ("vtt", "ferries.vtt", len(kept.text))


def test_segments_keep_the_label_the_time_and_the_place() -> None:
    stored = searched()
    first = stored.segments.all()[0]
    assert (first.label, first.began, first.language) == ("Mira Solano", 1.0, "en")
    assert stored.words(first.start, first.end).startswith("The harbour will have")
    assert stored.segments.filter(label="Mira Solano", began=3723.0).exists()


def test_a_label_is_a_claim_and_the_speaker_beside_it_who_we_hold_it_was() -> None:
    mira, _ = drafts.people()
    stored = searched()
    assert {segment.speaker for segment in stored.segments.filter(label="Mira Solano")} == {mira}
    unlabelled = searched("The pier will be closed by 2031.", speaker=mira)
    assert [(segment.label, segment.speaker) for segment in unlabelled.segments.all()] == [("", mira)]


def test_an_import_asks_for_a_search() -> None:
    search = Search.objects.get(transcript=transcript())
    assert (search.finder, search.segments_done, search.segments_total, search.finished_at) == (
        "rules",
        0,
        5,
        None,
    )


def test_the_same_bytes_are_noticed_and_lead_to_the_first() -> None:
    first = transcript()
    with pytest.raises(AlreadyImported) as noticed:
        transcript()
    assert noticed.value.transcript == first
    assert str(first.source) in str(noticed.value)
    assert Transcript.objects.count() == 1


@pytest.mark.parametrize("again", [FERRIES.replace("\n", "\r\n"), "\ufeff" + FERRIES, FERRIES + "\n"])
def test_the_same_words_are_noticed_whatever_ends_their_lines(again: str) -> None:
    first = transcript()
    with pytest.raises(AlreadyImported) as noticed:
        importing.store(again.encode(), "pasted.vtt", Occasion(first.source, SAID), at=AT)
    assert noticed.value.transcript == first


def test_the_same_words_with_their_times_are_another_transcript() -> None:
    transcript("The pier will be closed by 2031.")
    transcript("WEBVTT\n\n00:01.000 --> 00:05.000\nThe pier will be closed by 2031.\n")
    assert Transcript.objects.count() == 2


def test_the_day_of_the_first_import_is_that_of_the_installation_s_clock() -> None:
    transcript()
    with (
        timezone.override(ZoneInfo("Pacific/Auckland")),
        pytest.raises(AlreadyImported, match="on 2025-10-03"),
    ):
        transcript()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   \n ",
        b"\x89PNG\r\n\x1a\n" + bytes(99),
        gzip.compress(bytes(10**6)),
        b"caf\xe9 will open",
        bytes(range(256)),
    ],
    ids=["empty", "blank", "a picture", "a bomb", "another encoding", "binary"],
)
def test_what_is_no_transcript_is_refused_and_nothing_stored(data: bytes) -> None:
    with pytest.raises(Unreadable):
        importing.store(data, "x.txt", Occasion(Source(title="New", slug="new"), SAID), at=AT)
    assert not Transcript.objects.exists()
    assert not Source.objects.exists()


def test_nul_characters_are_refused() -> None:
    data = "The pier will be closed by 2031.\x00".encode("utf-16")
    with pytest.raises(Unreadable):
        importing.store(data, "x.txt", Occasion(factories.source(), SAID), at=AT)


def test_a_new_source_and_a_new_speaker_are_kept_with_it_or_not_at_all() -> None:
    good = Occasion(
        importing.source_named("Harbour talk", "https://example.org/talk"),
        SAID,
        speaker=importing.speaker_named("Mira  Solano"),
    )
    stored = importing.store(FERRIES.encode(), "", good, at=AT)
    assert (stored.source.slug, stored.speaker and stored.speaker.slug) == ("harbour-talk", "mira-solano")
    bad = Occasion(importing.source_named("x" * 301), SAID, speaker=importing.speaker_named("Jon Pell"))
    with pytest.raises(ValidationError):
        importing.store(b"The pier will be closed by 2031.", "", bad, at=AT)
    assert not Speaker.objects.filter(name="Jon Pell").exists()


def test_a_source_is_known_by_its_address_and_without_one_by_its_title() -> None:
    known = factories.source("Harbour talk", url="https://example.org/talk")
    assert importing.source_named("Another title", "https://example.org/talk") == known
    assert importing.source_named("Harbour talk") == known
    assert importing.source_named("Harbour talk", "https://example.org/second").slug == "harbour-talk"


def test_addresses_of_new_speakers_do_not_collide() -> None:
    factories.speaker("Mira Solano")
    assert importing.speaker_named("mira solano").pk
    assert importing.speaker_named("Mira-Solano").slug == "mira-solano-2"
    assert importing.speaker_named("穆勒").slug == "穆勒"
    assert importing.speaker_named("★").slug == "speaker"


@pytest.mark.django_db(transaction=True)
def test_two_who_import_the_same_at_once_make_one() -> None:
    source = factories.source()
    outcomes: list[Any] = []
    ready = threading.Barrier(2)

    def bring() -> None:
        ready.wait()
        try:
            outcomes.append(importing.store(FERRIES.encode(), "f.vtt", Occasion(source, SAID), at=AT))
        except AlreadyImported as known:
            outcomes.append(known.transcript)
        finally:
            connection.close()

    threads = [threading.Thread(target=bring) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    assert outcomes[0] == outcomes[1]
    assert Original.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "says"), [(date(2036, 3, 10), "after today"), (date(999, 1, 1), "year from 1000")]
)
def test_nothing_is_said_on_a_day_to_come_or_before_the_calendar(day: date, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        importing.store(FERRIES.encode(), "x.vtt", Occasion(factories.source(), day), at=AT)
    assert not Transcript.objects.exists()
