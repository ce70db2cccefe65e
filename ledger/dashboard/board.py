"""The figures of one subject under every choice of entries, and which of them a page opens with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import msgspec
from msgspec.structs import replace

from ledger.models import Reckoning, Score
from ledger.scoring.groups import Ink
from ledger.scoring.published import Due, Figures, Ranking, Reading

Scope = Score.Scope
OF_ALL = Score.objects.filter(scope__in=(Scope.ALL, Scope.LEADING), subject=0).as_text("scope", "ink")
"""Put together once: that takes Django longer than the database takes to answer."""


@dataclass(frozen=True)
class Board:
    """Figures by ink, for one reading. ``asked`` is what the reader chose, None if they chose nothing."""

    by_ink: Mapping[Ink, Figures]
    reading: Reading
    asked: Ink | None = None

    @property
    def ink(self) -> Ink:
        """What was chosen, or else what a page opens with."""
        return self.asked or opening(self.by_ink)

    @property
    def figures(self) -> Figures:
        return self.by_ink[self.ink]

    @property
    def opens_with_hindsight(self) -> bool:
        """Whether hindsight is shown though nobody chose it."""
        return self.asked is None and self.ink is Ink.HINDSIGHT

    @property
    def due(self) -> dict[str, int]:
        """How much has fallen due under each choice."""
        return {ink.value: figures.due.due for ink, figures in self.by_ink.items()}


def opening(*found: Mapping[Ink, Figures]) -> Ink:
    """What a page opens with: the first choice under which something of everybody ``found`` is settled.

    What was written down beforehand goes first. As long as no verdict settles any of that, a page
    opens with what was logged in hindsight, and has to say so.
    """
    told = (ink for ink in Ink if all(one[ink].due.settled for one in found))
    return next(told, Ink.BEFOREHAND)


def read(scope: str, subject: int, slug: str, reading: Reading, asked: Ink | None = None) -> Board:
    """The board of one subject; one query, two if nothing is counted of it."""
    return read_many(scope, {subject: slug}, reading, asked)[subject]


def read_many(
    scope: str, slugs: Mapping[int, str], reading: Reading, asked: Ink | None = None
) -> dict[int, Board]:
    """The board of each subject (number: slug), by number; one query, two if of any nothing is counted."""
    rows = Score.objects.filter(scope=scope, subject__in=list(slugs), reading=reading)
    stored: dict[int, dict[str, str]] = {number: {} for number in slugs}
    for number, ink, text in rows.as_text("subject", "ink"):
        stored[number][ink] = text
    nothing = Figures(scope, "", Ink.ALL, reading)
    if not all(stored.values()):
        nothing = _as_counted_last(nothing)
    return {
        number: Board(_by_ink(stored[number], replace(nothing, slug=slug)), reading, asked)
        for number, slug in slugs.items()
    }


def read_all(reading: Reading, asked: Ink | None = None) -> tuple[Board, Ranking]:
    """The board of everybody, with the first places of the ranking under the choice it opens with; one query."""
    stored: dict[str, dict[str, str]] = {Scope.ALL: {}, Scope.LEADING: {}}
    for scope, ink, text in OF_ALL.filter(reading=reading):
        stored[scope][ink] = text
    board = Board(_by_ink(stored[Scope.ALL], Figures(Scope.ALL, "", Ink.ALL, reading)), reading, asked)
    leading = stored[Scope.LEADING].get(board.ink)
    return board, Ranking() if leading is None else msgspec.json.decode(leading, type=Ranking)


def dues(scope: str, subjects: Collection[int], ink: Ink, reading: Reading) -> dict[int, Due]:
    """The due cohort alone of each subject, by number; one query."""
    rows = Score.objects.filter(scope=scope, subject__in=subjects, ink=ink, reading=reading)
    stored = {
        number: msgspec.convert(due, Due) for number, due in rows.values_list("subject", "figures__due")
    }
    return {number: stored.get(number) or Due() for number in subjects}


def _by_ink(texts: Mapping[str, str], nothing: Figures) -> dict[Ink, Figures]:
    """The figures under each choice; where nothing is stored, ``nothing``, as of the same day as the others."""
    found = {
        ink: replace(msgspec.json.decode(text, type=Figures), slug=nothing.slug)
        for ink, text in texts.items()
    }
    like = next(iter(found.values()), nothing)
    empty = replace(nothing, as_of=like.as_of, log_size=like.log_size, code=like.code)
    return {ink: found.get(ink.value, replace(empty, ink=ink.value)) for ink in Ink}


def _as_counted_last(nothing: Figures) -> Figures:
    """``nothing`` as of the last time that everything was counted: so nothing was found to count; unchanged if it never was."""
    run = Reckoning.objects.filter(whole=True, ended_at__isnull=False).first()
    return replace(nothing, as_of=run.as_of, log_size=run.log_size, code=run.code) if run else nothing
