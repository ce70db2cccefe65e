"""What a verdict and the dates make together, at and round the deadline."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.scoring.outcome import Outcome, Window, outcome
from predictions.dates import Interval

WINDOW = Window(earliest=date(2026, 3, 1), last_day=date(2026, 10, 1))
BEFORE = Interval(date(2026, 2, 1), date(2026, 2, 28))
WITHIN = Interval(date(2026, 9, 1), date(2026, 9, 30))
LAST_DAY = Interval(date(2026, 10, 1), date(2026, 10, 1))
STRADDLING = Interval(date(2026, 10, 1), date(2026, 10, 31))
BEYOND = Interval(date(2026, 10, 2), date(2026, 10, 2))


@pytest.mark.parametrize(
    ("happened", "before", "within", "last_day", "straddling", "beyond"),
    [
        ("yes", "early", "on_time", "on_time", "timing_unknown", "late"),
        ("partly", "partly", "partly", "partly", "timing_unknown", "partly_late"),
        ("no", "missed", "missed", "missed", "timing_unknown", "on_time"),
        ("abandoned", "abandoned", "abandoned", "abandoned", "abandoned", "abandoned"),
    ],
)
def test_the_side_of_the_deadline_is_never_guessed(
    happened: str, before: str, within: str, last_day: str, straddling: str, beyond: str
) -> None:
    """A "no" that names a day is of what was not to happen: beyond the deadline, it had held."""
    intervals = (BEFORE, WITHIN, LAST_DAY, STRADDLING, BEYOND)
    found = [outcome(happened, when, WINDOW) for when in intervals]
    assert found == [Outcome(name) for name in (before, within, last_day, straddling, beyond)]


@pytest.mark.parametrize(
    ("happened", "found"),
    [
        ("yes", Outcome.ON_TIME),
        ("partly", Outcome.PARTLY),
        ("no", Outcome.MISSED),
        ("cannot_tell", Outcome.CANNOT_TELL),
        ("void", Outcome.VOID),
    ],
)
def test_what_names_no_day(happened: str, found: Outcome) -> None:
    assert outcome(happened, None, WINDOW) is found
