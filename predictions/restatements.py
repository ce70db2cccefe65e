"""Who says the same again: a candidate that repeats an earlier one, or what is in the ledger already. Linked, never dropped.

Likeness is that of ``extraction.repeats``: the same terms, whatever the language, no other date and
no other numbers. Against the ledger only the same speaker can repeat; both the words as they were
said and the claim read out of them are held against the candidate, and words that stand in both
are the same whatever else is said round them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from django.db import transaction

from predictions import horizons
from predictions.extraction import Attribution
from predictions.extraction import Candidate as Found
from predictions.extraction.repeats import ALIKE, Said, about, alike, linked
from predictions.models import Candidate, Prediction, Segment, Speaker, Transcript
from predictions.transcripts import Certainty

ROWS_AT_ONCE = 500
TELLING = 16  # characters that must be the same before that alone is telling


@transaction.atomic
def link(transcript: Transcript) -> None:
    """Link the candidates of ``transcript`` that are not linked yet to what they repeat."""
    rows = list(Candidate.objects.filter(transcript=transcript).order_by("start", "end"))
    _within(transcript, rows)
    _with_ledger(transcript, rows)
    Candidate.objects.bulk_update(rows, ("repeats", "repeats_prediction"), batch_size=ROWS_AT_ONCE)


def said_before(quote: str, speaker: Speaker, deadline: date | None) -> Prediction | None:
    """The prediction in the ledger that ``speaker`` says again with ``quote``; None if there is none."""
    return _best(quote, deadline, list(_inked(speaker)))


def _within(transcript: Transcript, rows: Iterable[Candidate]) -> None:
    by_start: dict[int, Candidate] = {}
    for row in rows:
        by_start.setdefault(row.start, row)
    for found in linked(_as_found(row, transcript.anchor) for row in rows):
        later, earlier = by_start[found.start], by_start.get(-1 if found.repeats is None else found.repeats)
        if earlier and later.repeats_id is None and earlier.end <= later.start:
            later.repeats = earlier


def _with_ledger(transcript: Transcript, rows: Iterable[Candidate]) -> None:
    known: dict[int, list[Inked]] = {}
    for row, speaker in _spoken(transcript, rows):
        if row.repeats_prediction_id is None and speaker is not None:
            if speaker.pk not in known:
                known[speaker.pk] = list(_inked(speaker))
            row.repeats_prediction = _best(row.quote, row.deadline, known[speaker.pk])


def _spoken(transcript: Transcript, rows: Iterable[Candidate]) -> Iterator[tuple[Candidate, Speaker | None]]:
    """Each candidate with the speaker it seems to be by, in one walk along the segments."""
    named = {speaker.name.casefold(): speaker for speaker in Speaker.objects.all()}
    segments: Iterator[Segment] = transcript.segments.select_related("speaker").order_by("start").iterator()
    segment = next(segments, None)
    for row in rows:
        while segment and segment.end <= row.start:
            segment = next(segments, None)
        held = segment.speaker if segment and segment.start <= row.start else None
        yield row, named.get(row.label.casefold()) or held or transcript.speaker


class Inked(NamedTuple):
    """Words of an entry: those that were said, or the claim."""

    words: str
    said: Said
    entry: Prediction


def _inked(speaker: Speaker) -> Iterator[Inked]:
    entries = Prediction.objects.filter(statement__speaker=speaker, replaced_by__isnull=True)
    for entry in entries.with_reading().order_by("statement__said_on", "pk"):
        deadline = entry.deadline.last_day if entry.deadline else None
        for words in (entry.statement.quote, entry.claim):
            yield Inked(_plain(words), _said(words, deadline), entry)


def _best(quote: str, deadline: date | None, known: Iterable[Inked]) -> Prediction | None:
    """The entry most alike, the earliest of those that are equally so; None if none is alike enough."""
    plain, said = _plain(quote), _said(quote, deadline)
    likeness, entry = 0.0, None
    for other in known:
        this = alike(said, other.said)
        if min(len(plain), len(other.words)) >= TELLING and (other.words in plain or plain in other.words):
            this += 1
        if this > likeness:
            likeness, entry = this, other.entry
    return entry if likeness >= ALIKE else None


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _said(words: str, deadline: date | None) -> Said:
    return replace(about(_found(words)), deadline=deadline)


def _as_found(row: Candidate, anchor: date) -> Found:
    horizon = horizons.read(row.horizon_text, anchor) if row.horizon_text else None
    return replace(_found(row.quote), start=row.start, end=row.end, horizon=horizon)


def _found(quote: str) -> Found:
    """Words as the likeness is taken of them; all else is left empty."""
    return Found(0, len(quote), quote, None, Certainty.UNSURE, Attribution.SAID, None, "", None, 0.0, "")
