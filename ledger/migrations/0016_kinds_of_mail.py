from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0015_snapshots"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="kind",
            field=models.CharField(
                choices=[
                    ("confirm", "please confirm"),
                    ("approaching", "a deadline comes near"),
                    ("fell_due", "fell due"),
                    ("intended", "a verdict is announced"),
                    ("resolved", "a verdict"),
                    ("corrected", "a correction"),
                    ("reminder", "waits for a verdict"),
                ],
                max_length=20,
            ),
        ),
    ]
