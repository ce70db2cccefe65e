"""All figures that are published, of everybody, each speaker and each topic, under every choice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from ledger.scoring.choice import choice
from ledger.scoring.columns import Day, Entries
from ledger.scoring.cut import Cut, Subjects, cut, figures
from ledger.scoring.groups import Ink
from ledger.scoring.published import PLACES, Figures, Ranking, Reading
from ledger.scoring.ranking import Candidate, ranking

AT_ONCE = 500
Names = Mapping[int, tuple[str, str]]
"""The last part of the address and the name of each, by number."""


def everything(
    rows: Entries, speakers: Names, topics: Names, topic_of: Subjects, frame: Figures
) -> Iterator[tuple[str, str, str, str, Figures | Ranking]]:
    """Every set of figures with its scope, slug, ink and reading. ``frame`` says as of which day, and by which rules.

    Bands are drawn anew, and come out as those that are stored: their seed follows from the odds.
    """
    day = Day(rows, frame.as_of.toordinal() if frame.as_of else 0)
    together = Subjects.one_each(np.zeros(len(rows), dtype=np.int64))
    scopes = (
        ("all", {0: ("", "")}, together),
        ("speaker", speakers, Subjects.one_each(rows.speaker)),
        ("topic", topics, topic_of),
    )
    for ink, reading in product(Ink, Reading):
        chosen, standings = choice(day, ink, reading), []
        base = replace(frame, ink=ink, reading=reading)
        if not len(cut(chosen, together)):  # what is counted of nobody is told too
            yield "all", "", ink.value, reading.value, replace(base, scope="all")
        for scope, names, subjects in scopes:
            for found, name in _figures(cut(chosen, subjects), names, replace(base, scope=scope)):
                yield scope, found.slug, ink.value, reading.value, found
                if scope == "speaker":
                    due = found.due
                    standings.append(
                        Candidate(found.slug, name, due.on_time, due.settled, due.waiting, due.due)
                    )
        yield "ranking", "", ink.value, reading.value, ranking(standings)


def _figures(among: Cut, names: Names, frame: Figures) -> Iterator[tuple[Figures, str]]:
    for piece in among.pieces(AT_ONCE):
        whose = [names[number] for number in piece.numbers.tolist()]
        frames = [replace(frame, slug=slug) for slug, _ in whose]
        for found, (_, name) in zip(figures(piece, frames, [{}] * len(whose)), whose, strict=True):
            yield found, name


def plain(figures: Figures | Ranking) -> Any:
    """``figures`` as they are stored, published and exported: JSON's types, rounded to ``PLACES``."""
    return _rounded(msgspec.to_builtins(figures))


def _rounded(value: Any) -> Any:
    match value:
        case float():
            return round(float(value), PLACES)
        case dict():
            return {key: _rounded(one) for key, one in value.items()}
        case list() | tuple():
            return [_rounded(one) for one in value]
        case _:
            return value
