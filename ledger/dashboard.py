"""The data behind the public pages: what was said, put beside what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median_low

from ledger import claims as counting
from ledger.claims import Claim, Entry, Ink
from ledger.drawing.stack import Block, Reach, blocks, reach
from ledger.drawing.timeline import Promise, Timeline, timeline
from ledger.marks import mark
from ledger.scoring.brier import Odds
from ledger.scoring.cohort import Cohort
from ledger.scoring.outcome import Outcome
from ledger.standing import State, with_standing
from predictions.models import Prediction, PredictionQuerySet, Speaker

MOST_LANES = 24
"""More lines than this are no picture any more but a table, which stands below it anyway."""


@dataclass(frozen=True)
class Record:
    """The record of somebody, or of everybody, on the day ``on``.

    Rates and odds are made of what ``ink`` admits; lists show everything.
    """

    claims: Sequence[Claim]
    on: date
    ink: Ink = Ink.BEFOREHAND

    # -- what is counted ---------------------------------------------------------------------------

    @cached_property
    def cohort(self) -> Cohort:
        return self.of(self.ink)

    def of(self, ink: Ink) -> Cohort:
        """The due cohort as it is with another choice of entries."""
        return counting.cohort(self.claims, ink)

    @cached_property
    def odds(self) -> Odds:
        return counting.odds(self.claims, self.ink)

    @cached_property
    def withdrawn_late(self) -> int:
        return counting.withdrawn_late(self.claims, self.ink)

    @cached_property
    def due_beforehand(self) -> int:
        return self.of(Ink.BEFOREHAND).due

    @cached_property
    def due_in_hindsight(self) -> int:
        return self.of(Ink.HINDSIGHT).due

    @cached_property
    def due_in_all(self) -> int:
        return self.of(Ink.ALL).due

    @cached_property
    def no_promises(self) -> int:
        """How many claims have passed their day and are in no rate: only said to be possible, or at odds below one half."""
        return sum(claim.promise is None for claim in self.passed)

    @property
    def days_waited(self) -> int | None:
        """The median age of what waits among the counted, in days; None when nothing does."""
        ages = [
            entry.days_past
            for entry in counting.due(self.claims, self.ink)
            if entry.standing.outcome is Outcome.WAITING
        ]
        return median_low(ages) if ages else None

    @property
    def claims_undated(self) -> int:
        """How many claims stand and have no day."""
        return sum(claim.lead.deadline is None and not claim.lead.is_withdrawn for claim in self.claims)

    @property
    def let_go(self) -> int:
        """How many entries were withdrawn and hold no claim's place: what is neither dated, undated nor said again."""
        return len(self.withdrawn) - self.passed_and_withdrawn

    @property
    def said_again(self) -> int:
        """How many entries repeat a claim that is logged already."""
        return sum(len(claim.again) for claim in self.claims)

    @property
    def passed_in_hindsight(self) -> int:
        """Of the claims whose day has passed, how many were logged after it."""
        return sum(claim.lead.prediction.in_hindsight for claim in self.passed)

    @property
    def passed_and_withdrawn(self) -> int:
        """Of the claims whose day has passed, how many were withdrawn after it."""
        return sum(claim.lead.is_withdrawn for claim in self.passed)

    @property
    def with_own_odds(self) -> int:
        """How many claims came with a number from the speaker."""
        return sum(any(entry.own_odds for entry in claim.entries) for claim in self.claims)

    @property
    def longest_wait(self) -> int | None:
        """Days since the oldest deadline that waits for a verdict; None when nothing does."""
        return self.waiting[0].lead.days_past if self.waiting else None

    # -- pictures ----------------------------------------------------------------------------------

    @property
    def blocks(self) -> list[Block]:
        return blocks(self.cohort)

    @property
    def reach(self) -> Reach | None:
        return reach(self.cohort)

    # -- lists: one line a claim -------------------------------------------------------------------

    @cached_property
    def logged(self) -> list[Entry]:
        """Every entry there ever was, restatements and withdrawn ones too, in the order they were said."""
        return [entry for claim in self.claims for entry in claim.entries]

    @cached_property
    def entries(self) -> list[Entry]:
        """Every entry that stands, restatements too, in the order they were said."""
        return [entry for entry in self.logged if not entry.is_withdrawn]

    @cached_property
    def withdrawn(self) -> list[Entry]:
        return [entry for entry in self.logged if entry.is_withdrawn]

    @cached_property
    def dated(self) -> list[Claim]:
        """Claims that have a day and are counted by it, earliest day first; those withdrawn after it too."""
        found = [claim for claim in self.claims if claim.lead.deadline and claim.lead.holds]
        return sorted(found, key=_day)

    @cached_property
    def with_day(self) -> list[Entry]:
        """Every entry that stands and has a deadline, restatements too, the earliest day first."""
        found = [entry for entry in self.entries if entry.deadline]
        return sorted(found, key=lambda entry: entry.last_day)

    @cached_property
    def undated(self) -> list[Entry]:
        """Every entry that stands and has no deadline."""
        return [entry for entry in self.entries if entry.deadline is None]

    @cached_property
    def passed(self) -> list[Claim]:
        """Claims whose day has passed, the latest first."""
        return [claim for claim in self.dated if claim.lead.is_due][::-1]

    @cached_property
    def ahead(self) -> list[Claim]:
        """Claims whose day is still to come, the next first."""
        return [claim for claim in self.dated if not claim.lead.is_due]

    @cached_property
    def waiting(self) -> list[Claim]:
        """Claims past their day without a verdict, the longest waiting first."""
        return [claim for claim in self.dated if claim.lead.standing.state is State.WAITING]

    @cached_property
    def next_up(self) -> list[Claim]:
        """Claims that fall due on the next day on which any does."""
        return [claim for claim in self.ahead if _day(claim) == _day(self.ahead[0])]

    @property
    def next_day(self) -> date | None:
        return _day(self.ahead[0]) if self.ahead else None

    @cached_property
    def speakers(self) -> list[Speaker]:
        """Who said all this, by name."""
        found = {claim.lead.prediction.statement.speaker for claim in self.claims}
        return sorted(found, key=lambda speaker: speaker.name)

    def of_each(self) -> list[tuple[Speaker, Record]]:
        """The record of each speaker, those of whom most has fallen due first."""
        own: dict[Speaker, list[Claim]] = {}
        for claim in self.claims:
            own.setdefault(claim.lead.prediction.statement.speaker, []).append(claim)
        records = [(speaker, Record(said, self.on, self.ink)) for speaker, said in own.items()]
        return sorted(records, key=lambda row: (-row[1].cohort.due, -len(row[1].logged), row[0].name))


def record(predictions: PredictionQuerySet, on: date, ink: Ink = Ink.BEFOREHAND) -> Record:
    """The record that ``predictions`` make. They must hold each claim group whole."""
    return Record(counting.grouped(with_standing(predictions), on), on, ink)


def record_of_all(on: date, ink: Ink = Ink.BEFOREHAND) -> Record:
    return record(Prediction.objects.all(), on, ink)


def record_of(speaker: Speaker, on: date, ink: Ink = Ink.BEFOREHAND) -> Record:
    return record(Prediction.objects.filter(statement__speaker=speaker), on, ink)


def _day(claim: Claim) -> date:
    return claim.lead.last_day


# -- the timeline ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Drawn:
    """Claims beside the lanes they are drawn in."""

    claims: tuple[Claim, ...]
    picture: Timeline

    @property
    def rows(self) -> list[tuple[Claim, object]]:
        return list(zip(self.claims, self.picture.lanes, strict=True))


def drawn(claims: Iterable[Claim], on: date) -> Drawn | None:
    """The timeline of ``claims``, which all have a day; None without any."""
    shown = tuple(claims)
    if not shown:
        return None
    return Drawn(shown, timeline([_promise(claim) for claim in shown], on))


def _promise(claim: Claim) -> Promise:
    entry = claim.lead
    return Promise(
        said=entry.said_on,
        deadline=entry.last_day,
        shape=mark(entry).shape,
        end=_end(entry),
        again=tuple(other.deadline.last_day for other in claim.again if other.deadline),
    )


def _end(entry: Entry) -> date | None:
    """The day that settled ``entry``: it came true, was given up, or could no longer count; None while nothing has."""
    verdict, deadline = entry.standing.verdict, entry.deadline
    if verdict is None or deadline is None:
        return None
    if verdict.when:
        return verdict.when.last
    if entry.standing.outcome is Outcome.MISSED:
        return verdict.looked_until
    return min(deadline.last_day, verdict.looked_until)


def telling(everything: Record, most: int) -> list[Claim]:
    """At most ``most`` dated claims for a picture, in the order of their days.

    If there are more, those that have waited longest for a verdict take half of the room, what falls
    due next the other half, and what fell due last the rest.
    """
    half = most // 2
    wanted = [
        *everything.waiting[:half],
        *everything.ahead[: most - half],
        *everything.passed,
        *everything.ahead,
    ]
    chosen = {claim.lead.prediction.pk: claim for claim in wanted}
    return sorted(list(chosen.values())[:most], key=_day)
