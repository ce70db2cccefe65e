"""A choice cut by subject, and the figures of all subjects in it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from msgspec.structs import replace

from ledger.scoring.choice import CELL_OF, CELLS, Choice, Counted, Told
from ledger.scoring.cohort import Cohort, due_of
from ledger.scoring.columns import CODE
from ledger.scoring.delivery import SHORT, deliveries
from ledger.scoring.intervals import Range
from ledger.scoring.lexicons import LEXICONS
from ledger.scoring.odds import against, odds_of_many
from ledger.scoring.outcome import Outcome
from ledger.scoring.published import Due, Figures, Odds, Worded
from ledger.scoring.segments import Ints, starts, within
from ledger.scoring.tested import tested


@dataclass(frozen=True)
class Subjects:
    """To whom entries belong: pairs of an entry's place and a subject's number. An entry may be of several, or of none."""

    entry: Ints
    subject: Ints

    @classmethod
    def one_each(cls, subject: Ints) -> Subjects:
        return cls(np.arange(len(subject)), subject)

    @cached_property
    def by_entry(self) -> tuple[Ints, Ints]:
        order = np.argsort(self.entry, kind="stable")
        return self.entry[order], self.subject[order]

    def of(self, entries: Ints) -> tuple[Ints, Ints]:
        """Places in ``entries`` and the subject's number of each, in the order of these; each subject's in their own."""
        entry, subject = self.by_entry
        first = np.searchsorted(entry, entries, side="left")
        many = np.searchsorted(entry, entries, side="right") - first
        pair, place = within(first, many)
        order = np.argsort(subject[pair], kind="stable")
        return place[order], subject[pair][order]


@dataclass(frozen=True)
class Cut:
    """What is counted of each of ``numbers``: columns that lie together by subject, each with its owners, and counts."""

    numbers: Ints
    counted: tuple[Counted, Ints]
    told: tuple[Told, Ints]
    worded: tuple[tuple[Told, Ints], ...]
    early: Ints
    withdrawn_late: Ints
    unread: tuple[Ints, ...]

    def __len__(self) -> int:
        return len(self.numbers)

    def pieces(self, most: int) -> Iterator[Cut]:
        """The same, at most so many subjects at a time."""
        for begin in range(0, len(self), most):
            end = min(begin + most, len(self))

            def told(column: tuple[Told, Ints], begin: int = begin, end: int = end) -> tuple[Told, Ints]:
                rows, of = column
                which = slice(*np.searchsorted(of, (begin, end)))
                return rows.taken(which), of[which] - begin

            claims, of = self.counted
            which = slice(*np.searchsorted(of, (begin, end)))
            yield Cut(
                self.numbers[begin:end],
                (claims.taken(which), of[which] - begin),
                told(self.told),
                tuple(map(told, self.worded)),
                self.early[begin:end],
                self.withdrawn_late[begin:end],
                tuple(column[begin:end] for column in self.unread),
            )


def cut(chosen: Choice, subjects: Subjects) -> Cut:
    """``chosen`` by subject; those of whom nothing is counted are left out."""
    columns = [
        chosen.counted.entry,
        chosen.told.entry,
        chosen.early,
        chosen.withdrawn_late,
        *(one.entry for one in chosen.worded),
        *chosen.unread,
    ]
    found = [subjects.of(column) for column in columns]
    numbers = np.unique(np.concatenate([number for _, number in found]))
    places = [place for place, _ in found]
    owners = [np.searchsorted(numbers, number) for _, number in found]
    counts = [np.bincount(of, minlength=len(numbers)) for of in owners]
    lexicons = len(LEXICONS)
    return Cut(
        numbers,
        (chosen.counted.taken(places[0]), owners[0]),
        (chosen.told.taken(places[1]), owners[1]),
        tuple(
            (told.taken(place), of)
            for told, place, of in zip(chosen.worded, places[4:], owners[4:], strict=False)
        ),
        counts[2],
        counts[3],
        tuple(counts[4 + lexicons :]),
    )


def figures(among: Cut, frames: Sequence[Figures], known: Sequence[Mapping[str, Odds]]) -> list[Figures]:
    """The figures of each subject: its frame says whose they are, by which choice, and as of which day.

    ``known`` are the odds published last, by lexicon, "" for those in numbers: their bands are kept while nothing changed.
    """
    size, (claims, of) = len(among), among.counted
    dues = _dues(among)
    short = claims.promised < SHORT
    curves, brief = (
        deliveries(claims.slip[which], claims.state[which], of[which], size) for which in (~short, short)
    )
    in_numbers = _odds(among.told, "", known)
    in_words = [
        _odds(column, lexicon.name, known) for lexicon, column in zip(LEXICONS, among.worded, strict=True)
    ]
    unread = [column.tolist() for column in among.unread]
    told, told_of = among.told
    crowd = against(told.rows, told.crowd, told_of, size)
    found = []
    for i, frame in enumerate(frames):
        readings = tuple(
            Worded(lexicon.name, lexicon.version, odds[i], missing[i])
            for lexicon, odds, missing in zip(LEXICONS, in_words, unread, strict=True)
            if odds[i].n or missing[i]
        )
        found.append(
            replace(
                frame,
                due=dues[i],
                delivery=curves[i],
                short=brief[i],
                odds=in_numbers[i],
                worded=readings,
                spread=_spread(readings),
                crowd=crowd[i],
                tested=tested(dues[i], curves[i]),
            )
        )
    return found


def _odds(column: tuple[Told, Ints], lexicon: str, known: Sequence[Mapping[str, Odds]]) -> list[Odds]:
    told, of = column
    return odds_of_many(told.rows, of, [last.get(lexicon) for last in known])


def _dues(among: Cut) -> list[Due]:
    size, (claims, of) = len(among), among.counted
    cells = np.bincount(of * len(CELLS) + CELL_OF[claims.outcome], minlength=size * len(CELLS))
    return [
        due_of(
            Cohort(**dict(zip(CELLS, counts, strict=True))),
            withdrawn_late=late,
            already_true=early,
            days_waited=waited,
        )
        for counts, late, early, waited in zip(
            cells.reshape(size, len(CELLS)).tolist(),
            among.withdrawn_late.tolist(),
            among.early.tolist(),
            _median_waits(claims, of, size),
            strict=True,
        )
    ]


def _median_waits(claims: Counted, of: Ints, size: int) -> list[int | None]:
    """The lower median of the days that each subject's claims have waited; None where none does."""
    waits = np.flatnonzero(claims.outcome == CODE[Outcome.WAITING])
    order = waits[np.lexsort((claims.waited[waits], of[waits]))]
    start = starts(of[order], size)
    many = np.diff(start)
    middle = np.append(claims.waited[order], 0)[start[:-1] + np.maximum(many - 1, 0) // 2].tolist()
    return [middle[i] if n else None for i, n in enumerate(many.tolist())]


def _spread(readings: tuple[Worded, ...]) -> Range | None:
    scores = [one.odds.brier for one in readings if one.odds.brier is not None]
    return Range(min(scores), max(scores)) if len(scores) > 1 else None
