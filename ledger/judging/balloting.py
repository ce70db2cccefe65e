"""Two reviewers, blind: each gives a ballot without sight of the other's. A round ends when two agree, or after three.

Two ballots are *the same* if they give the same answer and put it on the same side of the
deadline: on time (early included), late, missed, or not known which (``sameness``). The accepted
verdict is in the words of whoever said most exactly when. The first two that differ call for a
third, as blind as they were. If no two of three are the same, the prediction is disputed.

Until a round ends, the record holds of each ballot a salted hash. Then all of them are opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q

from ledger.house_rules import HouseRules
from ledger.judging.impartiality import conflicts
from ledger.judging.resolution import accept, brought_up_to, check, locked, open_ballot
from ledger.judging.sameness import verdict_of
from ledger.models import OF_EVIDENCE, OF_JUDGEMENT, Ballot, Event, Evidence, Resolution
from ledger.scoring.outcome import Outcome
from ledger.standing import intended
from ledger.verifier.commitment import new_salt
from predictions.models import Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

AGREEING = 2
MOST = 3
"""Ballots of a round: two that may agree, and a third where they do not."""

ROUND_OVER = (
    "Meanwhile its round came to an end. Read what it came to; if it is still to be judged, sign again."
)
BOTH_IN = "This verdict cannot be taken back any more: another verdict is in; a third decides."
UNDONE = "Taken back by whoever gave it."


@transaction.atomic
def cast(
    prediction: Prediction,
    ballot: Ballot,
    evidence: Sequence[Evidence] = (),
    *,
    seen: int | None,
    turn: int,
    at: datetime,
    on: date,
    by: User,
    rules: HouseRules,
) -> Ballot:
    """Seal ``ballot`` with the ``evidence`` that comes with it (unsaved rows), end the round if it is decided, and return it.

    ``seen``, ``at`` and ``on`` are as for ``resolution.resolve``; ``turn`` is the round that was open
    (``open_round``) when the reviewer read the entry. Raises ``ValidationError`` with messages by field, or with one for all if ``by`` cannot judge this prediction; then nothing is saved.
    """
    ballot.prediction = prediction = brought_up_to(at, prediction)
    if reasons := list(why_not(prediction, by, at)):
        raise ValidationError(reasons)
    if turn != open_round(prediction):
        raise ValidationError({"seen": ROUND_OVER})
    check(prediction, ballot, evidence, seen=seen, on=on)
    ballot.made_at, ballot.made_by = at, by
    ballot.evidence = [_sealed(prediction, piece, at=at, on=on, by=by) for piece in evidence]
    ballot.round = turn
    ballot.ordinal = prediction.ballots.filter(round=ballot.round).count() + 1
    ballot.seal(new_salt())
    ballot.full_clean()
    ballot.save(force_insert=True)
    _record(Event.Kind.BALLOT_SEALED, ballot, at=at)
    _end_round(prediction, rules=rules, at=at)
    return ballot


def why_not(prediction: Prediction, reviewer: User, at: datetime) -> Iterable[str]:
    """Why ``reviewer`` cannot give a blind verdict on ``prediction`` at ``at``, each reason a sentence; none if they can."""
    if not getattr(reviewer, "reviewer", None):
        yield "Choose your public handle first: the record says who judged."
    yield from conflicts(prediction, reviewer)
    if prediction.ballots.sealed().filter(made_by=reviewer).exists():
        yield "Your verdict is sealed. It opens when the others are in."
    if (announced := intended(prediction)) and announced.final_at > at:
        yield f"A verdict is announced. It is final at {announced.final_at:%Y-%m-%d %H:%M} UTC; until then it can be taken back."


def open_round(prediction: Prediction) -> int:
    """The number of the round that is open, or that opens now."""
    ended = prediction.ballots.filter(Q(events__kind=Event.Kind.BALLOT_OPENED))
    return (ended.aggregate(last=Max("round"))["last"] or 0) + 1


@transaction.atomic
def undo(ballot: Ballot, *, at: datetime, by: User) -> Event:
    """Take back one's own ballot while it is sealed.

    Raises ``ValidationError`` if it is not, or not one's own, or once there are as many as could have
    agreed: that the round goes on tells that they differ, and whoever knows that is no longer blind.
    """
    prediction = locked(ballot.prediction)
    if ballot.made_by_id != by.pk:
        raise ValidationError("Only whoever gave a verdict can take it back.")
    if ballot.events.filter(kind__in=(Event.Kind.BALLOT_OPENED, Event.Kind.RETRACTED)).exists():
        raise ValidationError("This verdict cannot be taken back any more: the others are in.")
    if prediction.ballots.sealed().count() >= AGREEING:
        raise ValidationError(BOTH_IN)
    return _record(Event.Kind.RETRACTED, ballot, at=at, reason=UNDONE)


def majority(ballots: Sequence[Ballot], prediction: Prediction) -> list[Ballot]:
    """Two or more of ``ballots`` that are the same; empty if no two are."""
    groups: dict[tuple[str, Outcome], list[Ballot]] = {}
    for ballot in ballots:
        groups.setdefault(verdict_of(ballot, prediction), []).append(ballot)
    largest = max(groups.values(), key=len, default=[])
    return largest if len(largest) >= AGREEING else []


def _end_round(prediction: Prediction, *, rules: HouseRules, at: datetime) -> None:
    """If two agree, or three are in: open them all, and append the verdict, or the dispute."""
    ballots = list(prediction.ballots.sealed().select_related("made_by").order_by("ordinal"))
    agreed = majority(ballots, prediction)
    if not agreed and len(ballots) < MOST:
        return
    for ballot in ballots:
        open_ballot(ballot, at=at)
    if agreed:
        chosen = min(agreed, key=_days_left_open)
        said = {name: getattr(chosen, name) for name in OF_JUDGEMENT}
        verdict = Resolution(prediction=prediction, round=chosen.round, **said)
        accept(prediction, verdict, rules=rules, at=at, by=chosen.made_by)
    else:
        Event.objects.create(
            kind=Event.Kind.DISPUTED,
            prediction=prediction,
            happened_at=at,
            recorded_at=at,
        )


def _days_left_open(ballot: Ballot) -> tuple[int, int]:
    days = (ballot.when.last - ballot.when.first).days if ballot.when else 0
    return days, ballot.ordinal


def _sealed(
    prediction: Prediction, piece: Evidence, *, at: datetime, on: date, by: User
) -> dict[str, object]:
    """``piece`` as it lies in a ballot, once it is known that the record will take it."""
    piece.prediction, piece.added_at, piece.added_by = prediction, at, by
    if piece.dated and piece.dated > on:
        raise ValidationError({"dated": "Evidence cannot bear a date in the future."})
    piece.full_clean()
    said = {name: getattr(piece, name) for name in OF_EVIDENCE}
    return said | {"dated": piece.dated.isoformat() if piece.dated else None}


def _record(kind: Event.Kind, ballot: Ballot, *, at: datetime, reason: str = "") -> Event:
    return Event.objects.create(
        kind=kind,
        prediction=ballot.prediction,
        ballot=ballot,
        happened_at=at,
        recorded_at=at,
        reason=reason,
        made_by=ballot.made_by,
    )
