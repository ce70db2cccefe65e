"""Deadlines as an iCalendar (RFC 5545, RFC 7986) that calendar programs subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from icalendar import STATUS, TRANSP, Calendar, vDuration, vUri
from icalendar import Event as Appointment

from ledger.entries import Entry
from ledger.marks import mark
from ledger.moments import day_after
from ledger.standing import State
from ledger.wording import one_line
from predictions.models import Deadline, Prediction

AGAIN_AFTER = timedelta(hours=6)
"""How long a calendar program may keep what it has."""
LONGEST_SUMMARY, LONGEST_QUOTE = 140, 600


def calendar(entries: Iterable[Entry], *, name: str, about: str, url: str) -> bytes:
    """A calendar of the deadlines of ``entries``, each a whole day; what has none is left out.

    ``name`` and ``about`` say what it holds, ``url`` where it is served. The same entries make the
    same bytes: nothing in them tells when they were made.
    """
    made = Calendar.new(
        uid=uuid5(NAMESPACE_URL, url),
        name=name,
        description=about,
        url=url,
        method="PUBLISH",
        prodid="-//Hindsight//Deadlines//EN",
    )
    made.add("SOURCE", vUri(url, params={"VALUE": "URI"}))
    made.add("REFRESH-INTERVAL", vDuration(AGAIN_AFTER, params={"VALUE": "DURATION"}))
    made.add("X-PUBLISHED-TTL", vDuration(AGAIN_AFTER))  # the older spelling, which most programs still go by
    for entry in entries:
        if entry.deadline is not None:
            made.add_component(appointment(entry, entry.deadline))
    return bytes(made.to_ical())


def appointment(entry: Entry, deadline: Deadline) -> Appointment:
    """The last day of one prediction. What was taken back before its day is there as cancelled, so that programs drop it."""
    prediction = entry.prediction
    page = f"{settings.SITE_URL}{prediction.get_absolute_url()}"
    return Appointment.new(
        uid=uid(prediction),
        start=deadline.last_day,
        end=day_after(deadline.last_day) if day_after(deadline.last_day) > deadline.last_day else None,
        stamp=changed_at(prediction),
        created=prediction.inked_at,
        last_modified=changed_at(prediction),
        sequence=revision(prediction),
        summary=one_line(f"Due: {prediction.foretold} ({prediction.statement.speaker})", LONGEST_SUMMARY),
        description="\n\n".join(_description(entry, page)),
        url=page,
        categories=[topic.name for topic in prediction.topics.all()],
        status=STATUS.CONFIRMED if entry.holds else STATUS.CANCELLED,
        transparency=TRANSP.TRANSPARENT,
    )


def uid(prediction: Prediction) -> str:
    """What a calendar program knows the day by, for ever."""
    return f"prediction-{prediction.pk}@{urlsplit(settings.SITE_URL).hostname}"


def revision(prediction: Prediction) -> int:
    """How often something has happened to it since it was inked: only ever more."""
    return len(prediction.events.all())


def changed_at(prediction: Prediction) -> datetime:
    """When the newest thing about it was written down: its ink, a deadline or an event. UTC."""
    return max(
        prediction.inked_at,
        *(deadline.made_at for deadline in prediction.deadlines.all()),
        *(event.recorded_at for event in prediction.events.all()),
    )


def _description(entry: Entry, page: str) -> Iterable[str]:
    prediction, statement = entry.prediction, entry.prediction.statement
    yield f"“{one_line(statement.quote, LONGEST_QUOTE)}”"
    yield one_line(f"{statement.speaker}, {statement.said}, in {statement.source}")
    if entry.standing.state in (State.SETTLED, State.WITHDRAWN):
        yield str(mark(entry))
    yield one_line(f"What counts: {prediction.criteria}", LONGEST_QUOTE)
    yield page
