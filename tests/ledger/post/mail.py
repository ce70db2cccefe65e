"""Reading mails as a reader's program does, and mail servers that misbehave."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.smtp_sink import SmtpSink

Fault = Callable[[SMTP], str | None]


class FaultySink(SmtpSink):
    """A mail server that keeps what it is sent, like any, and then does what ``faults`` say, one a mail.

    A fault is called with the connection after the mail was kept; what it returns is the answer,
    None for the usual one. ``refusal`` is answered before anything is kept. ``connections`` are those
    that mails came over.
    """

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Fault] = []
        self.connections: set[str] = set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        self.connections.add(str(session.peer))
        answer = await super().handle_DATA(server, session, envelope)
        if not self.faults:
            return answer
        fault = self.faults.pop(0)
        return await asyncio.to_thread(fault, server) or answer


@contextmanager
def faulty_sink() -> Iterator[FaultySink]:
    sink = FaultySink()
    sink.start()
    try:
        yield sink
    finally:
        sink.stop()


def plain(mail: EmailMessage) -> str:
    """The text of a mail."""
    return _part(mail, "plain")


def rich(mail: EmailMessage) -> str:
    """The HTML of a mail."""
    return _part(mail, "html")


def links(text: str) -> list[str]:
    """The addresses in a text, in order."""
    return re.findall(r"https?://[^\s\"<>]+", text)


def _part(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    assert body is not None, f"the mail has no {kind} part"
    return str(body.get_content())
