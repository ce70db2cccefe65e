"""About the numbers: what each published figure says, how it is computed, and when it is not shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.dashboard import captions
from ledger.models import Reckoning
from ledger.scoring.groups import Ink
from ledger.scoring.intervals import LEVEL
from ledger.scoring.lexicons import LEXICONS
from ledger.scoring.published import Reading
from ledger.scoring.showing import FEWEST_JUDGED_TWICE, MOST_WAITING, RULES, Piece


@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """One section a figure, made of the constants that the code computes with."""
    return render(
        request,
        "ledger/numbers.html",
        {
            "level": LEVEL,
            "shown": captions.shown(),
            "fewest": {piece.value: rule.fewest for piece, rule in RULES.items()},
            "rank": RULES[Piece.RANK].fewest,
            "most_waiting": MOST_WAITING,
            "judged_twice": FEWEST_JUDGED_TWICE,
            "lexicons": LEXICONS,
            "inks": list(Ink),
            "readings": list(Reading),
            "last": Reckoning.objects.filter(ended_at__isnull=False).first(),
        },
    )
