"""Lines beside the lanes of the timeline they are drawn in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.dashboard.listing import Line
from ledger.drawing.timeline import Lane, Promise, Timeline, timeline
from ledger.marks import mark
from ledger.scoring.outcome import Outcome


@dataclass(frozen=True)
class Drawn:
    """Lines with their lanes; ``again`` are the days named when the same was promised anew, by number."""

    lines: tuple[Line, ...]
    again: Mapping[int, Sequence[date]]
    picture: Timeline

    @property
    def rows(self) -> list[tuple[Line, Lane, int]]:
        """Each line with its lane and how often it was said again."""
        return [
            (line, lane, len(self.again.get(line.number, ())))
            for line, lane in zip(self.lines, self.picture.lanes, strict=True)
        ]

    @property
    def arcs(self) -> bool:
        """Whether anything was promised more than once."""
        return any(lane.arcs for lane in self.picture.lanes)


def drawn(lines: Sequence[Line], again: Mapping[int, Sequence[date]], on: date) -> Drawn | None:
    """The timeline of ``lines``, which all have a day; None without any."""
    if not lines:
        return None
    promises = [_promise(line, again.get(line.number, ())) for line in lines]
    return Drawn(tuple(lines), again, timeline(promises, on))


def _promise(line: Line, again: Sequence[date]) -> Promise:
    return Promise(
        said=line.said_on,
        deadline=line.last_day,
        shape=mark(line).shape,
        end=_end(line),
        again=tuple(again),
    )


def _end(line: Line) -> date | None:
    """The day that settled ``line``: it came true, was given up, or could no longer count; None while nothing has."""
    verdict, deadline = line.standing.verdict, line.deadline
    if verdict is None or deadline is None:
        return None
    if verdict.when:
        return verdict.when.last
    if line.standing.outcome is Outcome.MISSED:
        return verdict.looked_until
    return min(deadline.last_day, verdict.looked_until)
