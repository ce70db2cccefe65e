"""What one choice of entries and of reading counts, cut into subjects: speakers, topics, all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ledger.scoring import delivery
from ledger.scoring.columns import (
    CODE,
    OUTCOMES,
    STATE,
    WORTH,
    YES,
    Codes,
    Day,
    Entries,
    Floats,
    Ints,
    middle,
)
from ledger.scoring.groups import Ink
from ledger.scoring.lexicons import LEXICONS, Lexicon
from ledger.scoring.odds import Statements
from ledger.scoring.outcome import CELL, Outcome
from ledger.scoring.published import Reading

CELLS = tuple(dict.fromkeys(CELL.values()))
CELL_OF = np.array([CELLS.index(CELL[found]) for found in OUTCOMES])
"""The cell of each outcome's code."""
HALF_A_DAY = 0.5
"""Promised for the same day: any day later is late, and the slip must show it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The claims of the due cohort, one element each, by the entry they are counted by."""

    entry: Ints
    outcome: Ints
    slip: Floats
    state: Codes
    promised: Ints
    """Days from what the words are counted from to the day they are held against."""
    waited: Ints
    """Days since the deadline."""

    def taken(self, which: Ints | slice) -> Counted:
        return Counted(
            self.entry[which],
            self.outcome[which],
            self.slip[which],
            self.state[which],
            self.promised[which],
            self.waited[which],
        )


@dataclass(frozen=True, slots=True)
class Told:
    """Odds and what became of them, one element a statement, with the entry of each and what the crowd said."""

    entry: Ints
    rows: Statements
    crowd: Floats

    def taken(self, which: Ints | slice) -> Told:
        return Told(self.entry[which], self.rows.taken(which), self.crowd[which])


@dataclass(frozen=True)
class Choice:
    """What is counted of everybody; ``Cut`` says of whom."""

    counted: Counted
    early: Ints
    """Entries that came true before their day, which is still to come."""
    withdrawn_late: Ints
    told: Told
    worded: tuple[Told, ...]
    """As ``LEXICONS``."""
    unread: tuple[Ints, ...]
    """As ``LEXICONS``: the entry of each statement that the lexicon gives no number."""


def choice(day: Day, ink: Ink, reading: Reading) -> Choice:
    """What ``ink`` and ``reading`` count on that day."""
    rows, admitted, outcomes = day.entries, day.admitted(ink), day.entries.outcomes(reading)
    promises = day.promises[ink] & admitted
    counts = day.counted(reading)
    early = promises & ~day.due & (rows.answer == YES) & rows.will & day.holds
    judged = day.holding[ink] & admitted & counts
    worth = np.where(judged, WORTH[outcomes], np.nan)
    known = [worded(rows, worth, lexicon) for lexicon in LEXICONS]
    return Choice(
        counted(day, np.flatnonzero(promises & counts), outcomes, reading),
        np.flatnonzero(early),
        np.flatnonzero(day.withdrawn_late & admitted),
        told(rows, worth, rows.given.low, rows.given.high),
        tuple(found for found, _ in known),
        tuple(unread for _, unread in known),
    )


def counted(day: Day, entry: Ints, outcomes: Ints, reading: Reading) -> Counted:
    """The claims counted by the entries at these places, with their slips.

    A day that is known to the month or the year counts by its last; one that may lie on either side
    of the deadline says only that nothing had come before its first.
    """
    rows = day.entries
    outcome, begin = outcomes[entry], rows.counted_from[entry]
    promised = rows.day(reading)[entry] - begin
    state = STATE[rows.answer[entry]]
    unknown = outcome == CODE[Outcome.TIMING_UNKNOWN]
    state[unknown] = delivery.OPEN
    state[~rows.will[entry] & (state < delivery.CANNOT_TELL)] = delivery.NOT_TO_HAPPEN
    followed = np.where(state == delivery.OPEN, rows.looked[entry], rows.last[entry])
    until = np.where(unknown, rows.first[entry], followed)
    slip = np.maximum(until - begin, 0) / np.maximum(promised, HALF_A_DAY)
    return Counted(entry, outcome, slip, state, promised, day.on - rows.last_day[entry])


def told(rows: Entries, worth: Floats, low: Floats, high: Floats) -> Told:
    """The statements that have a number and an outcome, first said first."""
    entry = rows.given.entry
    use = np.flatnonzero(~np.isnan(low) & ~np.isnan(worth[entry]))
    use = use[np.lexsort((use, rows.number[entry[use]], rows.said[entry[use]]))]
    at = entry[use]
    stated = middle(low[use], high[use])
    return Told(at, Statements(stated, low[use], high[use], worth[at], rows.claim[at]), rows.crowd[at])


def worded(rows: Entries, worth: Floats, lexicon: Lexicon) -> tuple[Told, Ints]:
    """The statements in words alone as ``lexicon`` reads them, and the entries of those that it does not."""
    in_words = np.isnan(rows.given.low) & (rows.given.words != "")
    words, where = np.unique(rows.given.words[in_words].astype(str), return_inverse=True)
    meanings = [lexicon.meaning(word) for word in words.tolist()]
    stated, bottom, top = (np.full(len(rows.given.entry), np.nan) for _ in range(3))
    for column, field in ((stated, "probability"), (bottom, "low"), (top, "high")):
        column[in_words] = np.array([getattr(one, field) if one else np.nan for one in meanings])[where]
    found = told(rows, worth, stated, stated)
    ends = told(rows, worth, bottom, top).rows
    unread = in_words & np.isnan(stated) & ~np.isnan(worth[rows.given.entry])
    statements = Statements(found.rows.p, ends.low, ends.high, found.rows.true, found.rows.claim)
    return Told(found.entry, statements, found.crowd), rows.given.entry[unread]
