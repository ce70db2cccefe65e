"""The calendar of what falls due, a month at a time."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ledger.dashboard import listing, months, tallies
from ledger.dashboard.listing import Line
from ledger.dashboard.months import Month

MOST = 200
"""As many lines of a month as a page holds; the rest are in the list of what falls due."""


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of the calendar, ``?month=2026-11``; without one that in which something falls due next."""
    today = timezone.localdate()
    month = Month.read(request.GET.get("month", "")) or months.opened_with(today)
    numbers = list(months.falling_due(month.first, month.last)[:MOST])
    found = listing.lines(numbers, today)
    rows = [found[number] for number in numbers]
    in_year = tallies.of_months(month.first.year)
    n = in_year.get(month.first.month, 0)
    by_day: dict[date, list[Line]] = {}
    for row in rows:
        by_day.setdefault(row.last_day, []).append(row)
    before, after = months.nearest(month.first.year)
    return render(
        request,
        "ledger/calendar.html",
        {
            "month": month,
            "n": n,
            "left_out": n - len(rows),
            "days": by_day.items(),
            "weeks": [
                [(day, len(by_day.get(day, ())) if day else 0) for day in week] for week in month.weeks
            ],
            "year": [
                (Month(month.first.replace(month=number)), in_year.get(number, 0)) for number in range(1, 13)
            ],
            "before": before and Month.of(before),
            "after": after and Month.of(after),
            "today": today,
        },
    )
