"""Words about the future, read into dates: a pure package, without framework or clock.

>>> read("36 months or less", said_on=date(2026, 2, 5)).deadline
datetime.date(2029, 2, 5)
"""

from __future__ import annotations

from predictions.horizons.horizon import Horizon
from predictions.horizons.reading import find, read
from predictions.horizons.refusals import retold, why_not
from predictions.horizons.rule_words import rule_in_words

__all__ = ["Horizon", "find", "read", "retold", "rule_in_words", "why_not"]
