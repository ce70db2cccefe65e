"""What a delivery knew of its sending moves to the mail it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SAME = ("key", "held_until", "failures", "refusals", "last_error", "sent_at", "dropped_at", "dropped_because")


def put_into_mails(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Delivery, Mail = apps.get_model("ledger", "Delivery"), apps.get_model("ledger", "Mail")
    for delivery in Delivery.objects.select_related("event").iterator():
        event = delivery.event
        delivery.told_from = event.happened_at if event else delivery.owed_at
        if event:
            delivery.subscription = None
        else:
            delivery.occasion = int(delivery.key.rpartition(":")[2])
        if delivery.sent_at or delivery.dropped_at or delivery.failures:  # the rest was never begun
            delivery.mail = Mail.objects.create(
                subscriber_id=delivery.subscriber_id,
                made_at=delivery.owed_at,
                **{name: getattr(delivery, name) for name in SAME},
            )
        delivery.save()


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0010_mail"),
    ]

    operations = [migrations.RunPython(put_into_mails)]
