"""Whole installations to break: on the embedded default, and on a PostgreSQL and a Redis of their own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import psutil
import psycopg
import redis
from celery import Celery

from config import places
from config.run.__main__ import children
from config.run.child import Child
from config.schedule import JOBS, ROUTES
from ledger.post.outbox import LEASE
from tests import broker, postgres
from tests.run import OWN
from tests.smtp_sink import SmtpSink

EMBEDDED, SERVERS = "the embedded default", "PostgreSQL and Redis"


class Stack:
    """An installation in ``folder`` that sends to ``sink``, and nobody who keeps its processes up but the test.

    Its processes are those of ``make run``: ``crew`` by their names.
    """

    def __init__(self, kind: str, folder: Path, sink: SmtpSink) -> None:
        self.sink = sink
        self.var = folder / "var"
        self.var.mkdir()
        self.postgres = postgres.Server(folder) if kind == SERVERS else None
        self.redis = broker.Server() if kind == SERVERS else None
        self.crew: dict[str, Child] = {}

    @property
    def settings(self) -> dict[str, str]:
        """Its environment variables, beside those of everybody."""
        named = {"HINDSIGHT_VAR": str(self.var), "EMAIL_URL": self.sink.url, "DEMO": "0", "NOTICES": ""}
        if self.postgres and self.redis:
            named |= {"DATABASE_URL": self.postgres.url, "REDIS_URL": self.redis.url}
        return named

    @property
    def environ(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if name not in OWN} | self.settings

    def set_up(self) -> None:
        """Start the servers and make the tables; nobody works yet."""
        for server in (self.postgres, self.redis):
            if server:
                server.start()
        self.do("-m", "config.run.prepare")
        with socket.create_server(("127.0.0.1", 0)) as door:
            self.crew = {child.name: child for child in children(self.var, door, mark=0)}
        for child in self.crew.values():
            child.inherit = ()

    def start(self, *names: str) -> None:
        """Start processes of the crew, and wait until they are ready."""
        for name in names:
            child = self.crew[name]
            child.start()
            self.until(child.ready)

    def keep_up(self) -> None:
        """Start anew what has ended or fallen silent, as `make run` does."""
        for child in self.crew.values():
            if child.is_silent():
                child.sweep()
            if child.process is not None and not child.running:
                child.sweep()
                child.start()

    def take_down(self) -> None:
        for child in self.crew.values():
            child.sweep()
        for server in (self.redis, self.postgres):
            if server:
                with contextlib.suppress(AttributeError):  # it was never started
                    server.stop()

    def do(self, *command: str) -> str:
        """Run a program of the project to its end and return what it wrote."""
        ended = subprocess.run(
            [sys.executable, *command],
            cwd=places.ROOT,
            env=self.environ,
            check=False,
            capture_output=True,
            text=True,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def hand_out(self, *tasks: str) -> None:
        """Put jobs into the queue, as beat does."""
        with Celery(broker=self.broker_url, set_as_current=False) as app:
            for task in tasks:
                name = f"ledger.tasks.{task}"
                app.send_task(name, queue=ROUTES.get(name, {}).get("queue", JOBS), retry=False)

    @property
    def broker_url(self) -> str:
        return self.redis.url if self.redis else f"redis+socket://{places.broker_socket(self.var)}"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with ExitStack() as held:
            if self.postgres:
                line: Any = held.enter_context(psycopg.connect(self.postgres.url))
            else:
                path = f"file:{self.var / 'hindsight.sqlite3'}?mode=ro"
                line = held.enter_context(contextlib.closing(sqlite3.connect(path, uri=True, timeout=60)))
            return list(line.execute(query).fetchall())

    def count(self, rows: str) -> int:
        """How many rows there are: "ledger_event WHERE kind = 'fell_due'"."""
        return int(self.rows(f"SELECT count(*) FROM {rows}")[0][0])

    def beaten_since(self, moment: datetime) -> set[str]:
        """The jobs that were done to their end later than ``moment``; none while the database is away."""
        with contextlib.suppress(psycopg.OperationalError):
            stamp = moment.strftime("%Y-%m-%d %H:%M:%S.%f")
            if self.postgres:
                stamp += "+00"
            return {
                job for (job,) in self.rows(f"SELECT job FROM ledger_heartbeat WHERE beaten_at > '{stamp}'")
            }
        return set()

    def queued(self, queue: str) -> int:
        """How many jobs of a queue nobody has taken."""
        with self._broker() as line:
            return int(line.llen(queue))

    def unfinished(self, queue: str) -> int:
        """How many jobs of a queue nobody has taken, and how many of any queue were taken and not ended.

        A job whose worker died is among the latter until it goes back to its queue.
        """
        with self._broker() as line, line.pipeline() as both:
            both.llen(queue)
            both.hlen("unacked")
            return sum(map(int, both.execute()))

    def empty_the_broker(self) -> None:
        with self._broker() as line:
            line.flushall()

    def take_the_broker_away(self) -> None:
        """Kill it, and lose what it holds."""
        if self.redis:
            self.redis.stop()
        else:
            self.crew["broker"].sweep()
            shutil.rmtree(self.var / "broker")

    def bring_the_broker_back(self) -> None:
        """Start it anew, empty."""
        if self.redis:
            self.redis.start()
        else:
            (self.var / "broker").mkdir()
            self.start("broker")

    def _broker(self) -> redis.Redis:
        return redis.Redis.from_url(self.broker_url.replace("redis+socket", "unix"))

    def outstanding(self) -> int:
        """How much is owed and not yet sent or dropped, in mails and before."""
        return self.count("ledger_mail WHERE sent_at IS NULL AND dropped_at IS NULL") + self.count(
            "ledger_delivery WHERE mail_id IS NULL AND dropped_at IS NULL"
        )

    def until(self, holds: Callable[[], bool], seconds: float = 180, *, kept_up: bool = False) -> None:
        """Wait until something holds. Raises AssertionError, with the logs' ends, after so many seconds.

        ``kept_up``: what ends meanwhile is started anew.
        """
        deadline = time.monotonic() + seconds
        while not holds():
            if kept_up:
                self.keep_up()
            assert time.monotonic() < deadline, self.logs()
            time.sleep(0.05)

    def logs(self) -> str:
        files = sorted((self.var / "log").glob("*.log"))
        return "\n".join(f"== {file.name}\n{file.read_text()[-2000:]}" for file in files)

    def send_what_the_dead_held(self) -> None:
        """Sweep and send by hand when every lease is over, until nothing is outstanding."""
        for turn in range(1, 6):
            self.do("manage.py", "flag_due")
            self.do("manage.py", "send_alerts", "--at", (datetime.now(UTC) + turn * LEASE).isoformat())
            if not self.outstanding():
                return
        raise AssertionError(f"{self.outstanding()} are left")


@contextlib.contextmanager
def stack(kind: str, sink: SmtpSink) -> Iterator[Stack]:
    """Set one up in a folder that goes with it. Not one of pytest's, which PostgreSQL's user cannot reach."""
    inherited = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="hindsight-") as folder:
        made = Stack(kind, Path(folder), sink)
        for name in OWN:
            os.environ.pop(name, None)
        os.environ.update(made.settings)  # the crew inherits them
        try:
            made.set_up()
            yield made
        finally:
            made.take_down()
            os.environ.clear()
            os.environ.update(inherited)


def pool_of(child: Child) -> list[psutil.Process]:
    """The processes in which a worker does its jobs."""
    assert child.process is not None
    try:
        return list(psutil.Process(child.process.pid).children())
    except psutil.NoSuchProcess:
        return []


def copies(messages: list[EmailMessage]) -> dict[tuple[str, str], set[str]]:
    """The Message-IDs under which each thing was told to each reader."""
    found = defaultdict(set)
    for mail in messages:
        found[str(mail["To"]), str(mail["Subject"])].add(str(mail["Message-ID"]))
    return found
