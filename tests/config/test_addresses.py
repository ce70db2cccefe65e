"""What is malformed in the environment ends every program with one line that says what to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from config import addresses, places
from tests.run import Run

SECRET = "hunter2"

MALFORMED = [
    (addresses.database, "DATABASE_URL", "ledger"),
    (addresses.database, "DATABASE_URL", "postgres://"),
    (addresses.database, "DATABASE_URL", f"postgres://me:{SECRET}@host:door/ledger"),
    (addresses.database, "DATABASE_URL", "mysql://host/ledger"),
    (addresses.database, "DATABASE_URL", "sqlite://"),
    (addresses.mail, "EMAIL_URL", "mail.example.org"),
    (addresses.mail, "EMAIL_URL", "smtp://"),
    (addresses.mail, "EMAIL_URL", f"smtp://me:{SECRET}@mail.example.org:99999"),
    (addresses.broker, "REDIS_URL", "localhost:6379"),
    (addresses.broker, "REDIS_URL", "redis://"),
    (addresses.broker, "REDIS_URL", "unix://"),
    (addresses.broker, "REDIS_URL", f"redis://:{SECRET}@[::1"),
    (addresses.zone, "TIME_ZONE", "Mars/Olympus"),
    (addresses.zone, "TIME_ZONE", "../../etc/passwd"),
    (partial(addresses.some, "REMIND_AFTER", default=7), "REMIND_AFTER", "a week"),
    (partial(addresses.some, "REMIND_AFTER", default=7), "REMIND_AFTER", "0"),
    (partial(addresses.count, "PROXIES"), "PROXIES", "one"),
    (partial(addresses.count, "PROXIES"), "PROXIES", "-1"),
    (partial(addresses.days_before, "NOTICES"), "NOTICES", "30 and 7"),
    (partial(addresses.days_before, "NOTICES"), "NOTICES", "0"),
    (partial(addresses.days_before, "NOTICES"), "NOTICES", "30,-7"),
    (partial(addresses.days_before, "NOTICES"), "NOTICES", "3661"),
    (addresses.log_level, "LOG_LEVEL", "LOUD"),
]


@pytest.mark.parametrize(("read", "variable", "value"), MALFORMED)
def test_it_is_told_in_one_line_that_holds_no_password(
    read: Callable[[str], object], variable: str, value: str
) -> None:
    with pytest.raises(SystemExit) as told:
        read(value)
    line = str(told.value)
    assert line.startswith(f"{variable} ")
    assert "Give it like" in line
    assert "\n" not in line
    assert SECRET not in line


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (addresses.database, "postgres:///ledger"),
        (addresses.database, "postgresql://me:p%40ss@host/ledger?sslmode=require"),
        (addresses.database, "sqlite:///ledger.sqlite3"),
        (addresses.mail, "smtp+ssl://me:p%40ss@mail.example.org:465"),
        (addresses.mail, "consolemail://"),
        (addresses.broker, "rediss://:p@cache:6380/1"),
        (addresses.broker, "unix:///run/redis.sock"),
        (addresses.zone, "Asia/Taipei"),
        (partial(addresses.some, "REMIND_AFTER", default=7), "1"),
        (partial(addresses.count, "PROXIES"), "2"),
        (partial(addresses.days_before, "NOTICES"), "3660, 30, 1"),
        (addresses.log_level, "debug"),
    ],
)
def test_what_is_well_formed_is_taken(read: Callable[[str], object], value: str) -> None:
    assert read(value)


@pytest.mark.parametrize("program", [["manage.py", "check"], ["-m", "config.run"]])
def test_every_program_ends_with_that_line(program: list[str], tmp_path: Path) -> None:
    run = Run(tmp_path, EMAIL_URL="mail.example.org")
    ended = subprocess.run(
        [sys.executable, *program],
        cwd=places.ROOT,
        env=run.environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 1
    assert "EMAIL_URL does not begin with any of " in ended.stderr
    assert "Traceback" not in ended.stderr
    assert run.running() == {}
