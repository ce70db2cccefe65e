"""Processes die without warning while alerts go out, on what `make run` starts: nothing is lost, nothing becomes another mail.

A sender that dies between handing a mail over and noting it costs one more copy of that mail. The mail
server here dawdles before it keeps a mail and before it says so: deaths fall into both gaps.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from config import places
from ledger.post.outbox import LEASE
from tests.faults.due_today import A_READER_S
from tests.run import Run
from tests.smtp_sink import SmtpSink

READERS = 40
ALL = READERS * A_READER_S
OUTSTANDING = "SELECT count(*) FROM ledger_mail WHERE sent_at IS NULL AND dropped_at IS NULL"
DROPPED = "SELECT count(*) FROM ledger_mail WHERE dropped_at IS NOT NULL"
EVENTS = "SELECT count(*) FROM ledger_event"
HELD = 2
"""Mails that a sender holds: one that the server takes, and the next, which is written meanwhile."""
AT_MOST = 180.0  # seconds until beat has the sending taken up again


@pytest.fixture
def run(tmp_path: Path, smtp_server: SmtpSink) -> Iterator[Run]:
    """Return an installation that sends to a slow mail server."""
    smtp_server.clear()
    smtp_server.pause = 0.06
    run = Run(tmp_path, EMAIL_URL=smtp_server.url, NOTICES="")
    run.start()
    yield run
    run.kill()


@pytest.mark.at_length
def test_nothing_is_lost_and_nothing_becomes_another_mail(run: Run, smtp_server: SmtpSink) -> None:
    do(run, "-m", "tests.faults.due_today", str(READERS), str(A_READER_S))
    do(run, "manage.py", "flag_due")
    deaths = 0
    for arrived, kill in enumerate((a_sender, the_worker, the_broker, a_sender, everything), start=1):
        run.until(lambda n=25 * arrived: len(smtp_server.messages) >= n, AT_MOST)  # type: ignore[misc]
        deaths += kill(run)

    run.until(lambda: count(run, OUTSTANDING) <= HELD * deaths, AT_MOST)
    assert run.end() == 0
    # What the dead hold is free when their lease is over.
    do(run, "manage.py", "send_alerts", "--at", (datetime.now(UTC) + LEASE).isoformat())
    assert [count(run, rows) for rows in (OUTSTANDING, DROPPED, EVENTS)] == [0, 0, A_READER_S]

    copies = defaultdict(list)
    for mail in smtp_server.messages:
        copies[mail["To"], mail["Subject"]].append(mail)
    assert len(copies) == ALL
    assert all(len({mail["Message-ID"] for mail in mails}) == 1 for mails in copies.values())
    assert len({mail["Message-ID"] for mail in smtp_server.messages}) == ALL
    assert len(smtp_server.messages) - ALL <= deaths


# -- what dies: each returns how many senders that were -------------------------------------------------


def senders(run: Run) -> list[psutil.Process]:
    return list(psutil.Process(run.pid_of("worker@%h")).children())


def a_sender(run: Run) -> int:
    senders(run)[0].kill()
    return 1


def the_worker(run: Run) -> int:
    died = len(senders(run))
    os.killpg(run.pid_of("worker@%h"), signal.SIGKILL)
    return died


def the_broker(run: Run) -> int:
    """Kill what hands the jobs round; a worker that loses it ends those that it has in hand."""
    died = len(senders(run))
    os.kill(run.pid_of("valkey-server"), signal.SIGKILL)
    return died


def everything(run: Run) -> int:
    died = len(senders(run))
    run.kill()
    run.start()
    return died


# -- what is looked at ---------------------------------------------------------------------------------


def do(run: Run, *command: str) -> None:
    subprocess.run([sys.executable, *command], cwd=places.ROOT, env=run.environ, check=True)


def count(run: Run, rows: str) -> Any:
    with contextlib.closing(run.database()) as database:
        return database.execute(rows).fetchone()[0]
