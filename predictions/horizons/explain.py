"""Readings in words: how a phrase became its dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from predictions.horizons.horizon import Horizon

RULES = {
    "in N": "counted from the day it was said",
    "within N": "any day from the day it was said until that much later",
    "the next N": "the stretch that starts on the day it was said",
    "N to M": "between the shorter and the longer length, counted from the day it was said; the longer one sets the deadline",
    "the next N quarters": "whole calendar quarters, from the next one on",
    "N after a day": "counted from the day that is named",
    "N before a day": "counted back from the day that is named",
    "a weekday of that week": "that weekday of the week so far ahead",
    "by": "any day up to the last day of the time named",
    "before": "any day before the time named begins",
    "before the end": "any day up to the end that is named",
    "a period": "any day of the period named; its last day is the deadline",
    "a day": "the day that is named",
    "from one period to another": "from the first day of the one to the last day of the other",
    "this time again": "about the same day, so much later",
    "outer bound of several": "several horizons in one statement: the latest of them is the deadline, and the first is what was hoped for",
    "outer bound, with a best estimate": "the outer bound is the deadline, and the estimate is kept beside it",
}


def explain(horizon: Horizon) -> str:
    """One sentence on a horizon: the words, the rule, the dates, and how vague they are."""
    said = f"“{horizon.text}”, said on {horizon.said_on.isoformat()}: {RULES[horizon.rule]}."
    parts = [said, f"Due on {horizon.deadline.isoformat()}"]
    if horizon.earliest != horizon.deadline:
        parts[-1] += f", possible from {horizon.earliest.isoformat()}"
    if horizon.nominal != horizon.deadline:
        parts[-1] += f", expected by {horizon.nominal.isoformat()}"
    if horizon.latest != horizon.deadline:
        parts[-1] += f"; the words leave room until {horizon.latest.isoformat()}"
    return " ".join(parts) + "."
