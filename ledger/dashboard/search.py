"""Finding predictions by words and by what is known of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from ledger.models import Event, Words
from ledger.scoring.outcome import Happened
from predictions.models import Deadline

MOST = 500
"""So many of what was found are counted, and divided by facets."""
LAST = 100
"""Where more was found, so many, those said last, are divided: a word that so many hold calls for another word first."""
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
class Facet:
    """A way to narrow a search down: ``values`` are pairs of a value with its name, and how many it leaves."""

    name: str
    values: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Hits:
    """What was found, said last first: the numbers of all, or of the last if there are ``more`` than ``n``; and how those divide."""

    numbers: list[int] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    n: int = 0
    more: bool = False


OWN = {"prediction": OuterRef("pk")}
FINAL = Event.objects.of_kind(Event.Kind.RESOLVED).filter(**OWN).order_by("-resolution_id")
KNOWN: Any = Words.objects.order_by("-said_on", "-pk").annotate(
    withdrawn=Exists(Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(**OWN)),
    happened=Subquery(FINAL.values("resolution__happened")[:1]),
    last_day=Subquery(Deadline.objects.first_readings().filter(**OWN).values("last_day")[:1]),
)
"""All there are, said last first, each with whether it was withdrawn, the last final answer and its deadline. Put together once."""

FIND = """
    WITH found AS MATERIALIZED ({found}), last AS MATERIALIZED (
        SELECT prediction_id, said_on FROM found ORDER BY said_on DESC, prediction_id DESC
        LIMIT (SELECT CASE WHEN COUNT(*) > {most} THEN {last} ELSE {most} END FROM found)
    ), shown AS MATERIALIZED (
        SELECT prediction_id, said_on,
            (SELECT p.statement_id FROM predictions_prediction p WHERE p.id = last.prediction_id) AS statement,
            EXISTS (
                SELECT 1 FROM ledger_event e WHERE e.prediction_id = last.prediction_id AND e.kind = 'withdrawn'
            ) AS withdrawn,
            (
                SELECT r.happened FROM ledger_event e JOIN ledger_resolution r ON r.id = e.resolution_id
                WHERE e.prediction_id = last.prediction_id AND e.kind = 'resolved'
                ORDER BY e.resolution_id DESC LIMIT 1
            ) AS happened,
            (
                SELECT d.last_day FROM predictions_deadline d
                WHERE d.prediction_id = last.prediction_id AND d.ordinal = 1
            ) AS last_day
        FROM last
    ), known AS MATERIALIZED (
        SELECT prediction_id, shown.said_on, s.speaker_id AS speaker, s.language AS spoken, CASE
            WHEN withdrawn THEN '{withdrawn}'
            WHEN happened IS NOT NULL THEN CASE happened {judged} END
            WHEN last_day IS NULL THEN '{undated}'
            WHEN last_day < %s THEN '{waiting}'
            ELSE '{ahead}' END AS became
        FROM shown JOIN predictions_statement s ON s.id = statement
    )
    SELECT 'found', {said_on}, '', prediction_id FROM last
    UNION ALL SELECT 'n', '', '', COUNT(*) FROM found
    UNION ALL SELECT 'speaker', v.slug, v.name, COUNT(*)
        FROM known JOIN predictions_speaker v ON v.id = speaker GROUP BY v.slug, v.name
    UNION ALL SELECT 'topic', t.slug, t.name, COUNT(*)
        FROM known JOIN predictions_prediction_topics a ON a.prediction_id = known.prediction_id
        JOIN predictions_topic t ON t.id = a.topic_id GROUP BY t.slug, t.name
    UNION ALL SELECT 'became', became, became, COUNT(*) FROM known GROUP BY became
    UNION ALL SELECT 'year', {year}, {year}, COUNT(*) FROM known GROUP BY {year}
    UNION ALL SELECT 'language', spoken, spoken, COUNT(*) FROM known GROUP BY spoken
"""
DATES = {
    "postgresql": {"said_on": "to_char(said_on, 'YYYY-MM-DD')", "year": "to_char(said_on, 'YYYY')"},
    "sqlite": {"said_on": "CAST(said_on AS TEXT)", "year": "strftime('%%Y', said_on)"},
}
NAMES = ("speaker", "topic", "became", "year", "language")


def find(wanted: Wanted, on: date) -> Hits:
    """The predictions that are ``wanted`` as they stand on the day ``on``: those said last.

    They are divided by speaker, topic, what became of them, year and language. One query.
    """
    rows = _wanted(wanted, on).values("prediction_id", "said_on")
    try:
        found, values = rows[: MOST + 1].query.sql_with_params()
    except EmptyResultSet:
        return Hits()
    sql = FIND.format(
        found=found,
        most=MOST,
        last=LAST,
        judged=" ".join(f"WHEN '{one}' THEN '{became}'" for became, many in JUDGED.items() for one in many),
        **DATES[connection.vendor],
        **{became: became.value for became in Became if became not in JUDGED},
    )
    told: dict[str, list[tuple[str, str, int]]] = {name: [] for name in ("found", "n", *NAMES)}
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, connection.ops.adapt_datefield_value(on)])
        for name, *row in cursor.fetchall():
            told[name].append(tuple(row))
    numbers = [number for _said_on, _, number in sorted(told["found"], reverse=True)]
    ((_, _, n),) = told["n"]
    return Hits(numbers, [_facet(name, told[name]) for name in NAMES], min(n, MOST), n > MOST)


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


def _facet(name: str, values: list[tuple[str, str, int]]) -> Facet:
    return Facet(name, sorted(values, key=lambda one: (-one[2], one[1]))[:MOST_OF_A_FACET])


def _that(became: str, found: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Those of ``found`` that ``became`` this, as ``FIND`` says it. Where these are few an index finds them first."""
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
