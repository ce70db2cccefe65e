"""Processes that stay up for months do not fill the disk with what they say, and are noticed when they hang."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery.worker import state
from pytest_django import Settings

from config import pulse
from config.run import child as child_module
from config.run.child import Child
from config.run.supervisor import Supervisor
from config.schedule import JOBS, QUEUES, ROUTES, SCHEDULE

CHATTY = """
import itertools, time
for number in itertools.count():
    print(f"line {number} of very many that nobody reads", flush=True)
    if number % 100 == 0:
        time.sleep(0.01)
"""

WORKING = """
import pathlib, sys, time
while True:
    pathlib.Path(sys.argv[1]).touch()
    time.sleep(0.05)
"""


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    """Return a supervisor, and give the signals back that it takes."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    handlers = [signal.getsignal(number) for number in numbers]
    supervisor = Supervisor()
    yield supervisor
    supervisor.stop()
    for number, handler in zip(numbers, handlers, strict=True):
        signal.signal(number, handler)


def test_a_log_is_bounded_while_its_process_runs(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "LARGEST_LOG", 20_000)
    chatty = Child("chatty", [sys.executable, "-c", CHATTY], tmp_path / "chatty.log")
    supervisor.start(chatty)

    def stop() -> None:
        deadline = time.monotonic() + 20
        while written(tmp_path) < 2_000 and time.monotonic() < deadline:
            time.sleep(0.1)
        supervisor.stopping = True

    watcher = threading.Thread(target=stop)
    watcher.start()
    supervisor.watch()
    watcher.join()

    assert chatty.running, "it was not started anew for that"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chatty.log", "chatty.log.1"]
    older = (tmp_path / "chatty.log.1").read_bytes()
    assert len(older) > 20_000
    assert older.startswith(b"line ")
    assert b"\0" not in (tmp_path / "chatty.log").read_bytes()


def test_who_is_there_without_working_is_started_anew_and_who_works_is_not(
    supervisor: Supervisor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(child_module, "SILENT", 3.0)
    monkeypatch.setattr(child_module, "SOON", 0.1)
    hung, busy = (
        Child(name, [sys.executable, "-c", WORKING, str(sign)], tmp_path / "log", pulse=sign, pause=0.1)
        for name, sign in (("hung", tmp_path / "hung"), ("busy", tmp_path / "busy"))
    )
    for child in (hung, busy):
        supervisor.start(child)
    wait_for(lambda: hung.pulse is not None and hung.pulse.exists())
    first = [hung.process, busy.process]
    assert hung.process is not None
    os.kill(hung.process.pid, signal.SIGSTOP)

    def stop() -> None:
        wait_for(lambda: hung.process is not first[0])
        supervisor.stopping = True

    watcher = threading.Thread(target=stop)
    watcher.start()
    supervisor.watch()
    watcher.join()
    assert hung.process is not first[0]
    assert busy.process is first[1]
    assert "hung is there and gives no sign of life; ending it" in capsys.readouterr().out


def test_a_worker_gives_its_sign_while_jobs_come_and_withholds_it_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "EVERY", 0.02)
    monkeypatch.setattr(pulse, "IDLE", 1.0)
    monkeypatch.setattr(pulse, "BUSY", 3.0)
    monkeypatch.setattr(state, "total_count", Counter())
    monkeypatch.setattr(state, "active_requests", working := set[str]())
    sign = tmp_path / "worker"
    worker = pulse.Pulse(None)
    thread = threading.Thread(target=worker.beat, args=(sign,))
    thread.start()
    wait_for(sign.exists)
    wait_for(lambda: withheld(sign))
    state.total_count["ledger.tasks.flag_due"] += 1
    wait_for(lambda: not withheld(sign))
    wait_for(lambda: withheld(sign))
    working.add("a job")
    wait_for(lambda: not withheld(sign))
    wait_for(lambda: withheld(sign))
    worker.stop(None)
    thread.join()


def test_no_job_may_last_so_long_that_its_worker_would_be_taken_for_idle(settings: Settings) -> None:
    assert settings.CELERY_TASK_TIME_LIMIT + 30 < pulse.BUSY


def test_each_worker_gets_a_job_often_enough_not_to_be_taken_for_silent() -> None:
    queues = dict.fromkeys(QUEUES, 0.0)
    for entry in SCHEDULE.values():
        queue = ROUTES.get(entry["task"], {"queue": JOBS})["queue"]
        queues[queue] = max(queues[queue], 1 / entry["schedule"])
    assert all(often * pulse.IDLE > 5 for often in queues.values())


def withheld(sign: Path) -> bool:
    """Whether nobody touches it any more."""
    before = sign.stat().st_mtime_ns
    time.sleep(0.3)
    return sign.stat().st_mtime_ns == before


def wait_for(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def written(folder: Path) -> int:
    """Return the number of the last line in the older log."""
    older = folder / "chatty.log.1"
    lines = older.read_text().splitlines() if older.exists() else []
    return int(lines[-2].split()[1]) if len(lines) > 1 else 0
