"""The calendar of the ledger: what falls due next, and what did lately."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledger.dashboard import listing, months, tallies
from ledger.dashboard.listing import Line
from ledger.views.turning import Counted

A_PAGE = 50


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """What falls due next, by year, or with ``?when=past`` what fell due, the latest first. ``?page=`` turns over.

    What was withdrawn falls due no more, but stays among what did.
    """
    today, past = timezone.localdate(), request.GET.get("when") == "past"
    counts = tallies.of_calendar(today)
    paper = Counted(
        months.passed(today) if past else months.ahead(today),
        A_PAGE,
        counts.gone if past else counts.ahead,
    ).get_page(request.GET.get("page"))
    found = listing.lines(paper, today)
    entries = [found[number] for number in paper]
    return render(
        request,
        "ledger/due.html",
        {
            "past": past,
            "paper": paper,
            "years": [(year, list(those)) for year, those in groupby(entries, key=_year)],
            "first": entries[0] if entries else None,
            "on_the_first_day": sum(one.last_day == entries[0].last_day for one in entries),
            "n_ahead": counts.ahead,
            "n_gone": counts.gone,
            "n_withdrawn": counts.withdrawn,
            "today": today,
        },
    )


def _year(line: Line) -> int:
    return line.last_day.year
