"""Sending, beside a bare loop over the same mails, to a mail server that takes twenty milliseconds for each."""

from __future__ import annotations

import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from bench.rows import noon
from config import places
from config.run.child import die_with_parent
from ledger import due
from ledger.models import Delivery, Mail, Subscriber, Subscription
from ledger.post import letters, outbox
from tests import factories

MAILS, TURNS = 400, 3
LEAST_OF_BARE = 0.9


def measure() -> list[str]:
    """Print how fast mail goes out; return what it misses."""
    ours, alone = 0.0, 0.0
    with sink() as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        today = datetime.now(UTC).date()
        readers = follow(today)
        for turn in range(1 + TURNS):  # turn about, for a machine that has other work to do
            fall_due(readers, today)
            spent = through_the_outbox(), bare(port)
            if turn:  # the first reads templates and whatever else a worker has read long ago
                print(
                    f"  {MAILS / spent[0]:.1f} mails a second, a bare loop {MAILS / spent[1]:.1f}", flush=True
                )
                ours, alone = ours + spent[0], alone + spent[1]
    sent, of_bare = TURNS * MAILS, alone / ours
    print(
        f"sending: {sent / ours:.1f} mails a second over one connection, "
        f"{of_bare:.0%} of a bare loop ({sent / alone:.1f})"
    )
    return [f"sending: {of_bare:.0%} of a bare loop"] * (of_bare < LEAST_OF_BARE)


def follow(today: date) -> list[Subscriber]:
    """Have ``MAILS`` readers, and nobody else who is owed anything."""
    Delivery.objects.all().delete()
    Subscription.objects.all().delete()
    return Subscriber.objects.bulk_create(
        Subscriber(email=f"follower-{number}@example.org", created_at=noon(today)) for number in range(MAILS)
    )


def fall_due(readers: list[Subscriber], today: date) -> None:
    """Have a prediction fall due that all ``readers`` follow."""
    said = factories.prediction("soon", said_on=today - timedelta(days=9), inked_on=today - timedelta(days=8))
    Subscription.objects.bulk_create(
        Subscription(subscriber=reader, prediction=said, created_at=noon(today), confirmed_at=noon(today))
        for reader in readers
    )
    factories.dated(said, today - timedelta(days=1), on=today - timedelta(days=2))
    due.flag_due(today, datetime.now(UTC))


def through_the_outbox() -> float:
    """Seconds until all is sent: made, claimed, asked after, written, handed over and noted."""
    start = time.perf_counter()
    sent = 0
    while sent < MAILS:  # a round may end before
        sent += outbox.send(at=lambda: datetime.now(UTC))
    return time.perf_counter() - start


def bare(port: int) -> float:
    """Seconds of a loop that does nothing but hand over the same mail."""
    text = a_mail()
    start = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as line:
        for number in range(MAILS):
            line.sendmail("hindsight@example.org", f"follower-{number}@example.org", text)
    return time.perf_counter() - start


def a_mail() -> bytes:
    """The last that went out, as it goes over the wire."""
    mail = Mail.objects.select_related("subscriber__user").latest("pk")
    written = letters.write(mail, list(mail.items.with_all()))
    return written.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own


@contextmanager
def sink() -> Iterator[int]:
    """A mail server in a process of its own; yield its port."""
    with subprocess.Popen(
        [sys.executable, "-m", "bench.sweep.sink"],
        cwd=places.ROOT,
        stdout=subprocess.PIPE,
        preexec_fn=die_with_parent,
    ) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()
