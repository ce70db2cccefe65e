"""The headlines and the titles of charts: what they say of each kind of record, and that they claim no more than it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from ledger.dashboard import captions, findings
from ledger.dashboard.board import Board
from ledger.dashboard.findings import Coming
from ledger.scoring.groups import Ink
from ledger.scoring.intervals import Range, jeffreys
from ledger.scoring.published import (
    LISTED,
    ByThen,
    Delivery,
    Due,
    Figures,
    Odds,
    Place,
    Ranking,
    Reading,
    Stated,
)

SOME = Coming(logged=30, next_day=date(2026, 12, 31), n=2)


def due(**counts: int) -> Due:
    """A cohort with its rate."""
    numbers: dict[str, Any] = {**counts}
    plain = Due(due=sum(counts.values()), **numbers)
    low, high = jeffreys(plain.on_time, plain.counted), jeffreys(plain.at_best, plain.counted)
    rate = Range(low.low, high.high) if low and high else None
    return replace(plain, at_least=low, at_most=high, rate=rate, days_waited=400 if plain.waiting else None)


def board(
    beforehand: Due | None = None,
    hindsight: Due | None = None,
    delivery: Delivery | None = None,
    asked: Ink | None = None,
) -> Board:
    def figures(ink: Ink, cohort: Due | None) -> Figures:
        return Figures(
            "all",
            "",
            ink,
            Reading.DEADLINE,
            date(2026, 11, 22),
            due=cohort or Due(),
            delivery=delivery or Delivery(),
        )

    return Board(
        {
            Ink.BEFOREHAND: figures(Ink.BEFOREHAND, beforehand),
            Ink.HINDSIGHT: figures(Ink.HINDSIGHT, hindsight),
            Ink.ALL: figures(Ink.ALL, beforehand),
        },
        Reading.DEADLINE,
        asked,
    )


def curve(*shares: float | None) -> Delivery:
    """Shares by once, twice and four times the time."""
    by = tuple(ByThen(m, s, s, s) for m, s in zip((1.0, 2.0, 4.0), shares, strict=True))
    return Delivery(n=12, by=by, followed_to=4.0)


@pytest.mark.parametrize(
    ("shown", "everybody", "ada"),
    [
        (
            board(due(on_time=1)),
            "The one dated promise came true on time",
            "Ada Quint’s one dated promise came true on time",
        ),
        (
            board(due(missed=1)),
            "The one dated promise did not come true on time",
            "Ada Quint’s one dated promise did not come true on time",
        ),
        (
            board(due(on_time=1, missed=2, waiting=1)),
            "One of four dated promises came true on time, one left open",
            "One of Ada Quint’s four dated promises came true on time, one left open",
        ),
        (
            board(due(missed=3)),
            "None of three dated promises came true on time",
            "None of Ada Quint’s three dated promises came true on time",
        ),
        (
            board(due(on_time=6, missed=6), delivery=curve(0.5, 0.6, 0.7)),
            "Between 28 and 72% of dated promises came true on time. Given twice as long, 60%",
            "Between 28 and 72% of Ada Quint’s dated promises came true on time. Given twice as long, 60%",
        ),
        (  # what waits makes the upper end, so the share by twice the time is no addition to it
            board(due(on_time=5, missed=6, waiting=1), delivery=curve(0.5, 0.6, 0.7)),
            "Between 21 and 72% of dated promises came true on time",
            "Between 21 and 72% of Ada Quint’s dated promises came true on time",
        ),
        (
            board(due(waiting=2)),
            "Two promises have come due, and no verdict settles them",
            "Two promises by Ada Quint have come due, and no verdict settles them",
        ),
        (
            board(due(void=2)),
            "Two promises fell due, and none can be counted",
            "Two promises fell due by Ada Quint, and none can be counted",
        ),
        (
            board(),
            "No promise has come due yet; the first two do on 31 December 2026",
            "No promise by Ada Quint has come due yet; the first two do on 31 December 2026",
        ),
        (
            board(asked=Ink.HINDSIGHT),
            "No promise was logged in hindsight",
            "No promise by Ada Quint was logged in hindsight",
        ),
    ],
)
def test_a_headline_says_what_the_figures_hold(shown: Board, everybody: str, ada: str) -> None:
    assert findings.headline(shown, coming=SOME) == everybody
    assert findings.headline(shown, "Ada Quint", SOME) == ada


def test_an_empty_ledger_says_so() -> None:
    assert findings.headline(board(), coming=Coming(0)) == "Nothing has been logged yet"
    assert findings.headline(board(), "Ada Quint", Coming(0)) == "Nothing that Ada Quint said is logged"


@pytest.mark.parametrize(
    ("beforehand", "hindsight", "asked", "opens"),
    [
        (due(on_time=1), due(on_time=9), None, Ink.BEFOREHAND),
        (due(waiting=3), due(on_time=9), None, Ink.HINDSIGHT),
        (due(waiting=3), due(on_time=9), Ink.BEFOREHAND, Ink.BEFOREHAND),
        (None, due(waiting=9), None, Ink.BEFOREHAND),
        (due(on_time=1), None, Ink.ALL, Ink.ALL),
    ],
)
def test_a_page_opens_with_what_was_written_down_beforehand_as_soon_as_any_of_it_is_settled(
    beforehand: Due | None, hindsight: Due | None, asked: Ink | None, opens: Ink
) -> None:
    shown = board(beforehand, hindsight, asked=asked)
    assert shown.ink is opens
    assert bool(findings.caution(shown)) == (opens is not Ink.BEFOREHAND)
    assert ("opens with" in findings.caution(shown)) == (opens is Ink.HINDSIGHT and asked is None)


@pytest.mark.parametrize(
    ("delivery", "title"),
    [
        (Delivery(), "No promise has been followed long enough to draw how long they take"),
        (curve(0.4, 0.56, 0.64), "40% were delivered by the day named, 56% by twice the time"),
        (curve(0.4, None, None), "40% were delivered by the day named; none was followed to twice the time"),
        (curve(None, None, None), "None of the promises has been followed to the day named"),
    ],
)
def test_a_curve_s_title_is_its_finding(delivery: Delivery, title: str) -> None:
    assert captions.of_delivery(delivery) == title


@pytest.mark.parametrize(
    ("cohort", "title"),
    [
        (Due(), "No promise has come due"),
        (
            due(on_time=9, waiting=7, missed=34),
            "Nine to 16 of 50 were on time, depending on what still waits",
        ),
        (due(missed=3), "None of three were on time"),
        (due(waiting=1), "One promise came due, and no verdict settles it"),
    ],
)
def test_a_bar_s_title_is_its_finding(cohort: Due, title: str) -> None:
    assert captions.of_due(cohort) == title


def test_the_level_that_says_most_heads_the_odds() -> None:
    levels = (Stated(0.5, 2, 1, 0, jeffreys(1, 2)), Stated(0.9, 11, 7, 0, jeffreys(7, 11)))
    assert captions.of_odds(Odds(n=13, levels=levels)) == "Of what was given 90%, seven of eleven came true"
    assert captions.of_odds(Odds(n=2)) == "Too few stated odds have been put to the test"
    assert captions.of_odds(Odds()) == "No stated odds have been put to the test"


@pytest.mark.parametrize(
    ("ranked", "level", "title"),
    [
        (0, 0, "Nobody can be ranked yet"),
        (1, 1, "Speaker 1"),
        (2, 2, "No clear first: none of the two can be told apart"),
        (3, 2, "No clear first: two of the three cannot be told apart"),
        (2, 1, "Speaker 1 comes first, clear of the next"),
        (900, 40, "No clear first: 40 of the 900 cannot be told apart"),
    ],
)
def test_nobody_leads_who_cannot_be_told_apart_from_others(ranked: int, level: int, title: str) -> None:
    places = tuple(
        Place(i, f"speaker-{i}", f"Speaker {i}", 5, 10, 0.5, 0.3, 0.7, 1)
        for i in range(1, min(ranked, LISTED) + 1)
    )
    assert captions.of_ranking(Ranking(places=places, ranked=ranked, level=level)) == title
