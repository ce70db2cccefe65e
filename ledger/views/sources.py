"""Sources: all of them, and what was logged from one."""

from __future__ import annotations

from itertools import groupby

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledger.claims import entry
from ledger.models import Event
from ledger.standing import with_standing
from predictions.denominator import denominator, in_context
from predictions.models import Prediction, Source


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, the newest first, with how much was logged from it."""
    counts = {
        "logged": Count("statements__predictions", distinct=True),
        "withdrawn": Count(
            "statements__predictions__events",
            filter=Q(statements__predictions__events__kind=Event.Kind.WITHDRAWN),
            distinct=True,
        ),
        "speakers": Count("statements__speaker", distinct=True),
    }
    return render(request, "ledger/sources.html", {"sources": Source.objects.annotate(**counts)})


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """What was logged from one source, by speaker, in the order it was said."""
    text = get_object_or_404(Source, pk=pk)
    today = timezone.localdate()
    found = with_standing(
        Prediction.objects.filter(statement__source=text).order_by(
            "statement__speaker__name", "statement__speaker", "statement__said_on", "pk"
        )
    )
    by_speaker = [
        (speaker, [entry(prediction, today) for prediction in said])
        for speaker, said in groupby(found, key=lambda prediction: prediction.statement.speaker)
    ]
    entries = [entry for _, said in by_speaker for entry in said]
    return render(
        request,
        "ledger/source.html",
        {
            "source": text,
            "by_speaker": by_speaker,
            "logged": len(entries),
            "withdrawn": sum(entry.is_withdrawn for entry in entries),
            "undated": sum(entry.deadline is None and not entry.is_withdrawn for entry in entries),
            "denominator": denominator(
                text, [entry.prediction.pk for entry in entries if entry.is_withdrawn]
            ),
            "transcripts": [
                (transcript, in_context(transcript))
                for transcript in text.transcripts.select_related("source")
            ],
        },
    )
