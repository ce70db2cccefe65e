"""The front page: what the whole record shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ledger import queue
from ledger.dashboard import board as boards
from ledger.dashboard import captions, findings, lanes, listing, pictures, tallies
from ledger.dashboard.board import Board
from ledger.dashboard.context import logged
from ledger.dashboard.findings import Coming
from ledger.dashboard.listing import Line
from ledger.drawing.ranking import rows
from ledger.models import Appointment, Event, Tally
from ledger.views.choice import asked_ink, reading_of
from ledger.views.parts import of_board

LINES = 5
SOON = timedelta(days=30)

# Put together once: that takes Django longer than the database takes to answer.
JUDGED = (
    Event.objects.of_kind(Event.Kind.RESOLVED)
    .order_by("-happened_at", "-pk")
    .values_list("prediction", flat=True)[: 2 * LINES]
)
AHEAD = (
    Appointment.objects.of_kind(Appointment.Kind.FELL_DUE)
    .order_by("day", "pk")
    .values_list("prediction", flat=True)
)


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """The record of everybody; ``?ink=`` says which entries its rates are made of, ``?reading=`` against which day."""
    today, language = timezone.localdate(), get_language() or ""
    board, ranking = boards.read_all(reading_of(request), asked_ink(request))
    verdicts, ahead, waiting = lists(today)
    coming = Coming(
        logged(getattr(request, "edition", "")),
        ahead[0].last_day if ahead else None,
        _on_the_first_day(ahead),
    )
    timeline = _timeline(board, waiting, ahead, today)
    shown, topics = pictures.of_all(board.figures, language)
    return render(
        request,
        "ledger/front.html",
        {
            "coming": coming,
            "finding": findings.headline(board, coming=coming),
            "pictures": shown,
            "ranking": ranking,
            "ranking_finding": captions.of_ranking(ranking),
            "places": rows(ranking.places),
            "topics": topics,
            "topics_finding": captions.of_topics([(topic.name, topic.figures) for topic in topics]),
            "verdicts": verdicts,
            "ahead": ahead,
            "soon": bool(ahead) and ahead[0].last_day <= today + SOON,
            "waiting": waiting,
            "timeline": timeline,
            "timeline_finding": timeline
            and captions.of_timeline(_how_many_wait(waiting, today), coming.next_day, coming.n),
            **of_board(request, board),
        },
    )


def lists(today: date) -> tuple[list[Line], list[Line], list[Line]]:
    """The latest verdicts, what falls due next, and what has waited longest; as many as a list shows."""
    verdicts = list(dict.fromkeys(JUDGED.all()))[:LINES]
    ahead = list(AHEAD.filter(day__gte=today)[: 2 * LINES])
    waiting = list(queue.overdue(today)[:LINES])
    found = listing.lines([*verdicts, *ahead, *waiting], today)
    coming = [found[number] for number in ahead if not found[number].is_withdrawn]
    return [found[number] for number in verdicts], coming[:LINES], [found[number] for number in waiting]


def _on_the_first_day(ahead: Sequence[Line]) -> int:
    """How many fall due on the first of the days of those shown, which are as many as a list holds."""
    here = sum(entry.last_day == ahead[0].last_day for entry in ahead)
    if here < LINES:
        return here
    first = tallies.of_one(Tally.Scope.DAY, Tally.of_day(ahead[0].last_day))
    return first.logged - first.withdrawn


def _how_many_wait(waiting: Sequence[Line], today: date) -> int:
    """How many wait, of which those shown are the first."""
    return len(waiting) if len(waiting) < LINES else queue.overdue(today).count()


def _timeline(board: Board, waiting: Sequence[Line], ahead: Sequence[Line], today: date) -> Any:
    """What to draw as long as there is no curve: what waits and what comes."""
    if board.figures.delivery.n:
        return None
    dated = sorted([*waiting, *ahead], key=lambda entry: entry.last_day)
    return lanes.drawn(dated, {}, today)
