"""Verdicts: what may be said of a prediction, on which evidence, and when. Appended; the latest stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction

from ledger import outbox
from ledger.models import Event, Evidence, Resolution
from ledger.scoring.outcome import Happened
from ledger.standing import latest_verdict, withdrawn
from predictions.models import Deadline, Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WILL, WILL_NOT = Prediction.Polarity.WILL, Prediction.Polarity.WILL_NOT

SETTLES_EARLY = {
    WILL: {Happened.YES, Happened.VOID, Happened.ABANDONED},
    WILL_NOT: {Happened.NO, Happened.VOID, Happened.ABANDONED},
}
"""What can be known before the deadline: that it came true, or, of what was not to happen, that it did."""

NEEDS_A_DAY = {
    WILL: {Happened.YES, Happened.PARTLY, Happened.ABANDONED},
    WILL_NOT: {Happened.NO, Happened.ABANDONED},
}
"""Verdicts that rest on something having happened, and so say when."""

NEEDS_A_LOOK_TO_THE_END = {WILL: {Happened.NO}, WILL_NOT: {Happened.YES}}
"""Verdicts that rest on something not having happened, and so hold only if one looked until the deadline."""

JUDGED_MEANWHILE = "Meanwhile another verdict was signed. Read it; if yours still stands, sign it again."


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
) -> Resolution:
    """Append ``verdict`` and the ``evidence`` that comes with it (unsaved rows), and return the verdict.

    ``seen`` is the number of the latest verdict that the reviewer had before their eyes, None for
    none. ``at`` is the moment and ``on`` its calendar day in the installation's time zone. Raises
    ``ValidationError`` with messages by field if the verdict cannot be given; then nothing is saved.
    """
    # Locked and read anew: it may have been judged or withdrawn since the caller read it.
    verdict.prediction = prediction = Prediction.objects.select_for_update().get(pk=prediction.pk)
    latest = latest_verdict(prediction)
    if seen != (latest and latest.pk):
        raise ValidationError({"seen": JUDGED_MEANWHILE})
    objections = dict(_objections(prediction, verdict, on))
    if not evidence and not prediction.evidence.exists():
        objections["evidence"] = "Add at least one piece of evidence that anybody can look at."
    if objections:
        raise ValidationError(objections)
    for piece in evidence:
        present(prediction, piece, at=at, on=on, by=by)
    verdict.made_at, verdict.made_by = at, by
    verdict.full_clean()
    verdict.save(force_insert=True)
    event = Event.objects.create(
        kind=Event.Kind.RESOLVED,
        prediction=prediction,
        resolution=verdict,
        happened_at=at,
        recorded_at=at,
        made_by=by,
    )
    outbox.owe(event)
    return verdict


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


def _objections(prediction: Prediction, verdict: Resolution, on: date) -> Iterable[tuple[str, str]]:
    """Why ``verdict`` cannot be given, by field; at most one objection a field, the weightier last."""
    if verdict.happened == Happened.PARTLY and not verdict.which_part.strip():
        yield "which_part", "Say which part came true and which did not."
    yield from _objections_to_the_days(prediction, verdict, on)
    yield from _objections_to_the_answer(prediction, verdict, on)


def _objections_to_the_days(
    prediction: Prediction, verdict: Resolution, on: date
) -> Iterable[tuple[str, str]]:
    when = verdict.when
    yield from _objections_to_the_look(prediction, verdict, on)
    if when is None:
        if verdict.happened in NEEDS_A_DAY[_polarity(prediction)]:
            yield "happened_on", "Say when, if only to the month or the year."
        return
    if verdict.happened not in NEEDS_A_DAY[_polarity(prediction)]:
        yield "happened_on", "This verdict has no day on which it happened. Leave it empty."
    elif when.last < prediction.statement.said_within.first:
        yield "happened_on", f"That is before it was said ({prediction.statement.said})."
    elif when.first > on:
        yield "happened_on", "That is in the future."
    elif verdict.looked_until and when.first > verdict.looked_until:
        yield "looked_until", "You looked only until a day before it happened."


def _objections_to_the_look(
    prediction: Prediction, verdict: Resolution, on: date
) -> Iterable[tuple[str, str]]:
    deadline = prediction.deadline
    if verdict.looked_until is None:
        return
    if verdict.looked_until > on:
        yield "looked_until", "Nobody has looked further than today."
    elif (
        deadline
        and verdict.looked_until < deadline.last_day < on
        and verdict.happened in NEEDS_A_LOOK_TO_THE_END[_polarity(prediction)]
    ):
        yield (
            "looked_until",
            f"It could have happened until {deadline.last_day:%Y-%m-%d}. Look until then at least.",
        )


def _objections_to_the_answer(
    prediction: Prediction, verdict: Resolution, on: date
) -> Iterable[tuple[str, str]]:
    deadline = prediction.deadline
    if withdrawn(prediction):
        yield "happened", "This entry was withdrawn; there is nothing to judge."
    elif verdict.happened == Happened.VOID and not prediction.condition:
        yield (
            "happened",
            "Only a prediction with a condition can be void, and this one has none. If nobody can know, say “cannot tell”.",
        )
    elif not _over(deadline, on) and verdict.happened not in SETTLES_EARLY[_polarity(prediction)]:
        yield "happened", _too_early(prediction, deadline)
    elif _held_to_the_end(prediction, verdict, deadline):
        yield (
            "happened",
            "It had not happened by the deadline, and that is what was predicted: the answer is yes.",
        )


def _over(deadline: Deadline | None, on: date) -> bool:
    return deadline is not None and deadline.last_day < on


def _too_early(prediction: Prediction, deadline: Deadline | None) -> str:
    when = (
        f"until its deadline, {deadline.last_day:%Y-%m-%d}, is over"
        if deadline
        else "as long as it has no deadline"
    )
    settled = (
        "“yes” if it has come true" if prediction.polarity == WILL else "“no” if it has happened after all"
    )
    return f"This cannot be said {when}. Until then: {settled}; void or abandoned where that holds."


def _held_to_the_end(prediction: Prediction, verdict: Resolution, deadline: Deadline | None) -> bool:
    """Whether a "no" names a day after the deadline of something that was not to happen by then."""
    return bool(
        deadline
        and prediction.polarity == WILL_NOT
        and verdict.happened == Happened.NO
        and verdict.when
        and verdict.when.first > deadline.last_day
    )


def _polarity(prediction: Prediction) -> Prediction.Polarity:
    return Prediction.Polarity(prediction.polarity)
