"""What an entry is shown by: a shape, a word, a hue. Never one of them alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ledger.claims import Entry
from ledger.models import Resolution
from ledger.moments import day_after
from ledger.scoring.outcome import Happened, Outcome
from ledger.standing import State
from ledger.wording import counted, short_day, span
from predictions.models import Deadline, Prediction

SHORTEST_MULTIPLE = 30
"""Below so many promised days a multiple of the promised time says nothing; days do."""

LEAST_MULTIPLE = 1.1
"""Below it too: "1.0 times the time" would read as if it had been in time."""


@dataclass(frozen=True)
class Mark:
    """``shape`` names the sign and its hue; ``word`` is short, ``detail`` says the rest."""

    shape: str
    word: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.word}, {self.detail}" if self.detail else self.word


SETTLED = {
    Outcome.EARLY: Mark("ontime", "On time", "early"),
    Outcome.ON_TIME: Mark("ontime", "On time"),
    Outcome.LATE: Mark("late", "Late"),
    Outcome.TIMING_UNKNOWN: Mark("untimed", "Timing open", "day not known well enough"),
    Outcome.PARTLY: Mark("partly", "Partly"),
    Outcome.PARTLY_LATE: Mark("late", "Partly, and late"),
    Outcome.MISSED: Mark("no", "Not delivered"),
    Outcome.ABANDONED: Mark("no", "Abandoned"),
    Outcome.CANNOT_TELL: Mark("unclear", "Cannot tell"),
    Outcome.VOID: Mark("void", "Void", "its condition failed"),
}
UNTIMED = {Happened.YES: "Came true", Happened.PARTLY: "Partly", Happened.NO: "Happened after all"}
"""What is known of it when it is not known whether that was in time."""
HAPPENED_AFTER_ALL = Mark("no", "Happened after all")
"""Missed, said of what was predicted not to happen."""

BEFORE_ITS_DAY = {
    Outcome.EARLY: Mark("ontime", "Already true"),
    Outcome.ON_TIME: Mark("ontime", "Already true"),
    Outcome.MISSED: Mark("no", "Already failed"),
    Outcome.ABANDONED: Mark("no", "Abandoned"),
    Outcome.VOID: Mark("void", "Void"),
}

CELLS = {
    "on_time": Mark("ontime", "On time"),
    "waiting": Mark("waiting", "No verdict yet"),
    "partly": Mark("partly", "Partly"),
    "late": Mark("late", "Came late"),
    "missed": Mark("no", "Not delivered"),
    "cannot_tell": Mark("unclear", "Cannot tell"),
    "void": Mark("void", "Void, condition failed"),
}
"""The cells of the due cohort, in the order in which they are stacked."""


def mark(entry: Entry) -> Mark:
    """How ``entry`` stands, for a line in a list."""
    match entry.standing.state:
        case State.UNDATED:
            return Mark("undated", "No date")
        case State.WITHDRAWN:
            return Mark("withdrawn", "Withdrawn", "after its day" if entry.was_withdrawn_late else "")
        case State.PENDING:
            left = -entry.days_past
            return Mark("pending", "Due today" if left == 0 else f"Due in {span(left)}")
        case State.WAITING:
            return Mark("waiting", "No verdict yet", f"{counted(entry.days_past, 'day')}")
        case State.SETTLED:
            return _settled(entry)


def _settled(entry: Entry) -> Mark:
    outcome, deadline = entry.standing.outcome or Outcome.WAITING, entry.deadline
    if deadline is None:
        plain = BEFORE_ITS_DAY.get(outcome, SETTLED[outcome])
        return Mark(plain.shape, plain.word, "no date was given")
    if not entry.standing.counts:
        early = BEFORE_ITS_DAY.get(outcome, SETTLED[outcome])
        return Mark(early.shape, early.word, f"counts from {short_day(day_after(deadline.last_day))}")
    if outcome is Outcome.MISSED and entry.prediction.polarity == Prediction.Polarity.WILL_NOT:
        return HAPPENED_AFTER_ALL
    plain, verdict = SETTLED[outcome], entry.standing.verdict
    if verdict and outcome is Outcome.TIMING_UNKNOWN:
        return replace(plain, word=UNTIMED[Happened(verdict.happened)])
    if verdict and outcome in (Outcome.LATE, Outcome.PARTLY_LATE):
        return replace(plain, detail=lateness(verdict, deadline))
    return plain


def lateness(verdict: Resolution, deadline: Deadline) -> str:
    """By how much: "1.9 times the time" promised, or the days beyond where little time was promised."""
    when = verdict.when
    if when is None:
        return ""
    about = "" if when.first == when.last else "about "
    happened = when.first + (when.last - when.first) / 2
    beyond = (happened - deadline.last_day).days
    times = (happened - deadline.counted_from).days / max(deadline.span_days, 1)
    if deadline.span_days < SHORTEST_MULTIPLE or times < LEAST_MULTIPLE:
        return f"{about}{counted(beyond, 'day')} after its day"
    return f"{about}{times:.1f} times the time"
