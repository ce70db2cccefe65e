"""Verdicts: given on evidence, announced where the house gives notice, then final. Appended; the latest final one stands."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from ledger.house_rules import HouseRules
from ledger.judging.impartiality import conflicts
from ledger.judging.objections import objections
from ledger.models import Ballot, Event, Evidence, Judgement, Resolution
from ledger.post import outbox
from ledger.standing import intended, last_signed
from predictions.models import Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

JUDGED_MEANWHILE = "Meanwhile another verdict was signed. Read it; if yours still stands, sign it again."
NO_EVIDENCE = "Add at least one piece of evidence that anybody can look at."
SUPERSEDED = "Another verdict was signed before this one was final."
ONE_REVIEWER = HouseRules()

logger = logging.getLogger(__name__)


class NotFinal(Exception):
    """The notice of verdicts with these numbers is over, and they could not be made final."""


@transaction.atomic
def resolve(
    prediction: Prediction,
    verdict: Resolution,
    evidence: Sequence[Evidence] = (),
    *,
    seen: int | None,
    at: datetime,
    on: date,
    by: User | None = None,
    rules: HouseRules = ONE_REVIEWER,
) -> Resolution:
    """Append ``verdict`` of a single reviewer and the ``evidence`` that comes with it (unsaved rows), and return it.

    ``seen`` is the number of the latest verdict, announced ones included, that the reviewer had
    before their eyes, None for none. ``at`` is the moment and ``on`` its calendar day in the
    installation's time zone. Raises ``ValidationError`` with messages by field if the verdict cannot
    be given; then nothing is saved.
    """
    verdict.prediction = prediction = brought_up_to(at, prediction)
    check(prediction, verdict, evidence, seen=seen, on=on)
    for piece in evidence:
        present(prediction, piece, at=at, on=on, by=by)
    for ballot in prediction.ballots.sealed():
        open_ballot(ballot, at=at)
    return accept(prediction, verdict, rules=rules, at=at, by=by)


def locked(prediction: Prediction) -> Prediction:
    """``prediction`` read anew and locked, with what happened to it up to now: it may have been judged since the caller read it."""
    whole = Prediction.objects.select_related("statement__speaker").prefetch_related(
        "events", "resolutions", "deadlines"
    )
    return whole.select_for_update(of=("self",)).get(pk=prediction.pk)


def brought_up_to(at: datetime, prediction: Prediction) -> Prediction:
    """As ``locked``; and if a verdict was announced whose notice is over at ``at``, it is final, whether or not the job noted it."""
    prediction = locked(prediction)
    announced = intended(prediction)
    if announced is None or announced.final_at > at:
        return prediction
    _make_final(announced, at=at)
    return locked(prediction)


def check(
    prediction: Prediction,
    verdict: Judgement,
    evidence: Sequence[Evidence],
    *,
    seen: int | None,
    on: date,
) -> None:
    """Raise ``ValidationError``, by field, unless ``verdict`` can be given on ``evidence`` by whoever has ``seen`` the latest."""
    latest = last_signed(prediction)
    if seen != (latest and latest.pk):
        raise ValidationError({"seen": JUDGED_MEANWHILE})
    found = dict(objections(prediction, verdict, on))
    if not evidence and not prediction.evidence.exists():
        found["evidence"] = NO_EVIDENCE
    if found:
        raise ValidationError(found)


def accept(
    prediction: Prediction, verdict: Resolution, *, rules: HouseRules, at: datetime, by: User | None
) -> Resolution:
    """Append a verdict that was reached, and announce it or make it final, as the rules say. For verbs that hold the lock."""
    if announced := intended(prediction):
        _take_back(announced, reason=SUPERSEDED, at=at, by=by)
    verdict.made_at, verdict.made_by = at, by
    verdict.reviewers, verdict.notice_hours = rules.reviewers, rules.notice_hours
    verdict.full_clean()
    verdict.save(force_insert=True)
    if rules.notice_hours:
        event = _record(Event.Kind.INTENDED, verdict, happened_at=at, at=at, by=by)
        outbox.owe(Event.objects.filter(pk=event.pk))
    else:
        _make_final(verdict, at=at)
    return verdict


def finalise(at: datetime) -> int:
    """Make final every announced verdict whose notice has run out at ``at``; return how many that were.

    Each is final from the moment its notice ended, whenever this runs. Twice or at once gives the same.
    Raises ``NotFinal`` if some could not be made final; all others are.
    """
    made, stuck = 0, []
    for verdict in announced():
        try:
            made += verdict.final_at <= at and _notice_is_over(verdict, at)
        except Exception:
            logger.exception("verdict %s cannot be made final", verdict.pk)
            stuck.append(verdict.pk)
    if stuck:
        raise NotFinal(stuck)
    return made


def announced() -> QuerySet[Resolution]:
    """Verdicts whose notice runs, or has run out without anybody having noted it; the oldest first."""
    own = Event.objects.filter(resolution=OuterRef("pk"))
    return Resolution.objects.filter(
        Exists(own.filter(kind=Event.Kind.INTENDED)),
        ~Exists(own.filter(kind=Event.Kind.RESOLVED)),
        ~Exists(own.filter(kind=Event.Kind.RETRACTED)),
    ).order_by("pk")


@transaction.atomic
def _notice_is_over(verdict: Resolution, at: datetime) -> bool:
    prediction = locked(verdict.prediction)
    if intended(prediction) != verdict:
        return False
    _make_final(verdict, at=at)
    return True


@transaction.atomic
def retract(verdict: Resolution, *, reason: str, at: datetime, by: User | None = None) -> Event:
    """Take back a verdict that is announced and not final yet.

    Raises ``ValidationError`` if it is final, or without a reason; and if two judged it and ``by`` is
    somebody who was not to be one of them.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is taken back, for everybody to read."})
    prediction = locked(verdict.prediction)
    if intended(prediction) != verdict:
        raise ValidationError("This verdict cannot be taken back any more. Another one can be given.")
    if verdict.final_at <= at:
        raise ValidationError("Its notice is over: it is final. Another verdict can be given.")
    if by and verdict.reviewers > 1 and (reasons := list(conflicts(prediction, by))):
        raise ValidationError(reasons)
    return _take_back(verdict, reason=reason.strip(), at=at, by=by)


def stop_notice(prediction: Prediction, *, reason: str, at: datetime, by: User | None) -> None:
    """Take back what is announced of ``prediction``, if anything is and its notice still runs. For verbs that hold the lock."""
    verdict = intended(prediction)
    if verdict and verdict.final_at > at:
        _take_back(verdict, reason=reason, at=at, by=by)


def present(
    prediction: Prediction, piece: Evidence, *, at: datetime, on: date, by: User | None = None
) -> Evidence:
    """Append a piece of evidence, before or after the deadline. Raises ``ValidationError`` by field."""
    piece.prediction, piece.added_at, piece.added_by = prediction, at, by
    if piece.dated and piece.dated > on:
        raise ValidationError({"dated": "Evidence cannot bear a date in the future."})
    piece.full_clean()
    piece.save(force_insert=True)
    return piece


def open_ballot(ballot: Ballot, *, at: datetime) -> Event:
    """Show what a ballot says, and add the evidence that came with it to the record. For verbs that hold the lock."""
    for said in ballot.evidence:
        known = Evidence.objects.filter(prediction=ballot.prediction, **said)
        if not known.exists():
            Evidence.objects.create(
                prediction=ballot.prediction, added_at=at, added_by=ballot.made_by, **said
            )
    return Event.objects.create(
        kind=Event.Kind.BALLOT_OPENED,
        prediction=ballot.prediction,
        ballot=ballot,
        happened_at=at,
        recorded_at=at,
        made_by=ballot.made_by,
    )


def _make_final(verdict: Resolution, *, at: datetime) -> None:
    event = _record(Event.Kind.RESOLVED, verdict, happened_at=verdict.final_at, at=at, by=verdict.made_by)
    outbox.owe(Event.objects.filter(pk=event.pk))


def _take_back(verdict: Resolution, *, reason: str, at: datetime, by: User | None) -> Event:
    event = _record(Event.Kind.RETRACTED, verdict, happened_at=at, at=at, by=by, reason=reason)
    outbox.owe_retraction(event)
    return event


def _record(
    kind: Event.Kind,
    verdict: Resolution,
    *,
    happened_at: datetime,
    at: datetime,
    by: User | None,
    reason: str = "",
) -> Event:
    return Event.objects.create(
        kind=kind,
        prediction=verdict.prediction,
        resolution=verdict,
        happened_at=happened_at,
        recorded_at=at,
        reason=reason,
        made_by=by,
    )
