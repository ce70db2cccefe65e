"""Many subjects at once: columns in which each element belongs to an owner, numbered from 0, and lies beside its owner's others."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def total(values: Floats | Ints | NDArray[np.bool_], of: Ints, size: int) -> Floats:
    """The sum of each owner's values."""
    return np.bincount(of, values, size).astype(np.float64)


def shares(part: Floats, whole: Floats | Ints) -> Floats:
    """Part by whole; not a number of nothing."""
    found = np.full(len(part), np.nan)
    np.divide(part, whole, out=found, where=whole > 0)
    return found


def starts(of: Ints, size: int) -> Ints:
    """Where each owner's elements begin, and where the last one's end; ``of`` ascends."""
    return np.searchsorted(of, np.arange(size + 1))


def running(values: Floats, of: Ints) -> Floats:
    """The running sum, which begins anew with each owner; ``of`` ascends."""
    if not len(values):
        return values
    summed = np.cumsum(values)
    begins = np.flatnonzero(changes(of))
    offset = summed[begins] - values[begins]
    return np.asarray(summed - np.repeat(offset, np.diff(np.append(begins, len(of)))))


def changes(*columns: Floats | Ints) -> NDArray[np.bool_]:
    """Where an element differs from the one before it in any of ``columns``; the first always does."""
    found = np.zeros(len(columns[0]), dtype=np.bool_)
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    found[:1] = True
    return found


def within(start: Ints, many: Ints) -> tuple[Ints, Ints]:
    """The places of stretches, each of ``many`` elements from ``start`` on, and to which stretch each belongs."""
    which = np.repeat(np.arange(len(many)), many)
    return start[which] + np.arange(len(which)) - np.repeat(np.cumsum(many) - many, many), which
