"""Dates in the Extended Date/Time Format (ISO 8601-2), for exchange."""

from __future__ import annotations

from datetime import date, timedelta

QUARTER_CODES, HALF_CODES, THIRD_CODES = 33, 40, 37


def edtf(earliest: date, deadline: date, *, kind: str, approximate: bool) -> str:
    """A horizon as EDTF: a day, a month, a year, a decade, or an interval; ``~`` when approximate.

    A deadline without a first day ("by 2030") is an interval that starts on the day it was said.
    """
    mark = "~" if approximate else ""
    if approximate and kind == "from_now":
        return f"{deadline.isoformat()}~"
    if earliest == deadline:
        return deadline.isoformat() + mark
    named = named_period(earliest, deadline) if kind == "at" else None
    return (named or f"{earliest.isoformat()}/{deadline.isoformat()}") + mark


def named_period(first: date, last: date) -> str | None:
    """The short name of a calendar period, if the two days are its first and last."""
    after = last + timedelta(days=1) if last < date.max else None
    if first.day != 1 or (after is not None and after.day != 1):
        return None
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    year, index = f"{first.year:04}", first.month - 1
    if months == 1:
        return f"{year}-{first.month:02}"
    for length, code in ((3, QUARTER_CODES), (4, THIRD_CODES), (6, HALF_CODES)):
        if months == length and index % length == 0:
            return f"{year}-{code + index // length}"
    if index == 0 and months == 12:
        return year
    if index == 0 and months == 120 and first.year % 10 == 0:
        return f"{year[:3]}X"
    if index == 0 and months == 1200 and first.year % 100 == 0:
        return f"{year[:2]}XX"
    return None
