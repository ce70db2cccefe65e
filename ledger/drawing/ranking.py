"""The ranking in lanes: a bar for each interval, a tick for its middle, and a bracket round what is not separated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.scoring.published import Place

MOST_BRACKETS = 3
"""Columns of brackets side by side; further ones are left to the table's words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A place, in per cent of the width. ``brackets`` has a piece for each column: ``first``, ``within``, ``last`` or empty."""

    place: Place
    low: float
    width: float
    middle: float
    raw: float
    brackets: tuple[str, ...]


def rows(places: Sequence[Place]) -> list[Row]:
    """``places`` in their order, with the brackets round every longest run whose intervals share a point."""
    columns = _columns(runs(places))
    return [
        Row(
            place,
            _per_cent(place.low),
            round(_per_cent(place.high) - _per_cent(place.low), 2),
            _per_cent(place.mean),
            _per_cent(place.k / place.n),
            tuple(_piece(column, i) for column in columns),
        )
        for i, place in enumerate(places)
    ]


def runs(places: Sequence[Place]) -> list[tuple[int, int]]:
    """Every longest run of neighbours, from one index to another, whose intervals all have a point in common."""
    found: list[tuple[int, int]] = []
    for first in range(len(places)):
        last = _reaching(places, first)
        if last > first and (not found or last > found[-1][1]):
            found.append((first, last))
    return found


def _reaching(places: Sequence[Place], first: int) -> int:
    """The index of the last neighbour after ``first`` up to which all intervals have a point in common."""
    low, high, last = places[first].low, places[first].high, first
    while last + 1 < len(places):
        low, high = max(low, places[last + 1].low), min(high, places[last + 1].high)
        if low > high:
            break
        last += 1
    return last


def _columns(found: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The runs in as few columns as they need, no two of a column touching."""
    columns: list[list[tuple[int, int]]] = []
    for run in found:
        free = next((column for column in columns if column[-1][1] < run[0]), None)
        if free is not None:
            free.append(run)
        elif len(columns) < MOST_BRACKETS:
            columns.append([run])
    return columns


def _piece(column: Sequence[tuple[int, int]], i: int) -> str:
    for first, last in column:
        if first <= i <= last:
            return "first" if i == first else "last" if i == last else "within"
    return ""


def _per_cent(share: float) -> float:
    return round(share * 100, 2)
