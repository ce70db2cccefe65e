"""Rows of other tables beside a row, as one array of JSON: a page asks once for what would be a query for each table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import BooleanField, DecimalField, Field, JSONField, Model

AN_ARRAY = {
    "postgresql": "SELECT json_agg(json_build_array({columns}))::text FROM ({rows}) AS one",
    "sqlite": "SELECT json_group_array(json_array({columns})) FROM ({rows}) AS one",
}


def statement(rows: str, columns: Sequence[str]) -> str:
    """SQL that gives the ``columns`` of the ``rows`` of a query as an array of arrays, in their order."""
    return AN_ARRAY[connection.vendor].format(
        columns=", ".join(f'one."{name}"' for name in columns), rows=rows
    )


def read(array: str | None) -> list[list[Any]]:
    """What a ``statement`` gave."""
    found: list[list[Any]] = json.loads(array or "[]", parse_float=Decimal)
    return found


def row(model: type[Model], names: Sequence[str], values: Sequence[Any]) -> Any:
    """An instance of ``model`` with ``values`` of the fields ``names``, as it would come from its own table."""
    found = dict(zip(names, values, strict=True))
    fields = [field for field in model._meta.concrete_fields if field.attname in found]  # noqa: SLF001
    return model.from_db(
        connection.alias,
        [field.attname for field in fields],
        [
            _value(field, found[field.attname]) for field in fields
        ],  # in the order of the model: so it takes them
    )


def _value(field: Field[Any, Any], value: Any) -> Any:
    """What ``value`` of ``field`` is, as JSON writes it: SQLite has no booleans, no decimals, and no zones but UTC."""
    if isinstance(field, DecimalField) and value is not None:
        return Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places))
    if isinstance(field, JSONField):
        return json.loads(value) if isinstance(value, str) else value
    if isinstance(field, BooleanField):
        return bool(value)
    found = value if value is None or isinstance(value, int) else field.to_python(value)
    return found.replace(tzinfo=UTC) if isinstance(found, datetime) and found.tzinfo is None else found
