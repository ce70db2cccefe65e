"""Figures come out as if nobody had been disturbed, whoever dies while counting and however many count at once."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from typing import Any

import pytest

from config import places
from tests.faults.stacks import Stack, pool_of

pytestmark = pytest.mark.at_length
DEATHS = 3
AT_ONCE = 3
OPEN = "ledger_reckoning WHERE ended_at IS NULL"
Figures = dict[str, Any]


def step(stack: Stack, name: str) -> Any:
    return json.loads(stack.do("-m", "tests.faults.counted_today", name))


def set_up(stack: Stack, *crew: str) -> Figures:
    """Return the figures of yesterday; since then every promise was judged, and the figures do not know."""
    step(stack, "yesterday")
    step(stack, "judge")
    stack.start(*(["broker"] if "broker" in stack.crew else []), *crew)
    return without_size(step(stack, "stored"))


def without_size(figures: Figures) -> Figures:
    return {whose: {**one, "log_size": None} for whose, one in figures.items()}


def is_half_done(stack: Stack, runs: int) -> bool:
    """Whether a run is at work, after so many ``runs``, that has stored some figures."""
    if stack.count("ledger_reckoning") == runs:  # those of the dead are open too
        return False
    return stack.count(f"ledger_score WHERE reckoning_id = (SELECT max(id) FROM {OPEN})") > 0


def whole_runs(stack: Stack) -> int:
    return stack.count("ledger_reckoning WHERE whole AND ended_at IS NOT NULL")


def test_a_counter_that_is_killed_leaves_no_trace_in_the_figures(stack: Stack) -> None:
    """Each set of figures is of one run, also while others are of another; and in the end all are of the last."""
    before, between = set_up(stack, "counter"), []
    for _ in range(DEATHS):
        runs = stack.count("ledger_reckoning")
        stack.hand_out("reckon")
        stack.until(lambda runs=runs: is_half_done(stack, runs))  # type: ignore[misc]
        for process in pool_of(stack.crew["counter"]):
            process.kill()
        stack.until(lambda: stack.unfinished("counts") == 0)
        assert whole_runs(stack) == 1, "it came to its end before it was killed"
        between.append(without_size(step(stack, "stored")))
        step(stack, "give_up")
    stack.hand_out("reckon")
    stack.until(lambda: whole_runs(stack) == 2)

    after, anew = without_size(step(stack, "stored")), step(stack, "anew")
    assert after == without_size(anew)
    assert before != after
    for stored in between:
        assert all(one in (before.get(whose), after[whose]) for whose, one in stored.items())
    assert any(one == after[whose] != before.get(whose) for whose, one in between[0].items()), "it had begun"
    assert between[0] != after, "it had not ended"


def test_whoever_counts_at_the_same_time_count_once(stack: Stack) -> None:
    """Two counters with ten turns each of the job, and some by hand: one run, and its figures."""
    second = copy.copy(set_up_second(stack))
    set_up(stack, "counter", second.name)
    stack.hand_out(*["reckon"] * 20)
    by_hand = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.counted_today", "reckon"],
            cwd=places.ROOT,
            env=stack.environ,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(AT_ONCE)
    ]
    assert [one.wait(timeout=600) for one in by_hand] == [0] * AT_ONCE
    stack.until(lambda: stack.unfinished("counts") == stack.count(OPEN) == 0)
    assert stack.count("ledger_reckoning") == whole_runs(stack) == 2  # yesterday's, and one of today
    assert without_size(step(stack, "stored")) == without_size(step(stack, "anew"))
    assert "Traceback" not in stack.logs()


def set_up_second(stack: Stack) -> Any:
    second = copy.copy(stack.crew["counter"])
    second.name, second.log = "second counter", second.log.with_name("second counter.log")
    second.command = [word.replace("counter@%h", "second@%h") for word in second.command]
    stack.crew[second.name] = second
    return second
