"""Words are found by their stems. What is in this table and in the tallies the database writes itself (``ledger.upkeep``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Of each Chinese sign a word, since the parser would take a whole sentence for one.
DOCUMENT = """
    ALTER TABLE ledger_words ADD COLUMN document tsvector GENERATED ALWAYS AS (
        to_tsvector('english'::regconfig, regexp_replace(text, '([\\u3400-\\u9fff\\uf900-\\ufaff])', ' \\1 ', 'g'))
    ) STORED
"""


def index(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DOCUMENT)
        schema_editor.execute("CREATE INDEX ledger_words_document ON ledger_words USING gin (document)")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0017_tallies_and_words")]

    operations = [migrations.RunPython(index, migrations.RunPython.noop)]
