"""The role of those who judge: verdicts, evidence, withdrawals. Who logs may withdraw too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.management import create_permissions
from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MAY = {
    "Reviewers": {
        "ledger": (
            "view_resolution",
            "add_resolution",
            "view_evidence",
            "add_evidence",
            "view_event",
            "add_event",
        ),
        "predictions": (
            "view_speaker",
            "view_source",
            "view_statement",
            "view_prediction",
            "view_deadline",
            "view_forecast",
        ),
    },
    "Loggers": {"ledger": ("add_event",)},
}


def give_roles(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are otherwise made only when all migrations are through, and only of an app with models.
    for label in ("predictions", "ledger"):
        app = apps.get_app_config(label)
        module, app.models_module = getattr(app, "models_module", None), True
        create_permissions(app, apps=apps, verbosity=0)
        app.models_module = module
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, permissions in MAY.items():
        role, _ = Group.objects.get_or_create(name=name)
        for label, names in permissions.items():
            role.permissions.add(
                *Permission.objects.filter(content_type__app_label=label, codename__in=names)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
        ("predictions", "0003_loggers"),
    ]

    operations = [migrations.RunPython(give_roles, migrations.RunPython.noop)]
