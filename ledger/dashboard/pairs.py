"""The same question asked of two: what one said, beside the odds that the other gave of exactly that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger.dashboard import listing
from ledger.dashboard.listing import Line
from ledger.scoring.outcome import TRUTH
from predictions.models import Forecast, Speaker


@dataclass(frozen=True)
class Pair:
    """A question with the odds that ``one`` and ``other`` gave of it; ``truth`` is None until it is judged after its day."""

    line: Line
    one: Forecast
    other: Forecast
    truth: float | None

    @property
    def closer(self) -> str:
        """Whose odds came closer: "one", "other", or neither."""
        if self.truth is None:
            return ""
        ours, theirs = (abs((odds.probability or 0) - self.truth) for odds in (self.one, self.other))
        return "" if ours == theirs else "one" if ours < theirs else "other"


def asked_of_both(one: Speaker, other: Speaker, on: date) -> list[Pair]:
    """What both gave odds of, as they stand on the day ``on``; the earliest said first.

    A question is the same where somebody entered the odds of one beside what the other said. Where
    that was done on both sides, it counts once: by the words of ``one``.
    """
    asked = Forecast.objects.filter(
        by__in=(one, other),
        same_question=True,
        low__isnull=False,
        prediction__statement__speaker__in=(one, other),
    )
    given: dict[int, dict[int, Forecast]] = {}
    for odds in asked.order_by("stated_on", "pk"):
        given.setdefault(odds.prediction_id, {})[odds.by_id] = odds
    of_both = [number for number, odds in given.items() if len(odds) == 2]
    lines = sorted(listing.lines(of_both, on).values(), key=lambda line: (line.day, line.number))
    found = [
        Pair(line, given[line.number][one.pk], given[line.number][other.pk], _truth(line))
        for line in lines
        if not line.is_withdrawn
    ]
    mine = {pair.line.claim for pair in found if pair.line.slug == one.slug}
    return [pair for pair in found if pair.line.slug == one.slug or pair.line.claim not in mine]


def _truth(line: Line) -> float | None:
    outcome = line.standing.outcome if line.standing.counts else None
    return TRUTH.get(outcome) if outcome else None
