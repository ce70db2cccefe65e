"""Counting an export anew, claim by claim, with the rules of ``ledger.scoring.groups`` and nothing but arithmetic.

What Hindsight publishes it counts in columns (``ledger.scoring.choice``); this goes the plain way,
so that the one checks the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil
from statistics import median_low
from typing import Any, NamedTuple

from ledger.scoring.groups import Ink, holding, promise
from ledger.scoring.lexicons import LEXICONS
from ledger.scoring.outcome import CELL, TRUTH, Outcome, Window, outcome
from ledger.scoring.showing import Piece, may_show
from ledger.verifier.entries import Entry, midpoint

READINGS = {"strict": "nominal", "deadline": "last_day", "latest": "latest"}
"""Against which day each reading holds promises."""
SHORT_PROMISE = 30
SAME_DAY = 0.5
SHARES_BY = (1.0, 1.5, 2.0, 3.0, 4.0)
NO_MORE = 1e-12
OUT_OF_THE_CURVE = ("never_looked", "cannot_tell", "void", "not_to_happen")


class Told(NamedTuple):
    """Odds and what became of them."""

    claim: int
    p: float
    truth: float


@dataclass(frozen=True)
class Selection:
    """What a choice of entries and of reading counts on a day; of all, or of one speaker or topic."""

    counted: list[Entry]
    early: list[Entry]
    late: list[Entry]
    """Withdrawn after their deadline."""
    judged: list[Entry]
    """Whose odds count."""

    def of(self, belongs: Callable[[Entry], bool]) -> Selection:
        return Selection(
            *(list(filter(belongs, those)) for those in (self.counted, self.early, self.late, self.judged))
        )

    @property
    def everything(self) -> Iterator[Entry]:
        for those in (self.counted, self.early, self.late, self.judged):
            yield from those


@dataclass(frozen=True)
class Count:
    """The counting of ``entries`` on the day ``on`` under a choice of entries and of reading."""

    entries: Sequence[Entry]
    on: date
    ink: Ink
    reading: str

    def selection(self) -> Selection:
        promises, held = self._by_claims()
        admitted = [one for one in self.entries if self.ink.admits(one)]
        kept = [one for one in admitted if one.number in promises]
        return Selection(
            [one for one in kept if self._is_over(one)],
            [one for one in kept if not one.is_due(self.on) and one.happened == "yes" and one.will],
            [one for one in admitted if one.was_withdrawn_late(self.on)],
            sorted(
                (
                    one
                    for one in admitted
                    if one.number in held and self._is_over(one) and self.outcome(one) in TRUTH
                ),
                key=lambda one: (one.said.last, one.number),
            ),
        )

    def figures(self, chosen: Selection) -> dict[str, Any]:
        """All that is published of ``chosen`` but intervals, bands and ranks."""
        short = [one for one in chosen.counted if self._promised(one) < SHORT_PROMISE]
        long = [one for one in chosen.counted if self._promised(one) >= SHORT_PROMISE]
        return {
            "due": self._due(chosen),
            "delivery": delivered(map(self._way_out, long)),
            "short": delivered(map(self._way_out, short)),
            "odds": told_odds(list(self._stated(chosen.judged))),
            "worded": {
                lexicon.name: told_odds(list(self._worded(chosen.judged, lexicon))) for lexicon in LEXICONS
            },
        }

    def outcome(self, one: Entry) -> Outcome:
        day = one.days[READINGS[self.reading]]
        if not one.happened:
            return Outcome.WAITING
        rests_on_nothing = one.when is None and one.happened in ("yes", "no")
        if self.reading == "latest" and rests_on_nothing and one.looked and one.looked < day:
            return Outcome.WAITING
        return outcome(one.happened, one.when, Window(one.days["earliest"], day))

    def _by_claims(self) -> tuple[set[int | None], set[int]]:
        """The entries by which claims are counted, and those that hold a place."""
        promises, held = set(), set()
        ordered = sorted(self.entries, key=lambda one: (one.claim, one.said.last, one.number))
        for _, group in groupby(ordered, key=lambda one: one.claim):
            spoken = [one.spoken(self.on) for one in group]
            promises.add(promise(spoken, self.ink))
            held |= holding(spoken, self.ink)
        return promises, held

    def _is_over(self, one: Entry) -> bool:
        days = one.days
        return (
            bool(days)
            and one.holds(self.on)
            and max(days["last_day"], days[READINGS[self.reading]]) < self.on
        )

    def _promised(self, one: Entry) -> int:
        return (one.days[READINGS[self.reading]] - one.days["counted_from"]).days

    def _due(self, chosen: Selection) -> dict[str, Any]:
        outcomes = [(one, self.outcome(one)) for one in chosen.counted]
        cells = Counter(CELL[found] for _, found in outcomes)
        waits = [(self.on - one.days["last_day"]).days for one, found in outcomes if found is Outcome.WAITING]
        counted = len(outcomes) - cells["void"] - cells["cannot_tell"]
        at_best = cells["on_time"] + cells["waiting"]
        return {
            "due": len(outcomes),
            **{cell: cells[cell] for cell in dict.fromkeys(CELL.values())},
            "withdrawn_late": len(chosen.late),
            "already_true": len(chosen.early),
            "days_waited": median_low(waits) if waits else None,
            "at_least": share_of(cells["on_time"], counted),
            "at_most": share_of(at_best, counted),
            "lenient": share_of(at_best + cells["partly"], counted),
            "naive": share_of(cells["on_time"], cells["on_time"] + cells["late"] + cells["missed"]),
        }

    def _way_out(self, one: Entry) -> tuple[float, str]:
        """The slip of a claim, in multiples of the promised time, and its state at that slip."""
        found = self.outcome(one)
        state = {"yes": "delivered", "abandoned": "given_up", "": "never_looked"}.get(
            one.happened, one.happened
        )
        if found is Outcome.TIMING_UNKNOWN or state in ("no", "partly"):
            state = "open"
        if not one.will and state not in ("cannot_tell", "void"):
            state = "not_to_happen"
        if state in OUT_OF_THE_CURVE or one.looked is None:
            return 0.0, state
        until = one.looked
        if one.when and found is Outcome.TIMING_UNKNOWN:
            until = one.when.first
        elif one.when and state != "open":
            until = one.when.last
        took = max((until - one.days["counted_from"]).days, 0)
        return took / max(self._promised(one), SAME_DAY), state

    def _stated(self, judged: Iterable[Entry]) -> Iterator[Told]:
        for one in judged:
            for given in one.own:
                if given.low is not None:
                    yield Told(one.claim, midpoint(given), TRUTH[self.outcome(one)])

    def _worded(self, judged: Iterable[Entry], lexicon: Any) -> Iterator[Told]:
        for one in judged:
            for given in one.own:
                meaning = lexicon.meaning(given.words) if given.low is None and given.words else None
                if meaning:
                    yield Told(one.claim, meaning.probability, TRUTH[self.outcome(one)])


def share_of(k: int, n: int) -> list[int] | None:
    """``k`` of ``n``; None of nothing."""
    return [k, n] if n else None


def delivered(claims: Iterable[tuple[float, str]]) -> dict[str, Any]:
    """How long promises took: the Aalen-Johansen estimate, with what was given up as another way out."""
    rows = list(claims)
    states = Counter(state for _, state in rows)
    curve = curve_of([(slip, state) for slip, state in rows if state not in OUT_OF_THE_CURVE])
    n = states["delivered"] + states["given_up"] + states["open"]
    return {
        "n": n,
        **{state: states[state] for state in ("delivered", "given_up", "open", *OUT_OF_THE_CURVE)},
        "by": [[multiple, *share_by(curve, multiple)] for multiple in SHARES_BY] if n else [],
        "median": next((step.slip for step in curve if step.share >= 0.5 - NO_MORE), None),
        "followed_to": curve[-1].slip if curve else None,
        "curve": [[step.slip, step.share, step.given_up, step.at_risk] for step in curve],
        "slips": binned([(slip, state) for slip, state in rows if state not in OUT_OF_THE_CURVE]),
    }


def binned(claims: Iterable[tuple[float, str]]) -> list[list[Any]]:
    """Claims in quarters of the promised time, upper end included, and those beyond four times it: what ended them."""
    bins: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for slip, state in claims:
        bins[min(max(ceil(4 * slip) - 1, 0), 16)][state] += 1
    return [
        [at / 4, None if at == 16 else (at + 1) / 4, states["delivered"], states["open"], states["given_up"]]
        for at, states in sorted(bins.items())
    ]


class Rung(NamedTuple):
    """From ``slip`` on these shares hold; ``at_risk`` were still followed just before."""

    slip: float
    share: float
    given_up: float
    at_risk: int
    left: float


def curve_of(claims: Iterable[tuple[float, str]]) -> list[Rung]:
    ordered = sorted(claims)
    at_risk, left, share, given_up, curve = len(ordered), 1.0, 0.0, 0.0, []
    for slip, group in groupby(ordered, key=lambda claim: claim[0]):
        states = Counter(state for _, state in group)
        share += left * states["delivered"] / at_risk
        given_up += left * states["given_up"] / at_risk
        left *= 1 - (states["delivered"] + states["given_up"]) / at_risk
        curve.append(Rung(slip, share, given_up, at_risk, left))
        at_risk -= states.total()
    return curve


def share_by(curve: Sequence[Rung], multiple: float) -> tuple[float | None, int]:
    """The share delivered by ``multiple`` times the promised time, and how many were followed so far; None if not known."""
    if multiple > curve[-1].slip and curve[-1].left > NO_MORE:
        return None, 0
    reached = [step.share for step in curve if step.slip <= multiple]
    return reached[-1] if reached else 0.0, next((step.at_risk for step in curve if step.slip >= multiple), 0)


def told_odds(told: Sequence[Told]) -> dict[str, Any]:
    """How odds fared. A claim weighs 1, however often its odds were given."""
    times = Counter(one.claim for one in told)
    n = len(times)
    shown = may_show(Piece.MEAN, n)
    return {
        "n": n,
        "statements": len(told),
        "brier": weighed(times, told, lambda one: (one.p - one.truth) ** 2) if shown else None,
        "base_rate": weighed(times, told, lambda one: one.truth) if shown else None,
        "mean_probability": weighed(times, told, lambda one: one.p) if shown else None,
        "levels": levels_of(told) if may_show(Piece.LEVELS, n) else [],
    }


def weighed(times: Counter[int], told: Iterable[Told], value: Callable[[Told], float]) -> float:
    return sum(value(one) / times[one.claim] for one in told) / len(times)


def levels_of(told: Iterable[Told]) -> list[list[float]]:
    """For each stated probability: claims, how many came true, and in part. Of a claim given it twice the first counts."""
    at: defaultdict[float, dict[int, float]] = defaultdict(dict)
    for one in told:
        at[one.p].setdefault(one.claim, one.truth)
    return [
        [
            p,
            len(first),
            sum(truth == 1 for truth in first.values()),
            sum(truth == 0.5 for truth in first.values()),
        ]
        for p, first in sorted(at.items())
    ]
