"""Two speakers side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ledger.dashboard import board as boards
from ledger.dashboard import headlines, pairs, pictures
from ledger.models import Score, Tally
from ledger.scoring.groups import Ink
from ledger.scoring.published import Figures, Reading
from ledger.selection import typed
from ledger.views.choice import asked_ink
from ledger.views.parts import addresses
from predictions.models import Speaker

MOST_OFFERED = 200


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The figures of two speakers, ``?a=`` and ``?b=``, and what both were asked. Without two it asks for them."""
    asked = [typed(request.GET.get(side, "")) for side in ("a", "b")]
    one, other = _called(asked)
    context: dict[str, object] = {
        "names": _most_logged(),
        "fields": [("a", _("One"), asked[0], one), ("b", _("The other"), asked[1], other)],
        "one": one,
        "other": other,
    }
    if one and other and one != other:
        context |= _side_by_side(request, one, other)
    return render(request, "ledger/compare.html", context)


def _called(asked: list[str]) -> list[Speaker | None]:
    """Of whom something is logged, by their slug or else by their name, whatever its case; None for what nobody is called."""
    said = Speaker.objects.filter(
        Exists(Tally.objects.filter(scope=Tally.Scope.SPEAKER, subject=OuterRef("pk")))
    )
    wanted = [text for text in asked if text]
    named = reduce(or_, (Q(name__iexact=text) for text in wanted), Q(slug__in=wanted))
    found = list(said.filter(named).order_by("pk")) if wanted else []
    by_slug = {speaker.slug: speaker for speaker in found}
    by_name = {speaker.name.casefold(): speaker for speaker in reversed(found)}
    return [by_slug.get(text) or by_name.get(text.casefold()) for text in asked]


def _most_logged() -> list[str]:
    """The names of those of whom most is logged, to be offered while one types."""
    most = Tally.objects.filter(scope=Tally.Scope.SPEAKER).order_by("-logged", "subject").values("subject")
    found = Speaker.objects.filter(pk__in=most[:MOST_OFFERED])
    return list(found.order_by("name").values_list("name", flat=True))


def _side_by_side(request: HttpRequest, one: Speaker, other: Speaker) -> dict[str, object]:
    slugs = {speaker.pk: speaker.slug for speaker in (one, other)}
    found = boards.read_many(Score.Scope.SPEAKER, slugs, Reading.DEADLINE, asked_ink(request))
    ink = asked_ink(request) or boards.opening(*(board.by_ink for board in found.values()))
    both = {speaker.pk: replace(found[speaker.pk], asked=ink) for speaker in (one, other)}
    drawn = pictures.of_each({number: board.figures for number, board in both.items()}, get_language() or "")
    sides = [
        Side(speaker, board.figures, drawn[speaker.pk], addresses(board, "speaker-csv", speaker.slug))
        for speaker, board in ((speaker, both[speaker.pk]) for speaker in (one, other))
    ]
    mine, theirs = (side.figures for side in sides)
    names = (one.name, other.name)
    asked = pairs.asked_of_both(one, other, timezone.localdate())
    judged = [pair for pair in asked if pair.truth is not None]
    closer = (sum(pair.closer == "one" for pair in judged), sum(pair.closer == "other" for pair in judged))
    return {
        "sides": sides,
        "odds_of_both": bool(mine.odds.n and theirs.odds.n),
        "finding": headlines.of_two(names, (mine.due, theirs.due)),
        "inks": [
            (each.value, each is ink, sum(board.due[each.value] for board in found.values())) for each in Ink
        ],
        "pairs": asked,
        "pairs_finding": headlines.of_pairs(names, closer, len(judged)),
        "speakers": [one, other],
    }


@dataclass(frozen=True)
class Side:
    """One of the two: the figures, the pictures of them, and where each is as CSV."""

    speaker: Speaker
    figures: Figures
    pictures: dict[str, str]
    csv: dict[str, str]
