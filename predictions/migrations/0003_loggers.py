"""The role of those who log: the card index to edit, entries to ink and to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.management import create_permissions
from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ROLE = "Loggers"
MAY = {
    **dict.fromkeys(("speaker", "source", "topic"), ("view", "add", "change")),
    **dict.fromkeys(("statement", "prediction", "deadline", "forecast"), ("view", "add")),
}


def give_role(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are otherwise made only when all migrations are through, and only of an app with models.
    app = apps.get_app_config("predictions")
    module, app.models_module = getattr(app, "models_module", None), True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = module
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    role, _ = Group.objects.get_or_create(name=ROLE)
    names = [f"{verb}_{model}" for model, verbs in MAY.items() for verb in verbs]
    role.permissions.add(
        *Permission.objects.filter(content_type__app_label="predictions", codename__in=names)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("predictions", "0002_transcripts"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_role, migrations.RunPython.noop)]
