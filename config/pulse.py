"""A worker's sign of life: a file that it touches as long as jobs get done, for the supervisor to look at.

The sign comes from the worker's main process. A process that is stopped or hangs gives none. One that
is there but takes no job any more, as happens after a broker was away, withholds it: beat hands each
worker a job several times a minute, so that one with nothing to do is never without a new one for
``IDLE`` unless something is wrong. One that is busy has until ``BUSY``: no job may last so long.
"""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.worker import state

EVERY = 5.0
"""Seconds between touches."""
IDLE = 90.0
"""Seconds without a new job after which a worker that does nothing gives no sign."""
BUSY = 600.0
"""Seconds after which none does, whatever it seems to do: more than CELERY_TASK_TIME_LIMIT allows one job."""
PLACE = "HINDSIGHT_PULSE"
"""The environment variable that names the file."""


class Pulse(bootsteps.StartStopStep):
    """A thread in a worker's main process. Does nothing where nobody looks."""

    def __init__(self, worker: Any, **kwargs: Any) -> None:
        super().__init__(worker, **kwargs)
        self.stopped = threading.Event()

    def start(self, worker: Any) -> None:
        if place := os.environ.get(PLACE):
            threading.Thread(target=self.beat, args=(Path(place),), daemon=True).start()

    def stop(self, worker: Any) -> None:
        self.stopped.set()

    def beat(self, place: Path) -> None:
        """Touch the file while new jobs come."""
        taken, since = -1, time.monotonic()
        while not self.stopped.wait(EVERY):
            if (now := sum(state.total_count.values())) != taken:
                taken, since = now, time.monotonic()
            if time.monotonic() - since < (BUSY if state.active_requests else IDLE):
                touch(place)


def touch(place: Path) -> None:
    """Renew the sign, if there is room and leave to: a full disk is no reason to end."""
    try:
        place.touch()
    except OSError:
        return
