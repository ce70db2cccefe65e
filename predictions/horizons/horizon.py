"""What a reading of somebody's words gives: a dated horizon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from predictions.horizons.edtf import edtf
from predictions.horizons.explain import explain
from predictions.horizons.lexer import hedges


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
        """A sentence for a reader: how these words became these dates."""
        return explain(self)
