"""However often and from however many sides the same is asked for, it happens once."""

from __future__ import annotations

import copy
import subprocess
import sys
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from config import places
from ledger import due
from ledger.models import Delivery
from tests import factories
from tests.faults.due_today import A_READER_S
from tests.faults.stacks import Stack, copies

READERS, SWEEPS, TICKS = 10, 4, 10


def test_two_beats_four_sweeps_and_the_same_tick_ten_times_make_one_event_each(stack: Stack) -> None:
    stack.do("-m", "tests.faults.due_today", str(READERS), str(A_READER_S))
    second = copy.copy(stack.crew["beat"])
    second.name, second.command = "second beat", [*second.command, "--schedule", str(stack.var / "beat 2")]
    second.log = second.log.with_name("second beat.log")
    stack.crew[second.name] = second
    stack.start(*(["broker"] if "broker" in stack.crew else []))
    stack.hand_out(*["flag_due", "send_alerts"] * TICKS)
    stack.start("beat", "second beat", "worker")
    sweeps = [
        subprocess.Popen(
            [sys.executable, "manage.py", job], cwd=places.ROOT, env=stack.environ, stdout=subprocess.DEVNULL
        )
        for job in ("flag_due", "send_alerts")
        for _ in range(SWEEPS)
    ]
    assert [sweep.wait(timeout=600) for sweep in sweeps] == [0] * 2 * SWEEPS
    stack.until(lambda: len(stack.sink.messages) >= READERS * A_READER_S and not stack.outstanding())
    stack.until(lambda: queues_are_empty(stack))

    assert stack.count("ledger_event") == stack.count("ledger_event WHERE kind = 'fell_due'") == A_READER_S
    assert stack.count("ledger_delivery") == READERS * A_READER_S
    assert len(copies(stack.sink.messages)) == len(stack.sink.messages) == READERS * A_READER_S


def queues_are_empty(stack: Stack) -> bool:
    """Whether nobody has still to take what was handed out."""
    return stack.queued("jobs") == 0


@pytest.mark.django_db
def test_the_database_admits_one_falling_due_of_a_prediction_and_one_word_of_it_to_a_reader() -> None:
    factories.subscription(on=date(2024, 1, 1))
    said = factories.prediction("by 2025", said_on=date(2024, 1, 1))
    due.flag_due(on=date(2026, 1, 1), at=factories.noon(date(2026, 1, 1)))
    for row in (said.events.get(), Delivery.objects.get()):
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
