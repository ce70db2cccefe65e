"""A real Celery worker, in a process of its own, on the tests' database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from celery.result import AsyncResult

from config import places
from config.celery import app
from config.run.child import die_with_parent


class Worker:
    """A worker process with the environment ``environ`` that takes its jobs from ``broker``."""

    def __init__(self, broker: str, environ: dict[str, str], log: Path) -> None:
        self.log = log
        self._environ = os.environ | environ | {"REDIS_URL": broker}

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency", "1"]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--without-gossip", "--without-mingle", "--loglevel", "INFO"],
                cwd=places.ROOT,
                env=self._environ,
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=60)

    def run(self, task: str, *args: Any, within: float = 120.0) -> None:
        """Hand ``task`` (its full name) to the worker through the broker and wait until it is done."""
        self.wait(app.send_task(task, args), within=within)

    def wait(self, *jobs: AsyncResult[Any], within: float = 120.0) -> None:
        """Wait until ``jobs``, as ``task.delay()`` gave them, are done.

        Raises AssertionError, with the worker's log, after ``within`` seconds or when a job failed.
        """
        deadline = time.monotonic() + within
        for job in jobs:
            while f"[{job.id}] succeeded" not in (said := self.log.read_text()):
                assert f"[{job.id}] raised" not in said, said
                assert self._process.poll() is None, said
                assert time.monotonic() < deadline, said
                time.sleep(0.05)
