"""Topics: all of them, and one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ledger.dashboard import board as boards
from ledger.dashboard import headlines, listing, pictures, tallies
from ledger.models import Score, Tally, Words
from ledger.scoring.groups import Ink
from ledger.scoring.published import Reading
from ledger.views.choice import asked_ink, reading_of
from ledger.views.parts import of_board
from ledger.views.turning import Counted
from predictions.models import Topic

A_PAGE = 50


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic with how much was said of it and how much of that came on time."""
    everything = list(Topic.objects.all())
    counts = tallies.of(Tally.Scope.TOPIC, [topic.pk for topic in everything])
    found = sorted(
        (topic for topic in everything if topic.pk in counts), key=lambda topic: -counts[topic.pk].logged
    )
    own = boards.dues(Score.Scope.TOPIC, [topic.pk for topic in found], Ink.ALL, Reading.DEADLINE)
    rows = [(topic, counts[topic.pk].logged, own[topic.pk]) for topic in found]
    return render(request, "ledger/topics.html", {"topics": rows})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What was said of one topic, by everybody. ``?ink=`` and ``?reading=`` as elsewhere, ``?page=`` turns over."""
    one = get_object_or_404(Topic, slug=slug)
    today = timezone.localdate()
    said = Words.objects.filter(prediction__topics=one).values_list("pk", flat=True)
    n = tallies.of_one(Tally.Scope.TOPIC, one.pk).logged
    paper = Counted(said, A_PAGE, n).get_page(request.GET.get("page"))
    found = listing.lines(paper, today)
    board = boards.read(Score.Scope.TOPIC, one.pk, slug, reading_of(request), asked_ink(request))
    return render(
        request,
        "ledger/topic.html",
        {
            "topic": one,
            "finding": headlines.of_topic(one.name, board, n),
            "pictures": pictures.of_figures(board.figures, one.pk, get_language() or ""),
            "paper": paper,
            "entries": [found[number] for number in paper],
            **of_board(request, board, slug, tables="topic-csv"),
        },
    )
