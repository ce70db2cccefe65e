"""The published figures of an export against a count of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ledger.scoring.groups import Ink
from ledger.verifier.counting import READINGS, Count, Selection
from ledger.verifier.entries import Entry, Frame, entries_of, table_rows
from ledger.verifier.reading import Missing, first_few, lines, parsed

HALF_A_PLACE = 5e-7 + 1e-12
"""Figures are published rounded to six places."""
DUE_SHARES = ("at_least", "at_most", "lenient", "naive")
COUNTS_OF_DELIVERY = (
    "n",
    "delivered",
    "given_up",
    "open",
    "never_looked",
    "cannot_tell",
    "void",
    "not_to_happen",
)

PARTS_OF_SLIPS = ("low", "high", "delivered", "open", "given_up")


@dataclass(frozen=True)
class Whose:
    """Of whom figures are, and by which choice."""

    scope: str
    slug: str
    ink: str
    reading: str

    def __str__(self) -> str:
        of = f"{self.scope} {self.slug}" if self.slug else "everybody"
        return f"the figures of {of} ({self.ink}, {self.reading})"


def read_frame(folder: Path) -> Frame:
    """The first line of ``figures.jsonl``. Raises ``Missing``."""
    first = parsed(next(lines(folder / "figures.jsonl"), b"")) or {}
    try:
        as_of, size = date.fromisoformat(first["as_of"]), first["log_size"]
        frame = Frame(as_of, first["time_zone"], first["code"], size)
        frame.zone.utcoffset(None)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise Missing(
            "figures.jsonl cannot be read: it does not begin with the day it was counted on"
        ) from error
    return frame


def published(folder: Path) -> Iterator[tuple[Whose, dict[str, Any]]]:
    """Every set of figures but the rankings."""
    for number, line in enumerate(lines(folder / "figures.jsonl")):
        row = parsed(line)
        if number and row and row.get("scope") != "ranking":
            yield Whose(*(str(row.get(name)) for name in ("scope", "slug", "ink", "reading"))), row


def wrong_figures(folder: Path) -> Iterator[str]:
    """Figures that a count of the tables does not give. Raises ``Missing``."""
    yield from first_few(_wrong(folder))


def _wrong(folder: Path) -> Iterator[str]:
    frame = read_frame(folder)
    there = dict(published(folder))
    rows = entries_of(folder, frame.zone)
    for whose, own in counted_anew(folder, rows, frame.as_of):
        if whose not in there:
            yield f"{whose} are missing, or cannot be read"
            continue
        try:
            wrong = list(differences(there.pop(whose), own))
        except (KeyError, TypeError, AttributeError):
            yield f"{whose} are not written as figures are"
            continue
        for where, said, found in wrong:
            yield f"{whose}: {where} is given as {said}, and counting gives {found}"
    for whose, row in there.items():  # figures of words alone that no lexicon knows: nothing to count
        if row.get("due", {}).get("due") != 0 or row.get("odds", {}).get("n") != 0:
            yield f"{whose} are given, and there is nothing to count"


def counted_anew(folder: Path, rows: list[Entry], on: date) -> Iterator[tuple[Whose, dict[str, Any]]]:
    """The figures of everybody, of each speaker and of each topic with anything to count."""
    speakers = {row["id"]: row["slug"] for row in table_rows(folder, "speaker")}
    topics = {row["id"]: row["slug"] for row in table_rows(folder, "topic")}
    for ink in Ink:
        for reading in READINGS:
            count = Count(rows, on, ink, reading)
            chosen = count.selection()
            yield Whose("all", "", ink.value, reading), count.figures(chosen)
            for scope, slugs, parts in (
                ("speaker", speakers, _cut(chosen, lambda one: [one.speaker])),
                ("topic", topics, _cut(chosen, lambda one: one.topics)),
            ):
                for number, part in parts.items():
                    yield Whose(scope, slugs[number], ink.value, reading), count.figures(part)


def _cut(chosen: Selection, belongs_to: Any) -> dict[int, Selection]:
    """``chosen`` by whom its entries belong to; whoever has nothing in it is left out."""
    names = ("counted", "early", "late", "judged")
    found: dict[int, Selection] = {}
    for name in names:
        for one in getattr(chosen, name):
            if name == "judged" and not one.own:
                continue
            for number in belongs_to(one):
                getattr(found.setdefault(number, Selection([], [], [], [])), name).append(one)
    return found


def differences(said: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """What is published otherwise than counted: where, as published, as counted."""
    for where, here, own in pairs(said, found):
        if not _is_same(here, own):
            yield where, here, own


def pairs(said: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each figure that can be counted, as published and as counted."""
    for name, own in found["due"].items():
        here = said["due"].get(name)
        if name in DUE_SHARES:
            here = here and [here.get("k"), here.get("n")]
        yield f"due, {name}", here, own
    for name in ("delivery", "short"):
        yield from _pairs_of_delivery(name, said[name], found[name])
    yield from _pairs_of_odds("odds", said["odds"], found["odds"])
    worded = {one["lexicon"]: one["odds"] for one in said["worded"]}
    for lexicon, own in found["worded"].items():
        if lexicon in worded or own["n"]:
            yield from _pairs_of_odds(f"odds in words ({lexicon})", worded.get(lexicon, {}), own)


def _pairs_of_delivery(
    name: str, said: Mapping[str, Any], own: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    for count in (*COUNTS_OF_DELIVERY, "median", "followed_to"):
        yield f"{name}, {count}", said.get(count), own[count]
    by = [[one["multiple"], one["share"], one["followed"]] for one in said["by"]]
    yield f"{name}, shares by multiples", by, own["by"]
    slips = [[one[part] for part in PARTS_OF_SLIPS] for one in said["slips"]]
    yield f"{name}, slips in bins", slips, own["slips"]
    steps = {round(step[0], 6): step for step in own["curve"]}
    for step in said["curve"]:
        here = [step[part] for part in ("slip", "share", "given_up", "at_risk")]
        yield f"{name}, curve at {step['slip']}", here, steps.get(step["slip"])


def _pairs_of_odds(
    name: str, said: Mapping[str, Any], own: Mapping[str, Any]
) -> Iterator[tuple[str, Any, Any]]:
    for count in ("n", "statements", "brier", "base_rate", "mean_probability"):
        yield f"{name}, {count}", said.get(count), own[count]
    levels = [
        [one["probability"], one["n"], one["came_true"], one["partly"]] for one in said.get("levels", [])
    ]
    yield f"{name}, levels", levels, own["levels"]


def _is_same(here: Any, own: Any) -> bool:
    if isinstance(here, list) and isinstance(own, list):
        return len(here) == len(own) and all(
            _is_same(one, other) for one, other in zip(here, own, strict=True)
        )
    if isinstance(here, float | int) and isinstance(own, float) and not isinstance(here, bool):
        return abs(here - own) <= HALF_A_PLACE
    return type(here) is type(own) and bool(here == own)
