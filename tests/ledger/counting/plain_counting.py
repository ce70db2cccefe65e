"""The rules of counting as one would write them down, claim by claim and row by row: what the columns are held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median_low

from ledger.entries import Entry, entry
from ledger.scoring import groups
from ledger.scoring.cohort import Cohort
from ledger.scoring.groups import Ink, Spoken
from ledger.scoring.outcome import CELL, TRUTH, Outcome
from ledger.standing import with_standing
from predictions.models import Prediction, Speaker


@dataclass(frozen=True)
class Claim:
    """All that one speaker said of one event, in the order it was said."""

    entries: tuple[Entry, ...]

    def promise(self, ink: Ink) -> Entry | None:
        """The entry whose deadline the claim is counted by; None if there is none to count."""
        number = groups.promise([_spoken(entry) for entry in self.entries], ink)
        return next((entry for entry in self.entries if entry.prediction.pk == number), None)

    def stated(self, ink: Ink) -> Iterator[tuple[float, float]]:
        """The odds that count, each with what it was worth: 1 true at the deadline, 0 false, one half in part."""
        held = groups.holding([_spoken(entry) for entry in self.entries], ink)
        for one in self.entries:
            outcome = one.standing.outcome
            if one.prediction.pk in held and one.standing.counts and ink.admits(one.prediction):
                yield from ((odds, TRUTH[outcome]) for odds in _own_odds(one) if outcome in TRUTH)


@dataclass(frozen=True)
class Record:
    """What is counted of ``claims`` on one day, of the entries that ``ink`` admits."""

    claims: tuple[Claim, ...]
    ink: Ink

    @property
    def due(self) -> list[Entry]:
        """The promises whose first deadline has passed, one a claim."""
        promises = [claim.promise(self.ink) for claim in self.claims]
        return [one for one in promises if one and one.standing.counts and self.ink.admits(one.prediction)]

    @property
    def cohort(self) -> Cohort:
        return Cohort(**Counter(CELL[one.standing.outcome] for one in self.due if one.standing.outcome))

    @property
    def days_waited(self) -> int | None:
        """The median age of what waits, in days; None when nothing does."""
        ages = [one.days_past for one in self.due if one.standing.outcome is Outcome.WAITING]
        return median_low(ages) if ages else None

    @property
    def withdrawn_late(self) -> int:
        """How many entries were taken back after their deadline."""
        rows = [one for claim in self.claims for one in claim.entries]
        return sum(one.was_withdrawn_late and self.ink.admits(one.prediction) for one in rows)

    @property
    def scores(self) -> list[float]:
        """The squared distance from the truth of each claim with odds: the mean of its statements'."""
        stated = [list(claim.stated(self.ink)) for claim in self.claims]
        return [fmean((odds - truth) ** 2 for odds, truth in of_one) for of_one in stated if of_one]


def record(on: date, ink: Ink = Ink.BEFOREHAND, speaker: Speaker | None = None) -> Record:
    """What is counted of one speaker, or of everybody, on the day ``on``."""
    among = Prediction.objects.filter(statement__speaker=speaker) if speaker else Prediction.objects.all()
    return Record(tuple(claims(list(with_standing(among)), on)), ink)


def claims(rows: list[Prediction], on: date) -> Iterator[Claim]:
    """``rows`` grouped by what they say again and put right."""
    first = groups.firsts((row.pk, row.says_again_id, row.replaces_id) for row in rows)
    grouped: dict[int, list[Entry]] = {}
    for row in rows:
        grouped.setdefault(first.get(row.pk, row.pk), []).append(entry(row, on))
    for of_one in grouped.values():
        yield Claim(tuple(sorted(of_one, key=lambda one: (one.said_on, one.prediction.pk))))


def _own_odds(one: Entry) -> list[float]:
    """The odds in numbers that the speaker gave of exactly this, in the order they were given."""
    speaker = one.prediction.statement.speaker_id
    return [
        odds.probability
        for odds in one.prediction.forecasts.all()
        if odds.by_id == speaker and odds.same_question and odds.probability is not None
    ]


def _spoken(one: Entry) -> Spoken:
    row, odds = one.prediction, _own_odds(one)
    promise = groups.is_promise(
        dated=one.deadline is not None,
        holds=one.holds,
        first_odds=odds[0] if odds else None,
        possible=row.modality == Prediction.Modality.POSSIBLE,
    )
    return Spoken(row.pk, row.replaces_id, row.in_hindsight, one.holds, promise)
