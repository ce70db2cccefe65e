"""What a verdict will make of an entry, said in words before it is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger import marks
from ledger.entries import Stands
from ledger.judging import objections
from ledger.models import Resolution
from ledger.scoring.outcome import Happened, Outcome
from ledger.standing import Standing, State, derived, derived_with_slack, latest_verdict
from ledger.wording import counted, day, sentence
from predictions.models import Deadline, Prediction

PLAIN = {
    Outcome.ON_TIME: "it held to the end of its deadline.",
    Outcome.TIMING_UNKNOWN: "the days that it may have been lie on both sides of the deadline. "
    "It counts as neither on time nor late; say more exactly when, if you can.",
    Outcome.PARTLY: "it is shown apart, and widens the range between on time and not.",
    Outcome.MISSED: "if it comes true later, a new verdict calls it late, and both stay.",
    Outcome.ABANDONED: "it counts as not delivered.",
    Outcome.CANNOT_TELL: "it is printed beside the rates and is in none.",
    Outcome.VOID: "it is printed beside the rates and is in none.",
}

IN_TIME = (Outcome.EARLY, Outcome.ON_TIME)
BEYOND = (Outcome.LATE, Outcome.PARTLY_LATE)


@dataclass(frozen=True)
class Foretold:
    """``mark`` is what the verdict would be shown by, None as long as it cannot be given; ``words`` say the rest."""

    mark: marks.Mark | None
    words: str


def foretell(prediction: Prediction, verdict: Resolution, on: date) -> Foretold:
    """What ``verdict`` (unsaved) would make of ``prediction`` if it were signed on the day ``on``."""
    if not verdict.happened:
        return Foretold(None, "Choose an answer, and what it makes of the entry shows here.")
    polarity, deadline = Prediction.Polarity(prediction.polarity), prediction.deadline
    over = deadline is not None and deadline.last_day < on
    if not over and verdict.happened not in objections.SETTLES_EARLY[polarity]:
        until = f"its deadline, {day(deadline.last_day)}, is over" if deadline else "it has a deadline"
        return Foretold(None, f"This answer cannot be given before {until}.")
    if verdict.happened in objections.NEEDS_A_DAY[polarity] and not verdict.happened_on:
        return Foretold(None, "Say when, if only to the month or the year.")
    outcome = derived(verdict, deadline)
    entry = Stands(Standing(State.SETTLED, verdict, outcome, counts=over), on, deadline, polarity)
    return Foretold(
        marks.mark(entry),
        sentence(_words(outcome, verdict, deadline, over=over) + _slack(verdict, deadline, outcome)),
    )


def contradicting(verdict: Resolution, others: Sequence[Prediction]) -> list[tuple[Prediction, Resolution]]:
    """Those of ``others``, which say the same again, whose verdict cannot hold together with ``verdict`` as typed so far."""
    judged = [(other, latest_verdict(other)) for other in others]
    return [
        (other, theirs)
        for other, theirs in judged
        if theirs and verdict.happened and verdict.looked_until and objections.contradict(verdict, theirs)
    ]


def _slack(verdict: Resolution, deadline: Deadline | None, outcome: Outcome) -> str:
    """What it would be by the latest day that the words admit, where that differs."""
    lenient = derived_with_slack(verdict, deadline)
    if deadline is None or lenient is outcome:
        return ""
    word = marks.SETTLED[lenient].word.lower()
    return f" By {day(deadline.latest)}, the latest the words admit, it would be {word}."


def _words(outcome: Outcome, verdict: Resolution, deadline: Deadline | None, *, over: bool) -> str:
    if deadline is None:
        return "the entry has no deadline: it is in no rate."
    if not over:
        return f"it is settled before its deadline, {day(deadline.last_day)}, and enters the rates after it."
    if outcome is Outcome.MISSED and verdict.when:
        return "what was not to happen has happened: it counts as not delivered."
    if verdict.when is None or verdict.happened == Happened.NO or outcome not in (*IN_TIME, *BEYOND):
        return PLAIN[outcome]
    if outcome in BEYOND:
        return f"{counted((verdict.when.first - deadline.last_day).days, 'day')} after the deadline."
    left = (deadline.last_day - verdict.when.last).days
    return f"{counted(left, 'day')} before the deadline." if left else "on the last day of its time."
