"""The front page: what the whole record shows."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledger import dashboard as boards
from ledger import findings
from ledger.views.choice import ink_of

LINES = 4
MOST_LANES = 14


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The record of everybody; ``?ink=`` says which entries its rates are made of."""
    today, ink = timezone.localdate(), ink_of(request)
    record = boards.record_of_all(today, ink)
    return render(
        request,
        "ledger/front.html",
        {
            "record": record,
            "finding": findings.of_all(record),
            "standfirst": findings.standfirst(record),
            "timeline": boards.drawn(boards.telling(record, MOST_LANES), today),
            "timeline_finding": findings.of_timeline(record),
            "bar_finding": findings.of_bar(record),
            "each": record.of_each(),
            "passed": record.passed[:LINES],
            "ahead": record.ahead[:LINES],
            "waiting": record.waiting[:LINES],
        },
    )
