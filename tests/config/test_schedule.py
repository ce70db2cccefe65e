"""Beat's jobs find their workers, and do not pile up without them."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from config.beat import OneOfEach
from config.celery import app
from config.run.__main__ import children
from config.schedule import COUNTS, JOBS, POSTS, QUEUES, SCHEDULE, SEARCHES
from tests import broker


@pytest.fixture
def line() -> Iterator[redis.Redis]:
    """Return a broker that no worker takes anything from."""
    with broker.server() as at, redis.Redis(unix_socket_path=str(at)) as line:
        yield line


@pytest.fixture
def beat(line: redis.Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OneOfEach]:
    at = line.get_connection_kwargs()["path"]
    monkeypatch.setattr(app.conf, "broker_url", f"redis+socket://{at}")
    scheduler = OneOfEach(app=app, schedule_filename=str(tmp_path / "beat"))
    yield scheduler
    scheduler.close()
    scheduler.connection.release()


def turn(beat: OneOfEach, times: int = 1) -> None:
    """Let every entry come due so many times, with nobody there."""
    for _ in range(times):
        for entry in list(beat.schedule.values()):
            beat.apply_entry(entry, producer=beat.producer)


def test_without_a_worker_the_broker_holds_one_of_each(beat: OneOfEach, line: redis.Redis) -> None:
    turn(beat, times=50)
    assert {queue: line.llen(queue) for queue in QUEUES} == {
        JOBS: len(SCHEDULE) - 5,
        SEARCHES: 2,
        COUNTS: 2,
        POSTS: 1,
    }
    assert Counter(beat.waiting()) == Counter(entry["task"] for entry in SCHEDULE.values())


def test_what_was_taken_is_sent_again(beat: OneOfEach, line: redis.Redis) -> None:
    turn(beat)
    line.rpop(SEARCHES)
    turn(beat)
    assert line.llen(SEARCHES) == 2


def test_beat_goes_on_when_the_broker_has_dropped_it(beat: OneOfEach, line: redis.Redis) -> None:
    turn(beat)
    line.client_kill_filter(_type="normal", skipme=True)
    line.flushall()
    turn(beat, times=2)
    assert line.llen(SEARCHES) == 2


def test_each_queue_has_one_worker_and_what_takes_long_keeps_no_other_job_waiting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        commands = [child.command for child in children(tmp_path, door, mark=0)]
    taken = [command[command.index("--queues") + 1] for command in commands if "--queues" in command]
    assert sorted(taken) == sorted(app.amqp.queues)

    scheduled = [entry["task"] for entry in SCHEDULE.values()]
    queues = {task: app.amqp.router.route({}, task)["queue"].name for task in scheduled}
    elsewhere = {task: queue for task, queue in queues.items() if queue != JOBS}
    assert elsewhere == {
        "predictions.tasks.find_candidates": SEARCHES,
        "ledger.tasks.hash_evidence": SEARCHES,
        "ledger.tasks.post_to_channels": POSTS,
        "ledger.tasks.reckon": COUNTS,
        "ledger.tasks.draw": COUNTS,
    }
