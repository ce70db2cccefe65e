from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0016_kinds_of_mail"),
        ("predictions", "0007_ordered_by_their_own_columns"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="ballot",
            options={"ordering": ("prediction_id", "round", "ordinal")},
        ),
        migrations.AlterModelOptions(
            name="resolution",
            options={"ordering": ("prediction_id", "pk")},
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("all", "all"),
                            ("day", "first deadlines on one day"),
                            ("source", "one source"),
                            ("speaker", "one speaker"),
                            ("topic", "one topic"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "subject",
                    models.PositiveBigIntegerField(
                        help_text="The number of the source, speaker or topic; a day as 20261130; 0 for all."
                    ),
                ),
                ("logged", models.PositiveBigIntegerField()),
                ("withdrawn", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("scope", "subject"), name="a_subject_has_one_tally")
                ],
            },
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "prediction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="predictions.prediction",
                    ),
                ),
                ("said_on", models.DateField()),
                ("text", models.TextField()),
            ],
            options={
                "ordering": ("-said_on", "-pk"),
                "indexes": [models.Index(fields=["-said_on", "-prediction"], name="words_said_last_first")],
            },
        ),
    ]
