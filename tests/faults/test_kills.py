"""A hundred processes die without warning while alerts go out: nothing is lost, nothing becomes another mail.

A sender that dies between handing a mail over and noting it costs one more copy of that mail. The mail
server dawdles before it keeps a mail and before it says so: about half of the deaths fall into the second
gap. A worker that is killed takes two senders with it, and still one copy a kill is all that is allowed: that more
than half of the senders lose just this race, as often as it takes, does not happen.
"""

from __future__ import annotations

import random

from tests.faults.conftest import Scale
from tests.faults.due_today import A_READER_S
from tests.faults.stacks import Stack, copies, pool_of

HELD = 2
"""Mails that a sender holds when it dies: the one in hand, and the next."""


def test_nothing_is_lost_and_nothing_becomes_another_mail(stack: Stack, at_scale: Scale) -> None:
    alerts = at_scale.readers * A_READER_S
    kills = [a_pool_process] * at_scale.pool_processes + [a_whole_worker] * at_scale.workers
    random.shuffle(kills)
    deaths = at_scale.pool_processes + pool_size(stack) * at_scale.workers  # of senders
    held = HELD * deaths
    step = (alerts - held) // (len(kills) + 1)
    stack.sink.pause = 0.02
    stack.do("-m", "tests.faults.due_today", str(at_scale.readers), str(A_READER_S))
    stack.start(*(["broker"] if "broker" in stack.crew else []), "worker", "beat")
    stack.hand_out("flag_due")
    stack.until(lambda: stack.count("ledger_event WHERE kind = 'fell_due'") == A_READER_S)
    stack.hand_out("send_alerts", "send_alerts")

    for number, kill in enumerate(kills, start=1):
        stack.until(lambda n=number: len(stack.sink.messages) >= n * step)  # type: ignore[misc]
        kill(stack)
    stack.until(lambda: stack.outstanding() <= held)
    for child in stack.crew.values():
        child.sweep()
    if "broker" in stack.crew:
        stack.start("broker")
    stack.send_what_the_dead_held()

    told = copies(stack.sink.messages)
    assert len(told) == alerts, "lost"
    assert [key for key, ids in told.items() if len(ids) > 1] == [], "sent as another mail"
    assert len({one for ids in told.values() for one in ids}) == alerts
    extra = len(stack.sink.messages) - alerts
    print(f"{len(kills)} kills of up to {deaths} senders, {alerts} alerts: 0 lost, {extra} extra copies")  # noqa: T201 (pytest shows it with -s)
    assert extra <= len(kills)
    assert stack.count("ledger_mail WHERE dropped_at IS NOT NULL") == 0


def pool_size(stack: Stack) -> int:
    command = list(stack.crew["worker"].command)
    return int(command[command.index("--concurrency") + 1])


def a_pool_process(stack: Stack) -> None:
    """Kill one at random. The worker takes another for it, and the job is taken up again."""
    stack.until(lambda: bool(pool_of(stack.crew["worker"])))
    random.choice(pool_of(stack.crew["worker"])).kill()


def a_whole_worker(stack: Stack) -> None:
    """Kill it with all its processes, and start it anew, as the supervisor does."""
    stack.crew["worker"].sweep()
    stack.start("worker")
    stack.hand_out("send_alerts", "send_alerts")
