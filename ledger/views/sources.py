"""Sources: all of them, and what was logged from one."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledger.dashboard import listing, tallies
from ledger.dashboard.listing import Line
from ledger.models import Event, Tally
from predictions.denominator import denominator, in_context
from predictions.models import Deadline, Prediction, Source, Statement

A_PAGE = 100
NONE = tallies.Count()


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, the newest first, with how much was logged from it. ``?page=`` turns over."""
    paper = Paginator(Source.objects.all(), A_PAGE).get_page(request.GET.get("page"))
    numbers = [text.pk for text in paper]
    counts = tallies.of(Tally.Scope.SOURCE, numbers)
    said = Statement.objects.filter(source__in=numbers).order_by().values_list("source")
    speakers = dict(said.annotate(n=Count("speaker", distinct=True)))
    rows = [(text, speakers.get(text.pk, 0), counts.get(text.pk, NONE)) for text in paper]
    return render(request, "ledger/sources.html", {"paper": paper, "rows": rows})


@require_safe
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """What was logged from one source, by speaker, in the order it was said. ``?page=`` turns over."""
    text = get_object_or_404(Source, pk=pk)
    today = timezone.localdate()
    own = {"prediction": OuterRef("pk")}
    said = list(
        Prediction.objects.filter(statement__source=text)
        .order_by("statement__speaker__name", "statement__speaker", "statement__said_on", "pk")
        .annotate(
            withdrawn=Exists(Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(**own)),
            dated=Exists(Deadline.objects.first_readings().filter(**own)),
        )
        .values_list("pk", "statement__speaker", "withdrawn", "dated")
    )
    taken_back = [number for number, _, withdrawn, _ in said if withdrawn]
    paper = Paginator([number for number, *_ in said], A_PAGE).get_page(request.GET.get("page"))
    found = listing.lines(paper, today)
    transcripts = list(text.transcripts.select_related("source"))
    return render(
        request,
        "ledger/source.html",
        {
            "source": text,
            "paper": paper,
            "by_speaker": [
                (speaker, list(those))
                for speaker, those in groupby((found[number] for number in paper), key=_speaker)
            ],
            "speakers": len({speaker for _, speaker, *_ in said}),
            "logged": len(said),
            "withdrawn": len(taken_back),
            "undated": sum(not (withdrawn or dated) for *_, withdrawn, dated in said),
            "denominator": denominator(text, taken_back) if transcripts else None,
            "transcripts": [(transcript, in_context(transcript)) for transcript in transcripts],
        },
    )


def _speaker(line: Line) -> tuple[str, str]:
    return line.speaker, line.speaker_address
