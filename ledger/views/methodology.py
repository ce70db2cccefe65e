"""How the ledger reads words and counts outcomes, from the constants that do it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ledger.dashboard import captions
from ledger.house_rules import HouseRules
from ledger.judging.agreement import agreement
from ledger.log.sealing import public_key
from ledger.marks import CELLS, SETTLED
from ledger.scoring.groups import EVEN
from ledger.scoring.intervals import LEVEL
from ledger.scoring.lexicons import LEXICONS
from ledger.scoring.outcome import CELL, TRUTH
from ledger.scoring.showing import RULES, Piece
from predictions.horizons import read, why_not

SAID_ON = date(2025, 10, 1)
PHRASES = (
    "in about a year",
    "within 18 months",
    "by the end of next year",
    "36 months or less",
    "in the next 6 to 12 months",
    "this decade",
    "in 2030",
    "half a billion years",
    "soon",
)


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """The conventions: how a phrase becomes dates, how verdicts become outcomes, how outcomes are counted."""
    language = (get_language() or "")[:2]
    return render(
        request,
        "ledger/methodology.html",
        {
            "said_on": SAID_ON,
            "readings": [(phrase, read(phrase, SAID_ON)) for phrase in PHRASES],
            "unread": [
                (phrase, why_not(phrase, SAID_ON, language))
                for phrase in PHRASES
                if read(phrase, SAID_ON) is None
            ],
            "outcomes": [
                (mark, CELLS[CELL[outcome]], TRUTH.get(outcome)) for outcome, mark in SETTLED.items()
            ],
            "house": HouseRules.here(),
            "level": LEVEL,
            "fewest": RULES[Piece.MEAN].fewest,
            "even": EVEN,
            "lexicons": LEXICONS,
            "shown": captions.shown(),
            "agreement": agreement(),
            "key": public_key(),
        },
    )
