"""Finding predictions by words and by what is known of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ledger.models import Event, Words
from ledger.scoring.outcome import Happened
from predictions.models import Deadline

MOST = 1_000
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


@dataclass(frozen=True)
class Hits:
    """The numbers of what was found, said last first; ``more`` says that there are others."""

    numbers: list[int]
    more: bool = False


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

FACETS = """
    WITH found AS MATERIALIZED ({found}), known AS MATERIALIZED (
        SELECT f.prediction_id, f.said_on, s.speaker_id, s.language, CASE
            WHEN w.id IS NOT NULL THEN '{withdrawn}'
            WHEN r.id IS NOT NULL THEN CASE r.happened {judged} END
            WHEN d.id IS NULL THEN '{undated}'
            WHEN d.last_day < %s THEN '{waiting}'
            ELSE '{ahead}' END AS became
        FROM found f
        JOIN predictions_prediction p ON p.id = f.prediction_id
        JOIN predictions_statement s ON s.id = p.statement_id
        LEFT JOIN predictions_deadline d ON d.prediction_id = f.prediction_id AND d.ordinal = 1
        LEFT JOIN ledger_event w ON w.prediction_id = f.prediction_id AND w.kind = 'withdrawn'
        LEFT JOIN ledger_resolution r ON r.id = (
            SELECT MAX(e.resolution_id) FROM ledger_event e
            WHERE e.prediction_id = f.prediction_id AND e.kind = 'resolved'
        )
    )
    SELECT 'speaker', v.slug, v.name, COUNT(*)
        FROM known JOIN predictions_speaker v ON v.id = speaker_id GROUP BY v.slug, v.name
    UNION ALL SELECT 'topic', t.slug, t.name, COUNT(*)
        FROM known JOIN predictions_prediction_topics a ON a.prediction_id = known.prediction_id
        JOIN predictions_topic t ON t.id = a.topic_id GROUP BY t.slug, t.name
    UNION ALL SELECT 'became', became, became, COUNT(*) FROM known GROUP BY became
    UNION ALL SELECT 'year', {year}, {year}, COUNT(*) FROM known GROUP BY {year}
    UNION ALL SELECT 'language', language, language, COUNT(*) FROM known GROUP BY language
"""
YEAR_OF = {"postgresql": "to_char(said_on, 'YYYY')", "sqlite": "strftime('%%Y', said_on)"}
NAMES = ("speaker", "topic", "became", "year", "language")


def find(wanted: Wanted, on: date) -> Hits:
    """The predictions that are ``wanted`` as they stand on the day ``on``: those said last; one query."""
    numbers = list(_wanted(wanted, on).values_list("pk", flat=True)[: MOST + 1])
    return Hits(numbers[:MOST], len(numbers) > MOST)


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


def facets(wanted: Wanted, on: date) -> list[Facet]:
    """How what ``find`` finds divides by speaker, topic, what became of it, year and language; one query."""
    found, values = _wanted(wanted, on).values("prediction_id", "said_on")[:MOST].query.sql_with_params()
    sql = FACETS.format(
        found=found,
        year=YEAR_OF[connection.vendor],
        judged=" ".join(f"WHEN '{one}' THEN '{became}'" for became, many in JUDGED.items() for one in many),
        **{became: became.value for became in Became if became not in JUDGED},
    )
    counts: dict[str, dict[tuple[str, str], int]] = {name: {} for name in NAMES}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, connection.ops.adapt_datefield_value(on)])
        for name, value, label, n in cursor.fetchall():
            counts[name][value, label] = n
    return [_offered(name, counts[name]) for name in NAMES]


def _offered(name: str, counts: Mapping[tuple[str, str], int]) -> Facet:
    first = sorted(counts.items(), key=lambda one: (-one[1], one[0][1]))[:MOST_OF_A_FACET]
    return Facet(name, [(value, label, n) for (value, label), n in first])


def _that(became: str, found: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those of ``found`` that ``became`` this, as ``FACETS`` says it. Where these are few an index finds them first."""
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
