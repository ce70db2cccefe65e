"""Words for numbers, days and spans of time, as sentences on the pages want them, in the language that is active."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext

from ledger.scoring.intervals import Range
from predictions.dates import Precision
from predictions.spelling import spelled
from predictions.transcripts.language import language_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DAYS_IN_MONTH = 30.44
DAYS_IN_YEAR = 365.25

GAP = re.compile(
    r'<(?P<own>[a-z0-9]+)\b[^>]* lang="[^>]*>.*?</(?P=own)>|<textarea.*?</textarea>|<input[^>]*>'
    r"|(?P<stop>[。，；：、！？」）](?:</?[a-z][^>]*>)*) +",
    re.DOTALL,
)
"""A space after a full-width stop, with or without tags between, or what is to be left alone."""

BIDI_CONTROLS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""They could make a line read other than it is."""


COUNTED = {
    "ballot": ngettext_lazy("%(n)s blind verdict", "%(n)s blind verdicts", "many"),
    "candidate": ngettext_lazy(
        "%(n)s sentence that looks like a prediction", "%(n)s sentences that look like predictions", "many"
    ),
    "claim": ngettext_lazy("%(n)s claim", "%(n)s claims", "many"),
    "correction": ngettext_lazy("%(n)s correction", "%(n)s corrections", "many"),
    "day": ngettext_lazy("%(n)s day", "%(n)s days", "many"),
    "entry": ngettext_lazy("%(n)s entry", "%(n)s entries", "many"),
    "hour": ngettext_lazy("%(n)s hour", "%(n)s hours", "many"),
    "prediction": ngettext_lazy("%(n)s prediction", "%(n)s predictions", "many"),
    "promise": ngettext_lazy("%(n)s promise", "%(n)s promises", "many"),
    "source": ngettext_lazy("%(n)s source", "%(n)s sources", "many"),
    "speaker": ngettext_lazy("%(n)s speaker", "%(n)s speakers", "many"),
    "time": ngettext_lazy("%(n)s time", "%(n)s times", "many"),
    "verdict": ngettext_lazy("%(n)s verdict", "%(n)s verdicts", "many"),
}
"""What ``counted`` can count."""


def number(n: int) -> str:
    """``n`` in words up to twelve, in figures with separators above; Chinese newspapers write figures throughout."""
    small = pgettext(
        "0 to 12 in running text", "no one two three four five six seven eight nine ten eleven twelve"
    ).split()
    return small[n] if 0 <= n < len(small) else f"{n:,}"


def counted(n: int, what: str) -> str:
    """As "no promises", "one promise", "13 promises". Raises ``KeyError`` for what is not in ``COUNTED``."""
    return str(COUNTED[what] % {"many": n, "n": number(n)})


def times(n: int) -> str:
    """As "once", "twice", "three times"."""
    return {1: _("once"), 2: _("twice")}.get(n) or counted(n, "time")


def closed_up(html: str) -> str:
    """``html`` without spaces after full-width stops, which hold their own: sentences put one after another bring them.

    What is in a language of its own, or a reader's own words in a form, stays as it is.
    """
    return GAP.sub(lambda found: found["stop"] or found[0], html)


def tongue(text: object) -> str:
    """The language that ``text`` is written in, for a ``lang`` attribute, told by its script; "" if that tells none."""
    told = language_of(str(text))
    return "" if told == "und" else told


def in_quotes(text: str) -> str:
    """``text`` between the marks of its own language."""
    return f"「{text}」" if tongue(text).startswith("zh") else f"“{text}”"


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


def percents(between: Range, joint: str = "") -> str:
    """As "18 to 43%", or with another ``joint`` than "to"."""
    low, high = percent(between.low), percent(between.high)
    if low == high:
        return low
    words = {"low": low.rstrip("%"), "high": high, "joint": joint}
    return (_("%(low)s %(joint)s %(high)s") if joint else _("%(low)s to %(high)s")) % words


def span(days: int) -> str:
    """A length of time, no more exactly than one would say it: "39 days", "14 months", "three years"."""
    if days < 120:
        return (
            counted(days, "day")
            if days == 1
            else ngettext("%(n)s day", "%(n)s days", days) % {"n": f"{days:,}"}
        )
    if days < 2 * DAYS_IN_YEAR:
        n = round(days / DAYS_IN_MONTH)
        return ngettext("%(n)s month", "%(n)s months", n) % {"n": number(n)}
    n = round(days / DAYS_IN_YEAR)
    return ngettext("%(n)s year", "%(n)s years", n) % {"n": number(n)}


def public_name(user: User | None, otherwise: str) -> str:
    """How the public is told who it was: by the handle they chose, never what they log in with, else ``otherwise``."""
    reviewer = getattr(user, "reviewer", None)
    return reviewer.handle if reviewer else otherwise


def day(when: date) -> str:
    """As "31 December 2026"."""
    return spelled(when, Precision.DAY)


def short_day(when: date) -> str:
    """As "31 Dec 2026"."""
    return written(when, pgettext("a day in a table", "j M Y"))


def moment(when: datetime) -> str:
    """As "31 December 2026, 18:30", on the clock that ``when`` is given in."""
    return _("%(day)s, %(hour)s") % {"day": day(when), "hour": f"{when:%H:%M}"}


def one_line(text: str, longest: int | None = None) -> str:
    """``text`` on one line without characters that steer instead of showing, cut off after ``longest`` characters."""
    shown = " ".join("".join(char for char in text if not _steers(char)).split())
    return shown if longest is None or len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def _steers(char: str) -> bool:
    return char in BIDI_CONTROLS or (unicodedata.category(char) in {"Cc", "Cs"} and not char.isspace())
