"""The one picture of Hindsight: a ring for the day it was said, a bar for its deadline; what lies beyond the bar is delay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from ledger.drawing.axis import Axis, Tick

FARTHEST_BACK = 12
"""So many years before today are drawn at most."""
FUTURE_TO_PAST = 2
"""The future takes at most so many times the room of the past, and a year at least; what lies beyond is pointed to."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What is drawn of one claim. ``end`` is the day it came true or was given up, None while nothing has come."""

    said: date
    deadline: date
    shape: str
    end: date | None = None
    again: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """One promise in per cent of the width. ``bar`` is None when the deadline lies off the picture."""

    ring: float | None
    spent: tuple[float, float]
    left: tuple[float, float] | None
    bar: float | None
    beyond: tuple[float, float] | None
    sign: float | None
    shape: str
    again: tuple[float, ...]
    arcs: tuple[tuple[float, float], ...] = ()
    """From one deadline to the one promised after it, each by its left end and width."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes on a common axis, with today."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: float


def timeline(promises: Sequence[Promise], today: date) -> Timeline:
    """The lanes of ``promises``, in their order."""
    axis = frame(promises, today)
    return Timeline(
        lanes=tuple(lane(promise, axis, today) for promise in promises),
        ticks=tuple(axis.ticks()),
        today=axis.at(today),
    )


def frame(promises: Iterable[Promise], today: date) -> Axis:
    """The axis for ``promises``: all their days, but nothing absurdly far from today."""
    days = [today, *(day for promise in promises for day in (promise.said, promise.deadline))]
    first = max(min(days), years_from(today, -FARTHEST_BACK))
    ahead = max((today - first) * FUTURE_TO_PAST, timedelta(days=365))
    return Axis.over(days, within=Axis(first, min(date.max - today, ahead) + today))


def lane(promise: Promise, axis: Axis, today: date) -> Lane:
    said, bar = axis.at(promise.said), axis.at(promise.deadline)
    stop = promise.end or today
    ahead = today <= promise.deadline
    return Lane(
        ring=said if axis.shows(promise.said) else None,
        spent=(said, axis.at(today) if ahead else bar),
        left=(axis.at(today), bar) if ahead else None,
        bar=bar if axis.shows(promise.deadline) else None,
        beyond=(bar, axis.at(stop)) if stop > promise.deadline else None,
        sign=None if ahead and promise.end is None else axis.at(stop),
        shape=promise.shape,
        again=tuple(axis.at(day) for day in promise.again if axis.shows(day)),
        arcs=tuple(_arcs([promise.deadline, *promise.again], axis)),
    )


def _arcs(deadlines: Sequence[date], axis: Axis) -> Iterator[tuple[float, float]]:
    """From each of ``deadlines`` to the next, as far as both are in the picture and apart."""
    for one, after in pairwise(deadlines):
        low, high = sorted((axis.at(one), axis.at(after)))
        if axis.shows(one) and axis.shows(after) and low < high:
            yield low, round(high - low, 2)


def years_from(day: date, years: int) -> date:
    """``day`` moved by whole years, within the calendar; the 29th of February becomes the 28th."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)
