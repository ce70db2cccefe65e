"""What a reading of somebody's words gives: a dated horizon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from predictions.horizons.edtf import edtf
from predictions.horizons.lexer import hedges
from predictions.horizons.rule_words import RULES


@dataclass(frozen=True, slots=True)
class Horizon:
    """A phrase about the future, and the days it means.

    ``earliest <= nominal <= deadline <= latest`` always holds. ``span`` are code-point offsets into
    the text that was read, and ``text`` the words there, unchanged.
    """

    text: str
    span: tuple[int, int]
    earliest: date
    nominal: date
    deadline: date
    latest: date
    kind: str
    rule: str
    approximate: bool
    said_on: date

    @property
    def hedge(self) -> tuple[str, ...]:
        """The words that soften or bound the horizon ("about", "or less", "maybe"), as they were said."""
        return hedges(self.text)

    @property
    def edtf(self) -> str:
        """The horizon in the Extended Date/Time Format (ISO 8601-2), for exchange."""
        return edtf(self.earliest, self.deadline, kind=self.kind, approximate=self.approximate)

    @property
    def explanation(self) -> str:
        """A sentence for a reader: the words, the rule, the dates, and how vague they are."""
        said = f"“{self.text}”, said on {self.said_on.isoformat()}: {RULES[self.rule]}."
        parts = [said, f"Due on {self.deadline.isoformat()}"]
        if self.earliest != self.deadline:
            parts[-1] += f", possible from {self.earliest.isoformat()}"
        if self.nominal != self.deadline:
            parts[-1] += f", expected by {self.nominal.isoformat()}"
        if self.latest != self.deadline:
            parts[-1] += f"; the words leave room until {self.latest.isoformat()}"
        return " ".join(parts) + "."
