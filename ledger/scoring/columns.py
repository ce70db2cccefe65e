"""The ledger as columns, and what of it a choice of entries and of reading counts.

Days are ordinals of the calendar (``date.toordinal``). The rules are those of ``groups`` and
``outcome``: where an answer depends on a few cases only, the rule is asked once a case and the
answers are looked up; where entries of one claim must be weighed against each other, it is asked
once a claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ledger.scoring import delivery, groups
from ledger.scoring.groups import EVEN, Ink, Spoken
from ledger.scoring.outcome import TRUTH, Happened, Outcome, Window, outcome
from ledger.scoring.published import Reading
from predictions.dates import Interval

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Codes = NDArray[np.int8]

NEVER = date.max.toordinal() + 1
"""The day of what has none."""
NONE = -1
"""The number of what is not there: no verdict, no other entry."""

ANSWERS = tuple(Happened)
OUTCOMES = tuple(Outcome)
CODE = {found: code for code, found in enumerate(OUTCOMES)}
YES, NO = ANSWERS.index(Happened.YES), ANSWERS.index(Happened.NO)
WORTH = np.array([TRUTH.get(found, np.nan) for found in OUTCOMES])
"""What each outcome is worth to odds; not a number for what is left out of them."""

NO_DAY, EARLY, WITHIN, STRADDLES, BEYOND = range(5)


def _outcomes() -> Codes:
    """The outcome's code of every answer (the last row: of none) on each side of the deadline."""
    day = date(2000, 1, 1).replace
    window = Window(day(day=10), day(day=20))
    when = {
        NO_DAY: None,
        EARLY: Interval(day(day=1), day(day=1)),
        WITHIN: Interval(day(day=15), day(day=15)),
        STRADDLES: Interval(day(day=15), day(day=25)),
        BEYOND: Interval(day(day=25), day(day=25)),
    }
    table = [[CODE[outcome(answer, when[side], window)] for side in when] for answer in ANSWERS]
    return np.array([*table, [CODE[Outcome.WAITING]] * len(when)], dtype=np.int8)


OUTCOME_OF = _outcomes()
WITHOUT, BELOW, ENOUGH = range(3)
"""Whether the odds given first are none, below one half, or a promise."""
PROMISE_OF = np.array(
    [
        [
            [
                groups.is_promise(dated=True, holds=holds, first_odds=odds, possible=possible)
                for possible in (False, True)
            ]
            for odds in (None, EVEN / 2, EVEN)
        ]
        for holds in (False, True)
    ]
)
"""Whether a dated entry is a promise, by whether it holds, what odds it came with, and whether it was only said to be possible."""

STATE = np.full(len(ANSWERS) + 1, delivery.OPEN, dtype=np.int8)
STATE[YES] = delivery.DELIVERED
STATE[ANSWERS.index(Happened.ABANDONED)] = delivery.GIVEN_UP
STATE[ANSWERS.index(Happened.CANNOT_TELL)] = delivery.CANNOT_TELL
STATE[ANSWERS.index(Happened.VOID)] = delivery.VOID
STATE[NONE] = delivery.NEVER_LOOKED
"""The state in the delivery curve of each answer."""


PLACES_OF_A_MIDDLE = 7
"""Odds are kept to six decimals, so the middle of two has no more than these."""


def middle(low: Floats, high: Floats) -> Floats:
    """The middle of what was stated: that of 80 and 90 % is the same level as 85 %, to the last bit."""
    return ((low + high) / 2).round(PLACES_OF_A_MIDDLE)


@dataclass(frozen=True, slots=True)
class Given:
    """Odds by speakers on entries of their own, one element a statement, in the order they were given."""

    entry: Ints
    """At which place of the entries."""
    low: Floats
    high: Floats
    words: NDArray[np.object_]
    """The words used; empty where there were numbers only."""


@dataclass(frozen=True)
class Entries:
    """Every entry, one element each, ascending by number. Days of what is not there are ``NEVER``."""

    number: Ints
    speaker: Ints
    says_again: Ints
    replaces: Ints
    said: Ints
    will: Bools
    possible: Bools
    counted_from: Ints
    earliest: Ints
    nominal: Ints
    last_day: Ints
    latest: Ints
    made_on: Ints
    """The day the deadline was written down."""
    withdrawn: Ints
    answer: NDArray[np.int64]
    """Place in ``ANSWERS`` of the final verdict; ``NONE`` without."""
    first: Ints
    last: Ints
    """The days among which it came true; ``NEVER`` if the verdict names none."""
    looked: Ints
    given: Given
    crowd: Floats
    """The crowd's first probability within a week of the statement; not a number without."""

    def __len__(self) -> int:
        return len(self.number)

    @cached_property
    def dated(self) -> Bools:
        return self.last_day < NEVER

    @cached_property
    def in_hindsight(self) -> Bools:
        return self.dated & (self.last_day < self.made_on)

    @cached_property
    def claim(self) -> Ints:
        """The number of the entry with which each one's claim begins."""
        linked = (self.says_again != NONE) | (self.replaces != NONE)
        links = zip(
            self.number[linked].tolist(),
            _or_none(self.says_again[linked]),
            _or_none(self.replaces[linked]),
            strict=True,
        )
        found = self.number.copy()
        first = groups.firsts(links)
        if first:
            at = np.searchsorted(self.number, list(first))
            there = (at < len(self)) & (self.number[np.minimum(at, len(self) - 1)] == list(first))
            found[at[there]] = np.array(list(first.values()))[there]
        return found

    def day(self, reading: Reading) -> Ints:
        """The day against which each is held."""
        days = {Reading.STRICT: self.nominal, Reading.DEADLINE: self.last_day, Reading.LATEST: self.latest}
        return days[reading]

    def outcomes(self, reading: Reading) -> Ints:
        """The code of each one's outcome."""
        day = self.day(reading)
        side = np.select(
            [self.first == NEVER, self.first > day, self.last > day, self.last < self.earliest],
            [NO_DAY, BEYOND, STRADDLES, EARLY],
            WITHIN,
        )
        found = OUTCOME_OF[self.answer, side]
        if reading is Reading.LATEST:
            rests_on_nothing = (side == NO_DAY) & ((self.answer == YES) | (self.answer == NO))
            found = np.where(rests_on_nothing & (self.looked < day), CODE[Outcome.WAITING], found)
        return np.asarray(found, dtype=np.int64)

    @cached_property
    def first_odds(self) -> Ints:
        """Of the odds in numbers given first: ``WITHOUT``, ``BELOW`` or ``ENOUGH``."""
        kind = np.full(len(self), WITHOUT, dtype=np.int64)
        numbered = np.flatnonzero(~np.isnan(self.given.low))[::-1]  # the first is written last
        stated = middle(self.given.low[numbered], self.given.high[numbered])
        kind[self.given.entry[numbered]] = np.where(stated >= EVEN, ENOUGH, BELOW)
        return kind

    @cached_property
    def claims_of_many(self) -> list[list[int]]:
        """The places of the entries of each claim that has more than one, in the order they were said."""
        _, where, many = np.unique(self.claim, return_inverse=True, return_counts=True)
        places = np.flatnonzero(many[where] > 1)
        ordered = places[np.lexsort((self.number[places], self.said[places], self.claim[places]))]
        claim = dict(zip(ordered.tolist(), self.claim[ordered].tolist(), strict=True))
        return [list(of_one) for _, of_one in groupby(ordered.tolist(), key=claim.__getitem__)]


def _or_none(numbers: Ints) -> list[int | None]:
    return [None if number == NONE else number for number in numbers.tolist()]


@dataclass(frozen=True)
class Day:
    """The entries as they stand on the day ``on``."""

    entries: Entries
    on: int

    @cached_property
    def due(self) -> Bools:
        return self.entries.last_day < self.on

    @cached_property
    def withdrawn_late(self) -> Bools:
        rows = self.entries
        return np.asarray((rows.withdrawn < NEVER) & self.due & (rows.withdrawn > rows.last_day))

    @cached_property
    def holds(self) -> Bools:
        return np.asarray((self.entries.withdrawn == NEVER) | self.withdrawn_late)

    @cached_property
    def is_promise(self) -> Bools:
        rows = self.entries
        found = PROMISE_OF[self.holds.astype(np.int64), rows.first_odds, rows.possible.astype(np.int64)]
        return np.asarray(rows.dated & found)

    @cached_property
    def of_many(self) -> list[list[Spoken]]:
        """Each claim of more than one entry, as ``groups`` wants it."""
        rows = self.entries
        places = [place for claim in rows.claims_of_many for place in claim]
        columns = (
            rows.number[places].tolist(),
            _or_none(rows.replaces[places]),
            rows.in_hindsight[places].tolist(),
            self.holds[places].tolist(),
            self.is_promise[places].tolist(),
        )
        spoken = iter([Spoken(*row) for row in zip(*columns, strict=True)])
        return [[next(spoken) for _ in claim] for claim in rows.claims_of_many]

    def admitted(self, ink: Ink) -> Bools:
        if ink is Ink.ALL:
            return np.ones(len(self.entries), dtype=np.bool_)
        return np.asarray(self.entries.in_hindsight == (ink is Ink.HINDSIGHT))

    @cached_property
    def holding(self) -> dict[Ink, Bools]:
        """Which entries hold a place for each choice. Alone in its claim, every one does that holds at all."""
        return {
            ink: self._among_claims(self.holds, [groups.holding(claim, ink) for claim in self.of_many])
            for ink in Ink
        }

    @cached_property
    def promises(self) -> dict[Ink, Bools]:
        """Which entries their claims are counted by under each choice, at most one a claim."""
        chosen = {ink: [groups.promise(claim, ink) for claim in self.of_many] for ink in Ink}
        return {
            ink: self._among_claims(self.is_promise, [{one} - {None} for one in found])
            for ink, found in chosen.items()
        }

    def _among_claims(self, alone: Bools, chosen: Sequence[set[Any]]) -> Bools:
        """``alone``, but in claims of more than one entry only the ``chosen`` numbers of each."""
        found = alone.copy()
        found[[place for claim in self.entries.claims_of_many for place in claim]] = False
        numbers = [number for one in chosen for number in one]
        found[np.searchsorted(self.entries.number, numbers)] = True
        return found

    def counted(self, reading: Reading) -> Bools:
        """What is over under ``reading``; nothing is before its deadline is."""
        over = np.maximum(self.entries.last_day, self.entries.day(reading)) < self.on
        return np.asarray(self.holds & over)
