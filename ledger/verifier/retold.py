"""The published figures computed from an export's tables, as ``figures.jsonl`` has them: what ``verify.py --scores`` asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from ledger.scoring.columns import ANSWERS, NEVER, NONE, Entries, Given, Ints
from ledger.scoring.cut import Subjects
from ledger.scoring.everything import Names, everything, plain
from ledger.scoring.groups import Ink
from ledger.scoring.published import Figures, Reading
from ledger.verifier.entries import Entry, Frame, entries_of, midpoint, table_rows
from ledger.verifier.figures import read_frame

A_WEEK = timedelta(days=7)
DAYS = ("counted_from", "earliest", "nominal", "last_day", "latest", "made_on")


def retold(folder: Path) -> Iterator[dict[str, Any]]:
    """Every line of ``figures.jsonl``."""
    frame = read_frame(folder)
    rows = entries_of(folder, frame.zone)
    speakers = list(table_rows(folder, "speaker"))
    crowds = {row["id"] for row in speakers if row["kind"] in ("market", "crowd")}
    yield from told_lines(
        frame,
        columns(rows, crowds),
        {row["id"]: (row["slug"], row["name"]) for row in speakers},
        {row["id"]: (row["slug"], row["name"]) for row in table_rows(folder, "topic")},
        Subjects(
            _ints(at for at, one in enumerate(rows) for _ in one.topics),
            _ints(topic for one in rows for topic in one.topics),
        ),
    )


def told_lines(
    frame: Frame, rows: Entries, speakers: Names, topics: Names, topic_of: Subjects
) -> Iterator[dict[str, Any]]:
    """The frame, then every set of figures, as plain values."""
    yield {
        "as_of": frame.as_of.isoformat(),
        "time_zone": frame.time_zone,
        "code": frame.code,
        "log_size": frame.log_size,
    }
    base = Figures("", "", Ink.ALL, Reading.DEADLINE, frame.as_of, frame.log_size, frame.code)
    for scope, slug, ink, reading, found in everything(rows, speakers, topics, topic_of, base):
        yield {**plain(found), "scope": scope, "slug": slug, "ink": ink, "reading": reading}


def columns(rows: list[Entry], crowds: set[int]) -> Entries:
    """Entries as the arithmetic of scores wants them; ``crowds`` are the numbers of markets and crowds."""
    given = [(at, one) for at, entry in enumerate(rows) for one in entry.own]
    return Entries(
        number=_ints(one.number for one in rows),
        speaker=_ints(one.speaker for one in rows),
        says_again=_ints(NONE if one.again is None else one.again for one in rows),
        replaces=_ints(NONE if one.replaces is None else one.replaces for one in rows),
        said=_days(one.said.last for one in rows),
        will=np.array([one.will for one in rows], dtype=np.bool_),
        possible=np.array([one.possible for one in rows], dtype=np.bool_),
        **{name: _days(one.days.get(name) for one in rows) for name in DAYS},
        withdrawn=_days(one.withdrawn for one in rows),
        answer=_ints(ANSWERS.index(one.happened) if one.happened else NONE for one in rows),
        first=_days(one.when.first if one.when else None for one in rows),
        last=_days(one.when.last if one.when else None for one in rows),
        looked=_days(one.looked for one in rows),
        given=Given(
            _ints(at for at, _ in given),
            _shares(one.low for _, one in given),
            _shares(one.high for _, one in given),
            np.array([one.words for _, one in given], dtype=object),
        ),
        crowd=_shares(_crowd(one, crowds) for one in rows),
    )


def _crowd(entry: Entry, crowds: set[int]) -> float | None:
    """The first number of a market or a crowd within a week of the statement."""
    for one in entry.given:
        asked = one.by in crowds and one.by != entry.speaker and one.low is not None
        if asked and entry.said.first <= one.stated_on <= entry.said.last + A_WEEK:
            return midpoint(one)
    return None


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _days(days: Iterable[date | None]) -> Ints:
    return _ints(NEVER if day is None else day.toordinal() for day in days)


def _shares(values: Iterable[float | None]) -> Any:
    return np.fromiter((np.nan if value is None else value for value in values), dtype=np.float64)
