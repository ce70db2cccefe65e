"""The broker is emptied, away and comes back empty, and the database, where it is a server, is started anew: everything goes out, once, and nobody stays silent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.pulse import IDLE
from config.run.child import SILENT
from config.schedule import COUNTS, JOBS, POSTS, SEARCHES
from tests.faults import stacks
from tests.faults.due_today import A_READER_S
from tests.faults.stacks import Stack, copies
from tests.smtp_sink import SmtpSink

READERS = 20
AWAY = 20.0
"""Seconds: longer than a worker's first tries to reach it again."""
NOTICED = IDLE + SILENT + 180.0
"""Seconds: after how many a worker that fell silent has been started anew and is at work."""
WORKERS = {"worker": JOBS, "searcher": SEARCHES, "counter": COUNTS, "poster": POSTS}


@pytest.fixture(params=[pytest.param(stacks.EMBEDDED, marks=pytest.mark.at_length), stacks.SERVERS])
def servers(request: pytest.FixtureRequest, smtp_server: SmtpSink) -> Iterator[Stack]:
    """Return an installation that nobody works at yet."""
    smtp_server.clear()
    with stacks.stack(request.param, smtp_server) as made:
        yield made


def test_what_is_owed_goes_out_once_and_nobody_stays_silent(servers: Stack) -> None:
    servers.sink.pause = 0.05
    servers.do("-m", "tests.faults.due_today", str(READERS), str(A_READER_S))
    servers.start(*(["broker"] if "broker" in servers.crew else []), *WORKERS, "beat")
    servers.hand_out("flag_due")
    servers.until(lambda: servers.count("ledger_delivery") >= READERS * A_READER_S)
    servers.hand_out("send_alerts")
    alerts = READERS * A_READER_S

    servers.until(lambda: len(servers.sink.messages) >= alerts // 10, 180)
    servers.empty_the_broker()
    servers.until(lambda: len(servers.sink.messages) >= alerts // 5, 180)
    servers.take_the_broker_away()
    time.sleep(AWAY)
    servers.bring_the_broker_back()
    assert [name for name in WORKERS if not servers.crew[name].running] == [], "what lost the broker ended"
    servers.until(lambda: len(servers.sink.messages) >= alerts // 2, 300, kept_up=True)
    if servers.postgres:
        servers.postgres.stop()
        time.sleep(2)
        servers.postgres.start()
    back = datetime.now(UTC)
    done = {"flag_due", "send_alerts", "seal"}
    servers.until(lambda: servers.beaten_since(back) >= done, NOTICED, kept_up=True)
    logs = [servers.crew[name].log for name in WORKERS]
    before = [jobs_in(log) for log in logs]
    servers.until(
        lambda: all(jobs_in(log) > had for log, had in zip(logs, before, strict=True)), NOTICED, kept_up=True
    )
    servers.send_what_the_dead_held()

    told = copies(servers.sink.messages)
    assert len(told) == alerts
    assert [key for key, ids in told.items() if len(ids) > 1] == []
    cut_off = 2  # senders that were ended when the broker went: a worker stops what it could not acknowledge
    restarted = (
        2 if servers.postgres else 0
    )  # senders that could not note what they had sent when the database went
    assert len(servers.sink.messages) - alerts <= cut_off + restarted


def jobs_in(log: Path) -> int:
    """How many jobs a worker has done."""
    return log.read_text().count(" succeeded in ")
