"""Triggers that earlier versions of migrations made: what ``migrate`` puts up afterwards stands for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EARLIER = {
    "deadlines_make_appointments": ("predictions_deadline", "ledger_make_appointments"),
    "tally_predictions_prediction": ("predictions_prediction", "tally_predictions_prediction"),
    "tally_predictions_prediction_topics": (
        "predictions_prediction_topics",
        "tally_predictions_prediction_topics",
    ),
    "tally_predictions_deadline": ("predictions_deadline", "tally_predictions_deadline"),
    "tally_ledger_event": ("ledger_event", "tally_ledger_event"),
    "word_predictions_speaker_anew": ("predictions_speaker", "word_predictions_speaker_anew"),
    "word_predictions_source_anew": ("predictions_source", "word_predictions_source_anew"),
}
"""Each with its table and its function on PostgreSQL."""


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name, (table, function) in EARLIER.items():
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {function}")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0018_tallied_by_trigger")]

    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]
