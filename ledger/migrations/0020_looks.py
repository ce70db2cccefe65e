from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0019_triggers_put_up_after_migrating"),
    ]

    operations = [
        migrations.AddField(
            model_name="snapshot",
            name="looks",
            field=models.PositiveSmallIntegerField(default=1),
        ),
    ]
