"""`make run`: everything comes up, stays up, and goes away."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import sqlite3
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password

from tests.ports import free_port
from tests.run import BY_MAKE, DIRECTLY, Run


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    run = Run(tmp_path)
    yield run
    run.kill()  # only after a test that failed is there anything


def test_it_comes_up_mends_itself_and_leaves_nothing(run: Run) -> None:
    run.start()
    assert run.serves()
    assert f"http://localhost:{run.port}/admin/" in run.said()
    assert "Log in as admin, password " in run.said()
    assert stat.S_IMODE((run.var / "secret_key").stat().st_mode) == 0o600

    second = run.again()
    assert (second.returncode, second.stdout) == (
        0,
        f"Hindsight is already up at http://localhost:{run.port}/\n",
    )

    workers = ("worker@%h", "searcher@%h", "counter@%h", "poster@%h")
    ours = ("valkey-server", "gunicorn", *workers, "celery -A config beat")
    before = {word: run.pid_of(word) for word in ours}
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    run.until(lambda: run.said().count("was ended by SIGKILL; starting it again in 1 s") == len(ours))
    run.until(lambda: all(any(word in command for command in run.running().values()) for word in ours))
    run.until(run.serves)
    assert not set(before.values()) & set(run.running())

    assert run.end() == 0
    assert run.running() == {}
    assert not run.serves()


def test_after_the_power_went_it_starts_again(run: Run) -> None:
    run.start()
    secret = (run.var / "secret_key").read_text()
    run.kill()
    run.start()
    assert run.serves()
    assert "password" not in run.said(), "the login is shown at its making"
    assert (run.var / "secret_key").read_text() == secret
    assert run.end(signal.SIGINT) == 0
    assert run.running() == {}


def test_killed_hard_it_takes_its_processes_along(run: Run) -> None:
    run.start()
    run.end(signal.SIGKILL)
    run.until(lambda: run.running() == {})


def test_stopped_while_it_prepares_it_has_shown_the_password_of_any_login_it_made(run: Run) -> None:
    def kept() -> list[str]:
        with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(run.database()) as database:
            return [row[0] for row in database.execute("SELECT password FROM auth_user")]
        return []

    run.begin(DEMO="1")
    run.until(lambda: bool(kept()), 120)
    run.end()
    shown = re.search(r"admin, password (\S+)", run.said())
    assert shown, run.said()
    assert check_password(shown[1], kept()[0])
    assert "Hindsight is at" not in run.said(), "it was stopped before"


def test_make_passes_the_signal_on(run: Run) -> None:
    run.start(BY_MAKE)
    assert run.serves()
    run.end(signal.SIGTERM)
    run.until(lambda: run.running() == {})


def test_a_busy_port_is_told_before_anything_is_started(run: Run) -> None:
    with socket.create_server(("127.0.0.1", run.port)):
        refused = run.again()
    assert refused.returncode == 1
    assert refused.stdout == (
        f"127.0.0.1:{run.port} cannot be used: Address already in use. Try: PORT={run.port + 1} make run\n"
    )
    assert not (run.var / "hindsight.sqlite3").exists()


def test_a_folder_that_cannot_be_made_is_told_by_every_program(run: Run) -> None:
    folder = run.var.parent / "a file" / "var"
    folder.parent.touch()
    for program in (DIRECTLY, (sys.executable, "manage.py", "check")):
        ended = run.again(program, HINDSIGHT_VAR=str(folder))
        assert ended.returncode == 1
        assert ended.stdout == ""
        assert ended.stderr.startswith(f"{folder} cannot be written to: Not a directory.")
        assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("port", ["http", "-1", "99999"])
def test_a_port_that_is_none(run: Run, port: str) -> None:
    refused = run.again(PORT=port)
    assert refused.returncode == 1
    assert refused.stdout == f"PORT={port} is not a port. Try: PORT=8001 make run\n"


def test_a_database_that_does_not_answer(run: Run) -> None:
    refused = run.again(DATABASE_URL=f"postgres://nobody@127.0.0.1:{free_port()}/nothing")
    assert refused.returncode == 1
    assert "The database cannot be used" in refused.stderr
    assert ". DATABASE_URL says which one to use.\n" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert run.running() == {}


def test_a_broker_that_does_not_answer(run: Run) -> None:
    refused = run.again(REDIS_URL=f"redis://:hunter2@127.0.0.1:{free_port()}/0")
    assert refused.returncode == 1
    assert "The broker that REDIS_URL names cannot be reached: redis://127.0.0.1:" in refused.stdout
    assert "ConnectionError" in refused.stdout
    assert "worker" not in refused.stdout
    assert "hunter2" not in refused.stdout + refused.stderr
    assert run.running() == {}
