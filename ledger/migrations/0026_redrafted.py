from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0025_retractions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Redrafted",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("times", models.PositiveBigIntegerField()),
            ],
        ),
    ]
