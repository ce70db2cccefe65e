"""Why a verdict cannot be given, in words for whoever gives it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.models import Judgement
from ledger.scoring.outcome import Happened
from ledger.standing import withdrawn
from predictions.models import Deadline, Prediction

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


def objections(prediction: Prediction, verdict: Judgement, on: date) -> Iterable[tuple[str, str]]:
    """Why ``verdict`` cannot be given on the day ``on``, by field; of several to one field the last weighs most."""
    if verdict.happened == Happened.PARTLY and not verdict.which_part.strip():
        yield "which_part", "Say which part came true and which did not."
    yield from _objections_to_the_days(prediction, verdict, on)
    yield from _objections_to_the_answer(prediction, verdict, on)


def _objections_to_the_days(
    prediction: Prediction, verdict: Judgement, on: date
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
    prediction: Prediction, verdict: Judgement, on: date
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
    prediction: Prediction, verdict: Judgement, on: date
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


def _held_to_the_end(prediction: Prediction, verdict: Judgement, deadline: Deadline | None) -> bool:
    """Whether a "no" names a day after the deadline of something that was not to happen by then."""
    return bool(
        deadline
        and prediction.polarity == WILL_NOT
        and verdict.happened == Happened.NO
        and verdict.when
        and verdict.when.first > deadline.last_day
    )


def contradict(one: Judgement, other: Judgement) -> bool:
    """Whether two verdicts on statements of the same event cannot both hold.

    One says that it happened at a time until which the other looked and saw nothing; or both say
    when it happened, and the days do not meet. Only answers of yes and no are held against each other.
    """
    plain = (Happened.YES, Happened.NO)
    if one.happened not in plain or other.happened not in plain:
        return False
    if one.when and other.when:
        return one.when.last < other.when.first or other.when.last < one.when.first
    happened, not_seen = (one, other) if one.when else (other, one)
    return bool(happened.when and not_seen.looked_until and happened.when.last <= not_seen.looked_until)


def _polarity(prediction: Prediction) -> Prediction.Polarity:
    return Prediction.Polarity(prediction.polarity)
