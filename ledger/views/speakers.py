"""Speakers: all of them, and one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledger import dashboard, findings
from ledger.views.choice import ink_of
from predictions.models import Forecast, Speaker


@require_safe
def speakers(request: HttpRequest) -> HttpResponse:
    """Everybody who said something, and those who only gave odds on it."""
    record = dashboard.record_of_all(timezone.localdate(), ink_of(request))
    each = record.of_each()
    return render(
        request,
        "ledger/speakers.html",
        {
            "record": record,
            "each": each,
            "others": Speaker.objects.exclude(pk__in=[speaker.pk for speaker, _ in each])
            .filter(forecasts__isnull=False)
            .distinct(),
        },
    )


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """One speaker's record; ``?ink=`` as on the front page."""
    someone = get_object_or_404(Speaker.objects.select_related("organisation"), slug=slug)
    today, ink = timezone.localdate(), ink_of(request)
    record = dashboard.record_of(someone, today, ink)
    given = Forecast.objects.filter(by=someone).exclude(prediction__statement__speaker=someone)
    return render(
        request,
        "ledger/speaker.html",
        {
            "speaker": someone,
            "record": record,
            "finding": findings.of_speaker(someone.name, record),
            "standfirst": findings.standfirst(record),
            "timeline": dashboard.drawn(dashboard.telling(record, dashboard.MOST_LANES), today),
            "timeline_finding": findings.of_timeline(record),
            "bar_finding": findings.of_bar(record),
            "beforehand": [entry for entry in record.with_day if not entry.prediction.in_hindsight],
            "hindsight": [entry for entry in record.with_day if entry.prediction.in_hindsight],
            "forecasts": given.select_related("prediction__statement__speaker"),
        },
    )
