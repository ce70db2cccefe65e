"""What the frame round every public page says: the day, the size of the ledger, who decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.conf import settings

from ledger.dashboard import tallies
from ledger.house_rules import HouseRules
from ledger.models import Tally


@dataclass(frozen=True)
class Frame:
    """``review_mode`` says who decides an outcome, and how long a verdict is announced before it counts."""

    today: date
    logged: int
    review_mode: str
    site_url: str
    time_zone: str


def frame(today: date, edition: str = "") -> Frame:
    """``edition`` is that of the record, if it is known already: of each one the tally is read once."""
    return Frame(
        today=today,
        logged=logged(edition),
        review_mode=str(HouseRules.here()),
        site_url=settings.SITE_URL,
        time_zone=settings.TIME_ZONE,
    )


def logged(edition: str = "") -> int:
    """How many predictions were ever logged."""
    return _read(edition) if edition else _read.__wrapped__(edition)


@lru_cache(maxsize=8)
def _read(edition: str) -> int:
    return tallies.of_one(Tally.Scope.ALL, 0).logged
