"""Who says the same again: a candidate that repeats an earlier one, or what is in the ledger already. Linked, never dropped.

Likeness is that of ``extraction.repeats``: the same terms, whatever the language, no other date and
no other numbers. Against the ledger only the same speaker can repeat; both the words as they were
said and the claim read out of them are held against the candidate, and words that stand in both
are the same whatever else is said round them. A candidate is compared with the few entries that
share what is rarest in it, so the work grows with the transcript and not with the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, count, islice, tee
from typing import NamedTuple

from django.db.models import Q

from predictions import horizons
from predictions.extraction import Attribution
from predictions.extraction import Candidate as Found
from predictions.extraction.repeats import ALIKE, Said, about, alike, linked
from predictions.models import Candidate, Prediction, Speaker, Transcript
from predictions.transcripts import Certainty

AT_ONCE = 500  # candidates
TELLING = 16  # characters that must be the same before that alone is telling
PIECE = 8  # characters of which words are known by
MOST_COMPARED = 150  # entries of the ledger that a candidate is compared with


def links(transcript: Transcript) -> Iterator[list[Candidate]]:
    """The candidates of ``transcript`` that turn out to repeat something, linked but not saved.

    A list for every ``AT_ONCE`` that were looked at. Nothing is locked while the next is made:
    whoever takes them saves them list by list.
    """
    looked_at = _looked_at(transcript)
    while batch := list(islice(looked_at, AT_ONCE)):
        yield [row for row, repeats in batch if repeats]


def save(rows: Iterable[Candidate]) -> None:
    """Keep the links of ``rows``; one that somebody else made meanwhile is never taken away."""
    for field in ("repeats", "repeats_prediction"):
        Candidate.objects.bulk_update([row for row in rows if getattr(row, f"{field}_id")], (field,))


def _looked_at(transcript: Transcript) -> Iterator[tuple[Candidate, bool]]:
    """Each candidate, and whether it was found to repeat something that it was not linked to yet."""
    rows, again, and_again = tee(_candidates(transcript), 3)
    within = linked(_as_found(row, transcript.anchor) for row in again)
    seen: dict[int | None, tuple[int, int]] = {}
    known: dict[int, Ledger] = {}
    for row, found, speaker in zip(rows, within, _speakers(transcript, and_again), strict=True):
        before = row.repeats_id, row.repeats_prediction_id
        earlier, end = seen.get(found.repeats, (None, 0))
        if row.repeats_id is None and end <= row.start:
            row.repeats_id = earlier
        seen.setdefault(row.start, (row.pk, row.end))
        if row.repeats_prediction_id is None and speaker is not None:
            if speaker.pk not in known:
                known[speaker.pk] = Ledger(_inked(speaker))
            row.repeats_prediction = known[speaker.pk].best(row.quote, row.deadline)
        yield row, before != (row.repeats_id, row.repeats_prediction_id)


def _candidates(transcript: Transcript) -> Iterator[Candidate]:
    """The candidates of ``transcript`` in the order of its text; there may be more than memory should hold."""
    rows = Candidate.objects.filter(transcript=transcript).order_by("start", "end")
    rest = Q()
    while batch := list(rows.filter(rest)[:AT_ONCE]):
        yield from batch
        last = batch[-1]
        rest = Q(start__gte=last.start) & (Q(start__gt=last.start) | Q(end__gt=last.end))


def _speakers(transcript: Transcript, rows: Iterable[Candidate]) -> Iterator[Speaker | None]:
    """Whom each candidate seems to be by, in one walk along the segments."""
    speakers = {speaker.pk: speaker for speaker in Speaker.objects.all()}
    named = {speaker.name.casefold(): speaker for speaker in speakers.values()}
    places = transcript.segments.order_by("start").values_list("start", "end", "speaker")
    segments = iter(list(places))  # a cursor left open would stand in the way of whoever saves
    here = next(segments, None)
    for row in rows:
        while here and here[1] <= row.start:
            here = next(segments, None)
        held = speakers.get(here[2]) if here and here[2] and here[0] <= row.start else None
        yield named.get(row.label.casefold()) or held or transcript.speaker


class Inked(NamedTuple):
    """Words of an entry: those that were said, or the claim. ``place`` counts from the earliest entry on."""

    place: int
    words: str
    said: Said
    entry: Prediction


class Ledger:
    """What a speaker has in the ledger, by whatever it may be recognised from."""

    def __init__(self, inked: Iterable[Inked]) -> None:
        self._by_sign: defaultdict[str, list[Inked]] = defaultdict(list)
        for one in inked:
            for sign in _signs(one.words, one.said):
                self._by_sign[sign].append(one)

    def best(self, quote: str, deadline: date | None) -> Prediction | None:
        """The entry most alike, the earliest of those that are equally so; None if none is alike enough."""
        plain, said = _plain(quote), _said(quote, deadline)
        likeness, entry = 0.0, None
        for other in self._near(plain, said):
            this = alike(said, other.said)
            if min(len(plain), len(other.words)) >= TELLING and (
                other.words in plain or plain in other.words
            ):
                this += 1
            if this > likeness:
                likeness, entry = this, other.entry
        return entry if likeness >= ALIKE else None

    def _near(self, plain: str, said: Said) -> Sequence[Inked]:
        """Those that share a sign, the rarest signs first until there are enough; in the order of the ledger."""
        shared = (self._by_sign[sign] for sign in _signs(plain, said) & self._by_sign.keys())
        rarest_first = sorted(shared, key=lambda those: (len(those), those[0].place))
        near = {one.place: one for one in islice(chain.from_iterable(rarest_first), MOST_COMPARED)}
        return [near[place] for place in sorted(near)]


def _inked(speaker: Speaker) -> Iterator[Inked]:
    """What ``speaker`` has in the ledger, the earliest first; what was put right only as it is now."""
    entries = Prediction.objects.filter(statement__speaker=speaker, replaced_by__isnull=True)
    place = count()
    for entry in entries.with_reading().order_by("statement__said_on", "pk"):
        deadline = entry.deadline.last_day if entry.deadline else None
        for words in (entry.statement.quote, entry.claim):
            yield Inked(next(place), _plain(words), _said(words, deadline), entry)


def _signs(plain: str, said: Said) -> set[str]:
    """What words may be recognised from: their terms, and pieces of them.

    The pieces are the first by the alphabet of all that begin next to each other, so that two
    texts that share ``TELLING`` characters in a row share one of them, wherever it stands.
    """
    pieces = [plain[start : start + PIECE] for start in range(len(plain) - PIECE + 1)]
    side_by_side = TELLING - PIECE + 1
    first = {min(pieces[start : start + side_by_side]) for start in range(len(pieces) - side_by_side + 1)}
    return first | said.terms


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
