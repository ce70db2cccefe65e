"""The register of a speaker, a topic, a source or all: its entries in outline, so that a page fetches only the lines it shows.

An outline is read in one query, a slim row an entry. What is counted for rates is in the stored
figures; here one looks up, filters, sorts and turns pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from ledger.models import Event, Resolution
from ledger.scoring.groups import Ink, firsts
from ledger.scoring.outcome import Outcome, Window, outcome
from predictions.dates import interval
from predictions.models import Prediction


class Fate(StrEnum):
    """What became of an entry, as one asks for it in a table."""

    ON_TIME = "on-time"
    LATE = "late"
    PARTLY = "partly"
    MISSED = "missed"
    WAITING = "waiting"
    DISPUTED = "disputed"
    OTHER = "other"
    AHEAD = "ahead"
    UNDATED = "undated"
    WITHDRAWN = "withdrawn"


class Order(StrEnum):
    SAID = "said"
    DEADLINE = "deadline"
    LATEST = "latest"
    FATE = "fate"


FATES = {
    Outcome.EARLY: Fate.ON_TIME,
    Outcome.ON_TIME: Fate.ON_TIME,
    Outcome.LATE: Fate.LATE,
    Outcome.PARTLY_LATE: Fate.LATE,
    Outcome.PARTLY: Fate.PARTLY,
    Outcome.MISSED: Fate.MISSED,
    Outcome.ABANDONED: Fate.MISSED,
}
UNJUDGED = (Fate.WAITING, Fate.DISPUTED)
"""What its day finds without a verdict."""
REACHED = (Event.Kind.DISPUTED, Event.Kind.INTENDED, Event.Kind.RESOLVED)
"""What reviewers come to: the latest of it says whether an entry is disputed."""

OWN = {"prediction": OuterRef("pk")}
LAST = Event.objects.filter(kind__in=REACHED, **OWN).order_by("-pk")
VERDICT = Resolution.objects.filter(**OWN, events__kind=Event.Kind.RESOLVED).order_by("-pk")
ROWS: QuerySet[Any, Any] = (
    Prediction.objects.order_by("statement__said_on", "pk")
    .alias(first=FilteredRelation("deadlines", condition=Q(deadlines__ordinal=1)))
    .annotate(
        said=F("statement__said_on"),
        said_to=F("statement__said_precision"),
        first_day=F("first__earliest"),
        last_day=F("first__last_day"),
        dated_on=F("first__made_on"),
        pulled=Exists(Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(**OWN)),
        reached=Subquery(LAST.values("kind")[:1]),
        happened=Subquery(VERDICT.values("happened")[:1]),
        happened_on=Subquery(VERDICT.values("happened_on")[:1]),
        happened_to=Subquery(VERDICT.values("happened_precision")[:1]),
    )
    .values(
        "pk", "said", "said_to", "first_day", "last_day", "dated_on", "pulled", "reached",
        "happened", "happened_on", "happened_to", "says_again", "replaces",
    )
)  # fmt: skip
"""Put together once: that takes Django longer than the database takes to answer."""


@dataclass(frozen=True, slots=True)
class Outline:
    """An entry, as much of it as choosing takes. ``again`` is what it repeats, ``replaces`` what it puts right."""

    number: int
    said_on: date
    last_day: date | None
    in_hindsight: bool
    fate: Fate
    again: int | None
    replaces: int | None

    def is_made_of(self, ink: Ink) -> bool:
        return ink is Ink.ALL or self.in_hindsight == (ink is Ink.HINDSIGHT)


@dataclass(frozen=True)
class Register:
    """Outlines in the order they were said, on the day ``on``."""

    outlines: Sequence[Outline]
    on: date

    @cached_property
    def first(self) -> Mapping[int, int]:
        """With which entry the claim of each begins, for those that are linked to another."""
        return firsts((one.number, one.again, one.replaces) for one in self.outlines)

    @cached_property
    def standing(self) -> list[Outline]:
        return [one for one in self.outlines if one.fate is not Fate.WITHDRAWN]

    def count(self, *fates: Fate) -> int:
        return sum(one.fate in fates for one in self.outlines)

    @property
    def waiting(self) -> list[Outline]:
        """Entries past their day without a verdict, disputed ones too, the longest waiting first."""
        found = [one for one in self.standing if one.fate in UNJUDGED and one.last_day]
        return sorted((one for one in found if not self._is_ahead(one)), key=_day)

    @property
    def ahead(self) -> list[Outline]:
        """Entries whose day is still to come, the next first."""
        return sorted((one for one in self.standing if self._is_ahead(one)), key=_day)

    @property
    def passed(self) -> list[Outline]:
        """Entries whose day has passed, the latest first."""
        found = [one for one in self.standing if one.last_day and not self._is_ahead(one)]
        return sorted(found, key=_day, reverse=True)

    def _is_ahead(self, one: Outline) -> bool:
        return one.last_day is not None and one.last_day >= self.on

    def telling(self, most: int) -> list[Outline]:
        """At most ``most`` claims with a day for a picture, one entry a claim, by day.

        A quarter of the room is for those that have waited longest, a quarter for what falls due next;
        the rest for what was settled, promised most often first. What one does not need the others take.
        """
        quarter = most // 4
        waiting, ahead = self._leading(self.waiting), self._leading(self.ahead)
        judged = [one for one in self._leading(self.passed) if one.fate not in UNJUDGED]
        judged.sort(key=lambda one: -len(self.again(one.number)))
        room = most - len(waiting[:quarter]) - len(ahead[:quarter])
        wanted = [*waiting[:quarter], *ahead[:quarter], *judged[:room], *waiting, *ahead]
        chosen = {one.number: one for one in wanted}
        return sorted(list(chosen.values())[:most], key=_day)

    def _leading(self, those: Iterable[Outline]) -> list[Outline]:
        """Of ``those`` the entries with which a claim's clock began."""
        return [one for one in those if self.leads.get(self.first.get(one.number, one.number)) == one.number]

    @cached_property
    def leads(self) -> Mapping[int, int]:
        """Which entry of each claim carries the clock: the first that stands and has a day."""
        found: dict[int, int] = {}
        for one in self.standing:
            if one.last_day:
                found.setdefault(self.first.get(one.number, one.number), one.number)
        return found

    def again(self, number: int) -> list[Outline]:
        """The other entries of the claim that ``number`` belongs to, that stand and have a day, in the order they were said."""
        mine = self.first.get(number)
        if mine is None:
            return []
        return [
            one
            for one in self.standing
            if one.number != number and one.last_day and self.first.get(one.number) == mine
        ]

    def chosen(
        self, ink: Ink, fate: Fate | None, order: Order, among: set[int] | None = None
    ) -> list[Outline]:
        """The entries made of ``ink`` that met ``fate``, in ``order``; ``among`` holds the numbers to choose from."""
        found = [
            one
            for one in self.outlines
            if one.is_made_of(ink) and fate in (None, one.fate) and (among is None or one.number in among)
        ]
        return sorted(found, key=ORDERS[order])


def _day(one: Outline) -> tuple[date, int]:
    return one.last_day or date.max, one.number


ORDERS: dict[Order, Callable[[Outline], tuple[object, ...]]] = {
    Order.SAID: lambda one: (one.said_on, one.number),
    Order.LATEST: lambda one: (-one.said_on.toordinal(), -one.number),
    Order.DEADLINE: _day,
    Order.FATE: lambda one: (list(Fate).index(one.fate), *_day(one)),
}


def read(of: Q, on: date) -> Register:
    """The register of those predictions that ``of`` tells, on the day ``on``; one query."""
    return Register([_outline(row, on) for row in ROWS.filter(of)], on)


def _outline(row: Mapping[str, Any], on: date) -> Outline:
    last_day, dated_on = row["last_day"], row["dated_on"]
    return Outline(
        number=row["pk"],
        said_on=interval(row["said"], row["said_to"]).last,
        last_day=last_day,
        in_hindsight=last_day is not None and last_day < dated_on,
        fate=_fate(row, on),
        again=row["says_again"],
        replaces=row["replaces"],
    )


def _fate(row: Mapping[str, Any], on: date) -> Fate:
    last_day = row["last_day"]
    if row["pulled"]:
        return Fate.WITHDRAWN
    if row["happened"]:
        when = interval(row["happened_on"], row["happened_to"]) if row["happened_on"] else None
        window = Window(row["first_day"], last_day) if last_day else Window(date.min, date.max)
        return FATES.get(outcome(row["happened"], when, window), Fate.OTHER)
    if row["reached"] == Event.Kind.DISPUTED:
        return Fate.DISPUTED
    if last_day is None:
        return Fate.UNDATED
    return Fate.WAITING if last_day < on else Fate.AHEAD
