"""Triggers of ours, as rows to compare: which there should be, and which the database has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

NAMED_AS_OURS = "hindsight_"


class Trigger(NamedTuple):
    """A trigger of ours. Its name tells its wording, so that one that reads otherwise has another name."""

    table: str
    when: str
    """Such as AFTER INSERT."""
    does: str
    runs: str = ""
    """On PostgreSQL: the body of a function of its own, which bears its name; without one ``does`` names another."""

    @property
    def name(self) -> str:
        mark = hashlib.sha256("\n".join(self).encode()).hexdigest()[:8]
        return f"{NAMED_AS_OURS}{self.when.split()[-1].lower()}_{mark}"


def standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers of ours that are there, by name, with their tables."""
    query = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
        "postgresql": "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid "
        "WHERE tgname LIKE %s AND relnamespace = current_schema()::regnamespace",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query, [f"{NAMED_AS_OURS}%"])
        return dict(cursor.fetchall())


def creating(connection: BaseDatabaseWrapper, trigger: Trigger) -> Iterator[str]:
    """The statements that put up ``trigger``."""
    name, table = map(connection.ops.quote_name, (trigger.name, trigger.table))
    does = trigger.does
    if trigger.runs:
        yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {trigger.runs} $$"
        does = f"{does} EXECUTE FUNCTION {name}()"
    yield f"CREATE TRIGGER {name} {trigger.when} ON {table} {does}"


def dropping(connection: BaseDatabaseWrapper, name: str, table: str) -> Iterator[str]:
    """The statements that take down the trigger ``name`` of ``table``, with its function if it has one."""
    quoted = connection.ops.quote_name
    if connection.vendor == "postgresql":
        yield f"DROP TRIGGER {quoted(name)} ON {quoted(table)}"
        yield f"DROP FUNCTION IF EXISTS {quoted(name)}()"
    else:
        yield f"DROP TRIGGER {quoted(name)}"
