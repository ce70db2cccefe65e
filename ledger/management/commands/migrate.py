from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from ledger.log import guard


class Command(migrate.Command):
    """Django's own, with the guard taken down before (SQLite makes a table anew to change it) and put up after."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor == "sqlite":
            guard.take_down(connection)
        try:
            super().handle(*args, **options)
        finally:
            guard.put_up(connection)
