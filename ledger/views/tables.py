"""What charts show, as CSV; and the pictures that stand for pages where their links are shared."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from msgspec.structs import astuple, fields

from ledger.counting import figures
from ledger.dashboard import board as boards
from ledger.dashboard import findings, headlines, pictures, tallies
from ledger.dashboard.board import Board
from ledger.models import Score, Tally
from ledger.scoring.published import Due, Figures, Ranking
from ledger.views.choice import asked_ink, reading_of
from predictions.models import Prediction, Speaker, Topic

Row = Sequence[object]
DUE = tuple(field.name for field in fields(Due) if field.type in (int, int | None))


def delivery(figures: Figures) -> Iterable[Row]:
    yield "slip", "share", "low", "high", "given_up", "at_risk"
    for step in figures.delivery.curve:
        yield step.slip, step.share, step.low, step.high, step.given_up, step.at_risk


def slips(figures: Figures) -> Iterable[Row]:
    yield "later_than", "up_to", "delivered", "not_yet", "given_up"
    yield from map(astuple, figures.delivery.slips)


def due(figures: Figures) -> Iterable[Row]:
    yield (*DUE, "counted", "settled", "rate_low", "rate_high")
    rate = figures.due.rate
    counts = [getattr(figures.due, name) for name in DUE]
    yield (*counts, figures.due.counted, figures.due.settled, rate and rate.low, rate and rate.high)


def odds(figures: Figures) -> Iterable[Row]:
    yield "probability", "n", "came_true", "partly", "share", "low", "high"
    for level in figures.odds.levels:
        share = level.share
        ends = (share.share, share.low, share.high) if share else (None, None, None)
        yield (level.probability, level.n, level.came_true, level.partly, *ends)


def ranking(places: Ranking) -> Iterable[Row]:
    yield "rank", "slug", "name", "k", "n", "mean", "low", "high", "tied"
    for place in places.places:
        yield astuple(place)


KINDS: dict[str, Callable[[Figures], Iterable[Row]]] = {
    "delivery": delivery,
    "slips": slips,
    "due": due,
    "odds": odds,
}


@require_safe
def everybody(request: HttpRequest, kind: str) -> HttpResponse:
    """A chart of everybody as CSV: ``delivery``, ``slips``, ``due``, ``odds`` or ``ranking``, under ``?ink=`` and ``?reading=``."""
    board = boards.read(Score.Scope.ALL, 0, "", reading_of(request), asked_ink(request))
    rows = ranking(figures.ranking(board.ink, board.reading)) if kind == "ranking" else _rows(kind, board)
    return _csv(f"{kind}.csv", rows)


@require_safe
def one(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """A chart of one speaker as CSV."""
    someone = get_object_or_404(Speaker, slug=slug)
    board = boards.read(Score.Scope.SPEAKER, someone.pk, slug, reading_of(request), asked_ink(request))
    return _csv(f"{slug}-{kind}.csv", _rows(kind, board))


@require_safe
def topic(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """A chart of one topic as CSV."""
    return _csv(f"{slug}-{kind}.csv", _rows(kind, _of_topic(request, get_object_or_404(Topic, slug=slug))))


def _of_topic(request: HttpRequest, one: Topic) -> Board:
    return boards.read(Score.Scope.TOPIC, one.pk, one.slug, reading_of(request), asked_ink(request))


def _rows(kind: str, board: Board) -> Iterable[Row]:
    if kind not in KINDS:
        raise Http404("There is no such table.")
    return KINDS[kind](board.figures)


def _csv(name: str, rows: Iterable[Row]) -> HttpResponse:
    """What is not known is an empty field."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"  # noqa: FBT003  (its own order)
    csv.writer(response).writerows(rows)
    return response


# -- previews --------------------------------------------------------------------------------------


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The front page's picture for shared links."""
    board = boards.read(Score.Scope.ALL, 0, "", reading_of(request), asked_ink(request))
    return _png(board, 0, "", findings.headline(board))


@require_safe
def preview_of_speaker(request: HttpRequest, slug: str) -> HttpResponse:
    someone = get_object_or_404(Speaker, slug=slug)
    board = boards.read(Score.Scope.SPEAKER, someone.pk, slug, reading_of(request), asked_ink(request))
    return _png(board, someone.pk, someone.name, findings.headline(board, someone.name))


@require_safe
def preview_of_topic(request: HttpRequest, slug: str) -> HttpResponse:
    one = get_object_or_404(Topic, slug=slug)
    board = _of_topic(request, one)
    logged = tallies.of_one(Tally.Scope.TOPIC, one.pk).logged
    return _png(board, one.pk, one.name, headlines.of_topic(one.name, board, logged))


@require_safe
def preview_of_prediction(request: HttpRequest, pk: int) -> HttpResponse:
    """Who said it, and the claim. Drawn each time it is asked for, since it shows no figures."""
    found = get_object_or_404(Prediction.objects.select_related("statement__speaker"), pk=pk)
    said = found.statement
    return HttpResponse(
        pictures.of_words(f"{said.speaker}, {said.said}", found.foretold), content_type="image/png"
    )


def _png(board: Board, subject: int, who: str, finding: str) -> HttpResponse:
    return HttpResponse(pictures.previewed(board.figures, subject, who, finding), content_type="image/png")
