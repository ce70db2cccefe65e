"""A prediction as it stands on a day: what pages, mails and the desk show of it, and what they ask it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.standing import Standing, State, standing
from predictions.models import Deadline, Prediction


class NoDate(Exception):
    """A deadline was asked of an entry that has none."""


@dataclass(frozen=True)
class Stands:
    """What is asked of a prediction, whole or in outline, as it stands on the day ``on``."""

    standing: Standing
    on: date
    deadline: Deadline | None
    polarity: str

    @property
    def last_day(self) -> date:
        """The deadline. Raises ``NoDate`` without one."""
        if self.deadline is None:
            raise NoDate(self)
        return self.deadline.last_day

    @property
    def is_due(self) -> bool:
        return self.deadline is not None and self.deadline.last_day < self.on

    @property
    def in_hindsight(self) -> bool:
        """Whether it, or its deadline, was entered after that deadline, when the outcome could already be known."""
        return self.deadline is not None and self.deadline.in_hindsight

    @property
    def is_withdrawn(self) -> bool:
        return self.standing.state is State.WITHDRAWN

    @property
    def was_withdrawn_late(self) -> bool:
        """Whether it was taken back only after its deadline had passed."""
        return self.is_withdrawn and self.standing.counts

    @property
    def holds(self) -> bool:
        """Whether it stands, or was withdrawn too late to be let go."""
        return not self.is_withdrawn or self.was_withdrawn_late

    @property
    def days_past(self) -> int:
        """Days since the deadline, or, below 0, until it. Raises ``NoDate`` without one."""
        return (self.on - self.last_day).days


@dataclass(frozen=True)
class Entry(Stands):
    """A prediction with all that is told of it."""

    prediction: Prediction

    @property
    def said_on(self) -> date:
        return self.prediction.statement.anchor


def entry(prediction: Prediction, on: date) -> Entry:
    """``prediction`` (from ``with_standing``, or with what it prefetches) on the day ``on``."""
    return Entry(standing(prediction, on), on, prediction.deadline, prediction.polarity, prediction)
