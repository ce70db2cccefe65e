"""Keeps a row of processes up until it is told to stop."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from config.run.child import Child, die_with_parent

TICK = 0.2  # seconds between looks
PATIENCE = 10.0  # seconds given to the processes to end by themselves


class NotReady(Exception):
    """A process did not come up in time."""


class Stopped(Exception):
    """Somebody asked to stop before all was up."""


def say(line: str) -> None:
    """Write one line for whoever watches the console."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Supervisor:
    """Starts processes in order, starts those anew that end or hang, and stops all.

    Create it in the main thread: it takes SIGINT, SIGTERM and SIGHUP.
    """

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.due: dict[str, float] = {}  # when a process that ended is to be started anew
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` stays in force
                signal.signal(number, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def finish(self, command: Sequence[str]) -> str:
        """Run ``command`` to its end and return what it wrote on standard output.

        Raises NotReady when it fails, Stopped when a signal came: it is ended then.
        """
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=die_with_parent
        ) as process:
            while process.poll() is None and not self.stopping:
                time.sleep(TICK / 4)
            process.terminate()
            written, _ = process.communicate()
        if self.stopping:
            raise Stopped
        if process.returncode:
            raise NotReady("Hindsight did not start.")
        return written

    def start(self, child: Child, within: float = 60.0) -> None:
        """Start ``child`` and wait until it is ready.

        Raises NotReady when it is not after ``within`` seconds or has ended, Stopped when a signal came.
        """
        self.children.append(child)
        child.start()
        deadline = time.monotonic() + within
        while not child.ready():
            if self.stopping:
                raise Stopped
            if not child.running or time.monotonic() > deadline:
                raise NotReady(
                    f"{child.name} did not come up (it {child.ending()}); the reason is in {child.log}"
                )
            time.sleep(TICK / 4)

    def watch(self) -> None:
        """Keep all processes up, and their logs small, until a signal comes."""
        while not self.stopping:
            for child in self.children:
                child.turn_log_over()
                if child.is_silent():
                    say(f"! {child.name} is there and gives no sign of life; ending it (see {child.log})")
                    child.sweep()
                if not child.running:
                    self._revive(child)
            time.sleep(TICK)

    def _revive(self, child: Child) -> None:
        now = time.monotonic()
        if child.name not in self.due:
            child.sweep()
            pause = child.next_pause()
            self.due[child.name] = now + pause
            say(f"! {child.name} {child.ending()}; starting it again in {pause:.0f} s (see {child.log})")
        elif now >= self.due[child.name]:
            del self.due[child.name]
            child.start()

    def stop(self) -> None:
        """End all processes, those that the others need last, and leave nothing of them running."""
        for last in (False, True):
            wave = [child for child in self.children if child.last is last]
            for child in wave:
                child.terminate()
            deadline = time.monotonic() + PATIENCE
            while any(child.running for child in wave) and time.monotonic() < deadline:
                time.sleep(TICK / 4)
            for child in wave:
                child.sweep()
