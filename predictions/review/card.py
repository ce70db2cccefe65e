"""The right side of the desk: one candidate, what it is suggested to be, and what can be decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from predictions.admin import reading
from predictions.models import Candidate, Decision, Prediction, Speaker
from predictions.recording import clock
from predictions.review.form import DeskForm, spoken_in


@dataclass(frozen=True)
class Earlier:
    """Where the same was said before: in this transcript, ``candidate`` and in words its ``place``, or in the ledger, ``prediction``."""

    place: str
    candidate: Candidate | None
    prediction: Prediction | None
    same_speaker: bool


@dataclass(frozen=True)
class Card:
    candidate: Candidate
    form: DeskForm
    reading: reading.Reading | None
    earlier: Earlier | None
    decision: Decision | None


def card(candidate: Candidate, on: date) -> Card:
    """``candidate`` as the desk shows it on the day ``on``."""
    form = DeskForm(candidate=candidate, on=on)
    return Card(
        candidate=candidate,
        form=form,
        reading=reading.of({**form.initial, "quote": candidate.quote}, on),
        earlier=_earlier(candidate, form.initial["speaker"]),
        decision=candidate.decision,
    )


def _earlier(candidate: Candidate, speaker: Speaker | str) -> Earlier | None:
    before = candidate.repeats
    decision = before.decision if before else None
    prediction = decision.prediction if decision and decision.prediction else candidate.repeats_prediction
    if not before and not prediction:
        return None
    return Earlier(
        place=_place(before, candidate) if before else "",
        candidate=before,
        prediction=prediction,
        same_speaker=bool(prediction and prediction.statement.speaker == speaker),
    )


def _place(before: Candidate, candidate: Candidate) -> str:
    if before.start < candidate.end and candidate.start < before.end:
        return "In these words, with other edges"
    segment = spoken_in(before)
    return f"At {clock(segment.began)}" if segment and segment.began is not None else "Further up"
