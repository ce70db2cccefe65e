"""What became of a prediction, derived from a verdict and the dates: on time, late, missed … are never entered, only computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from predictions.dates import Interval


class Happened(StrEnum):
    """The verdict's first answer: did what was predicted come true, as its criteria say?"""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    CANNOT_TELL = "cannot_tell"
    VOID = "void"
    ABANDONED = "abandoned"


class Outcome(StrEnum):
    """What a verdict and the deadline make together."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    TIMING_UNKNOWN = "timing_unknown"
    PARTLY = "partly"
    PARTLY_LATE = "partly_late"
    MISSED = "missed"
    ABANDONED = "abandoned"
    CANNOT_TELL = "cannot_tell"
    VOID = "void"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Window:
    """The days a claim had: first on which it could come true as said, last on which it is on time."""

    earliest: date
    last_day: date


PLAIN = {
    Happened.PARTLY: Outcome.PARTLY,
    Happened.NO: Outcome.MISSED,
    Happened.ABANDONED: Outcome.ABANDONED,
    Happened.CANNOT_TELL: Outcome.CANNOT_TELL,
    Happened.VOID: Outcome.VOID,
}
"""What a verdict is when no day tells anything more."""

TIMED = {
    Happened.YES: (Outcome.ON_TIME, Outcome.LATE),
    Happened.PARTLY: (Outcome.PARTLY, Outcome.PARTLY_LATE),
    Happened.NO: (Outcome.MISSED, Outcome.ON_TIME),
}
"""What a verdict is when its day lies within the time given, and when it lies beyond."""


TRUTH = {
    Outcome.EARLY: 1.0,
    Outcome.ON_TIME: 1.0,
    Outcome.PARTLY: 0.5,
    Outcome.LATE: 0.0,
    Outcome.PARTLY_LATE: 0.0,
    Outcome.MISSED: 0.0,
    Outcome.ABANDONED: 0.0,
}
"""What each outcome is worth to odds. What is not listed is left out of them."""

CELL = {
    Outcome.EARLY: "on_time",
    Outcome.ON_TIME: "on_time",
    Outcome.LATE: "late",
    Outcome.PARTLY_LATE: "late",
    Outcome.MISSED: "missed",
    Outcome.ABANDONED: "missed",
    Outcome.PARTLY: "partly",
    Outcome.WAITING: "waiting",
    Outcome.TIMING_UNKNOWN: "waiting",
    Outcome.CANNOT_TELL: "cannot_tell",
    Outcome.VOID: "void",
}
"""Into which cell each outcome falls. When the timing is not known the bounds must hold both ways, as for what still waits."""


def outcome(happened: str, when: Interval | None, window: Window) -> Outcome:
    """The outcome of a verdict under a deadline.

    ``when`` is the interval in which it came true, in full or in part; for a "no", in which that
    happened which was not to. None is for what names no day: "it will not happen" that held to
    the end is on time. An interval that straddles the deadline gives ``TIMING_UNKNOWN``: the
    side is never guessed. Early means before ``earliest`` and counts as on time.
    """
    answer = Happened(happened)
    if when is None or answer not in TIMED:
        return PLAIN.get(answer, Outcome.ON_TIME)
    within, beyond = TIMED[answer]
    if when.first > window.last_day:
        return beyond
    if when.last > window.last_day:
        return Outcome.TIMING_UNKNOWN
    if answer is Happened.YES and when.last < window.earliest:
        return Outcome.EARLY
    return within
