"""Pictures of stored figures: drawn when figures change, kept, and put into pages as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from hashlib import sha256
from typing import Any

import msgspec
from django.conf import settings
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import translation
from msgspec.structs import replace

from ledger.dashboard import board, captions, findings
from ledger.dashboard.board import Board
from ledger.drawing import delivery, preview, reliability, slips, spark
from ledger.models import Drawn, Picture, Preview, Reckoning, Score
from ledger.scoring.published import ByThen, Delivery, Figures, Reading
from predictions.models import Speaker, Topic

Kind = Picture.Kind
AT_ONCE = 200
"""Subjects drawn in one go."""


@dataclass(frozen=True)
class Small:
    """One of the small multiples: a topic, its figures, and their curve."""

    name: str
    slug: str
    figures: Figures
    svg: str


MOST_TOPICS = 8
TOPIC = Topic.objects.order_by().filter(pk=OuterRef("score__subject"))
OF_TOPICS: QuerySet[Any] = (
    Picture.objects.filter(kind=Kind.SPARK, score__scope=Score.Scope.TOPIC)
    .order_by("-score__figures__delivery__n", "score")
    .values_list(
        Subquery(TOPIC.values(of=JSONObject(name="name", slug="slug"))),
        "score__figures__delivery__n",
        "score__figures__delivery__by",
        "svg",
    )
)
"""The small multiples, those of the most promises first. Put together once."""


def of_figures(figures: Figures, subject: int, language: str) -> dict[str, str]:
    """The pictures of ``figures`` by kind: as they are kept, or drawn now where those do not show these figures."""
    return of_each({subject: figures}, language)[subject]


def of_each(those: Mapping[int, Figures], language: str) -> dict[int, dict[str, str]]:
    """As ``of_figures`` of several subjects under one choice, by number; one query."""
    like = next(iter(those.values()))
    kept = Picture.objects.of_scores(like.scope, list(those), like.ink, like.reading)
    found: dict[int, list[Picture]] = {subject: [] for subject in those}
    for one in kept.filter(language=language).annotate(subject=F("score__subject")):
        found[one.subject].append(one)  # type: ignore[attr-defined]
    return {subject: _kept_or_drawn(figures, found[subject]) for subject, figures in those.items()}


def _kept_or_drawn(figures: Figures, kept: Iterable[Picture]) -> dict[str, str]:
    digest = of_what(figures)
    return {one.kind: one.svg for one in kept if one.drawn_from == digest} or drawn(figures)


def of_all(figures: Figures, language: str) -> tuple[dict[str, str], list[Small]]:
    """The pictures of everybody, and the small multiples of the topics with most promises; two queries."""
    like = {"language": language, "score__ink": figures.ink, "score__reading": figures.reading}
    of_everybody = Picture.objects.of_scores(Score.Scope.ALL, 0, figures.ink, figures.reading)
    return (
        _kept_or_drawn(figures, of_everybody.filter(language=language)),
        [
            Small(topic["name"], topic["slug"], _outlined(figures, n, by), svg)
            for topic, n, by, svg in OF_TOPICS.filter(**like)[:MOST_TOPICS]
            if topic
        ],
    )


def _outlined(like: Figures, n: int, by: object) -> Figures:
    """As much of a topic's figures as is written beside its curve: the rest is long, and not read for that."""
    return replace(like, delivery=Delivery(n=n, by=msgspec.convert(by, tuple[ByThen, ...])))


def drawn(figures: Figures, everybody: Figures | None = None) -> dict[str, str]:
    """The pictures of ``figures``, drawn in the language that is active; those that show nothing are left out.

    ``everybody`` is the thin line in a small multiple.
    """
    found = {
        Kind.DELIVERY.value: delivery.draw(figures.delivery, captions.curve_words(figures.delivery)),
        Kind.SLIPS.value: slips.draw(figures.delivery, captions.slips_words(figures.delivery)),
        Kind.ODDS.value: reliability.draw(figures.odds, captions.diagram_words(figures.odds)),
    }
    if figures.scope == Score.Scope.TOPIC and figures.delivery.n >= delivery.FEWEST:
        found[Kind.SPARK.value] = spark.draw(figures.delivery, everybody.delivery if everybody else None)
    return {kind: svg for kind, svg in found.items() if svg}


def of_what(figures: Figures) -> str:
    """A digest of what is drawn of ``figures``, in the language that is active.

    The same figures on another day are the same picture; with other lettering they are another one.
    """
    lettering = (
        captions.curve_words(figures.delivery),
        captions.slips_words(figures.delivery),
        captions.diagram_words(figures.odds),
    )
    words = [word for one in lettering for word in astuple(one) if isinstance(word, str)]
    return _digest(figures.due, figures.delivery, figures.odds, words)


def _digest(*what: object) -> str:
    return sha256(msgspec.json.encode(what)).hexdigest()[:32]


def previewed(figures: Figures, subject: int, who: str, finding: str) -> bytes:
    """The PNG for shared links: as it is kept, or drawn now."""
    shared = _Shared(who, finding, figures.delivery)
    kept = Preview.objects.filter(
        score__scope=figures.scope,
        score__subject=subject,
        score__ink=figures.ink,
        score__reading=figures.reading,
        drawn_from=shared.digest,
    )
    found = kept.values_list("png", flat=True).first()
    return bytes(found) if found else shared.png


def of_words(who: str, words: str) -> bytes:
    """A PNG for a page that has no figures: who said what."""
    return _Shared(who, words, Delivery()).png


@dataclass(frozen=True)
class _Shared:
    """The PNG for shared links, and a digest of all that is drawn there, in the language that is active."""

    who: str
    finding: str
    curve: Delivery

    @property
    def digest(self) -> str:
        return _digest(self.who, self.finding, self.curve, *self._words)

    @property
    def png(self) -> bytes:
        return preview.png(preview.draw(self.who, self.finding, self.curve, *self._words))

    @property
    def _words(self) -> tuple[str, str]:
        return translation.gettext("on time"), str(findings.WHAT_IT_IS)


# -- drawing anew ----------------------------------------------------------------------------------


def redraw(stored: Callable[[], None] = lambda: None) -> int:
    """Draw what the runs of counting changed that are not drawn yet; return how many subjects that were.

    Only what pages open with is drawn, and what shows unchanged figures stays as it is. Broken off, the
    next turn goes on where this one stopped. ``stored`` is called after each portion of which anything was new:
    the whole may take several turns.
    """
    runs = list(Reckoning.objects.filter(ended_at__isnull=False, drawn__isnull=True))
    changed = Score.objects.filter(reckoning__in=runs, reading=Reading.DEADLINE, scope__in=NAMES)
    subjects: dict[str, list[int]] = {}
    for scope, number in changed.order_by("scope", "subject").values_list("scope", "subject").distinct():
        subjects.setdefault(scope, []).append(number)
    many = 0
    for scope, names in NAMES.items():
        for some in _portions(subjects.get(scope, [])):
            if drawn_anew := _redraw(scope, names(some)):
                many += drawn_anew
                stored()
    Drawn.objects.bulk_create([Drawn(reckoning=run) for run in runs], ignore_conflicts=True)
    return many


NAMES: dict[str, Callable[[list[int]], dict[int, str]]] = {
    Score.Scope.ALL: lambda numbers: dict.fromkeys(numbers, ""),
    Score.Scope.SPEAKER: lambda numbers: _names(Speaker.objects.filter(pk__in=numbers)),
    Score.Scope.TOPIC: lambda numbers: _names(Topic.objects.filter(pk__in=numbers)),
}
"""What is drawn, and how the subjects of each scope are called."""


def _names(found: QuerySet[Speaker] | QuerySet[Topic]) -> dict[int, str]:
    return dict(found.values_list("pk", "name"))


def _portions(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]


def _redraw(scope: str, names: dict[int, str]) -> int:
    boards = board.read_many(scope, dict.fromkeys(names, ""), Reading.DEADLINE)
    scores = {
        (score.subject, score.ink): score
        for score in Score.objects.filter(
            scope=scope, subject__in=list(names), reading=Reading.DEADLINE
        ).defer("figures")
    }
    kept = set(
        Picture.objects.filter(score__in=scores.values())
        .values_list("score", "language", "drawn_from")
        .distinct()
    )
    previews = dict(Preview.objects.filter(score__in=scores.values()).values_list("score", "drawn_from"))
    everybody = board.read(Score.Scope.ALL, 0, "", Reading.DEADLINE) if scope == Score.Scope.TOPIC else None
    changed = 0
    for number, opened in boards.items():
        score = scores.get((number, opened.ink.value))
        if score and (
            _lacks_pictures(score, opened, kept)
            or _lacks_preview(opened, names[number], previews.get(score.pk))
        ):
            _keep(score, opened, names[number], everybody)
            changed += 1
    return changed


def _shows_something(figures: Figures) -> bool:
    return figures.delivery.n >= delivery.FEWEST or bool(figures.odds.levels)


def _lacks_pictures(score: Score, opened: Board, kept: set[tuple[int, str, str]]) -> bool:
    """Whether a page of these figures would find anything of them drawn that is not kept."""
    figures = opened.figures
    if not _shows_something(figures):
        return False
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            if (score.pk, language, of_what(figures)) not in kept:
                return True
    return False


def _lacks_preview(opened: Board, name: str, drawn_from: str | None) -> bool:
    """Whether what is kept for shared links is none of these figures, name and finding."""
    if opened.figures.scope == Score.Scope.TOPIC or not _shows_something(opened.figures):
        return False
    with translation.override(settings.LANGUAGE_CODE):
        return _shared(opened, name).digest != drawn_from


def _shared(opened: Board, name: str) -> _Shared:
    return _Shared(name, findings.headline(opened, name), opened.figures.delivery)


def _keep(score: Score, opened: Board, name: str, everybody: Board | None) -> None:
    figures = opened.figures
    like = everybody.by_ink[opened.ink] if everybody else None
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            digest = of_what(figures)
            for kind, svg in drawn(figures, like).items():
                Picture.objects.update_or_create(
                    score=score, kind=kind, language=language, defaults={"svg": svg, "drawn_from": digest}
                )
    if figures.scope != Score.Scope.TOPIC:
        with translation.override(settings.LANGUAGE_CODE):
            shared = _shared(opened, name)
            kept = {"png": shared.png, "drawn_from": shared.digest}
        Preview.objects.update_or_create(score=score, defaults=kept)
