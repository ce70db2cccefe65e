"""How the ledger reads words and counts outcomes, from the constants that do it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ledger.claims import EVEN, TRUTH
from ledger.marks import CELLS, SETTLED
from ledger.scoring.brier import FEWEST_FOR_A_MEAN
from ledger.scoring.cohort import CELL
from ledger.scoring.intervals import LEVEL
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
    return render(
        request,
        "ledger/methodology.html",
        {
            "said_on": SAID_ON,
            "readings": [(phrase, read(phrase, SAID_ON)) for phrase in PHRASES],
            "unread": [
                (phrase, why_not(phrase, SAID_ON)) for phrase in PHRASES if read(phrase, SAID_ON) is None
            ],
            "outcomes": [
                (mark, CELLS[CELL[outcome]], TRUTH.get(outcome)) for outcome, mark in SETTLED.items()
            ],
            "level": LEVEL,
            "fewest": FEWEST_FOR_A_MEAN,
            "even": EVEN,
        },
    )
