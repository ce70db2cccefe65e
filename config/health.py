"""The pulse, for whoever watches over an installation: is anything wrong, and how much waits?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import redis
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from config.schedule import QUEUES
from ledger import pulse
from ledger.pulse import Figures

UP_SINCE = datetime.now(UTC)
"""When this process began: whoever has just started has not swept yet, and is not ill for that."""

HERE = {"127.0.0.1", "::1"}
PASSED_ON = {"X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via"}
"""What a proxy says for whom it asks with."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when all is well, else 503 and which alarms there are. Tells a stranger nothing else."""
    if found := pulse.alarms(datetime.now(UTC), UP_SINCE):
        return JsonResponse({"status": "alarm", "alarms": found}, status=503)
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer how much waits and how long, as Prometheus reads it; 503 when nobody can count, 403 to strangers."""
    if not _may_read(request):
        return HttpResponse(
            "# for this machine alone, or with METRICS_TOKEN\n", status=403, content_type="text/plain"
        )
    registry = CollectorRegistry(auto_describe=False)
    try:
        registry.register(Told(pulse.figures(datetime.now(UTC), QUEUES)))
    except (DatabaseError, redis.RedisError, OSError):
        return HttpResponse("# nobody can count now: see /healthz\n", status=503, content_type="text/plain")
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _may_read(request: HttpRequest) -> bool:
    """Whether this is who has the token; where there is none, whether it is somebody on this machine who asks for no other, as a proxy does."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}")
    return request.META.get("REMOTE_ADDR") in HERE and not PASSED_ON & request.headers.keys()


class Told(Collector):
    """The figures, as Prometheus names them. Of a kept mail "in vain" says that it was tried already."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def collect(self) -> Iterator[Metric]:
        told = self.figures
        depth = GaugeMetricFamily("hindsight_queue_jobs", "Jobs that no worker has taken.", labels=["queue"])
        for queue, waiting in told.queues.items():
            depth.add_metric([queue], waiting)
        yield depth
        lag = GaugeMetricFamily(
            "hindsight_job_age_seconds", "Time since a job was last done to its end.", labels=["job"]
        )
        for job, age in told.since_beat.items():
            lag.add_metric([job], age)
        yield lag
        mails = GaugeMetricFamily("hindsight_mails", "Mails, by what became of them.", labels=["state"])
        for state, count in (
            ("owed", told.owed),
            ("failed", told.in_vain),
            ("sent", told.sent),
            ("dropped", told.dropped),
        ):
            mails.add_metric([state], count)
        yield mails
        for name, meaning, value in (
            ("oldest_mail_seconds", "Age of the oldest mail that is owed.", told.oldest_owed or 0.0),
            ("not_flagged", "Predictions whose day is over and that no sweep has flagged.", told.not_flagged),
            ("told_later", "Things owed to readers that are in no mail yet: a digest's.", told.told_later),
            ("unsealed", "Rows that the log lacks.", told.unsealed),
        ):
            yield GaugeMetricFamily(f"hindsight_{name}", meaning, value=value)
        if told.last_seal:
            yield GaugeMetricFamily(
                "hindsight_last_seal_timestamp_seconds",
                "When the log was last sealed, in Unix time.",
                value=told.last_seal.timestamp(),
            )
