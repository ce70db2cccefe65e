"""Mail servers as they are: whatever they do, each reader gets each mail, under one Message-ID."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from ledger import due
from ledger.models import Mail
from ledger.post import outbox
from tests import factories
from tests.faults.stacks import copies
from tests.ports import free_port
from tests.smtp_sink import SmtpSink

READERS = 6
DUE = date(2026, 10, 1)
BEGAN = factories.noon(DUE + timedelta(days=1))
A_ROUND = timedelta(minutes=10)


class Moody(SmtpSink):
    """A mail server with moods.

    ``greylists``: it takes a mail to somebody only at the second try. ``hangs_up``: so often it closes the
    connection in the middle of a mail. ``strangers``: whom it does not know.
    """

    def __init__(self) -> None:
        super().__init__()
        self.greylists = False
        self.hangs_up = 0
        self.strangers: set[str] = set()
        self.seen: set[str] = set()

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Know the recipient, or not, or not yet."""
        if address in self.strangers:
            return "550 no such mailbox"
        if self.greylists and address not in self.seen:
            self.seen.add(address)
            return "451 greylisted, come again"
        envelope.rcpt_tos.append(address)
        return "250 known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        """Take the mail, or hang up on it."""
        if self.hangs_up:
            self.hangs_up -= 1
            assert server.transport is not None
            server.transport.close()
            await asyncio.sleep(0)
            return "421 gone"
        return await super().handle_DATA(server, session, envelope)


@pytest.fixture
def moody(settings: Settings) -> Iterator[Moody]:
    sink = Moody()
    sink.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 5
    yield sink
    sink.stop()


@pytest.fixture(autouse=True)
def _owed(db: None, settings: Settings) -> None:
    """Owe a mail to each reader."""
    settings.NOTICES = []
    for number in range(READERS):
        factories.subscription(f"reader-{number}@example.org")
    factories.dated(factories.prediction("soon"), DUE, on=date(2026, 1, 3))
    due.flag_due(on=BEGAN.date(), at=BEGAN)


def send_for(hours: float, after: float = 0) -> datetime:
    """Let rounds of sending pass for so many hours; return when they ended."""
    at = BEGAN + timedelta(hours=after)
    end = at + timedelta(hours=hours)
    while at < end:
        outbox.send(lambda moment=at: moment)  # type: ignore[misc]
        at += A_ROUND
    return end


def got(sink: SmtpSink) -> list[str]:
    """Who got their mail, each once."""
    told = copies(sink.messages)
    assert len(sink.messages) == len(told)
    assert all(len(ids) == 1 for ids in told.values())
    return sorted(to for to, _ in told)


ALL = sorted(f"reader-{number}@example.org" for number in range(READERS))


def test_it_refuses_for_six_hours(moody: Moody) -> None:
    moody.refusal = "451 the disk is full"
    send_for(6)
    assert got(moody) == []
    moody.refusal = ""
    send_for(24, after=6)
    assert got(moody) == ALL


def test_it_greylists(moody: Moody) -> None:
    moody.greylists = True
    send_for(2)
    assert got(moody) == ALL


def test_it_is_slow(moody: Moody) -> None:
    moody.pause = 0.2
    send_for(1)
    assert got(moody) == ALL


def test_it_closes_in_the_middle_of_a_mail(moody: Moody) -> None:
    moody.hangs_up = 4
    send_for(6)
    assert got(moody) == ALL


def test_it_rejects_one_recipient_of_many(moody: Moody) -> None:
    moody.strangers = {ALL[2]}
    send_for(1)
    assert got(moody) == [*ALL[:2], *ALL[3:]]
    bad = Mail.objects.get(subscriber__email=ALL[2])
    assert (bad.sent_at, bad.dropped_at) == (None, None)
    assert bad.failures > 1
    moody.strangers.clear()
    send_for(24, after=1)
    assert got(moody) == ALL


def test_it_is_down_for_a_day(moody: Moody, settings: Settings) -> None:
    settings.EMAIL_PORT = free_port()
    send_for(24)
    assert set(Mail.objects.values_list("failures", flat=True)) == {0}, "no mail's fault"
    settings.EMAIL_PORT = moody.port
    send_for(0.1, after=24)
    assert got(moody) == ALL
