"""Celery's way to the broker, with one mend: a channel that is closed says so as a connection that is lost would.

Kombu's asks its connection where the broker is, also when the connection has closed it and is gone. That
happens to whoever acknowledges a job that began before the broker went away. What comes of it is no error
of a connection, so the worker does not connect anew but ends, in the midst of its other jobs.
"""

from __future__ import annotations

from typing import Any

from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import ConnectionError as Lost


class Channel(redis.Channel):
    """Kombu's, which after its end raises what a worker survives."""

    def _connparams(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if self.connection is None or self.connection.client is None:
            raise Lost("The channel was closed when the broker went away.")
        return dict(super()._connparams(*args, **kwargs))  # type: ignore[misc]


class Transport(redis.Transport):
    """Kombu's, with that channel."""

    Channel = Channel


def use() -> None:
    """Have every connection of this process to a Redis made by it, encrypted or not."""
    TRANSPORT_ALIASES.update(dict.fromkeys(("redis", "rediss"), "config.transport:Transport"))
