"""A real web server that answers as Slack, Discord, Matrix, ntfy and web hooks do, as far as they are asked here."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(frozen=True)
class Taken:
    """A request that was answered with yes."""

    path: str
    sent: dict[str, Any]
    headers: dict[str, str]


@dataclass
class Services:
    """``taken`` are the posts that were kept, oldest first. ``mood`` decides about each request: a status, 200 to take it.

    ``asked`` counts all requests. ``headers`` go with every answer that is none of 200.
    """

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    asked: int = 0
    mood: Callable[[str], int] = lambda path: 200
    headers: dict[str, str] = field(default_factory=dict)
    pause: float = 0.0
    before_answering: Callable[[], None] = lambda: None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def texts(self) -> list[str]:
        """What the posts say, each with its title, whatever service it came to."""
        return [said_in(one.sent) for one in self.taken]


def said_in(sent: dict[str, Any]) -> str:
    """All the words in what was sent, on lines of their own."""
    match sent:
        case dict():
            return "\n".join(said_in(value) for value in sent.values())
        case list():
            return "\n".join(said_in(value) for value in sent)
        case _:
            return str(sent)


@contextmanager
def services() -> Iterator[Services]:
    """Serve on a free port of this machine."""
    state = Services()

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            state.asked += 1
            status = state.mood(self.path)
            if status == 200 and self.command in {"POST", "PUT"} and "login" not in self.path:
                state.taken.append(Taken(self.path, json.loads(body), dict(self.headers)))
            state.before_answering()
            time.sleep(state.pause)
            said = _answer(self.path) if status == 200 else b'{"error": "no"}'
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            for name, value in state.headers.items() if status != 200 else ():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        do_POST = do_PUT = do_GET = answer  # noqa: N815 (the base class's names)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        server.daemon_threads = True
        state.port = server.server_address[1]
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield state
        server.shutdown()


def _answer(path: str) -> bytes:
    if path.startswith("/services/"):  # Slack's web hooks
        return b"ok"
    if "/login" in path:
        return b'{"access_token": "token", "user_id": "@hindsight:there", "home_server": "there", "device_id": "D"}'
    if "/join" in path:
        return b'{"room_id": "!room:there"}'
    return b"{}"
