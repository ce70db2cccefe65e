"""Calendars that a calendar program subscribes to."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_safe

from ledger.dashboard import calendars
from ledger.entries import entry
from ledger.standing import with_standing
from ledger.views.choice import selection_of
from predictions.models import Prediction, PredictionQuerySet

MOST_DAYS = 1_000
"""Days in one calendar: more than that is slow in every calendar program."""


@require_safe
@conditional_page
def due(request: HttpRequest) -> HttpResponse:
    """Deadlines, narrowed by ``?speaker=``, ``?topic=`` (slugs) and ``?q=`` (words); ``MOST_DAYS`` of them, those to come first."""
    chosen, today = selection_of(request), timezone.localdate()
    entries = [entry(prediction, today) for prediction in _nearest(chosen.predictions(), today)]
    made = calendars.calendar(
        entries,
        name=f"Falling due: {chosen.named or 'all predictions'}",
        about="The last days on which what was predicted still comes true on time.",
        url=f"{settings.SITE_URL}{request.get_full_path()}",
    )
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = 'inline; filename="due.ics"'
    answer.headers["Cache-Control"] = "public, no-cache"  # keep it, and ask each time whether it is still so
    if entries:
        newest = max(calendars.changed_at(one.prediction) for one in entries)
        answer.headers["Last-Modified"] = http_date(newest.timestamp())
    return answer


def _nearest(predictions: PredictionQuerySet, today: date) -> list[Prediction]:
    """The next to fall due, and, as far as there is room, those that did last, in the order of their days."""
    dated = with_standing(predictions)
    ahead = dated.filter(deadlines__ordinal=1, deadlines__last_day__gte=today)
    gone = dated.filter(deadlines__ordinal=1, deadlines__last_day__lt=today)
    to_come = list(ahead.order_by("deadlines__last_day", "pk")[:MOST_DAYS])
    lately = list(gone.order_by("-deadlines__last_day", "-pk")[: MOST_DAYS - len(to_come)])
    return [*reversed(lately), *to_come]
