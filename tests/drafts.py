"""Transcripts, candidates and decisions for tests, stored and found through the same verbs as everybody's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from predictions import finding, importing
from predictions.models import Candidate, Speaker, Transcript
from tests import factories

SAID = date(2025, 10, 1)
TODAY = date(2025, 10, 2)
AT = factories.noon(TODAY)

FERRIES = """WEBVTT

00:00:01.000 --> 00:00:06.000
<v Mira Solano>The harbour will have its first electric ferry within two years.

00:00:07.000 --> 00:00:12.000
<v Jon Pell>My grandfather ran the steam ferry here, and it was always late.

00:00:13.000 --> 00:00:19.000
<v Mira Solano>By 2030 half of all crossings will be electric, I predict, and fares will fall by a third.

00:00:20.000 --> 00:00:26.000
<v Jon Pell>I expect that the old pier will be closed next year.

01:02:03.000 --> 01:02:09.000
<v Mira Solano>As I said, the harbour will have its first electric ferry within two years.
"""


def transcript(words: str = FERRIES, **occasion: Any) -> Transcript:
    """A stored transcript that nobody has searched yet."""
    where = importing.Occasion(**{"source": factories.source(), "said_on": SAID, **occasion})
    return importing.store(words.encode(), "ferries.vtt" if words.startswith("WEBVTT") else "", where, at=AT)


def searched(words: str = FERRIES, **occasion: Any) -> Transcript:
    """A stored transcript with its candidates."""
    stored = transcript(words, **occasion)
    finding.go_on(clock)
    return stored


def candidate(stored: Transcript, holding: str) -> Candidate:
    """The first candidate with these words in it."""
    return Candidate.objects.filter(transcript=stored, quote__contains=holding).order_by("start")[0]


def clock() -> datetime:
    return AT


def people() -> tuple[Speaker, Speaker]:
    """The two who talk in ``FERRIES``."""
    return factories.speaker("Mira Solano"), factories.speaker("Jon Pell")


def later(**by: int) -> datetime:
    return AT + timedelta(**by)
