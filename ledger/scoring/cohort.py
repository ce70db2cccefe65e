"""The due cohort: everything whose first deadline has passed, counted so that nobody improves by withdrawing or by waiting."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.scoring.intervals import Proportion, Range, jeffreys
from ledger.scoring.published import Due


@dataclass(frozen=True, slots=True)
class Cohort:
    """Counts of claims that have fallen due. ``due`` is their sum."""

    on_time: int = 0
    late: int = 0
    missed: int = 0
    partly: int = 0
    waiting: int = 0
    cannot_tell: int = 0
    void: int = 0

    @property
    def due(self) -> int:
        return (
            self.on_time + self.late + self.missed + self.partly + self.waiting + self.cannot_tell + self.void
        )

    @property
    def counted(self) -> int:
        """What the on-time rate is a share of: void and cannot tell are left out and printed beside it."""
        return self.due - self.void - self.cannot_tell

    @property
    def settled(self) -> int:
        """What counts and waits for nothing more. While it is 0 the rate may be anything, and is not worth printing."""
        return self.counted - self.waiting

    @property
    def judged(self) -> int:
        """What was plainly kept or broken: the base of the flattering rate that leaves out what waits."""
        return self.on_time + self.late + self.missed

    @property
    def at_best(self) -> int:
        """How many are on time if all that waits is."""
        return self.on_time + self.waiting

    @property
    def at_least(self) -> Proportion | None:
        """The on-time share if nothing that waits was on time; None when nothing counts."""
        return jeffreys(self.on_time, self.counted)

    @property
    def at_most(self) -> Proportion | None:
        """The on-time share if all that waits was on time; None when nothing counts."""
        return jeffreys(self.at_best, self.counted)

    @property
    def rate(self) -> Range | None:
        """Between what the on-time share lies, whatever becomes of what waits and however few they are; None when nothing counts."""
        low, high = self.at_least, self.at_most
        return Range(low.low, high.high) if low and high else None

    @property
    def lenient(self) -> Proportion | None:
        """As ``at_most``, with what came true in part counted as on time."""
        return jeffreys(self.at_best + self.partly, self.counted)


def due_of(cohort: Cohort, *, withdrawn_late: int, already_true: int, days_waited: int | None) -> Due:
    """What is published of ``cohort``."""
    return Due(
        cohort.due,
        cohort.on_time,
        cohort.late,
        cohort.missed,
        cohort.partly,
        cohort.waiting,
        cohort.cannot_tell,
        cohort.void,
        withdrawn_late,
        already_true,
        days_waited,
        cohort.at_least,
        cohort.at_most,
        cohort.rate,
        cohort.lenient,
        jeffreys(cohort.on_time, cohort.judged),
    )
