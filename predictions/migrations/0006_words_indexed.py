"""Indexes of the words of claims and quotes, for PostgreSQL; the expression is the one that ``ledger.dashboard.search`` asks for."""

from __future__ import annotations

from django.db import migrations

INDEXED = (("predictions_prediction", "claim"), ("predictions_statement", "quote"))


def index(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, column in INDEXED:
        schema_editor.execute(
            f"CREATE INDEX IF NOT EXISTS {table}_{column}_words ON {table} "
            f"USING gin (to_tsvector('english'::regconfig, COALESCE({column}, '')))"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, column in INDEXED:
        schema_editor.execute(f"DROP INDEX IF EXISTS {table}_{column}_words")


class Migration(migrations.Migration):
    dependencies = [("predictions", "0005_transcripts_known_by_their_words")]

    operations = [migrations.RunPython(index, drop)]
