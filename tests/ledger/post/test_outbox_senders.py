"""Two senders at once, and one that dies with a mail in hand."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection
from pytest_django import Settings

from config import places
from ledger.models import Delivery, Mail
from ledger.post import outbox
from tests import factories
from tests.conftest import database_url
from tests.ledger.post.mail import faulty_sink
from tests.ledger.post.owed import NOW, fall_due, the_mail
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.usefixtures("no_notices")


@pytest.mark.django_db(transaction=True)
class TestTwoSendersAtOnce:
    def test_send_each_mail_once(self, smtp_sink: SmtpSink) -> None:
        for number in range(5):
            factories.subscription(f"reader-{number}@example.org")
        fall_due(4)
        together = Barrier(4)

        def round_of_sending() -> None:
            together.wait()
            try:
                outbox.send(at=lambda: NOW)
            finally:
                connection.close()

        senders = [Thread(target=round_of_sending) for _ in range(4)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        ids = [mail["Message-ID"] for mail in smtp_sink.messages]
        assert len(ids) == len(set(ids)) == 20

    def test_one_claim_wins(self) -> None:
        factories.subscription()
        fall_due()
        one = the_mail()
        assert outbox.claim(one, NOW)
        assert not outbox.claim(one, NOW)
        assert not outbox.claim(one, NOW + outbox.LEASE - timedelta(seconds=1))
        assert outbox.claim(one, NOW + outbox.LEASE), "whoever held it may be dead"

    def test_a_sender_whose_lease_ran_out_touches_the_mail_no_more(self) -> None:
        """It fails, late; another has the mail in hand by then, and its lease must stand."""
        factories.subscription()
        fall_due()
        slow, later = the_mail(), NOW + outbox.LEASE
        assert outbox.claim(slow, NOW)
        assert outbox.claim(the_mail(), later)
        with pytest.raises(outbox.ServerAway):
            outbox._try_later(slow, TimeoutError(), 0, later)
        assert the_mail().held_until == later + outbox.LEASE
        assert the_mail().last_error == ""


SENDER = """
import django
django.setup()
from datetime import datetime
from ledger.post import outbox
outbox.send(at=lambda: datetime.fromisoformat({at!r}))
"""


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_before_it_could_note_the_sending_costs_one_copy_under_the_same_message_id(
    tmp_path: Path,
) -> None:
    """The server takes the mail, and in that moment the sending process is killed."""
    factories.subscription()
    fall_due(4)
    with faulty_sink() as sink:
        environ = os.environ | {
            "DATABASE_URL": database_url(),
            "EMAIL_URL": sink.url,
            "HINDSIGHT_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [sys.executable, "-c"]

        def sender(at: datetime) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [*command, SENDER.format(at=at.isoformat())], cwd=places.ROOT, env=environ
            )

        killed: list[subprocess.Popen[bytes]] = []
        sink.faults = [lambda server: None, lambda server: killed[0].send_signal(signal.SIGKILL)]
        killed.append(sender(NOW))
        assert killed[0].wait(timeout=120) == -signal.SIGKILL
        assert len(sink.messages) == 2
        assert Mail.objects.filter(sent_at=None).count() == 3

        assert sender(NOW + timedelta(minutes=1)).wait(timeout=120) == 0
        # It may have been writing the next one meanwhile, and holds that too.
        assert len(sink.messages) in {3, 4}, "what the dead one held stays held, the rest goes out"
        assert sender(NOW + outbox.LEASE).wait(timeout=120) == 0

        ids = [mail["Message-ID"] for mail in sink.messages]
        assert sorted(set(ids)) == sorted(mail.message_id for mail in Mail.objects.all())
        assert len(ids) == 5
        assert ids.count(ids[1]) == 2, "the mail in hand when the sender died"
    assert not Delivery.objects.outstanding().exists()


def test_the_lease_outlasts_the_slowest_mail_server(settings: Settings) -> None:
    """A server may use up the time-out at each of its answers: greeting, hello, sender, recipient, data, end, reset."""
    assert timedelta(seconds=settings.EMAIL_TIMEOUT * 7) < outbox.LEASE
