"""The Celery applications of this benchmark: a task for each prediction, and a beat that leaves no pause."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from bench.sweep import rivals  # noqa: E402
from config.celery import app  # noqa: E402
from config.schedule import every  # noqa: E402
from predictions.models import Deadline  # noqa: E402

app.loader.import_default_modules()
app.conf.beat_schedule = {"flag what fell due": every(0, "ledger.tasks.flag_due")}
# A worker's timer keeps a job's time limit until that moment, also when the job is long done: 0.4 KB each, and
# in beat's rhythm a few hundred. Back to back they would pile up for nine minutes, and hide what really leaks.
app.conf.task_time_limit = 15


@app.task(name="bench.fall_due", queue="etas")
def fall_due(deadline: int) -> None:
    row = Deadline.objects.select_related("prediction__statement").get(pk=deadline)
    rivals.fall_due(row, datetime.now(UTC))
