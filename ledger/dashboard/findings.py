"""The sentences at the head of a page: what the figures say, computed each time, never written by hand.

Nothing is claimed that the counts do not hold: little is called little, and where nothing is known
the sentence says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ledger.dashboard.board import Board
from ledger.dashboard.captions import at
from ledger.scoring.groups import Ink
from ledger.scoring.published import Due, Figures
from ledger.wording import counted, day, number, percent, percents, sentence, span

ENOUGH_FOR_A_RATE = 10
"""Below so many due claims a headline counts; from here on it gives the rate."""

WHAT_IT_IS = gettext_lazy("What was predicted, for when, and what became of it.")


@dataclass(frozen=True)
class Coming:
    """What of a record is still to come: ``logged`` entries in all, ``n`` of them due on the next day on which any is."""

    logged: int
    next_day: date | None = None
    n: int = 0


def possessive(name: str) -> str:
    return (_("%(name)s’") if name.endswith("s") else _("%(name)s’s")) % {"name": name}


def headline(board: Board, name: str = "", coming: Coming | None = None) -> str:
    """The finding at the head of a page: of ``name``, or of everybody."""
    due = board.figures.due
    if coming and not coming.logged:
        return (
            _("Nothing that %(name)s said is logged") % {"name": name}
            if name
            else _("Nothing has been logged yet")
        )
    if coming and board.figures.as_of is None:
        return ngettext(
            "%(n)s is logged, and nothing has been counted yet",
            "%(n)s are logged, and nothing has been counted yet",
            coming.logged,
        ) % {"n": sentence(counted(coming.logged, "prediction"))}
    if not due.due:
        return _nothing_due(board, name, coming)
    if not due.counted:
        return _("%(n)s fell due%(by)s, and none can be counted") % {
            "n": sentence(counted(due.due, "promise")),
            "by": _by(name),
        }
    if not due.settled:
        return ngettext(
            "%(n)s%(by)s has come due, and no verdict settles it",
            "%(n)s%(by)s have come due, and no verdict settles them",
            due.waiting,
        ) % {"n": sentence(counted(due.waiting, "promise")), "by": _by(name)}
    return _rate(board.figures, name) if due.counted >= ENOUGH_FOR_A_RATE else _few(due, name)


def _by(name: str) -> str:
    return _(" by %(name)s") % {"name": name} if name else ""


def _rate(figures: Figures, name: str) -> str:
    """There is enough for a rate, and perhaps for what came of the rest."""
    due, twice = figures.due, at(figures.delivery, 2)
    words = {"rate": percents(due.rate, _("and")) if due.rate else "", "whose": possessive(name)}
    if name:
        found = _("Between %(rate)s of %(whose)s dated promises came true on time") % words
    else:
        found = _("Between %(rate)s of dated promises came true on time") % words
    if due.waiting or twice is None or twice.share is None:
        return found
    return _("%(found)s. Given twice as long, %(later)s") % {"found": found, "later": percent(twice.share)}


def _few(due: Due, name: str) -> str:
    """Too few for a rate: they are counted."""
    words = {
        "k": sentence(number(due.on_time)) if due.on_time else _("None"),
        "n": number(due.counted),
        "whose": possessive(name) + " " if name else "",
        "one": possessive(name) if name else _("the"),
    }
    if due.counted == 1:
        if due.on_time:
            return sentence(_("%(one)s one dated promise came true on time") % words)
        return sentence(_("%(one)s one dated promise did not come true on time") % words)
    if due.waiting:
        words["open"] = number(due.waiting)
        return _("%(k)s of %(whose)s%(n)s dated promises came true on time, %(open)s left open") % words
    return _("%(k)s of %(whose)s%(n)s dated promises came true on time") % words


def _nothing_due(board: Board, name: str, coming: Coming | None) -> str:
    words = {
        "by": _by(name),
        "day": day(coming.next_day) if coming and coming.next_day else "",
        "n": number(coming.n) if coming else "",
    }
    if board.ink is Ink.HINDSIGHT:
        return _("No promise%(by)s was logged in hindsight") % words
    if coming and coming.next_day:
        return (
            ngettext(
                "No promise%(by)s has come due yet; the first does on %(day)s",
                "No promise%(by)s has come due yet; the first %(n)s do on %(day)s",
                coming.n,
            )
            % words
        )
    if board.by_ink[Ink.HINDSIGHT].due.due:
        return _("Every promise%(by)s whose day has passed was logged after it") % words
    return _("Nothing%(by)s that counts in a rate has come due") % words


# -- what stands behind the finding ----------------------------------------------------------------


def standfirst(board: Board) -> str:
    """How sure the finding is, and what it leaves out."""
    due = board.figures.due
    return " ".join(part for part in (_behind(due), _apart(board)) if part)


def _behind(due: Due) -> str:
    if due.settled and due.rate:
        words = {
            "k": sentence(number(due.on_time)) if due.on_time else _("None"),
            "n": number(due.counted),
            "open": number(due.waiting),
            "rate": percents(due.rate),
        }
        if due.waiting:
            return (
                ngettext(
                    "%(k)s of %(n)s came true by the day named, and %(open)s still waits for a verdict. "
                    "So the share may lie anywhere from %(rate)s.",
                    "%(k)s of %(n)s came true by the day named, and %(open)s still wait for a verdict. "
                    "So the share may lie anywhere from %(rate)s.",
                    due.waiting,
                )
                % words
            )
        return (
            _("%(k)s of %(n)s came true by the day named; chance alone could make that share %(rate)s.")
            % words
        )
    if due.waiting and due.days_waited:
        return _(
            "Until somebody looks, the share on time may be anything. Half of them have waited %(span)s or more."
        ) % {"span": span(due.days_waited)}
    return _("Until somebody looks, the share on time may be anything.") if due.waiting else ""


def _apart(board: Board) -> str:
    """What was logged in hindsight, if the finding leaves it out."""
    n = board.by_ink[Ink.HINDSIGHT].due.due
    if board.ink is not Ink.BEFOREHAND or not n:
        return ""
    return ngettext(
        "One promise logged after its day had passed is counted apart.",
        "%(n)s promises logged after their day had passed are counted apart.",
        n,
    ) % {"n": sentence(number(n))}


def k_of_n(due: Due) -> str:
    """As "nine of 50", or, as long as something waits, "nine to 16 of 50"."""
    words = {
        "k": number(due.on_time) if due.on_time else _("none"),
        "most": number(due.on_time + due.waiting),
        "n": number(due.counted),
    }
    if due.waiting:
        return _("%(k)s to %(most)s of %(n)s") % words
    return _("%(k)s of %(n)s") % words


def caution(board: Board) -> str:
    """What must be said of figures made in hindsight, and why a page opens with them; empty for the others."""
    if board.ink is Ink.BEFOREHAND:
        return ""
    if board.opens_with_hindsight:
        return _(
            "Nothing written down before its day has been judged yet. So this page opens with what was logged in "
            "hindsight, when its outcome could be known: read it as cases, not as a record."
        )
    if board.ink is Ink.HINDSIGHT:
        return _(
            "What is logged in hindsight was written down when its outcome could be known: read it as cases, not as a record."
        )
    return _(
        "This puts together what was written down beforehand and what was logged in hindsight, when its outcome could be known."
    )


# -- what waits ------------------------------------------------------------------------------------


def of_waiting(due: Due) -> str:
    """How much waits for a verdict and for how long."""
    if not due.waiting:
        return ""
    words = {"n": sentence(counted(due.waiting, "promise")), "span": span(due.days_waited or 0)}
    if due.waiting == 1:
        return _("%(n)s, for %(span)s.") % words
    return _("%(n)s, half of them for %(span)s or more.") % words
