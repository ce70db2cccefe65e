"""A real SMTP server that keeps what it is sent."""

from __future__ import annotations

import asyncio
import logging
import time
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ports import free_port

logging.getLogger("mail.log").setLevel(logging.WARNING)  # every line of every dialogue, otherwise


class SmtpSink:
    """An SMTP server on a free port of this machine.

    `messages` are the mails that arrived, oldest first, parsed; `recipients` the addresses each was
    handed over for. Set `refusal` ("451 try later") to have it refuse every mail with that answer,
    `pause` (seconds) to have it dawdle so long before it keeps a mail, and again before it says so.
    """

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refusal = ""
        self.pause = 0.0
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take one mail, or refuse it."""
        if self.refusal:
            return self.refusal
        await asyncio.sleep(self.pause)
        self.recipients.append(list(envelope.rcpt_tos))
        self.messages.append(message_from_bytes(envelope.original_content or b"", policy=policy.default))
        await asyncio.sleep(self.pause)
        return "250 kept"

    def start(self) -> None:
        """Serve, in a thread."""
        self._controller.start()

    def stop(self) -> None:
        """Stop serving."""
        self._controller.stop()

    def clear(self) -> None:
        """Forget what arrived, refuse nothing, be quick."""
        self.messages.clear()
        self.recipients.clear()
        self.refusal = ""
        self.pause = 0.0

    @property
    def url(self) -> str:
        """The same, as an EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def wait_for(self, count: int, within: float = 60.0) -> list[EmailMessage]:
        """Return the mails as soon as ``count`` have arrived; raise AssertionError after ``within`` seconds."""
        deadline = time.monotonic() + within
        while len(self.messages) < count:
            assert time.monotonic() < deadline, f"{len(self.messages)} of {count} mails arrived in {within} s"
            time.sleep(0.05)
        return list(self.messages)
