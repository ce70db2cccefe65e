"""A broker that goes away while a job is in hand costs that job's acknowledgement, and not the worker."""

from __future__ import annotations

import contextlib

import pytest
from kombu import Connection
from kombu.pidbox import Mailbox

from config.celery import app
from tests import broker as brokers


def test_what_is_in_hand_when_the_broker_goes_is_an_error_of_the_connection() -> None:
    server = brokers.Server()
    server.start()
    line = Connection(server.url, transport_options=app.conf.broker_transport_options)
    errors = line.connection_errors
    queue = line.SimpleQueue("test")
    queue.put({})
    message = queue.get(timeout=30)
    Mailbox("workers")(line).Node("one", channel=line.channel()).listen()  # type: ignore[attr-defined]
    with contextlib.suppress(queue.Empty):
        queue.get(timeout=0.1)  # and now it listens for the next, as a worker does
    server.stop()
    for leave in (line.collect, line.close):  # both, as a worker does
        with contextlib.suppress(*errors):
            leave()
    with pytest.raises(errors):
        message.ack()
