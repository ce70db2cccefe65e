"""What several pages hand to the same pieces of template."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from ledger.dashboard import captions, findings
from ledger.dashboard.board import Board
from ledger.scoring.groups import Ink
from ledger.scoring.published import Reading
from ledger.views.choice import links


def of_board(
    request: HttpRequest, board: Board, slug: str = "", name: str = "", tables: str = "speaker-csv"
) -> dict[str, Any]:
    """The figures with the sentences over them, the choices, and where each chart is as CSV: at ``tables`` if it is one subject's."""
    figures = board.figures
    return {
        "board": board,
        "figures": figures,
        "caution": findings.caution(board),
        "standfirst": findings.standfirst(board),
        "due_finding": captions.of_due(figures.due),
        "odds_finding": captions.of_odds(figures.odds, name),
        "waiting_finding": findings.of_waiting(figures.due),
        "csv": addresses(board, tables, slug),
        "inks": links(request, "ink", inks(board), board.ink, "counted"),
        "readings": links(request, "reading", readings(), board.reading, "counted"),
    }


def inks(board: Board) -> list[tuple[str, str]]:
    words = {
        Ink.BEFOREHAND: _("written down beforehand: %(n)s"),
        Ink.HINDSIGHT: _("logged in hindsight: %(n)s"),
        Ink.ALL: _("all: %(n)s"),
    }
    return [(ink.value, words[ink] % {"n": f"{board.due[ink.value]:,}"}) for ink in Ink]


def readings() -> list[tuple[str, str]]:
    return [
        (Reading.STRICT.value, _("the best estimate")),
        (Reading.DEADLINE.value, _("the last day on time")),
        (Reading.LATEST.value, _("the latest the words admit")),
    ]


def addresses(board: Board, tables: str, slug: str = "") -> dict[str, str]:
    """Where each chart of ``board`` is as CSV."""
    query = f"?ink={board.ink}&reading={board.reading}"
    own = {
        kind: (reverse(tables, args=[slug, kind]) if slug else reverse("csv", args=[kind])) + query
        for kind in ("delivery", "slips", "due", "odds")
    }
    return {**own, "ranking": reverse("csv", args=["ranking"]) + query}
