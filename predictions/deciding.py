"""Deciding what a candidate is: logged, not logged and why, or cut differently. And taking that back.

A candidate is decided once at a time: the row is locked, and the database has the last word. Who
comes second is told who was first. Nothing is deleted; what is undone stays readable.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from predictions import horizons, importing, ink
from predictions.models import LONGEST_QUOTE, Candidate, Decision, Prediction, Statement, Transcript

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Span = tuple[int, int]


class AlreadyDecided(Exception):
    """Somebody was quicker: ``decision`` stands."""

    def __init__(self, decision: Decision) -> None:
        made_at = timezone.localtime(decision.made_at)
        super().__init__(f"{name(decision.made_by)} decided this at {made_at:%H:%M}: {decision.in_words}.")
        self.decision = decision


def name(user: User | None) -> str:
    """What colleagues call a user."""
    return (user.get_full_name() or user.get_username()) if user else "Somebody"


@transaction.atomic
def accept(
    candidate: Candidate, draft: ink.Draft, *, at: datetime, on: date, by: User | None = None
) -> Decision:
    """Put ``draft`` into ink as what ``candidate`` predicts; a speaker nobody had heard of is kept with it.

    Raises ``AlreadyDecided``, or ``ValidationError`` as ``ink.write`` does; then nothing is saved.
    An entry that was logged from this candidate before and withdrawn is replaced by the new one.
    """
    _lock(candidate)
    _keep_speaker(draft)
    if draft.prediction.replaces is None:
        draft.prediction.replaces = _taken_back(candidate, draft.statement.speaker_id)
    return _decide(
        candidate, Decision.Verdict.ACCEPTED, prediction=ink.write(draft, at=at, on=on, by=by), at=at, by=by
    )


@transaction.atomic
def reject(candidate: Candidate, reason: str, *, at: datetime, by: User | None = None) -> Decision:
    """Leave ``candidate`` out of the ledger for a ``Decision.Reason``. Raises ``AlreadyDecided`` or ``ValidationError``."""
    if reason not in Decision.Reason.values:
        raise ValidationError({"reason": "Choose one of the reasons."})
    _lock(candidate)
    return _decide(candidate, Decision.Verdict.REJECTED, reason=reason, at=at, by=by)


@transaction.atomic
def recast(
    candidates: Sequence[Candidate], spans: Sequence[Span], *, at: datetime, by: User | None = None
) -> list[Candidate]:
    """Cut ``candidates`` of one transcript into ``spans``: moved edges, two of one, one of two. Returns what stands then.

    Raises ``AlreadyDecided``, or ``ValidationError`` if a span cannot be.
    """
    for candidate in sorted(candidates, key=lambda one: one.pk):
        _lock(candidate)
    first = candidates[0]
    _refuse_spans(first.transcript, candidates, spans)
    made = [_candidate_at(span, first) for span in spans]
    for candidate in candidates:
        _decide(candidate, Decision.Verdict.RECAST, at=at, by=by).into.set(made)
    return made


@transaction.atomic
def undo(decision: Decision, *, at: datetime, by: User | None = None) -> None:
    """Take back a rejection or a recast, with all that was recast in the same move.

    Raises ``ValidationError`` for an acceptance, which is ink; if parts have been decided since;
    or if it was taken back already.
    """
    if decision.verdict == Decision.Verdict.ACCEPTED:
        raise ValidationError("This is in ink. It can only be withdrawn.")
    together = _together(decision)
    decided = (
        Decision.objects.standing()
        .filter(candidate__made_of__in=together)
        .exclude(pk__in=[one.pk for one in together])
    )
    if decided.exists():
        raise ValidationError("What it was made into has been decided since. Undo that first.")
    for one in together:
        _undo(one, at=at, by=by)


def attribute(candidate: Candidate, speaker_name: str, certainty: str, *, everywhere: bool = False) -> None:
    """Hold that somebody of that name speaks where ``candidate`` stands; or ``everywhere`` the file has the label under which it begins.

    The label stays as it came. Raises ``ValidationError`` for a name or a certainty that cannot be,
    where no voices are told apart, and where there is no label to go by.
    """
    if not speaker_name.strip() or certainty not in Statement.Certainty.values:
        raise ValidationError("Say who it was, and how sure that is.")
    speaker = importing.speaker_named(speaker_name)
    segments = candidate.transcript.segments.all()
    here = segments.filter(start__lt=candidate.end, end__gt=candidate.start)
    if any(segment.end - segment.start > LONGEST_QUOTE for segment in here):
        raise ValidationError(
            "The file does not tell where one voice ends. Name the speaker in the entry itself."
        )
    begins = here.order_by("start").first()
    if everywhere and not (begins and begins.label):
        raise ValidationError("The file has no label there that could stand elsewhere, too.")
    with transaction.atomic():
        if speaker.pk is None:
            speaker.full_clean()
            speaker.save(force_insert=True)
        meant = segments.filter(label=begins.label) if everywhere and begins else here
        meant.update(speaker=speaker, certainty=certainty)


def release(decision: Decision, *, at: datetime, by: User | None = None) -> None:
    """Mark an acceptance as undone. Only for whoever withdraws its entry in the same transaction."""
    _undo(decision, at=at, by=by)


def _lock(candidate: Candidate) -> None:
    Candidate.objects.select_for_update().get(pk=candidate.pk)
    standing = Decision.objects.standing().select_related("made_by").filter(candidate=candidate).first()
    if standing:
        raise AlreadyDecided(standing)
    if not Candidate.objects.standing().filter(pk=candidate.pk).exists():
        raise ValidationError("This candidate is gone: the cut that had made it was undone.")


def _keep_speaker(draft: ink.Draft) -> None:
    speaker = draft.statement.speaker
    if speaker.pk is not None:
        return
    speaker.full_clean()
    speaker.save(force_insert=True)
    draft.statement.speaker = speaker  # again, now that it has a number
    for forecast in draft.forecasts:
        forecast.by = speaker


def _decide(
    candidate: Candidate,
    verdict: str,
    *,
    at: datetime,
    by: User | None,
    reason: str = "",
    prediction: Prediction | None = None,
) -> Decision:
    decision = Decision(
        candidate=candidate, verdict=verdict, reason=reason, prediction=prediction, made_at=at, made_by=by
    )
    decision.save(force_insert=True)
    return decision


def _undo(decision: Decision, *, at: datetime, by: User | None) -> None:
    if not Decision.objects.standing().filter(pk=decision.pk).update(undone_at=at, undone_by=by):
        raise ValidationError("This has been undone already.")


def _together(decision: Decision) -> list[Decision]:
    """The decisions of one move: merging two candidates decides both."""
    same_move = Decision.objects.standing().filter(
        into__in=decision.into.all(), made_at=decision.made_at, made_by=decision.made_by
    )
    return list(same_move.distinct()) or [decision]


def _taken_back(candidate: Candidate, speaker: int | None) -> Prediction | None:
    """The speaker's entry that was last logged from ``candidate`` and withdrawn, unless it was logged anew elsewhere."""
    undone = candidate.decisions.filter(verdict=Decision.Verdict.ACCEPTED, undone_at__isnull=False)
    last = (
        undone.filter(prediction__replaced_by__isnull=True, prediction__statement__speaker=speaker)
        .select_related("prediction")
        .order_by("-undone_at")
        .first()
    )
    return last.prediction if last else None


def _refuse_spans(transcript: Transcript, candidates: Sequence[Candidate], spans: Sequence[Span]) -> None:
    if not spans:
        raise ValidationError("Nothing would be left. Leave it out with a reason instead.")
    for start, end in spans:
        if not 0 <= start < end <= transcript.length:
            raise ValidationError("These words are not in the transcript.")
        if end - start > LONGEST_QUOTE:
            raise ValidationError(f"A quote has at most {LONGEST_QUOTE:,} characters.")
    if {(candidate.start, candidate.end) for candidate in candidates} & set(spans):
        raise ValidationError("Nothing would change.")


def _candidate_at(span: Span, like: Candidate) -> Candidate:
    """The candidate of ``span``; a new one, read anew, if nobody has proposed it yet."""
    start, end = span
    known = Candidate.objects.filter(transcript=like.transcript, start=start, end=end).first()
    if known:
        if Decision.objects.standing().filter(candidate=known, verdict=Decision.Verdict.RECAST).exists():
            raise ValidationError("It was cut like this before. Undo that cut instead.")
        return known
    quote = like.transcript.words(start, end)
    found = horizons.find(quote, like.transcript.anchor)
    horizon = horizons.read(quote, like.transcript.anchor) if found else None
    confidence = like.confidence_words if like.confidence_words and like.confidence_words in quote else ""
    return Candidate.objects.create(
        transcript=like.transcript,
        finder=Candidate.Finder.PERSON,
        start=start,
        end=end,
        quote=quote,
        score=like.score,
        label=like.label,
        attribution=like.attribution,
        horizon_text=horizon.text[:300] if horizon else "",
        deadline=horizon.deadline if horizon else None,
        confidence_words=confidence,
        low=like.low if confidence else None,
        high=like.high if confidence else None,
        reason="Cut by hand.",
        repeats_prediction=like.repeats_prediction,
    )
