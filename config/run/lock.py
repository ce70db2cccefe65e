"""One run at a time in one folder, told by locks that the kernel drops when their holders are gone.

No process number is trusted: after a power cut or `kill -9` there is nothing stale to clean up.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

WAIT = 20.0  # seconds that the processes of a run that was killed have to end


class AlreadyUp(Exception):
    """Another run holds the folder; its address is the message."""


class LeftBehind(Exception):
    """The run is over, and processes that it had started are not."""


def take(var: Path, address: str) -> int:
    """Take the folder ``var`` for this process and write down its ``address``.

    Returns an open file that every process started from here is to inherit: it is locked until the
    last of them is gone. Raises AlreadyUp, or LeftBehind after WAIT seconds.
    """
    run = os.open(var / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    if not _lock(run):
        raise AlreadyUp(os.read(run, 1000).decode())
    os.ftruncate(run, 0)
    os.write(run, address.encode())

    children = os.open(var / "children.lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + WAIT
    while not _lock(children):
        if time.monotonic() > deadline:
            raise LeftBehind
        time.sleep(0.1)
    return children


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
