"""The sweep itself: with nothing to do, with much to do, and beside others who do the same."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from statistics import median

from django.db import connection, transaction

from bench.rows import noon
from bench.sweep import fill, rivals
from bench.sweep.crew import crew, memory_of
from ledger import due
from ledger.models import Event
from tests import broker

PER_SCALE = 1_000_000
IDLE_TURNS, TURNS, LOOPED = 200, 8, 1_000
MOST_IDLE, MOST_OF_BY_HAND = 0.020, 1.5
AHEAD = timedelta(seconds=60)
"""So long before they are due the tasks with an ETA are handed out."""

say = partial(print, flush=True)
Sweep = Callable[[date, datetime], object]


def measure() -> list[str]:
    """Print how the sweep does; return what it misses."""
    n, today = int(PER_SCALE * float(os.environ.get("SCALE", "1"))), datetime.now(UTC).date()
    if n < 20 * fill.NEWLY:
        raise SystemExit("Too few to tell: SCALE is to be 0.2 or more.")
    first, second = today + timedelta(days=1), today + timedelta(days=2)
    fill.people(today)
    due.flag_due(today, noon(today))  # makes the days known on which deadlines are announced
    faults = []
    tenth = n // 10
    with said("fill a fifth by COPY"):
        fill.falling_due(range(1, fill.NEWLY + 1), today, today)
        fill.falling_due(range(fill.NEWLY + 1, 2 * fill.NEWLY + 1), today, first)
        fill.to_come(range(2 * fill.NEWLY + 1, tenth + 1), today)
        fill.history(range(tenth + 1, 2 * tenth + 1), today)
        fill.go_on()
    small = idle(today)
    with said("fill the rest"):
        fill.history(range(2 * tenth + 1, n + 1), today)
        fill.go_on()
    large = idle(today)
    say(
        f"idle sweep: {small * 1000:.1f} ms with {tenth:,} fallen due long ago, {large * 1000:.1f} ms with {n - tenth:,}"
    )
    faults += [f"idle sweep: {large * 1000:.1f} ms"] * (max(small, large) > MOST_IDLE)
    faults += newly_due(first)
    faults += etas(second)
    return faults


def idle(today: date) -> float:
    """Seconds of a sweep that finds nothing, the median."""
    return median(timed(due.flag_due, today) for _ in range(IDLE_TURNS))


def newly_due(on: date) -> list[str]:
    """Set the sweep beside the SQL written by hand, turn about, and beside a loop over a part of it."""
    by_hand, ours = (
        min(spent)
        for spent in zip(
            *((undone(rivals.by_hand, on), undone(due.flag_due, on)) for _ in range(TURNS)), strict=True
        )
    )
    loop = by_objects(on)
    times = ours / by_hand
    say(f"{fill.NEWLY:,} newly due: {ours * 1000:.0f} ms, the best of {TURNS}")
    say(f"  {times:.2f} × the SQL written by hand ({by_hand * 1000:.0f} ms)")
    say(f"  a loop over objects, reckoned from {LOOPED:,} of them: {loop:.0f} s, {loop / ours:.0f} ×")
    return [f"newly due: {times:.2f} × the SQL written by hand"] * (times > MOST_OF_BY_HAND)


def by_objects(on: date) -> float:
    """Seconds of a loop over objects: of finding all, and of doing some, reckoned up to all."""
    start = time.perf_counter()
    due_now = rivals.found(on)
    finding = time.perf_counter() - start

    def some(on: date, at: datetime) -> None:
        for deadline in due_now[:LOOPED]:
            rivals.fall_due(deadline, at)

    return finding + undone(some, on) * len(due_now) / LOOPED


def etas(on: date) -> list[str]:
    """Set the sweep beside a task for each prediction that waits in a worker for its moment."""
    from bench.sweep.tasks import fall_due  # noqa: PLC0415 (makes Celery's beat another)
    from predictions.models import Deadline  # noqa: PLC0415

    ours = undone(due.flag_due, on)
    ids = list(Deadline.objects.filter(ordinal=1, pk__lte=2 * fill.NEWLY).values_list("pk", flat=True))
    with broker.server() as at, crew(at, "worker") as running:
        before = memory_of(running)
        start, eta = time.perf_counter(), datetime.now(UTC) + AHEAD
        for pk in ids:
            fall_due.apply_async((pk,), eta=eta)
        spent = time.perf_counter() - start
        time.sleep(max((eta - datetime.now(UTC)).total_seconds(), 0))
        held, start = memory_of(running) - before, time.perf_counter()
        while Event.objects.filter(kind="fell_due", prediction__lte=2 * fill.NEWLY).count() < len(ids):
            memory_of(running)  # ends this if the worker has
            time.sleep(0.2)
        done = time.perf_counter() - start
    say(f"{len(ids):,} newly due: {ours * 1000:.0f} ms")
    say(
        f"  a task with an ETA for each: {spent:.0f} s to hand out, {held / 2**20:.0f} MB held until then, {done:.0f} s to do"
    )
    say(f"  {(spent + done) / ours:.0f} ×")
    return []


def undone(sweep: Sweep, on: date) -> float:
    """Seconds of a sweep whose doing is taken back."""
    with transaction.atomic():
        spent = timed(sweep, on)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE ledger_appointment, ledger_event, ledger_delivery")
    return spent


def timed(sweep: Sweep, on: date) -> float:
    """Seconds of a sweep on the day ``on``, with the checks that PostgreSQL leaves to the end of a transaction."""
    at = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)
    start = time.perf_counter()
    sweep(on, at)
    connection.check_constraints()
    return time.perf_counter() - start


@contextmanager
def said(what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    say(f"{what}: {time.perf_counter() - start:.0f} s")
