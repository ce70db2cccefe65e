"""Correcting the day on which a transcript was said, as long as nothing of it is in ink."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from predictions import horizons, importing
from predictions.models import Candidate, Decision, Search, Transcript

AT_ONCE = 500


@transaction.atomic
def correct_day(transcript: Transcript, said_on: date, precision: str, *, on: date) -> int:
    """Hold that ``transcript`` was said on another day, and read the dates in its candidates anew.

    Returns how many have another deadline now. Raises ``ValidationError`` for a day that cannot be, while it
    is being searched, and as soon as something of it is in ink, which names the day.
    """
    importing.check_day(said_on, precision, on)
    rows = list(Candidate.objects.select_for_update().filter(transcript=transcript).order_by("pk"))
    in_ink = Decision.objects.standing().filter(
        candidate__transcript=transcript, verdict=Decision.Verdict.ACCEPTED
    )
    if count := in_ink.count():
        raise ValidationError(
            f"{count} {'prediction' if count == 1 else 'predictions'} of it {'is' if count == 1 else 'are'} in ink with that day. "
            "Withdraw what has the wrong day first; it stays readable, and can be logged anew."
        )
    if Search.objects.unfinished().filter(transcript=transcript).exists():
        raise ValidationError("It is being searched. Correct the day when that is done.")
    transcript.said_on, transcript.said_precision = said_on, precision
    transcript.full_clean()
    transcript.save(update_fields=["said_on", "said_precision"])
    moved = [row for row in rows if _read_anew(row, transcript.anchor)]
    Candidate.objects.bulk_update(moved, ("horizon_text", "deadline"), batch_size=AT_ONCE)
    return len(moved)


def _read_anew(candidate: Candidate, anchor: date) -> bool:
    """Read the candidate's date from the day ``anchor``; whether that changes anything."""
    before = candidate.horizon_text, candidate.deadline
    horizon = horizons.read(candidate.horizon_text, anchor) or horizons.read(candidate.quote, anchor)
    candidate.horizon_text = horizon.text[:300] if horizon else ""
    candidate.deadline = horizon.deadline if horizon else None
    return before != (candidate.horizon_text, candidate.deadline)
