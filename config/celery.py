"""The Celery application; its settings are Django's that begin with CELERY_."""

from __future__ import annotations

import os

from celery import Celery

from config import transport
from config.pulse import Pulse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

transport.use()
app = Celery("hindsight")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(Pulse)
