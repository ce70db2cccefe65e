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

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol

EVEN = 0.5
"""Odds from here on make a promise of what they are given of."""


class Inked(Protocol):
    """Whatever was written down before its deadline or after."""

    @property
    def in_hindsight(self) -> bool: ...


class Ink(StrEnum):
    """Which entries a rate is made of."""

    BEFOREHAND = "beforehand"
    HINDSIGHT = "hindsight"
    ALL = "all"

    def admits(self, entry: Inked) -> bool:
        return self is Ink.ALL or entry.in_hindsight == (self is Ink.HINDSIGHT)


class Spoken(NamedTuple):
    """What counting must know of an entry: its number, that of the one it puts right, and three answers."""

    number: int
    replaces: int | None
    in_hindsight: bool
    holds: bool
    """Whether it stands, or was withdrawn too late to be let go."""
    is_promise: bool
    """Whether it can be kept or broken (``is_promise``)."""


def is_promise(*, dated: bool, holds: bool, first_odds: float | None, possible: bool) -> bool:
    """Whether an entry can be kept or broken: it has a day, and was said to be more likely than not.

    ``first_odds`` are those the speaker gave of exactly this first, ``possible`` says that the words only admit it.
    """
    if not (dated and holds):
        return False
    return not possible if first_odds is None else first_odds >= EVEN


def holding(entries: Iterable[Spoken], ink: Ink) -> set[int]:
    """The numbers of the entries of one claim that hold a place for ``ink``.

    Each gives it up to the one that puts it right, if that is admitted.
    """
    rows = sorted(entries, key=lambda entry: -entry.number)  # what puts right comes later
    found: set[int] = set()
    given_up: set[int | None] = set()
    for entry in rows:
        if entry.holds and entry.number not in given_up:
            found.add(entry.number)
        if ink.admits(entry) and (entry.holds or entry.number in given_up):
            given_up.add(entry.replaces)
    return {entry.number for entry in rows if entry.number in found and entry.replaces not in found}


def promise(entries: Sequence[Spoken], ink: Ink) -> int | None:
    """The number of the entry whose deadline a claim is counted by, of ``entries`` in the order they were said; None without any."""
    held = holding(entries, ink)
    return next((entry.number for entry in entries if entry.number in held and entry.is_promise), None)


def firsts(links: Iterable[tuple[int, int | None, int | None]]) -> dict[int, int]:
    """With which entry the claim of each begins, for all that are linked to another.

    ``links`` are numbers: of an entry, of what it says again, of what it puts right. What was put
    right belongs to the claim that the right one belongs to, whatever it said itself.
    """
    rows = list(links)
    put_right = {replaced for _, _, replaced in rows}
    before: dict[int, int] = {}

    def first(number: int) -> int:
        while (earlier := before.setdefault(number, number)) != number:
            number = earlier
        return number

    for number, again, replaced in rows:
        for other in (replaced, None if number in put_right else again):
            if other is not None:
                low, high = sorted((first(number), first(other)))
                before[high] = low
    return {number: first(number) for number in before}
