"""Looking at an address on the web, to hash what is there, without being led anywhere else.

An address comes from whoever added the evidence, so it may be meant to reach what only this
machine can. Each name is looked up once, every address it gives must be public, and the connection
goes to one of those that were checked: a second look-up could give another. The same holds at each
redirect. What is too long or too slow is left.
"""

from __future__ import annotations

import hashlib
import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from urllib.parse import SplitResult, urljoin, urlsplit

from ledger.reach import is_public, look_up

HOPS = 5
"""Redirects that are followed."""
CHUNK = 65_536
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
SAYS = {
    "User-Agent": "Hindsight (hashes what evidence points to)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


class NotFetched(Exception):
    """There is nothing to hash; the message says why."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was there: its SHA-256 in hexadecimal, and how many bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Way:
    """How one reaches out, and the bounds. Tests, whose server is on this machine, bring their own."""

    look_up: Callable[[str, int], list[str]] = look_up
    permits: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset(PORTS.values())
    most_bytes: int = 20_000_000
    seconds: float = 30.0


USUAL = Way()


def fetch(url: str, way: Way = USUAL) -> Seen:
    """Hash what ``url`` leads to. Raises ``NotFetched``."""
    ends = time.monotonic() + way.seconds
    try:
        for _ in range(HOPS + 1):
            with _answer(url, way, ends) as answer:
                if answer.status in REDIRECTS and (leads := answer.getheader("Location")):
                    url = urljoin(url, leads)
                    continue
                if answer.status != http.HTTPStatus.OK:
                    raise NotFetched(f"the server answered {answer.status}")
                return _hashed(answer, way, ends)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= ends:
            raise NotFetched("it took too long") from error
        raise NotFetched(f"it could not be read ({type(error).__name__})") from error
    raise NotFetched("it leads from one address to the next without end")


@contextmanager
def _answer(url: str, way: Way, ends: float) -> Iterator[http.client.HTTPResponse]:
    at = urlsplit(url)
    if at.scheme not in PORTS or not at.hostname or at.username is not None:
        raise NotFetched("only plain addresses of http and https are looked at")
    connection = _Connection(at, _checked(at.hostname, at.port or PORTS[at.scheme], way), ends)
    # A server may send a byte a minute: whatever is being read then, the time is up.
    clock = Timer(max(ends - time.monotonic(), 0), connection.hang_up)
    clock.daemon = True
    clock.start()
    try:
        target = (at.path or "/") + (f"?{at.query}" if at.query else "")
        connection.request("GET", target, headers=SAYS)
        yield connection.getresponse()
    finally:
        clock.cancel()
        connection.close()


def _checked(host: str, port: int, way: Way) -> tuple[str, int]:
    """Where to connect to: looked up once, and every answer held to what is permitted."""
    if port not in way.ports:
        raise NotFetched(f"port {port} is none of the web's")
    found = way.look_up(host, port)
    if not found or not all(way.permits(address) for address in found):
        raise NotFetched("it is no public address")
    return found[0], port


class _Connection(http.client.HTTPConnection):
    """One to an address that was checked already, whatever its name is."""

    def __init__(self, url: SplitResult, at: tuple[str, int], ends: float) -> None:
        super().__init__(url.netloc.rpartition("@")[2])
        self._at, self._host, self._secure, self._ends = at, url.hostname or "", url.scheme == "https", ends

        self._line: socket.socket | None = None

    def connect(self) -> None:
        left = max(self._ends - time.monotonic(), 0.001)
        self.sock = socket.create_connection(self._at, timeout=left)
        self._line = self.sock  # the base class lets go of it while the answer is still being read
        if self._secure:
            self.sock = self._line = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self._host
            )

    def hang_up(self) -> None:
        """End whatever is being read, from another thread."""
        if self._line:
            try:
                self._line.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it is closed already


def _hashed(answer: http.client.HTTPResponse, way: Way, ends: float) -> Seen:
    digest, size = hashlib.sha256(), 0
    while chunk := answer.read1(CHUNK):
        size += len(chunk)
        if size > way.most_bytes:
            raise NotFetched(f"it is longer than {way.most_bytes:,} bytes")
        digest.update(chunk)
    if time.monotonic() >= ends or answer.length:
        raise NotFetched("it took too long" if time.monotonic() >= ends else "it broke off")
    return Seen(digest.hexdigest(), size)
