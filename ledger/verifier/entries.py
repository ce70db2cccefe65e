"""The entries of an export as counting wants them, read from its tables alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from ledger.scoring.groups import Spoken, firsts, is_promise
from ledger.verifier.reading import lines, parsed
from ledger.verifier.tables import TABLES, Row
from predictions.dates import Interval, interval


@dataclass(frozen=True)
class Frame:
    """As of which day figures were counted, where a day ends, and by which version of the rules."""

    as_of: date
    time_zone: str
    code: str
    log_size: int | None

    @property
    def zone(self) -> tzinfo:
        return UTC if self.time_zone == "UTC" else ZoneInfo(self.time_zone)


@dataclass(frozen=True)
class Given:
    """A probability that somebody gave of exactly this, in the order of giving; without ends only words."""

    by: int
    low: float | None
    high: float | None
    words: str
    stated_on: date


@dataclass
class Entry:
    """A prediction and what became of it."""

    number: int
    speaker: int
    said: Interval
    will: bool
    possible: bool
    topics: list[int]
    again: int | None
    replaces: int | None
    days: dict[str, date] = field(default_factory=dict)
    """Of the binding deadline, by its columns; empty without one."""
    withdrawn: date | None = None
    happened: str = ""
    """The final verdict; empty without."""
    when: Interval | None = None
    looked: date | None = None
    given: list[Given] = field(default_factory=list)
    claim: int = 0
    """The number of the entry with which its claim begins."""

    @property
    def own(self) -> list[Given]:
        return [one for one in self.given if one.by == self.speaker]

    @property
    def in_hindsight(self) -> bool:
        return bool(self.days) and self.days["last_day"] < self.days["made_on"]

    def is_due(self, on: date) -> bool:
        return bool(self.days) and self.days["last_day"] < on

    def was_withdrawn_late(self, on: date) -> bool:
        return bool(self.withdrawn and self.is_due(on) and self.withdrawn > self.days["last_day"])

    def holds(self, on: date) -> bool:
        """Whether it stands, or was withdrawn too late to be let go."""
        return self.withdrawn is None or self.was_withdrawn_late(on)

    def spoken(self, on: date) -> Spoken:
        first = next((midpoint(one) for one in self.own if one.low is not None), None)
        promise = is_promise(
            dated=bool(self.days), holds=self.holds(on), first_odds=first, possible=self.possible
        )
        return Spoken(self.number, self.replaces, self.in_hindsight, self.holds(on), promise)


def midpoint(given: Given) -> float:
    """The middle of what was stated; only of what was stated in numbers."""
    return round(((given.low or 0.0) + (given.high or 0.0)) / 2, 7)


def entries_of(folder: Path, zone: tzinfo) -> list[Entry]:
    """Every entry, ascending by number."""
    said = {row["id"]: row for row in table_rows(folder, "statement")}
    found = {row["id"]: _entry(row, said[row["statement"]]) for row in table_rows(folder, "prediction")}
    for row in table_rows(folder, "deadline"):
        if row["ordinal"] == 1:
            found[row["prediction"]].days = {
                name: date.fromisoformat(row[name])
                for name in ("counted_from", "earliest", "nominal", "last_day", "latest", "made_on")
            }
    _read_what_became_of_them(folder, found, zone)
    for row in sorted(table_rows(folder, "forecast"), key=lambda row: (row["stated_on"], row["id"])):
        if row.get("same_question"):
            found[row["prediction"]].given.append(_given(row))
    first = firsts((one.number, one.again, one.replaces) for one in found.values())
    for one in found.values():
        one.claim = first.get(one.number, one.number)
    return [found[number] for number in sorted(found)]


def table_rows(folder: Path, section: str) -> Iterator[Row]:
    """The rows of a table; what is no row was told of before and is left out."""
    for line in lines(folder / "tables" / f"{TABLES[section]}.jsonl"):
        if row := parsed(line):
            yield row


def _entry(row: Row, said: Row) -> Entry:
    return Entry(
        number=row["id"],
        speaker=said["speaker"],
        said=interval(date.fromisoformat(said["said_on"]), said["said_precision"]),
        will=row["polarity"] == "will",
        possible=row["modality"] == "may",
        topics=row.get("topics", []),
        again=row.get("says_again"),
        replaces=row.get("replaces"),
    )


def _read_what_became_of_them(folder: Path, found: dict[int, Entry], zone: tzinfo) -> None:
    verdicts = {row["id"]: row for row in table_rows(folder, "resolution")}
    final: dict[int, int] = {}
    for row in table_rows(folder, "event"):
        about = row["prediction"]
        if row["kind"] == "withdrawn":
            found[about].withdrawn = datetime.fromisoformat(row["happened_at"]).astimezone(zone).date()
        elif row["kind"] == "resolved":
            final[about] = max(row["resolution"], final.get(about, 0))
    for about, number in final.items():
        verdict, one = verdicts[number], found[about]
        one.happened, one.looked = verdict["happened"], date.fromisoformat(verdict["looked_until"])
        if "happened_on" in verdict:
            one.when = interval(date.fromisoformat(verdict["happened_on"]), verdict["happened_precision"])


def _given(row: Row) -> Given:
    low, high = (None if row.get(name) is None else float(row[name]) for name in ("low", "high"))
    return Given(row["by"], low, high, row.get("words", ""), date.fromisoformat(row["stated_on"]))
