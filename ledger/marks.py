"""What an entry is shown by: a shape, a word, a hue. Never one of them alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy
from django_stubs_ext import StrOrPromise

from ledger.entries import Stands
from ledger.models import Resolution
from ledger.moments import day_after, day_of
from ledger.scoring.outcome import Happened, Outcome
from ledger.standing import State, derived
from ledger.wording import counted, short_day, span
from predictions.models import Deadline, Prediction

SHORTEST_MULTIPLE = 30
"""Below so many promised days a multiple of the promised time says nothing; days do."""

LEAST_MULTIPLE = 1.1
"""Below it too: "1.0 times the time" would read as if it had been in time."""


@dataclass(frozen=True)
class Mark:
    """``shape`` names the sign and its hue; ``word`` is short, ``detail`` says the rest."""

    shape: str
    word: StrOrPromise
    detail: StrOrPromise = ""

    def __str__(self) -> str:
        return _("%(word)s, %(detail)s") % vars(self) if self.detail else str(self.word)


SETTLED = {
    Outcome.EARLY: Mark("ontime", pgettext_lazy("outcome", "On time"), pgettext_lazy("outcome", "early")),
    Outcome.ON_TIME: Mark("ontime", pgettext_lazy("outcome", "On time")),
    Outcome.LATE: Mark("late", pgettext_lazy("outcome", "Late")),
    Outcome.TIMING_UNKNOWN: Mark(
        "untimed",
        pgettext_lazy("outcome", "Timing open"),
        pgettext_lazy("outcome", "day not known well enough"),
    ),
    Outcome.PARTLY: Mark("partly", pgettext_lazy("outcome", "Partly")),
    Outcome.PARTLY_LATE: Mark("late", pgettext_lazy("outcome", "Partly, and late")),
    Outcome.MISSED: Mark("no", pgettext_lazy("outcome", "Not delivered")),
    Outcome.ABANDONED: Mark("no", pgettext_lazy("outcome", "Abandoned")),
    Outcome.CANNOT_TELL: Mark("unclear", pgettext_lazy("outcome", "Cannot tell")),
    Outcome.VOID: Mark(
        "void", pgettext_lazy("outcome", "Void"), pgettext_lazy("outcome", "its condition failed")
    ),
}
UNTIMED = {
    Happened.YES: pgettext_lazy("outcome", "Came true"),
    Happened.PARTLY: pgettext_lazy("outcome", "Partly"),
    Happened.NO: pgettext_lazy("outcome", "Happened after all"),
}
"""What is known of it when it is not known whether that was in time."""
HAPPENED_AFTER_ALL = Mark("no", pgettext_lazy("outcome", "Happened after all"))
"""Missed, said of what was predicted not to happen."""

BEFORE_ITS_DAY = {
    Outcome.EARLY: Mark("ontime", pgettext_lazy("outcome", "Already true")),
    Outcome.ON_TIME: Mark("ontime", pgettext_lazy("outcome", "Already true")),
    Outcome.MISSED: Mark("no", pgettext_lazy("outcome", "Already failed")),
    Outcome.ABANDONED: Mark("no", pgettext_lazy("outcome", "Abandoned")),
    Outcome.VOID: Mark("void", pgettext_lazy("outcome", "Void")),
}

CELLS = {
    "on_time": Mark("ontime", pgettext_lazy("outcome", "On time")),
    "waiting": Mark("waiting", pgettext_lazy("outcome", "No verdict yet")),
    "partly": Mark("partly", pgettext_lazy("outcome", "Partly")),
    "late": Mark("late", pgettext_lazy("outcome", "Came late")),
    "missed": Mark("no", pgettext_lazy("outcome", "Not delivered")),
    "cannot_tell": Mark("unclear", pgettext_lazy("outcome", "Cannot tell")),
    "void": Mark("void", pgettext_lazy("outcome", "Void, condition failed")),
}
"""The cells of the due cohort, in the order in which they are stacked."""


def mark(entry: Stands) -> Mark:
    """How ``entry`` stands, for a line in a list."""
    match entry.standing.state:
        case State.UNDATED:
            return Mark("undated", pgettext("outcome", "No date"))
        case State.WITHDRAWN:
            return Mark(
                "withdrawn",
                pgettext("outcome", "Withdrawn"),
                _("after its day") if entry.was_withdrawn_late else "",
            )
        case State.PENDING:
            left = -entry.days_past
            return Mark("pending", _("Due in %(span)s") % {"span": span(left)} if left else _("Due today"))
        case State.WAITING:
            return replace(CELLS["waiting"], detail=counted(entry.days_past, "day"))
        case State.INTENDED:
            return _intended(entry)
        case State.DISPUTED:
            return Mark(
                "disputed", pgettext("outcome", "Disputed"), _("no majority of reviewers, so in no score")
            )
        case State.SETTLED:
            return _settled(entry)


def _intended(entry: Stands) -> Mark:
    """What it will be shown by once its announced verdict is final, said as intended."""
    verdict = entry.standing.intended
    if verdict is None:
        return CELLS["waiting"]
    plain = BEFORE_ITS_DAY if entry.deadline is None or not entry.standing.counts else SETTLED
    outcome = derived(verdict, entry.deadline)
    meant = plain.get(outcome, SETTLED[outcome])
    return Mark(
        "waiting",
        _("Intended: %(word)s") % {"word": str(meant.word).lower()},
        _("final %(day)s") % {"day": short_day(day_of(verdict.final_at))},
    )


def _settled(entry: Stands) -> Mark:
    outcome, deadline = entry.standing.outcome or Outcome.WAITING, entry.deadline
    if deadline is None:
        plain = BEFORE_ITS_DAY.get(outcome, SETTLED[outcome])
        return Mark(plain.shape, plain.word, _("no date was given"))
    if not entry.standing.counts:
        early = BEFORE_ITS_DAY.get(outcome, SETTLED[outcome])
        return Mark(
            early.shape,
            early.word,
            _("counts from %(day)s") % {"day": short_day(day_after(deadline.last_day))},
        )
    if outcome is Outcome.MISSED and entry.polarity == Prediction.Polarity.WILL_NOT:
        return HAPPENED_AFTER_ALL
    plain, verdict = SETTLED[outcome], entry.standing.verdict
    if verdict and outcome is Outcome.TIMING_UNKNOWN:
        return replace(plain, word=UNTIMED[Happened(verdict.happened)])
    if verdict and outcome in (Outcome.LATE, Outcome.PARTLY_LATE):
        return replace(plain, detail=lateness(verdict, deadline))
    return plain


def lateness(verdict: Resolution, deadline: Deadline) -> str:
    """By how much: "1.9 times the time" promised, or the days beyond where little time was promised."""
    when = verdict.when
    if when is None:
        return ""
    exact = when.first == when.last
    happened = when.first + (when.last - when.first) / 2
    beyond = counted((happened - deadline.last_day).days, "day")
    times = (happened - deadline.counted_from).days / max(deadline.span_days, 1)
    if deadline.span_days < SHORTEST_MULTIPLE or times < LEAST_MULTIPLE:
        words = _("%(days)s after its day") if exact else _("about %(days)s after its day")
        return words % {"days": beyond}
    words = _("%(times)s times the time") if exact else _("about %(times)s times the time")
    return words % {"times": f"{times:.1f}"}
