"""What the public pages' templates can say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django import template
from django.utils import timezone

from ledger import marks, wording
from ledger.claims import Entry
from ledger.context import Frame, frame
from ledger.scoring.intervals import Range
from predictions import dates

if TYPE_CHECKING:
    from django.contrib.auth.models import User

register = template.Library()

register.filter("number", wording.number)
register.filter("percent", wording.percent)
register.filter("percents", wording.percents)
register.filter("span", wording.span)
register.filter("sentence", wording.sentence)
register.filter("day", wording.day)
register.filter("short_day", wording.short_day)


@register.simple_tag
def page_frame() -> Frame:
    """The day, the size of the ledger, the review mode: for the frame of every page."""
    return frame(timezone.localdate())


@register.filter
def counted(n: int, noun: str) -> str:
    """``3|counted:"promise"`` is "three promises"; an irregular plural follows a comma."""
    return wording.counted(n, *noun.split(",", 1))


@register.filter
def how_many(n: int) -> str:
    """A number that stands alone: "none", "one", "13"."""
    return wording.number(n) if n else "none"


@register.filter
def mark(entry: Entry) -> marks.Mark:
    """The shape and words that say how ``entry`` stands."""
    return marks.mark(entry)


@register.filter
def cell(name: str) -> marks.Mark:
    """The shape and words of a cell of the due cohort."""
    return marks.CELLS[name]


@register.filter
def between(low: float, high: float) -> str:
    """``low|between:high``: two shares as "18 to 43%"."""
    return wording.percents(Range(low, high))


@register.filter
def days_from(day: date, start: date) -> int:
    """How many days ``day`` comes after ``start``."""
    return (day - start).days


@register.filter
def across(share: float) -> float:
    """Where a share lies on a line from 0 to 1 with a little room at both ends, in per cent of the width."""
    return round(2 + 96 * share, 2)


@register.filter
def known(day: date, precision: str) -> str:
    """A day, no more exactly than it is known."""
    return dates.spelled(day, precision)


@register.filter
def reviewer(user: User | None) -> str:
    """Who judged, by their public name."""
    return wording.public_name(user, "a reviewer")


@register.filter
def editor(user: User | None) -> str:
    """Who wrote it down, by their public name."""
    return wording.public_name(user, "an editor")


@register.filter
def figure(number: Decimal) -> str:
    """A number without the zeros that only its column has."""
    return f"{number.normalize():,f}"


@register.filter
def host(url: str) -> str:
    """Whose address it is."""
    return urlsplit(url).hostname or url
