"""Words for numbers and spans of time, as sentences on the pages want them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ledger.scoring.intervals import Range
from predictions.dates import Precision, spelled

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
DAYS_IN_MONTH = 30.44
DAYS_IN_YEAR = 365.25


def number(n: int) -> str:
    """``n`` in words up to twelve, in figures with separators above."""
    return SMALL[n] if 0 <= n < len(SMALL) else f"{n:,}"


def counted(n: int, one: str, many: str = "") -> str:
    """As "no promises", "one promise", "13 promises"."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def sentence(words: str) -> str:
    """``words`` with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def percent(share: float) -> str:
    """A share as whole per cent; what is neither nothing nor everything is not rounded to either."""
    whole = round(share * 100)
    if whole == 0 and share > 0:
        return "<1%"
    if whole == 100 and share < 1:
        return ">99%"
    return f"{whole}%"


def percents(between: Range, joint: str = "to") -> str:
    """As "18 to 43%"."""
    low, high = percent(between.low), percent(between.high)
    return low if low == high else f"{low.rstrip('%')} {joint} {high}"


def span(days: int) -> str:
    """A length of time, no more exactly than one would say it: "39 days", "14 months", "three years"."""
    if days < 120:
        return "one day" if days == 1 else f"{days:,} days"
    if days < 2 * DAYS_IN_YEAR:
        return f"{number(round(days / DAYS_IN_MONTH))} months"
    return f"{number(round(days / DAYS_IN_YEAR))} years"


def public_name(user: User | None, otherwise: str) -> str:
    """How the public is told who it was: the full name they gave, never what they log in with, else ``otherwise``."""
    return (user.get_full_name() if user else "") or otherwise


def day(when: date) -> str:
    """As "31 December 2026"."""
    return spelled(when, Precision.DAY)


def short_day(when: date) -> str:
    """As "31 Dec 2026"."""
    return f"{when.day} {when:%b} {when.year}"
