"""The ledger made anew from an export's log alone: every row that was sealed, in a database that has none.

What the log does not hold is not made: who logs in, drafts, mail. Of people who keep the ledger only
their public names are in the log, so rows name nobody; the words of transcripts are not there either.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

from ledger.log.rows import SECTIONS, unsaved
from ledger.models import OF_JUDGEMENT, Ballot, Correction, Event, Evidence, Leaf, Resolution
from ledger.verifier.reading import lines, parsed
from ledger.verifier.tables import Row
from predictions import ink
from predictions.models import Deadline, Forecast, Prediction, Source, Speaker, Statement, Topic, Transcript

NOBODY_S = 10**12
"""From here on are numbered organisations that the log knows by name alone: no card of their own was sealed."""
SEALED_FOR_GOOD = {"happened": "cannot_tell", "note": "Never opened."}
"""Stands in a blind verdict of which the log has nothing but the hash."""


class NotEmpty(Exception):
    """There is a ledger in this database already."""


@transaction.atomic
def load(folder: Path) -> int:
    """Make the rows that the log in ``folder`` (an export that was checked) holds; return of how many entries.

    Raises ``NotEmpty``.
    """
    if Leaf.objects.exists() or Prediction.objects.exists() or Speaker.objects.exists():
        raise NotEmpty(
            "There is a ledger in this database. Name an empty one in DATABASE_URL, after migrate."
        )
    leaves = [leaf for line in lines(folder / "log.jsonl") if (leaf := parsed(line))]
    opened = {leaf["ballot"]["id"]: leaf["opened"] for leaf in leaves if "opened" in leaf}
    for leaf in leaves:
        LOADERS[leaf["kind"]](leaf, opened)
    with connection.cursor() as cursor:  # rows came with their numbers: the next new one goes on from there
        for statement in connection.ops.sequence_reset_sql(no_style(), list(SECTIONS)):
            cursor.execute(statement)
    return len(leaves)


def _speaker(leaf: Row, _: Any) -> None:
    if "gone" in leaf:
        Speaker.objects.filter(pk=leaf["gone"]).delete()
        return
    name = leaf["speaker"].get("organisation", "")
    values: Row = {"organisation": _organisation(name) if name else None}
    _card(unsaved(Speaker, leaf["speaker"]), values)


def _organisation(name: str) -> Speaker:
    known = Speaker.objects.filter(name=name, pk__gt=NOBODY_S).first()
    if known:
        return known
    number = NOBODY_S + Speaker.objects.filter(pk__gt=NOBODY_S).count() + 1
    return Speaker.objects.create(
        pk=number, slug=f"organisation-{number}", name=name, kind=Speaker.Kind.ORGANISATION
    )


def _source(leaf: Row, _: Any) -> None:
    if "gone" in leaf:
        Source.objects.filter(pk=leaf["gone"]).delete()
        return
    source = _card(unsaved(Source, leaf["source"]), {})
    for sha256 in leaf["source"].get("transcripts", []):
        about = {
            "format": "",
            "length": 0,
            "said_on": date.min,
            "imported_at": datetime.min.replace(tzinfo=UTC),
        }
        Transcript.objects.get_or_create(sha256=sha256, defaults={"source": source, **about})


def _topic(leaf: Row, _: Any) -> None:
    if "gone" in leaf:
        Topic.objects.filter(pk=leaf["gone"]).delete()
        return
    _card(unsaved(Topic, leaf["topic"]), {})


def _card(card: Model, values: Row) -> Any:
    """A card as it was sealed last."""
    for name, value in values.items():
        setattr(card, name, value)
    card.save()
    return card


def _prediction(leaf: Row, _: Any) -> None:
    statement = unsaved(Statement, leaf["statement"])
    statement.fingerprint = ink.fingerprint(statement)
    _once(statement)
    prediction = _once(unsaved(Prediction, leaf["prediction"]))
    prediction.topics.set(leaf["prediction"].get("topics", []))
    if "deadline" in leaf:
        _once(unsaved(Deadline, leaf["deadline"]))
    for row in leaf["forecast"]:
        _once(unsaved(Forecast, row))


def _event(leaf: Row, opened: dict[int, Row]) -> None:
    if "resolution" in leaf:
        verdict = unsaved(Resolution, leaf["resolution"])
        verdict.reviewers = 1 if verdict.round is None else 2
        _once(verdict)
    if "correction" in leaf:
        _once(unsaved(Correction, leaf["correction"]))
    if "ballot" in leaf:
        _ballot(leaf["ballot"], leaf["event"], opened.get(leaf["ballot"]["id"]))
    _once(unsaved(Event, leaf["event"]))


def _ballot(row: Row, event: Row, opened: Row | None) -> None:
    ballot = unsaved(Ballot, row)
    content = opened["content"] if opened else {**SEALED_FOR_GOOD, "looked_until": event["happened_at"][:10]}
    for name in OF_JUDGEMENT:
        if content.get(name) is not None:
            setattr(ballot, name, content[name])
    ballot.salt = opened["salt"] if opened else ""
    ballot.evidence = content.get("evidence", [])
    ballot.made_at = datetime.fromisoformat(str(content.get("cast_at") or event["happened_at"]))
    _once(ballot)


def _once(row: Any) -> Any:
    """``row`` as saved; a row that several leaves hold is made by the first."""
    there = type(row)._default_manager.filter(pk=row.pk).first()  # noqa: SLF001  (Django's own public name for it)
    if there is None:
        row.save(force_insert=True)
    return there or row


def _alone(model: type[Model], kind: str) -> Callable[[Row, Any], None]:
    return lambda leaf, _: _once(unsaved(model, leaf[kind])) and None


LOADERS: dict[str, Callable[[Row, Any], None]] = {
    "speaker": _speaker,
    "source": _source,
    "topic": _topic,
    "prediction": _prediction,
    "deadline": _alone(Deadline, "deadline"),
    "evidence": _alone(Evidence, "evidence"),
    "event": _event,
}
"""How each kind of leaf becomes rows again; as ``leaves.KINDS``."""
