"""A full disk and a database that cannot be written to give an alarm, and cost nothing that was owed."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection
from pytest_django import Settings

from config import places
from ledger import pulse, tasks
from ledger.models import Delivery, Event, Mail
from ledger.pulse import SILENT, WATCHED
from tests import factories
from tests.conftest import database_url
from tests.smtp_sink import SmtpSink

READERS = 3
JOBS = ("flag_due", "send_alerts", "seal")
FULL = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
"""
WHY = "disk I/O error|disk is full|No space left|readonly|read-only"
"""What the database says to it: anything else, such as a lock, is another trouble."""
WRITTEN = ("ledger_event", "ledger_delivery", "ledger_mail", "ledger_leaf", "ledger_heartbeat")


def run_a_job(job: str) -> None:
    """Do a job of beat's here."""
    getattr(tasks, job)()


@contextmanager
def read_only() -> Iterator[Callable[[str], None]]:
    """Let this process write no more, as after somebody made the database read-only."""
    on, off = (
        ("PRAGMA query_only = 1", "PRAGMA query_only = 0")
        if connection.vendor == "sqlite"
        else ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    )
    with connection.cursor() as cursor:
        cursor.execute(on)
        yield run_a_job
        cursor.execute(off)


@contextmanager
def full_disk() -> Iterator[Callable[[str], None]]:
    """Let no file grow: by the kernel's own limit for SQLite, which writes in this very process; by the server's answer for PostgreSQL."""
    if connection.vendor == "sqlite":
        yield run_a_job_without_room
        return
    with connection.cursor() as cursor:
        cursor.execute(FULL)
        for table in WRITTEN:
            cursor.execute(
                f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION no_room()"
            )
        yield run_a_job
        cursor.execute("DROP FUNCTION no_room CASCADE")


def run_a_job_without_room(job: str) -> None:
    code = f"import django; django.setup(); from ledger import tasks; tasks.{job}()"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=places.ROOT,
        env={"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings", "PATH": ""},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise DatabaseError(ended.stderr)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("trouble", [read_only, full_disk])
def test_an_alarm_and_no_loss(
    trouble: Callable[[], AbstractContextManager[Callable[[str], None]]],
    smtp_sink: SmtpSink,
    broker: str,
    settings: Settings,
) -> None:
    settings.NOTICES, settings.REDIS_URL = [], broker
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    for number in range(READERS):
        factories.subscription(f"reader-{number}@example.org")
    said = factories.prediction("soon", said_on=date(2026, 1, 1), inked_on=date(2026, 1, 2))
    factories.dated(said, yesterday, on=date(2026, 1, 3))
    for job in WATCHED:
        pulse.beat(job, datetime.now(UTC))
    later = datetime.now(UTC) + SILENT + timedelta(minutes=1)

    with trouble() as run:
        for job in JOBS:
            with pytest.raises(DatabaseError, match=WHY):
                run(job)
        assert not smtp_sink.messages, "what could not be noted was not begun"
        found = pulse.alarms(later, up_since=later - timedelta(days=1))
        assert {WATCHED[job].alarm for job in JOBS} <= set(found)

    for job in JOBS:
        run_a_job(job)
    assert Event.objects.of_kind("fell_due").count() == 1
    assert Delivery.objects.count() == Mail.objects.filter(sent_at__isnull=False).count() == READERS
    assert len({mail["Message-ID"] for mail in smtp_sink.messages}) == len(smtp_sink.messages) == READERS
    now = datetime.now(UTC)
    assert pulse.alarms(now, up_since=now - timedelta(days=1)) == []
