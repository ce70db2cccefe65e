"""What may be shown at which number of claims. One table; pages, API and job all ask it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Piece(StrEnum):
    """What a page can show of a record."""

    SHARE = "share"
    RANK = "rank"
    MEAN = "mean"
    LEVELS = "levels"
    BAND = "band"
    MEAN_INTERVAL = "mean_interval"
    LINE = "line"
    DECOMPOSITION = "decomposition"


@dataclass(frozen=True, slots=True)
class Rule:
    """From how many claims on a piece is shown."""

    fewest: int


RULES = {
    Piece.SHARE: Rule(1),
    Piece.RANK: Rule(5),
    Piece.MEAN: Rule(5),
    Piece.LEVELS: Rule(10),
    Piece.BAND: Rule(10),
    Piece.MEAN_INTERVAL: Rule(20),
    Piece.LINE: Rule(30),
    Piece.DECOMPOSITION: Rule(30),
}

INTERVAL_ON_A_MEAN = RULES[Piece.MEAN_INTERVAL].fewest
MOST_WAITING = 0.2
"""With a greater share of the due cohort waiting, a speaker is not ranked."""
FEWEST_JUDGED_TWICE = 20
"""Below so many items judged by two reviewers their agreement is hidden."""

NOTHING_DUE = "No prediction has come due."
ALL_ALIKE = "Everything came out the same way, so there is nothing to tell apart."


def may_show(piece: Piece, n: int) -> bool:
    """Whether ``piece`` may be shown of ``n`` claims."""
    return n >= RULES[piece].fewest


def too_few(piece: Piece, n: int) -> str:
    """Why ``piece`` is not shown of ``n`` claims, for a reader; empty if it is."""
    if may_show(piece, n):
        return ""
    return NOTHING_DUE if n == 0 else f"{n} of the {RULES[piece].fewest} claims it takes."
