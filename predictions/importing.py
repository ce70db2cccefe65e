"""Taking a transcript in: read, stored as it came, and put up for search. All of it or nothing.

It is read here, so that whoever brings it hears at once what is wrong with it; the rows of its
segments are left to the worker.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from predictions import finding, transcripts
from predictions.dates import interval
from predictions.ink import EARLIEST_YEAR
from predictions.models import Original, Source, Speaker, Transcript
from predictions.spelling import slug as as_slug

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class AlreadyImported(Exception):
    """The same words are in the ledger already, as ``transcript``."""

    def __init__(self, transcript: Transcript) -> None:
        super().__init__(
            f"These very words were imported on {timezone.localtime(transcript.imported_at):%Y-%m-%d}, as a transcript of “{transcript.source}”."
        )
        self.transcript = transcript


@dataclass(frozen=True)
class Occasion:
    """Where and when the words of a file were said. ``source`` may be unsaved; ``speaker`` talks where the file does not say who."""

    source: Source
    said_on: date
    said_precision: str = "day"
    speaker: Speaker | None = None


def store(data: bytes, name: str, occasion: Occasion, *, at: datetime, by: User | None = None) -> Transcript:
    """Keep the file ``data``, called ``name``, as a transcript and ask for a search of it.

    Raises ``Unreadable``, with what to do, if it is no transcript; ``AlreadyImported`` if it is
    known; ``ValidationError`` by field for what ``occasion`` gets wrong. Then nothing is stored.
    """
    check_day(occasion.said_on, occasion.said_precision, timezone.localdate(at))
    digest = hashlib.sha256(data).hexdigest()
    _refuse_known(sha256=digest)
    read = transcripts.read(data, name)
    digests = {"sha256": digest, "words_sha256": words_digest(read)}
    _refuse_known(**digests)
    try:
        with transaction.atomic():
            transcript = _insert(read, data, digests, name, occasion, at=at, by=by)
    except IntegrityError:
        _refuse_known(**digests)  # somebody was quicker by a moment
        raise
    return transcript


def words_digest(read: transcripts.Transcript) -> str:
    """The hash by which the same words are known again: pasted, they come with other ends of lines than in a file."""
    words = read.text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return hashlib.sha256(f"{read.format}\n{words}".encode()).hexdigest()


def source_named(title: str, url: str = "", **fields: str) -> Source:
    """The source of that address or, without one, of that title; a new, unsaved one if there is none."""
    same = {"url": url} if url else {"title": title}
    return Source.objects.filter(**same).first() or Source(
        title=title, url=url, slug=_free_slug(Source, title), **fields
    )


def speaker_named(name: str) -> Speaker:
    """The speaker of that name, whatever its capitals; a new, unsaved one if there is none. Raises ``ValidationError``."""
    name = " ".join(name.split())
    ProhibitNullCharactersValidator()(name)
    return Speaker.objects.filter(name__iexact=name).first() or Speaker(
        name=name, slug=_free_slug(Speaker, name)
    )


def check_day(said_on: date, precision: str, on: date) -> None:
    """Raise ``ValidationError`` if words cannot have been said on that day, told on the day ``on``."""
    if said_on.year < EARLIEST_YEAR:
        raise ValidationError(f"Give a year from {EARLIEST_YEAR} on.")
    if interval(said_on, precision).first > on:
        raise ValidationError(f"It cannot have been said after today, {on:%Y-%m-%d}. Check the year.")


def _refuse_known(**digests: str) -> None:
    known = Transcript.objects.select_related("source").filter(Q(**digests, _connector=Q.OR)).first()
    if known:
        raise AlreadyImported(known)


def _insert(
    read: transcripts.Transcript,
    data: bytes,
    digests: dict[str, str],
    name: str,
    occasion: Occasion,
    *,
    at: datetime,
    by: User | None,
) -> Transcript:
    for row in (occasion.source, occasion.speaker):
        if row is not None and row.pk is None:
            row.full_clean()
            row.save(force_insert=True)
    transcript = Transcript(
        source=occasion.source,
        name=name[-200:],
        format=read.format,
        length=len(read.text),
        **digests,
        said_on=occasion.said_on,
        said_precision=occasion.said_precision,
        speaker=occasion.speaker,
        imported_at=at,
        imported_by=by,
    )
    transcript.full_clean(validate_unique=False)  # the insert tells who was first
    transcript.save(force_insert=True)
    Original.objects.create(transcript=transcript, data=data, text=read.text)
    finding.ask(transcript, len(read.segments), at=at)
    return transcript


def _free_slug(model: type[Source | Speaker], words: str) -> str:
    """An address for ``words`` that nobody has yet."""
    slug = wanted = as_slug(words)[:100].strip("-") or model.__name__.lower()
    number = 2
    while model.objects.filter(slug=slug).exists():
        slug, number = f"{wanted}-{number}", number + 1
    return slug
