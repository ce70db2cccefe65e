"""What the guard of the ledger's tables keeps everybody else from: for tests alone, through their own connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations

from ledger.log import guard


@contextmanager
def unguarded(database: BaseDatabaseWrapper = connection) -> Iterator[None]:
    """Lift the guard, as whoever owns the database could."""
    if database.vendor == "postgresql":  # a superuser's way, and of this connection alone
        with database.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
        return
    guard.take_down(database)
    yield
    guard.put_up(database)


def let_tests_empty_their_tables(database: BaseDatabaseWrapper) -> None:
    """Lift the guard while the tables are emptied after a test that committed, whichever connection does it."""
    kind = type(database.ops)
    flush = kind.execute_sql_flush

    def unguarded_flush(ops: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        with unguarded(ops.connection):
            flush(ops, list(sql_list))

    kind.execute_sql_flush = unguarded_flush  # type: ignore[method-assign, assignment]
