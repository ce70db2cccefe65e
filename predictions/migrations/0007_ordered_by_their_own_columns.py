"""Deadlines in an order that needs no other table; and no more indexes of words: search has a table of its own."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("predictions", "0006_words_indexed")]

    operations = [
        migrations.RunSQL("DROP INDEX IF EXISTS predictions_prediction_claim_words", migrations.RunSQL.noop),
        migrations.RunSQL("DROP INDEX IF EXISTS predictions_statement_quote_words", migrations.RunSQL.noop),
        migrations.AlterModelOptions("deadline", {"ordering": ("prediction_id", "ordinal")}),
    ]
