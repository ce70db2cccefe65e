"""A real broker: the embedded one, on a socket in a temporary folder."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from config.run import broker as embedded
from config.run.child import die_with_parent


@contextlib.contextmanager
def server() -> Iterator[Path]:
    """Start a broker, yield its socket, stop it and remove its data."""
    with tempfile.TemporaryDirectory(prefix="hs-") as name:  # a socket's path must be short
        folder = Path(name)
        at, log = folder / "broker.sock", folder / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                embedded.command(at, folder), stdout=out, stderr=out, preexec_fn=die_with_parent
            )
        deadline = time.monotonic() + 20
        while not embedded.answers(at):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        try:
            yield at
        finally:
            process.terminate()
            process.wait()
