"""Those who judge may look at the blind verdicts that were opened, and at the corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.management import create_permissions
from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAMES = ("view_ballot", "view_correction", "view_answer")


def let_them_look(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    # Permissions are otherwise made only when all migrations are through, and only of an app with models.
    app = apps.get_app_config("ledger")
    module, app.models_module = getattr(app, "models_module", None), True
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = module
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    role, _ = Group.objects.get_or_create(name="Reviewers")
    role.permissions.add(*Permission.objects.filter(content_type__app_label="ledger", codename__in=NAMES))


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_blind_reviewers")]

    operations = [migrations.RunPython(let_them_look, migrations.RunPython.noop)]
