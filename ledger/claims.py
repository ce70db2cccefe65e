"""Claim groups: the unit that is counted. What somebody said of one event, however often, is one claim.

The rules of counting live here and nowhere else:

- The statement said first carries the clock. Entries without a date, and those only said to be
  possible without a number, carry none.
- What was withdrawn before its day was over is out. Withdrawn later it keeps its place, unless an
  entry that puts it right takes it; one logged in hindsight takes no place among what was
  written down beforehand.
- Odds below one half, given by the speaker, are no promise: they are judged as odds, not as kept
  or broken.
- Nothing enters a rate before its deadline, nor is anything left out after it but void and
  cannot tell, which are printed beside.
- What was inked, or dated from an event, after its deadline is told apart, since its criteria or
  its day were not frozen before the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from ledger.scoring.brier import Judged, Odds
from ledger.scoring.cohort import Cohort
from ledger.scoring.outcome import Outcome
from ledger.standing import Standing, State, standing
from predictions.models import Deadline, Forecast, Prediction

EVEN = 0.5

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


class Ink(StrEnum):
    """Which entries a rate is made of."""

    BEFOREHAND = "beforehand"
    HINDSIGHT = "hindsight"
    ALL = "all"

    def admits(self, prediction: Prediction) -> bool:
        return self is Ink.ALL or prediction.in_hindsight == (self is Ink.HINDSIGHT)


class NoDate(Exception):
    """A deadline was asked of an entry that has none."""


@dataclass(frozen=True)
class Entry:
    """A prediction as it stands on the day ``on``."""

    prediction: Prediction
    standing: Standing
    on: date

    @cached_property
    def deadline(self) -> Deadline | None:
        return self.prediction.deadline

    @property
    def said_on(self) -> date:
        return self.prediction.statement.anchor

    @property
    def last_day(self) -> date:
        """The deadline. Raises ``NoDate`` without one."""
        if self.deadline is None:
            raise NoDate(self.prediction)
        return self.deadline.last_day

    @property
    def is_due(self) -> bool:
        return self.deadline is not None and self.deadline.last_day < self.on

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

    @property
    def own_odds(self) -> list[Forecast]:
        """The odds in numbers that the speaker gave of exactly this, in the order they were given."""
        speaker = self.prediction.statement.speaker_id
        return [
            forecast
            for forecast in self.prediction.forecasts.all()
            if forecast.by_id == speaker and forecast.same_question and forecast.probability is not None
        ]

    @property
    def is_promise(self) -> bool:
        """Whether it can be kept or broken: it has a day, and was said to be more likely than not."""
        if self.deadline is None or not self.holds:
            return False
        for forecast in self.own_odds:
            return (forecast.probability or 0) >= EVEN
        return self.prediction.modality != Prediction.Modality.POSSIBLE


@dataclass(frozen=True)
class Claim:
    """All that one speaker said of one event, in the order it was said."""

    entries: tuple[Entry, ...]

    @cached_property
    def promise(self) -> Entry | None:
        """The entry whose deadline the claim is counted by; None if there is none to count."""
        return self.promise_of(Ink.ALL)

    def promise_of(self, ink: Ink) -> Entry | None:
        """As ``promise``, for a rate made of what ``ink`` admits."""
        return next((entry for entry in self.holding(ink) if entry.is_promise), None)

    def holding(self, ink: Ink) -> list[Entry]:
        """The entries that hold a place for ``ink``: each gives it up to the one that puts it right, if that is admitted."""
        found: set[int] = set()
        given_up: set[int | None] = set()
        for entry in sorted(
            self.entries, key=lambda entry: -entry.prediction.pk
        ):  # what puts right comes later
            prediction = entry.prediction
            if entry.holds and prediction.pk not in given_up:
                found.add(prediction.pk)
            if ink.admits(prediction) and (entry.holds or prediction.pk in given_up):
                given_up.add(prediction.replaces_id)
        return [
            entry
            for entry in self.entries
            if entry.prediction.pk in found and entry.prediction.replaces_id not in found
        ]

    @cached_property
    def lead(self) -> Entry:
        """The entry that stands for the claim in a list."""
        standing_ones = [entry for entry in self.entries if not entry.is_withdrawn]
        dated = [entry for entry in standing_ones if entry.deadline]
        return self.promise or (dated or standing_ones or list(self.entries))[0]

    @property
    def again(self) -> list[Entry]:
        """The other times it was said."""
        return [entry for entry in self.entries if entry is not self.lead and not entry.is_withdrawn]


def entry(prediction: Prediction, on: date) -> Entry:
    return Entry(prediction, standing(prediction, on), on)


def grouped(predictions: Iterable[Prediction], on: date) -> list[Claim]:
    """``predictions`` (from ``with_standing``) as claims, in the order of their first statement."""
    rows = list(predictions)
    first = firsts((row.pk, row.says_again_id, row.replaces_id) for row in rows)
    groups: dict[int, list[Entry]] = {}
    for row in rows:
        groups.setdefault(first.get(row.pk, row.pk), []).append(entry(row, on))
    claims = [
        Claim(tuple(sorted(entries, key=lambda entry: (entry.said_on, entry.prediction.pk))))
        for entries in groups.values()
    ]
    return sorted(claims, key=lambda claim: (claim.lead.said_on, claim.lead.prediction.pk))


def firsts(links: Iterable[tuple[int, int | None, int | None]]) -> dict[int, int]:
    """With which entry the claim of each begins, for all that are linked to another.

    ``links`` are numbers: of an entry, of what it says again, of what it puts right. What was put
    right belongs to the claim that the right one belongs to, whatever it said itself.
    """
    rows = list(links)
    put_right = {replaced for _, _, replaced in rows}
    before: dict[int, int] = {}

    def first(pk: int) -> int:
        while (earlier := before.setdefault(pk, pk)) != pk:
            pk = earlier
        return pk

    for pk, again, replaced in rows:
        for other in (replaced, None if pk in put_right else again):
            if other is not None:
                low, high = sorted((first(pk), first(other)))
                before[high] = low
    return {pk: first(pk) for pk in before}


def due(claims: Iterable[Claim], ink: Ink) -> list[Entry]:
    """The promises whose first deadline has passed, one a claim."""
    promises = (claim.promise_of(ink) for claim in claims)
    return [
        promise
        for promise in promises
        if promise and promise.standing.counts and ink.admits(promise.prediction)
    ]


def cohort(claims: Iterable[Claim], ink: Ink) -> Cohort:
    """The due cohort of ``claims``."""
    return Cohort.of(entry.standing.outcome for entry in due(claims, ink) if entry.standing.outcome)


def odds(claims: Iterable[Claim], ink: Ink) -> Odds:
    """How the speakers' own stated odds fared, among what has fallen due and was judged yes, no or partly."""
    return Odds.of(
        Judged(forecast.probability, TRUTH[entry.standing.outcome], claim=number)
        for number, claim in enumerate(claims)
        for entry in claim.holding(ink)
        if entry.standing.counts and entry.standing.outcome in TRUTH and ink.admits(entry.prediction)
        for forecast in entry.own_odds
        if forecast.probability is not None
    )


def withdrawn_late(claims: Iterable[Claim], ink: Ink) -> int:
    """How many entries were taken back after their deadline."""
    return sum(
        entry.was_withdrawn_late and ink.admits(entry.prediction)
        for claim in claims
        for entry in claim.entries
    )
