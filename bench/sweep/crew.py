"""Workers and beat of this benchmark, as processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from config import places
from config.celery import app
from config.run.child import die_with_parent

COMMANDS = {
    "worker": [
        "worker",
        "--concurrency",
        "2",
        "--without-gossip",
        "--without-mingle",
        "--queues",
        "jobs,etas",
    ],
    "beat": ["beat", "--pidfile="],
}


@contextmanager
def crew(at: Path, *names: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start those of ``names``, with the broker at the socket ``at``, and end them. What is sent here goes to the same broker."""
    environ = os.environ | {"REDIS_URL": f"unix://{at}", "LOG_LEVEL": "INFO"}
    app.conf.update(broker_url=f"redis+socket://{at}")
    running = []
    try:
        for name in names:
            command = [
                sys.executable,
                "-m",
                "celery",
                "-A",
                "bench.sweep.tasks",
                *COMMANDS[name],
                "--loglevel",
                "INFO",
            ]
            command += ["--schedule", str(at.parent / "schedule")] * (name == "beat")
            with (at.parent / f"{name}.log").open("wb") as log:
                running.append(
                    subprocess.Popen(  # noqa: S603
                        command,
                        cwd=places.ROOT,
                        env=environ,
                        stdout=log,
                        stderr=log,
                        preexec_fn=die_with_parent,
                    )
                )
        yield running
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def memory_of(running: list[subprocess.Popen[bytes]]) -> int:
    """Bytes that these processes and their children hold for themselves."""
    if any(process.poll() is not None for process in running):
        raise SystemExit("A worker or beat has ended, so nothing can be measured.")
    families = [psutil.Process(process.pid) for process in running]
    return sum(
        one.memory_full_info().uss for first in families for one in (first, *first.children(recursive=True))
    )
