"""Processes that stay up for months do not fill the disk with what they say."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.run import child as child_module
from config.run.child import Child
from config.run.supervisor import Supervisor

CHATTY = """
import itertools, time
for number in itertools.count():
    print(f"line {number} of very many that nobody reads", flush=True)
    if number % 100 == 0:
        time.sleep(0.01)
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


def written(folder: Path) -> int:
    """Return the number of the last line in the older log."""
    older = folder / "chatty.log.1"
    lines = older.read_text().splitlines() if older.exists() else []
    return int(lines[-2].split()[1]) if len(lines) > 1 else 0
