"""What a mail provider reports, to a web server of its own: mail that came back stops, mail that was unwelcome for good."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from config import places
from config.run.child import die_with_parent
from ledger import due
from ledger.models import Stop, Subscriber
from ledger.post import outbox, subscriptions
from ledger.rhythm import Rhythm
from tests import factories
from tests.conftest import database_url
from tests.factories import noon
from tests.ports import free_port
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "provider:a secret of ours"
TODAY = date(2026, 10, 2)
Report = Callable[..., int]


@pytest.fixture
def report(transactional_db: None) -> Iterator[Report]:
    """Return a function that reports as Postmark does; it returns the status of the answer."""
    port = free_port()
    environ = os.environ | {"ANYMAIL_WEBHOOK_SECRET": SECRET, "DATABASE_URL": database_url()}
    server = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--no-control-socket",
    ]

    def post(secret: str = SECRET, **told: str) -> int:
        signed = base64.b64encode(secret.encode()).decode()
        request = Request(
            f"http://127.0.0.1:{port}/reported/postmark/tracking/",
            json.dumps(told).encode(),
            {"Content-Type": "application/json", "Authorization": f"Basic {signed}"},
        )
        try:
            with urlopen(request, timeout=20) as answer:
                return int(answer.status)
        except HTTPError as refused:
            return refused.code

    with subprocess.Popen(
        server, cwd=places.ROOT, env=environ, stderr=subprocess.DEVNULL, preexec_fn=die_with_parent
    ) as process:
        for _ in range(200):
            time.sleep(0.1)
            with suppress(OSError):
                post(secret="nobody's")
                break
        yield post
        process.terminate()


ROWS: list[tuple[dict[str, str], bool, bool]] = [
    # what is reported, whether word of what fell due goes out then, and whether a question does
    ({"RecordType": "Delivery"}, True, True),
    ({"RecordType": "Bounce", "Type": "Transient"}, True, True),
    ({"RecordType": "Bounce", "Type": "HardBounce"}, False, True),
    ({"RecordType": "Bounce", "Type": "BadEmailAddress"}, False, True),
    ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, False, False),
]


def test_what_came_back_stops_but_for_questions_and_what_was_unwelcome_stops_altogether(
    report: Report, smtp_sink: SmtpSink
) -> None:
    assert report(secret="nobody:knows", RecordType="Bounce", Type="HardBounce") == 400
    for number, (told, word, question) in enumerate(ROWS):
        reader = f"reader-{number}@example.org"
        factories.subscription(reader, on=TODAY - timedelta(days=1))
        assert report(**told, Email=reader.upper()) == 200
        subscriptions.ask(reader, factories.speaker(), at=noon(TODAY), on=TODAY)
        factories.dated(factories.prediction("soon"), TODAY - timedelta(days=1), on=date(2026, 10, 1))
        smtp_sink.clear()
        due.flag_due(on=TODAY, at=noon(TODAY))
        outbox.send(at=lambda: noon(TODAY))
        subjects = [str(mail["Subject"]) for mail in smtp_sink.messages if mail["To"] == reader]
        assert any(subject.startswith("Fell due") for subject in subjects) == word, told
        assert any(subject.startswith("Please confirm") for subject in subjects) == question, told


@pytest.mark.parametrize("does", ["confirms", "chooses"])
def test_whoever_is_there_is_written_to_again(does: str) -> None:
    reader = factories.subscription("reader@example.org").subscriber
    subscriptions.stop(reader.address, Stop.UNREACHABLE, at=noon(TODAY))
    assert Subscriber.objects.get().stopped_because == Stop.UNREACHABLE
    if does == "confirms":
        again = subscriptions.ask(reader.address, factories.speaker(), at=noon(TODAY), on=TODAY)
        subscriptions.confirm(again, at=noon(TODAY))
    else:
        subscriptions.choose(reader, rhythm=Rhythm.AT_ONCE, hour=8, time_zone="", unwanted=[])
    assert Subscriber.objects.get().stopped_at is None
