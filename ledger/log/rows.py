"""The rows of the public record as plain values: what the log seals, and what the export writes as tables.

What is empty is left out, so that a field added later changes nothing that was sealed before.
People who keep the ledger are in none of them; a leaf says by which public name they went.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import BooleanField, Model

from ledger.models import Ballot, Correction, Event, Evidence, Resolution
from ledger.verifier.tables import COLUMNS, Row
from predictions.models import Deadline, Forecast, Prediction, Source, Speaker, Statement, Topic

SECTIONS: dict[type[Model], str] = {
    Speaker: "speaker",
    Source: "source",
    Topic: "topic",
    Statement: "statement",
    Prediction: "prediction",
    Deadline: "deadline",
    Forecast: "forecast",
    Evidence: "evidence",
    Resolution: "resolution",
    Ballot: "ballot",
    Correction: "correction",
    Event: "event",
}
"""Whose rows are public record; ``ledger.verifier.tables`` has the columns of each."""

LEFT_OUT: dict[type[Model], str] = {
    Statement: "fingerprint",  # follows from the rest
    Prediction: "inked_by",
    Deadline: "made_by",
    Evidence: "added_by",
    Resolution: "made_by reviewers",  # a round means two
    Ballot: "happened happened_on happened_precision looked_until which_part note evidence salt made_at made_by",
    # sealed until its round is over: then all of it is in the leaf that opens it
    Event: "made_by",
}
"""What is not in them: who keeps the ledger, and what follows from the rest."""


def row(of: Model) -> Row:
    """``of`` as plain values: its columns, other rows by their numbers."""
    gathered = _gathered(of)
    values = {
        name: gathered[name] if name in gathered else plain(_value(of, name))
        for name in COLUMNS[SECTIONS[type(of)]].split()
    }
    return {name: value for name, value in values.items() if not _is_empty(value)}


Of = TypeVar("Of", bound=Model)


def unsaved(model: type[Of], values: Row) -> Of:
    """The row of ``model`` that ``row`` writes as ``values``, not saved; what is left out of these is empty in it."""
    of, options = model(pk=values["id"]), model._meta  # noqa: SLF001  (Django's own public _meta)
    own = {field.name: field for field in options.concrete_fields if not field.primary_key}
    for name in own.keys() & set(COLUMNS[SECTIONS[model]].split()) - {"organisation"}:
        if name in values:
            setattr(of, own[name].attname, own[name].to_python(values[name]))
        elif isinstance(own[name], BooleanField):
            setattr(of, name, False)
    return of


def _value(of: Model, name: str) -> Any:
    return getattr(of, of._meta.get_field(name).attname)  # type: ignore[union-attr]  # noqa: SLF001  (Django's own public _meta)


def _gathered(of: Model) -> Row:
    """What belongs to a row and stands in other tables."""
    match of:
        case Speaker():
            return {"organisation": of.organisation.name if of.organisation else ""}
        case Source():
            return {"transcripts": sorted(transcript.sha256 for transcript in of.transcripts.all())}
        case Resolution():
            return {"notice_hours": of.notice_hours or None}
        case Prediction():
            return {"topics": sorted(topic.pk for topic in of.topics.all())}
        case _:
            return {}


def _is_empty(value: Any) -> bool:
    return value is None or value is False or value == "" or value == []


def plain(value: Any) -> Any:
    """``value`` as JSON has it: days and moments in ISO 8601, moments in UTC, decimals without trailing noughts."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return value
