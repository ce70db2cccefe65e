"""The same words, pasted and uploaded, are one transcript although the ends of their lines differ."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db import migrations, models

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def digest_words(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As ``importing.words_digest`` does; of two that are there already with the same words, the later keeps its file's."""
    transcripts = apps.get_model("predictions", "Transcript").objects
    originals = apps.get_model("predictions", "Original").objects
    seen: set[str] = set()
    for transcript in transcripts.order_by("pk"):
        text = originals.values_list("text", flat=True).get(transcript=transcript)
        plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
        digest = hashlib.sha256(f"{transcript.format}\n{plain}".encode()).hexdigest()
        transcripts.filter(pk=transcript.pk).update(
            words_sha256=transcript.sha256 if digest in seen else digest
        )
        seen.add(digest)


class Migration(migrations.Migration):
    dependencies = [("predictions", "0004_picked_and_reported")]

    operations = [
        migrations.AddField(
            "transcript",
            "words_sha256",
            models.CharField(
                "SHA-256 of the words",
                max_length=64,
                null=True,
                help_text="Of the format and the words in it, whatever the ends of their lines.",
            ),
        ),
        migrations.RunPython(digest_words, migrations.RunPython.noop),
        migrations.AlterField(
            "transcript",
            "words_sha256",
            models.CharField(
                "SHA-256 of the words",
                max_length=64,
                unique=True,
                help_text="Of the format and the words in it, whatever the ends of their lines.",
            ),
        ),
    ]
