"""What programs subscribe to: calendars and feeds."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import conditional_page, require_safe

from ledger.models import Event
from ledger.views import calendars
from ledger.views.feeds import Happenings

FEEDS = (
    Happenings(
        Event.Kind.FELL_DUE, "feeds/due", "Fell due", "Predictions whose last day is over, as they fall due."
    ),
    Happenings(Event.Kind.RESOLVED, "feeds/resolved", "Resolved", "Verdicts, as soon as they are final."),
    Happenings("corrected", "feeds/corrected", "Put right", "Corrections of what the ledger says."),
)

urlpatterns = [
    path("due.ics", calendars.due, name="due.ics"),
    *(path(f"{feed.name}.atom", require_safe(conditional_page(feed)), name=feed.name) for feed in FEEDS),
]
