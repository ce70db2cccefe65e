"""Speakers: all of them, and one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ledger.dashboard import board as boards
from ledger.dashboard import captions, findings, lanes, listing, pictures, register, tallies
from ledger.dashboard.board import Board
from ledger.dashboard.findings import Coming
from ledger.dashboard.register import Fate, Order, Register
from ledger.models import Score, Tally
from ledger.scoring import lexicons
from ledger.scoring.groups import Ink
from ledger.views.choice import Link, asked_ink, chosen, links, reading_of
from ledger.views.parts import of_board
from predictions.models import Forecast, Speaker, Topic

MOST_LANES = 20
A_PAGE = 25
SPEAKERS_A_PAGE = 100


@require_safe
def speakers(request: HttpRequest) -> HttpResponse:
    """Everybody who said something, by name, and those who only gave odds on it. ``?page=`` turns over."""
    said = Exists(Tally.objects.filter(scope=Tally.Scope.SPEAKER, subject=OuterRef("pk")))
    paper = Paginator(Speaker.objects.filter(said), SPEAKERS_A_PAGE).get_page(request.GET.get("page"))
    numbers = [one.pk for one in paper]
    counts = tallies.of(Tally.Scope.SPEAKER, numbers)
    reading, asked = reading_of(request), asked_ink(request)
    everybody = boards.read(Score.Scope.ALL, 0, "", reading, asked)
    each = boards.dues(Score.Scope.SPEAKER, numbers, everybody.ink, reading)
    return render(
        request,
        "ledger/speakers.html",
        {
            "paper": paper,
            "rows": [(one, counts[one.pk].logged, each[one.pk]) for one in paper],
            "others": Speaker.objects.filter(~said, forecasts__isnull=False).distinct()[:SPEAKERS_A_PAGE],
            **of_board(request, everybody),
        },
    )


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    """One speaker's record.

    ``?ink=``, ``?reading=`` as on the front page; ``?lexicon=`` turns words into odds; ``?topic=``,
    ``?fate=``, ``?order=`` and ``?page=`` choose from the table.
    """
    someone = get_object_or_404(Speaker.objects.select_related("organisation"), slug=slug)
    today = timezone.localdate()
    board = boards.read(Score.Scope.SPEAKER, someone.pk, slug, reading_of(request), asked_ink(request))
    book = register.read(Q(statement__speaker=someone), today)
    about = Topic.objects.filter(predictions__statement__speaker=someone)
    table = Table(request, book, list(about.values_list("slug", "name", "predictions").order_by("name")))
    shown = book.telling(MOST_LANES)
    found = listing.lines([*(one.number for one in shown), *table.numbers], today)
    again = {
        one.number: [other.last_day for other in book.again(one.number) if other.last_day] for one in shown
    }
    coming = _coming(book)
    given = Forecast.objects.filter(by=someone).exclude(prediction__statement__speaker=someone)
    return render(
        request,
        "ledger/speaker.html",
        {
            "speaker": someone,
            "finding": findings.headline(board, someone.name, coming),
            "coming": coming,
            "book": book,
            "counts": {fate.name.lower(): book.count(fate) for fate in Fate},
            "pictures": pictures.of_figures(board.figures, someone.pk, get_language() or ""),
            "timeline": lanes.drawn([found[one.number] for one in shown], again, today),
            "timeline_finding": captions.of_timeline(len(book.waiting), coming.next_day, coming.n),
            "table": table,
            "entries": [found[number] for number in table.numbers],
            "about": table.about,
            "worded": _worded(request, board),
            "forecasts": given.select_related("prediction__statement__speaker")[:50],
            **of_board(request, board, slug, someone.name),
        },
    )


def _coming(book: Register) -> Coming:
    ahead = book.ahead
    first = ahead[0].last_day if ahead else None
    return Coming(len(book.outlines), first, sum(one.last_day == first for one in ahead))


class Table:
    """What a reader chose from a register, a page of it, and the links to choose otherwise."""

    def __init__(self, request: HttpRequest, book: Register, about: Sequence[tuple[str, str, int]]) -> None:
        """``about`` has the slug and the name of a topic with the number of an entry that is about it."""
        topics = {slug: name for slug, name, _number in about}
        asked = request.GET.get("topic", "")
        self.topic = asked if asked in topics else ""
        self.fate, self.order = chosen(request, "fate", Fate), chosen(request, "order", Order) or Order.LATEST
        among = {number for slug, _name, number in about if slug == self.topic} if self.topic else None
        self.paper = Paginator(book.chosen(Ink.ALL, self.fate, self.order, among), A_PAGE).get_page(
            request.GET.get("page")
        )
        self.numbers = [one.number for one in self.paper]
        self.fates = links(request, "fate", _fates(book), self.fate or "", "promises")
        self.orders = links(request, "order", _orders(), self.order, "promises")
        named = [("", _("all topics")), *topics.items()]
        self.topics = links(request, "topic", named, self.topic, "promises")
        self.about: dict[int, list[str]] = {}
        for _slug, name, number in about:
            self.about.setdefault(number, []).append(name)
        self.back, self.further = _turned(request, self.paper, -1), _turned(request, self.paper, 1)


def _turned(request: HttpRequest, paper: Any, by: int) -> str:
    """Where the next page of a table is, or the one before; empty where there is none."""
    number = paper.number + by
    if not 1 <= number <= paper.paginator.num_pages:
        return ""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}#promises"


def _fates(book: Register) -> list[tuple[str, str]]:
    words = {
        Fate.ON_TIME: _("on time: %(n)s"),
        Fate.LATE: _("late: %(n)s"),
        Fate.PARTLY: _("partly: %(n)s"),
        Fate.MISSED: _("not delivered: %(n)s"),
        Fate.WAITING: _("no verdict yet: %(n)s"),
        Fate.DISPUTED: _("disputed, in no score: %(n)s"),
        Fate.OTHER: _("void or cannot tell: %(n)s"),
        Fate.AHEAD: _("still to come: %(n)s"),
        Fate.UNDATED: _("without a date: %(n)s"),
        Fate.WITHDRAWN: _("withdrawn: %(n)s"),
    }
    counts = {fate: book.count(fate) for fate in Fate}
    return [
        ("", _("everything: %(n)s") % {"n": len(book.outlines)}),
        *((fate.value, words[fate] % {"n": n}) for fate, n in counts.items() if n),
    ]


def _orders() -> list[tuple[str, str]]:
    return [
        (Order.LATEST.value, _("said last first")),
        (Order.SAID.value, _("said first first")),
        (Order.DEADLINE.value, _("by deadline")),
        (Order.FATE.value, _("by outcome")),
    ]


def _worded(request: HttpRequest, board: Board) -> dict[str, Any] | None:
    """The odds read out of words by the lexicon that ``?lexicon=`` names, the first without one; None if there were no such words."""
    all_of_them = board.figures.worded
    if not any(one.odds.n or one.unread for one in all_of_them):
        return None
    asked = request.GET.get("lexicon", "")
    here = next((one for one in all_of_them if one.lexicon == asked), all_of_them[0])
    names = [(one.lexicon, lexicons.BY_NAME[one.lexicon].title) for one in all_of_them]
    switch: list[Link] = links(request, "lexicon", names, here.lexicon, "words")
    spread = board.figures.spread
    return {"here": here, "lexicons": switch, "spread": spread, "finding": captions.of_odds(here.odds)}
