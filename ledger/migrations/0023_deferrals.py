from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0022_slips"),
    ]

    operations = [
        migrations.AddField(
            model_name="mail",
            name="deferrals",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="How often of these it refused it for now."
            ),
        ),
    ]
