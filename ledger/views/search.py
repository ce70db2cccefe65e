"""Searching the whole record."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ledger.dashboard import listing
from ledger.dashboard import search as finding
from ledger.dashboard.search import Became, Facet, Hits, Wanted
from ledger.selection import LONGEST_SEARCH, typed
from ledger.views.turning import Counted
from predictions.models import Language

A_PAGE = 25
MOST_PAGES = 400
"""Where more is found, narrowing down helps more than turning over."""
NAMES = {"words": "q", "became": "outcome"}
"""What a wish is called in an address, where that differs."""

FACETS = {
    "speaker": _("Speaker"),
    "topic": _("Topic"),
    "became": _("What became of it"),
    "year": _("Said in"),
    "language": _("Language"),
}
CALLED = {
    "became": {
        Became.AHEAD.value: _("Still to come"),
        Became.WAITING.value: _("No verdict yet"),
        Became.TRUE.value: _("Came true"),
        Became.PARTLY.value: _("Partly"),
        Became.NOT_TRUE.value: _("Did not come true"),
        Became.UNSETTLED.value: _("Cannot tell, or void"),
        Became.UNDATED.value: _("No date"),
        Became.WITHDRAWN.value: _("Withdrawn"),
    },
    "language": {
        Language.ENGLISH.value: _("English"),
        Language.TRADITIONAL_CHINESE.value: _("Chinese, traditional"),
        Language.SIMPLIFIED_CHINESE.value: _("Chinese, simplified"),
        Language.OTHER.value: _("another language"),
    },
}


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What holds the words ``?q=``, narrowed down by speaker, topic, outcome, year and language. ``?page=`` turns over."""
    wanted = Wanted(
        **{field: typed(request.GET.get(NAMES.get(field, field), "")) for field in asdict(Wanted())}
    )
    today = timezone.localdate()
    hits = finding.find(wanted, today)
    paper = _turned(request.GET.get("page", ""), hits, wanted, today)
    shown = listing.lines(paper, today)
    return render(
        request,
        "ledger/search.html",
        {
            "wanted": wanted,
            "paper": paper,
            "n": hits.n,
            "last": len(hits.numbers),
            "more": hits.more,
            "longest": LONGEST_SEARCH,
            "cut": LONGEST_SEARCH if len(request.GET.get("q", "")) > LONGEST_SEARCH else None,
            "entries": [shown[number] for number in paper],
            "facets": [_offered(facet, wanted) for facet in hits.facets],
            "chosen": list(_chosen(wanted, hits.facets)),
            "kept": [
                (NAMES.get(field, field), value)
                for field, value in asdict(wanted).items()
                if value and field != "words"
            ],
            "further": _address(wanted),
        },
    )


def _turned(asked: str, hits: Hits, wanted: Wanted, today: date) -> Page[int]:
    """The page of numbers that is asked for. How many there are is not known beyond ``hits``, only whether there is another page."""
    if not hits.more:
        return Paginator(hits.numbers, A_PAGE).get_page(asked)
    number = (
        min(max(int(asked), 1), MOST_PAGES) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    )
    start = (number - 1) * A_PAGE
    those = hits.numbers[start : start + A_PAGE + 1]
    if len(those) <= A_PAGE:
        those = finding.further(wanted, today, start, A_PAGE + 1)
    if not those:
        return _turned("1", hits, wanted, today)
    reach = start + len(those) if number < MOST_PAGES else number * A_PAGE
    return Page(those[:A_PAGE], number, Counted([], A_PAGE, reach))


def _offered(facet: Facet, wanted: Wanted) -> dict[str, object]:
    """A facet as it is shown: each value with its name, how many it leaves, and where it leads."""
    rows = [
        (_called(facet.name, value, label), n, _address(replace(wanted, **{facet.name: value})))
        for value, label, n in facet.values
    ]
    return {"title": FACETS[facet.name], "rows": rows if not getattr(wanted, facet.name) else []}


def _chosen(wanted: Wanted, facets: list[Facet]) -> list[tuple[object, object, str]]:
    """What narrows the search down: what it is, its name, and the address without it."""
    names = {(facet.name, value): label for facet in facets for value, label, _n in facet.values}
    return [
        (
            title,
            _called(field, value, names.get((field, value), value)),
            _address(replace(wanted, **{field: ""})),
        )
        for field, title in FACETS.items()
        if (value := getattr(wanted, field))
    ]


def _called(field: str, value: str, label: str) -> object:
    return CALLED.get(field, {}).get(value, label)


def _address(wanted: Wanted) -> str:
    return "?" + urlencode(
        {NAMES.get(field, field): value for field, value in asdict(wanted).items() if value}
    )
