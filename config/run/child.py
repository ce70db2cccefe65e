"""One process that is to stay up."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

SOON, LATE = 1.0, 30.0  # seconds before the first new start, and at most
SILENT = 120.0  # seconds without a sign of life after which a process counts as hung
SETTLED = 60.0  # seconds after which a process that ends has not "failed to start"
LARGEST_LOG = 10_000_000  # bytes; one older file is kept


def die_with_parent() -> None:
    """Ask the kernel to send SIGTERM to this process when its parent is gone, however it went (Linux only)."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


@dataclass
class Child:
    """A command, the log it writes, and the process that runs it now.

    Each start is a process group of its own: Ctrl-C in the terminal reaches only the supervisor,
    which ends things in order, and what a killed parent leaves behind can be swept up.
    """

    name: str
    command: Sequence[str]
    log: Path
    inherit: Sequence[int] = ()  # open files that the process is to have
    ready: Callable[[], bool] = lambda: True
    last: bool = False  # the others need it while they end
    pulse: Path | None = None  # the file it touches every few seconds to say that it works
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    sign: float = 0.0  # of the last sign of life: the file's own time, only ever compared with itself
    heard: float = 0.0  # when that was seen to be new
    pause: float = SOON

    def start(self) -> None:
        """Start the process; what it says is appended to the log."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=os.environ | ({"HINDSIGHT_PULSE": str(self.pulse)} if self.pulse else {}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=tuple(self.inherit),
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        self.started = self.heard = time.monotonic()

    def turn_log_over(self) -> None:
        """Begin the log anew when it is large, and keep what it held; the process goes on writing at its end.

        What is written between the copy and the cut is lost.
        """
        with contextlib.suppress(OSError):  # it was taken away, or the disk is full: no reason to end
            if self.log.stat().st_size > LARGEST_LOG:
                shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
                os.truncate(self.log, 0)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def is_silent(self) -> bool:
        """Whether it is there and has given no sign of life for ``SILENT`` seconds. Without a pulse it never is."""
        if self.pulse is None or not self.running:
            return False
        with contextlib.suppress(OSError):
            if (sign := self.pulse.stat().st_mtime) != self.sign:
                self.sign, self.heard = sign, time.monotonic()
        return time.monotonic() - self.heard > SILENT

    def next_pause(self) -> float:
        """Return how long to wait before starting anew, in seconds: twice as long each time, until it settles."""
        if time.monotonic() - self.started > SETTLED:
            self.pause = SOON
        pause, self.pause = self.pause, min(self.pause * 2, LATE)
        return pause

    def ending(self) -> str:
        """Return how the process ended, for a reader."""
        status = self.process.poll() if self.process else None
        if status is None:
            return "is running"
        return f"was ended by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"

    def terminate(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self.process is not None and self.running:
            self.process.terminate()

    def sweep(self) -> None:
        """Kill whatever is left of the process and of those it started."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
