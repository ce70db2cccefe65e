"""Addresses may hold letters of any script. The columns are what they were: only what is put into them is checked anew."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("predictions", "0007_ordered_by_their_own_columns")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "source", "slug", models.SlugField(max_length=120, unique=True, allow_unicode=True)
                ),
                migrations.AlterField(
                    "topic", "slug", models.SlugField(max_length=80, unique=True, allow_unicode=True)
                ),
                migrations.AlterField(
                    "speaker",
                    "slug",
                    models.SlugField(
                        max_length=120,
                        unique=True,
                        allow_unicode=True,
                        help_text="The last part of the public address.",
                    ),
                ),
            ]
        )
    ]
