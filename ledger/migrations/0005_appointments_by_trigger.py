"""Appointments of what is pending already. Those of new deadlines the database makes itself (``ledger.upkeep``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PENDING = """
    INSERT INTO ledger_appointment (prediction_id, kind, number, day)
    SELECT d.prediction_id, 'fell_due', 0, d.last_day FROM predictions_deadline d
    WHERE d.ordinal = 1 AND NOT EXISTS (
        SELECT 1 FROM ledger_event e WHERE e.prediction_id = d.prediction_id AND e.kind = 'fell_due'
    )
"""  # their notices are made by the first sweep, which finds no lead kept yet


def keep_agenda(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(PENDING)


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0004_agenda"),
    ]

    operations = [migrations.RunPython(keep_agenda, migrations.RunPython.noop)]
