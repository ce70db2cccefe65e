"""`make run` as a whole, for tests that start it, break it and look what is left."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

from config import places
from config.run.child import die_with_parent
from tests.ports import free_port

DIRECTLY = (sys.executable, "-m", "config.run")
BY_MAKE = ("make", "--no-print-directory", "run")
OWN = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SITE_URL", "HOST", "MAKELEVEL", "MAKEFLAGS")


class Run:
    """One `run` in a folder and on a port of its own, without the demo ledger; ``settings`` go to its environment."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.settings = settings
        self.var = folder / "var"
        self.port = free_port()
        self.console = folder / "console"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in OWN}
        own = {"HINDSIGHT_VAR": str(self.var), "PORT": str(self.port), "DEMO": "0"}
        return inherited | own | self.settings

    def start(self, command: tuple[str, ...] = DIRECTLY) -> None:
        self.begin(command)
        self.until(lambda: "Ctrl-C stops everything" in self.said(), 60)

    def begin(self, command: tuple[str, ...] = DIRECTLY, **environ: str) -> None:
        """Start it and do not wait."""
        with self.console.open("wb") as console:
            self.process = subprocess.Popen(
                command,
                cwd=places.ROOT,
                env=self.environ | environ,
                stdout=console,
                stderr=console,
                start_new_session=True,
                preexec_fn=die_with_parent,  # tests that are killed leave none running
            )

    def again(self, command: tuple[str, ...] = DIRECTLY, **environ: str) -> subprocess.CompletedProcess[str]:
        """Try another one beside it."""
        return subprocess.run(
            command,
            cwd=places.ROOT,
            env=self.environ | environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def database(self) -> sqlite3.Connection:
        """Open the database to read, without making it."""
        return sqlite3.connect(f"file:{self.var / 'hindsight.sqlite3'}?mode=ro", uri=True, timeout=60)

    def kill(self) -> None:
        """Kill all of it at once, as a power cut does."""
        if self.process is not None:
            self.process.kill()
        for pid in self.running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait(timeout=60)

    def said(self) -> str:
        return self.console.read_text()

    def until(self, holds: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def serves(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def running(self) -> dict[int, str]:
        """Return the processes that belong to it, wherever they hang in the tree: all hold its mark open."""
        found = {}
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if any(file.path == str(self.var / "children.lock") for file in process.open_files()):
                    found[process.pid] = " ".join(process.cmdline())
        return found

    def pid_of(self, word: str) -> int:
        """Return the first-started process whose command line has ``word`` in it."""
        return min(pid for pid, command in self.running().items() if word in command)

    def end(self, number: int = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=60)
