"""What ``requests`` does in this process once this is imported: go where it may, be led nowhere else, and end in time.

Apprise calls ``requests.post`` and its like, and has no place for a session of ours. So the session
that these functions make becomes this one, for good: what is not held to it would be held to nothing.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Timer
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from ledger.reach import is_public, look_up

SECONDS = 30.0
"""A service that has not answered by then is not waited for: it may send a byte a minute."""
MOST_BYTES = 1_000_000
"""Of an answer; the rest is not read."""
LONGEST_ASKED_FOR = 3_600.0
"""Seconds; a service that wants to be left alone longer is not obeyed."""


class NotPermitted(OSError):
    """The address is one of this machine or its network."""


@dataclass
class Watch:
    """What came of the requests made within ``watched``: the last status, 0 for none; and how long to wait, if it was said."""

    status: int = 0
    wait: float = 0.0
    kept_out: bool = False
    lines: list[socket.socket] = field(default_factory=list)
    over: bool = False

    def hang_up(self) -> None:
        """End whatever is being read, from another thread, and whatever is begun after that."""
        self.over = True
        for line in self.lines:
            with suppress(OSError):  # it is closed already
                line.shutdown(socket.SHUT_RDWR)


WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watched() -> Iterator[Watch]:
    """Have all requests of the block end in ``SECONDS``, and tell what came of them."""
    watch = Watch()
    token = WATCH.set(watch)
    clock = Timer(SECONDS, watch.hang_up)
    clock.daemon = True
    clock.start()
    try:
        yield watch
    finally:
        clock.cancel()
        WATCH.reset(token)
        for line in watch.lines:
            line.close()


class Guarded(requests.Session):
    """One that asks no proxy, follows nothing, and connects to what it may."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # nor takes passwords from a file of this machine
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter())

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Raise ``requests.RequestException`` for a service that wants to be left alone: Apprise would sleep here as long as it says."""
        watch = WATCH.get() or Watch()
        watch.status, watch.wait = 0, 0.0
        answer = super().send(request, **(kwargs | {"allow_redirects": False, "stream": True}))
        answer.raw = _read(answer.raw)
        watch.status, watch.wait = answer.status_code, _asked_for(answer)
        if answer.status_code == requests.codes.too_many_requests:
            raise requests.RequestException("the service wants to be left alone")
        return answer


def _read(body: Any) -> io.BytesIO:
    """What came of an answer, its line given back."""
    try:
        return io.BytesIO(body.read(MOST_BYTES, decode_content=True))
    except HTTPError as error:  # of urllib3: Apprise knows those of requests alone
        raise requests.ConnectionError("the answer broke off") from error
    finally:
        body.close()


def _asked_for(answer: requests.Response) -> float:
    """How many seconds a service wants to be left alone."""
    try:
        return min(max(float(answer.headers.get("Retry-After", "0")), 0.0), LONGEST_ASKED_FOR)
    except ValueError:  # it may be a date
        return 0.0


def _connected(connection: HTTPConnection) -> socket.socket:
    """A line to the host of ``connection``: looked up once, and every answer held to what is permitted."""
    watch = WATCH.get() or Watch()
    host = connection.host.strip("[]")
    found = look_up(host, connection.port)
    if not found or not (settings.CHANNELS_PRIVATE or all(is_public(address) for address in found)):
        watch.kept_out = True
        raise NotPermitted(f"{host} is no public address")
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else SECONDS
    line = socket.create_connection((found[0], connection.port), timeout=timeout)
    if WATCH.get():
        watch.lines.append(line.dup())  # whoever reads may have let go of it, or put TLS round it
        if watch.over:
            watch.hang_up()
    return line


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self)


class _Secure(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connected(self)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


requests.sessions.Session = Guarded  # type: ignore[misc]
