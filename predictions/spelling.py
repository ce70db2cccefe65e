"""How dates stand in a sentence, in the language that is active, and names in an address."""

from __future__ import annotations

from datetime import date

from django.utils.dateformat import format as written
from django.utils.text import slugify
from django.utils.translation import pgettext

from predictions.dates import Precision

SLUG = r"[-\w]+"
"""What a name in an address is made of: letters and figures of any script."""


def slug(name: str) -> str:
    """``name`` as a part of an address: without accents where that leaves all its letters, else in its own script; "" if it has none."""
    plain, whole = slugify(name), slugify(name, allow_unicode=True)
    return plain if len(plain) == len(whole) else whole


def spelled(day: date, precision: str) -> str:
    """``day``, no more exactly than it is known: "5 February 2026", "February 2026", "2026"."""
    match Precision(precision):
        case Precision.DAY:
            return written(day, pgettext("a day", "j F Y"))
        case Precision.MONTH:
            return written(day, pgettext("a month", "F Y"))
        case Precision.YEAR:
            return written(day, pgettext("a year", "Y"))
