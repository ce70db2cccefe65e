"""The sentences at the head of the pages that browse the record, computed from the stored figures."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.dashboard.board import Board
from ledger.scoring.groups import Ink
from ledger.scoring.published import Due
from ledger.wording import percents

ENOUGH_TO_COMPARE = 5
"""Below so many due claims a rate says too little to be set against another."""


def of_topic(name: str, board: Board, logged: int) -> str:
    """What became of what was promised of a topic, or how much there is while nothing is settled."""
    due = board.figures.due
    if all(own.as_of is None for own in board.by_ink.values()):
        return ngettext(
            "%(topic)s: one prediction, not counted yet",
            "%(topic)s: %(n)s predictions, not counted yet",
            logged,
        ) % {"topic": name, "n": logged}
    if due.settled and due.rate:
        return _("%(topic)s: %(kept)s came true on time") % {"topic": name, "kept": k_of_n(due)}
    if waiting := due.waiting or board.by_ink[Ink.ALL].due.waiting:
        return ngettext(
            "%(topic)s: one promise has fallen due and waits for a verdict",
            "%(topic)s: %(n)s promises have fallen due and wait for a verdict",
            waiting,
        ) % {"topic": name, "n": waiting}
    return ngettext(
        "%(topic)s: one prediction, nothing due yet",
        "%(topic)s: %(n)s predictions, nothing due yet",
        logged,
    ) % {"topic": name, "n": logged}


def k_of_n(due: Due) -> str:
    """As "9 of 50 promises", or, as long as something waits, "9 to 16 of 50 promises"."""
    if due.waiting:
        return _("%(k)s to %(most)s of %(n)s promises") % {
            "k": due.on_time,
            "most": due.on_time + due.waiting,
            "n": due.counted,
        }
    return ngettext("%(k)s of one promise", "%(k)s of %(n)s promises", due.counted) % {
        "k": due.on_time,
        "n": due.counted,
    }


def of_two(names: tuple[str, str], dues: tuple[Due, Due]) -> str:
    """Who is on time more often, if that can be said: only where the two rates lie apart."""
    rates = []
    for name, due in zip(names, dues, strict=True):
        if not due.due:
            return _("Nothing by %(name)s has fallen due, so the two cannot be compared") % {"name": name}
        if due.rate is None or not due.settled:
            return _("Of %(name)s nothing that fell due has been judged, so the two cannot be compared") % {
                "name": name
            }
        rates.append(due.rate)
    if min(due.counted for due in dues) < ENOUGH_TO_COMPARE:
        return _("Too little has fallen due to compare %(one)s with %(other)s") % {
            "one": names[0],
            "other": names[1],
        }
    (one, other), (first, second) = names, rates
    if max(first.low, second.low) <= min(first.high, second.high):
        return _(
            "%(one)s and %(other)s may yet be on time as often as each other: %(rate)s against %(its)s, what waits counted either way"
        ) % {"one": one, "other": other, "rate": percents(first), "its": percents(second)}
    if first.low < second.high:
        (one, first), (other, second) = (other, second), (one, first)
    return _("%(name)s is on time more often: %(rate)s, against %(its)s for %(other)s") % {
        "name": one,
        "rate": percents(first),
        "its": percents(second),
        "other": other,
    }


def of_pairs(names: tuple[str, str], closer: tuple[int, int], judged: int) -> str:
    """Who came closer where both gave odds of the same question."""
    if not judged:
        return _("Asked the same, and not one question judged yet")
    one, other = closer
    return ngettext(
        "Of one question put to both, %(first)s came closer in %(one)s, %(second)s in %(other)s",
        "Of %(n)s questions put to both, %(first)s came closer in %(one)s, %(second)s in %(other)s",
        judged,
    ) % {"n": judged, "first": names[0], "one": one, "second": names[1], "other": other}
