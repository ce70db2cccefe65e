"""Corrections: anybody may say what is wrong; an editor answers. What is accepted is appended, nothing is edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.house_rules import HouseRules
from ledger.judging.impartiality import why_another_editor
from ledger.judging.resolution import ONE_REVIEWER, locked, stop_notice
from ledger.models import Answer, Correction, Delivery, Event
from ledger.moments import day_of
from ledger.post import accounts, outbox, senders
from ledger.wording import number
from predictions.models import Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

A_DAY = timedelta(days=1)
MOST_A_DAY = 2_000
MOST_A_DAY_ON_ONE = 20
"""Corrections taken in 24 hours: in all, and on one prediction. No few places can use them up alone."""
MOST_A_DAY_FROM_ONE = 10
MOST_A_DAY_FROM_ONE_ON_ONE = 2
"""Corrections taken from one place in a day: in all, and on one prediction."""

TOO_MANY = gettext_lazy(
    "Too many corrections came in today. Try again tomorrow, or write to whoever runs this site."
)
TOO_MANY_ON_ONE = gettext_lazy(
    "Too many corrections of this entry came in today. Try again tomorrow, or write to whoever runs this site."
)
TOO_MANY_FROM_ONE = gettext_lazy(
    "From where you are came %(n)s corrections today, and no more are taken. Try again tomorrow, or write to whoever runs this site."
)
TOO_MANY_FROM_ONE_ON_ONE = gettext_lazy(
    "From where you are came %(n)s corrections of this entry today, and no more are taken. Try again tomorrow, or write to whoever runs this site."
)

ANSWER, WITHDRAWAL = "answer", "withdrawal"
"""The kinds of line on the page of corrections."""


@transaction.atomic
def file(
    prediction: Prediction,
    *,
    says: str,
    url: str = "",
    at: datetime,
    sender: str = "",
    rules: HouseRules = ONE_REVIEWER,
) -> Correction:
    """Take down what somebody says is wrong with ``prediction``, and owe word of it to those who may answer.

    ``sender`` is the fingerprint of where it came from, empty if that is not to be limited. Raises
    ``ValidationError``, by field, or if too many came in.
    """
    if not says.strip():
        raise ValidationError({"says": _("Say what is wrong.")})
    prediction = locked(prediction)
    if sender:
        _count(sender, prediction, on=day_of(at))
    lately = Correction.objects.filter(filed_at__gt=at - A_DAY)
    if lately.filter(prediction=prediction).count() >= MOST_A_DAY_ON_ONE:
        raise ValidationError(TOO_MANY_ON_ONE)
    if lately.count() >= MOST_A_DAY:
        raise ValidationError(TOO_MANY)
    correction = Correction(prediction=prediction, says=says.strip(), url=url, filed_at=at)
    correction.full_clean()
    correction.save(force_insert=True)
    editors = accounts.who_hear(Delivery.Kind.TO_ANSWER)
    free = [editor for editor in editors if not why_another_editor(prediction, editor, rules)]
    outbox.owe_editors(correction, free, at)
    return correction


def owe_unanswered(at: datetime, rules: HouseRules = ONE_REVIEWER) -> None:
    """Owe word of each correction that waits to those also who may answer it now and could not when it was filed."""
    kind = Delivery.Kind.TO_ANSWER
    for mailbox, editor in accounts.mailboxes(accounts.who_hear(kind), kind, at):
        told = Delivery.objects.filter(correction=OuterRef("pk"), subscriber=mailbox)
        for correction in Correction.objects.unanswered().exclude(Exists(told)).select_related("prediction"):
            if not why_another_editor(correction.prediction, editor, rules):
                outbox.owe_editors(correction, [editor], at)


def _count(sender: str, prediction: Prediction, *, on: date) -> None:
    """Count one more from ``sender``, on this prediction and in all. Raises ``ValidationError`` if either is too much."""
    on_this = senders.fingerprint(sender, on, f"on {prediction.pk}")
    for counted, most, too_many in (
        (on_this, MOST_A_DAY_FROM_ONE_ON_ONE, TOO_MANY_FROM_ONE_ON_ONE),
        (sender, MOST_A_DAY_FROM_ONE, TOO_MANY_FROM_ONE),
    ):
        if not senders.may_send(counted, on=on, most=most):
            raise ValidationError(too_many, params={"n": number(most)})


@transaction.atomic
def answer(
    correction: Correction,
    *,
    accepted: bool,
    reason: str,
    at: datetime,
    by: User | None = None,
    rules: HouseRules = ONE_REVIEWER,
) -> Answer:
    """Accept a correction, which joins the record and ends a notice that still runs, or decline it; once.

    Raises ``ValidationError`` by field; or for all, if it was answered before, or two judge and it is
    for another editor than ``by`` to answer.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Give the reason, for everybody to read."})
    prediction = locked(correction.prediction)
    if Answer.objects.filter(correction=correction).exists():
        raise ValidationError("This correction was answered already.")
    if by and (reasons := why_another_editor(prediction, by, rules)):
        raise ValidationError(reasons)
    given = Answer(correction=correction, accepted=accepted, reason=reason.strip(), made_at=at, made_by=by)
    given.full_clean(exclude={"made_by"})
    given.save(force_insert=True)
    if accepted:
        event = Event.objects.create(
            kind=Event.Kind.CORRECTED,
            prediction=prediction,
            correction=correction,
            happened_at=at,
            recorded_at=at,
            reason=given.reason,
            made_by=by,
        )
        outbox.owe(Event.objects.filter(pk=event.pk))
        stop_notice(prediction, reason=f"A correction was accepted: {given.reason}"[:500], at=at, by=by)
    return given


@dataclass(frozen=True)
class Notice:
    """A line of the page of corrections: what was put right or not, on which day, by whose reason."""

    at: datetime
    what: str
    prediction: Prediction
    reason: str
    by: User | None
    says: str = ""
    url: str = ""
    instead: Prediction | None = None


def listed() -> QuerySet[Any, Any]:
    """What the page of corrections lists, the latest first: of each line its moment, its kind and the number of its row."""
    lines = ("at", "kind", "number")
    answers = Answer.objects.order_by().annotate(at=F("made_at"), kind=Value(ANSWER), number=F("pk"))
    withdrawals = Event.objects.of_kind(Event.Kind.WITHDRAWN).order_by()
    taken_back = withdrawals.annotate(at=F("happened_at"), line=Value(WITHDRAWAL), number=F("pk"))
    return (
        answers.values_list(*lines)
        .union(taken_back.values_list("at", "line", "number"), all=True)
        .order_by("-at", "kind", "-number")
    )


def notices(lines: Iterable[tuple[datetime, str, int]]) -> list[Notice]:
    """These lines in full: what was corrected or withdrawn, and what editors declined, without its words."""
    lines = list(lines)
    answers = Answer.objects.select_related("correction__prediction__statement__speaker", "made_by__reviewer")
    withdrawals = Event.objects.select_related(
        "prediction__statement__speaker", "prediction__replaced_by__statement__speaker", "made_by__reviewer"
    )
    answered = answers.in_bulk([number for _, kind, number in lines if kind == ANSWER])
    taken_back = withdrawals.in_bulk([number for _, kind, number in lines if kind == WITHDRAWAL])
    return [
        _of_answer(answered[number]) if kind == ANSWER else _of_withdrawal(taken_back[number])
        for _, kind, number in lines
    ]


def _of_answer(given: Answer) -> Notice:
    return Notice(
        at=given.made_at,
        what=_("Accepted") if given.accepted else _("Declined"),
        prediction=given.correction.prediction,
        reason=given.reason,
        by=given.made_by,
        says=given.correction.says if given.accepted else "",
        url=given.correction.url if given.accepted else "",
    )


def _of_withdrawal(event: Event) -> Notice:
    newer = _newer(event)
    return Notice(
        at=event.happened_at,
        what=_("Withdrawn and logged anew") if newer else _("Withdrawn"),
        prediction=event.prediction,
        reason=event.reason,
        by=event.made_by,
        instead=newer,
    )


def _newer(withdrawal: Event) -> Prediction | None:
    """The entry that puts right what was withdrawn, if there is one."""
    return getattr(withdrawal.prediction, "replaced_by", None)
