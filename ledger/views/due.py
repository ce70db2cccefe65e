"""The calendar of the ledger: what falls due next, and what did lately."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledger.claims import Entry, entry
from ledger.models import Event
from ledger.standing import with_standing
from predictions.models import Prediction

A_PAGE = 50


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What falls due next, by year, or with ``?when=past`` what fell due, the latest first. ``?page=`` turns over.

    What was withdrawn falls due no more, but stays among what did.
    """
    today, past = timezone.localdate(), request.GET.get("when") == "past"
    withdrawn = Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(prediction=OuterRef("pk"))
    dated = Prediction.objects.filter(deadlines__ordinal=1)
    ahead = dated.filter(~Exists(withdrawn), deadlines__last_day__gte=today)
    gone = dated.filter(deadlines__last_day__lt=today)
    chosen = (
        gone.order_by("-deadlines__last_day", "-pk") if past else ahead.order_by("deadlines__last_day", "pk")
    )
    paper = Paginator(with_standing(chosen), A_PAGE).get_page(request.GET.get("page"))
    entries = [entry(prediction, today) for prediction in paper]
    return render(
        request,
        "ledger/due.html",
        {
            "past": past,
            "paper": paper,
            "years": [(year, list(those)) for year, those in groupby(entries, key=_year)],
            "first": entries[0] if entries else None,
            "on_the_first_day": sum(one.last_day == entries[0].last_day for one in entries),
            "n_ahead": paper.paginator.count if not past else ahead.count(),
            "n_gone": paper.paginator.count if past else gone.count(),
            "n_withdrawn": gone.filter(Exists(withdrawn)).count(),
            "today": today,
        },
    )


def _year(entry: Entry) -> int:
    return entry.last_day.year
