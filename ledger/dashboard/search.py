"""Finding predictions by words and by what is known of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from ledger.models import Event, Words
from ledger.scoring.outcome import Happened
from predictions.models import Deadline, Prediction

MOST = 200
"""So many of what was found, said last, are counted and divided by facets."""
MOST_OF_A_FACET = 12
YEAR = re.compile(r"[1-9][0-9]{3}")


class Became(StrEnum):
    """What became of a prediction, as far as a search tells it apart."""

    AHEAD = "ahead"
    WAITING = "waiting"
    TRUE = "true"
    PARTLY = "partly"
    NOT_TRUE = "not_true"
    UNSETTLED = "unsettled"
    UNDATED = "undated"
    WITHDRAWN = "withdrawn"


JUDGED = {
    Became.TRUE: (Happened.YES,),
    Became.PARTLY: (Happened.PARTLY,),
    Became.NOT_TRUE: (Happened.NO, Happened.ABANDONED),
    Became.UNSETTLED: (Happened.CANNOT_TELL, Happened.VOID),
}


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty is not asked for."""

    words: str = ""
    speaker: str = ""
    topic: str = ""
    became: str = ""
    language: str = ""
    year: str = ""


class Hit(NamedTuple):
    """A prediction that was found, and what is known of it."""

    number: int
    slug: str
    name: str
    said_on: date
    language: str
    withdrawn: bool
    happened: str | None
    last_day: date | None


@dataclass(frozen=True)
class Hits:
    """What was found, said last first; ``more`` says that there are others."""

    rows: list[Hit]
    more: bool = False

    @property
    def numbers(self) -> list[int]:
        return [hit.number for hit in self.rows]


@dataclass(frozen=True)
class Facet:
    """A way to narrow a search down: ``values`` are pairs of a value with its name, and how many it leaves."""

    name: str
    values: list[tuple[str, str, int]] = field(default_factory=list)


OWN = {"prediction": OuterRef("pk")}
FINAL = Event.objects.of_kind(Event.Kind.RESOLVED).filter(**OWN).order_by("-resolution_id")
KNOWN: Any = Words.objects.order_by("-said_on", "-pk").annotate(
    withdrawn=Exists(Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(**OWN)),
    happened=Subquery(FINAL.values("resolution__happened")[:1]),
    last_day=Subquery(Deadline.objects.first_readings().filter(**OWN).values("last_day")[:1]),
)
"""All there are, said last first, each with whether it was withdrawn, the last final answer and its deadline. Put together once."""
ABOUT: QuerySet[Any, Any] = (
    Prediction.topics.through.objects.values("topic").annotate(n=Count("pk")).order_by()
)


def find(wanted: Wanted, on: date) -> Hits:
    """The predictions that are ``wanted`` as they stand on the day ``on``: those said last; one query."""
    rows = _wanted(wanted, on).values_list(
        "pk",
        "prediction__statement__speaker__slug",
        "prediction__statement__speaker__name",
        "said_on",
        "prediction__statement__language",
        "withdrawn",
        "happened",
        "last_day",
    )[: MOST + 1]
    hits = [Hit(*row) for row in rows]
    return Hits(hits[:MOST], len(hits) > MOST)


def further(wanted: Wanted, on: date, start: int, n: int) -> list[int]:
    """The numbers of ``n`` of what ``find`` finds, from ``start`` on, also beyond what it returns; one query."""
    return list(_wanted(wanted, on).values_list("pk", flat=True)[start : start + n])


def _wanted(wanted: Wanted, on: date) -> QuerySet[Any]:
    found: QuerySet[Any] = KNOWN.holding(wanted.words)
    if wanted.speaker:
        found = found.filter(prediction__statement__speaker__slug=wanted.speaker)
    if wanted.topic:
        found = found.filter(prediction__topics__slug=wanted.topic)
    if wanted.language:
        found = found.filter(prediction__statement__language=wanted.language)
    if wanted.year:
        found = found.filter(said_on__year=wanted.year) if YEAR.fullmatch(wanted.year) else found.none()
    if wanted.became:
        found = _that(wanted.became, found, on)
    return found


def facets(hits: Hits, on: date) -> list[Facet]:
    """How ``hits`` divide by speaker, topic, what became of them, year and language; one query."""
    about = ABOUT.filter(prediction__in=hits.numbers).values_list("topic__slug", "topic__name", "n")
    became, years = [_became(hit, on) for hit in hits.rows], [str(hit.said_on.year) for hit in hits.rows]
    languages = [hit.language for hit in hits.rows]
    return [
        _facet("speaker", ((hit.slug, hit.name) for hit in hits.rows)),
        _offered("topic", {(slug, name): n for slug, name, n in about}),
        _facet("became", zip(became, became, strict=True)),
        _facet("year", zip(years, years, strict=True)),
        _facet("language", zip(languages, languages, strict=True)),
    ]


def _facet(name: str, values: Iterable[tuple[str, ...]]) -> Facet:
    return _offered(name, Counter(values))


def _offered(name: str, counts: Mapping[tuple[str, ...], int]) -> Facet:
    first = sorted(counts.items(), key=lambda one: (-one[1], one[0][1]))[:MOST_OF_A_FACET]
    return Facet(name, [(value, label, n) for (value, label), n in first])


def _that(became: str, found: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those of ``found`` that ``became`` this, as ``_became`` says it. Where these are few an index finds them first."""
    if became == Became.WITHDRAWN:
        return found.filter(withdrawn=True)
    if became in JUDGED:
        answers = [answer.value for answer in JUDGED[Became(became)]]
        ever = Event.objects.of_kind(Event.Kind.RESOLVED).filter(resolution__happened__in=answers)
        return found.filter(pk__in=ever.values("prediction"), withdrawn=False, happened__in=answers)
    asked: dict[str, dict[str, Any]] = {
        Became.UNDATED: {"last_day__isnull": True},
        Became.WAITING: {"last_day__lt": on},
        Became.AHEAD: {"last_day__gte": on},
    }
    if became not in asked:
        return found.none()
    return found.filter(withdrawn=False, happened__isnull=True, **asked[became])


def _became(hit: Hit, on: date) -> str:
    if hit.withdrawn:
        return Became.WITHDRAWN
    if hit.happened:
        return next(became for became, answers in JUDGED.items() if hit.happened in answers)
    if hit.last_day is None:
        return Became.UNDATED
    return Became.WAITING if hit.last_day < on else Became.AHEAD
