"""Why no date can be derived from some words, for a reader."""

from __future__ import annotations

from datetime import date

from predictions.horizons.patterns import NAME
from predictions.horizons.reading import parse

REASONS = {
    "vague": "the words are vague (“soon”, “eventually”) and name no time",
    "at least": "only a lower bound is given (“at least”, “not before”), which has no last day",
    "rate": "the words give a rate (“a year”, “every month”), not a point in time",
    "past": "the time that is named was over on the day it was said",
    "event": "the time depends on an event whose date the words do not give",
    "fiscal": "a fiscal period is named, and fiscal years differ from company to company",
    "tolerance": "only a tolerance (“give or take”) is given, with no length to apply it to",
    "no such day": "the month has no such day",
    "beyond": "the date lies beyond the year 9999",
    "none": "the words name no time in the future",
}


def why_not(text: str, said_on: date, language: str | None = None) -> str:
    """Why no date can be derived from a text, as a sentence for a reader; "" when one can."""
    reason = refusal(text, said_on)
    return f"No date can be derived: {REASONS[reason]}." if reason else ""


def refusal(text: str, said_on: date) -> str:
    """The name of the reason; "" when there is a date after all."""
    tokens = parse(text, said_on)
    reasons = []
    for letter, value in zip(tokens.kinds, tokens.values, strict=True):
        name = NAME[letter]
        if name == "READING":
            if value.deadline >= said_on:
                return ""
            reasons.append("past")
        elif name in ("REFUSED", "BEYOND", "VAGUE", "EVENT"):
            reasons.append(value)
    return reasons[0] if reasons else "event" if depends(tokens.kinds) else "none"


def depends(kinds: str) -> bool:
    """Whether the words hang on something that is to happen first."""
    names = [NAME[letter] for letter in kinds]
    return any(name in ("NEXT", "BEFORE", "AFTER", "UNTIL", "IF", "BEFORE_POST", "BY") for name in names)
