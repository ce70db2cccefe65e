"""What the settings promise."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client

from config import places, secret_key


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_wait_for_each_other() -> None:
    """Each reads and then writes in one transaction, as every verb of the ledger does."""

    def write(writer: int) -> None:
        try:
            for turn in range(10):
                with transaction.atomic():
                    before = Group.objects.count()
                    Group.objects.create(name=f"{writer}.{turn} after {before}")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as writers:
        list(writers.map(write, range(6)))
    assert Group.objects.filter(name__contains=" after ").count() == 60


def test_the_secret_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "secret_key"
    with ThreadPoolExecutor(8) as starters:
        keys = set(starters.map(lambda _: secret_key.kept_in(path), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("environ", "values"),
    [
        (
            {"DATABASE_URL": ""},  # empty is the same as absent
            {
                "DEBUG": False,
                "TIME_ZONE": "UTC",
                "(REVIEWERS, NOTICE_HOURS)": (1, 0),
                "SITE_URL": "http://localhost:8000",
                "DATABASES['default']['NAME'].name": "hindsight.sqlite3",
                "EMAIL_BACKEND.split('.')[-2]": "filebased",
                "SESSION_COOKIE_SECURE": False,
            },
        ),
        ({"PORT": "8017"}, {"SITE_URL": "http://localhost:8017"}),
        (
            {
                "SITE_URL": "https://ledger.example/",
                "REVIEWERS": "2",
                "NOTICE_HOURS": "24",
                "TIME_ZONE": "Asia/Taipei",
            },
            {
                "SITE_URL": "https://ledger.example",
                "ALLOWED_HOSTS[-1]": "ledger.example",
                "SESSION_COOKIE_SECURE": True,
                "(REVIEWERS, NOTICE_HOURS)": (2, 24),
                "TIME_ZONE": "Asia/Taipei",
            },
        ),
        (
            {
                "ALLOWED_HOSTS": "a.example,b.example",
                "DATABASE_URL": "postgres://u:p@db:5433/h",
                "REDIS_URL": "redis://cache:6379/1",
                "EMAIL_URL": "smtp+tls://u:p@mail.example:587",
            },
            {
                "ALLOWED_HOSTS": ["a.example", "b.example"],
                "DATABASES['default']['HOST']": "db",
                "DATABASES['default']['CONN_HEALTH_CHECKS']": True,
                "CELERY_BROKER_URL": "redis://cache:6379/1",
                "(EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS)": ("mail.example", 587, True),
                "EMAIL_TIMEOUT": 20,
            },
        ),
        (
            {"DATABASE_URL": "sqlite:////srv/h.sqlite3", "REDIS_URL": "unix:///run/r.sock"},
            {
                "DATABASES['default']['NAME']": "/srv/h.sqlite3",
                "DATABASES['default']['OPTIONS']['transaction_mode']": "IMMEDIATE",
                "CELERY_BROKER_URL": "redis+socket:///run/r.sock",
            },
        ),
    ],
)
def test_the_environment_sets_it(environ: dict[str, str], values: dict[str, object], tmp_path: Path) -> None:
    """Read in a process of its own: settings are read once in each."""
    said = subprocess.run(
        [sys.executable, "-c", f"from config.settings import *; print([{', '.join(values)}])"],
        cwd=places.ROOT,
        env={"PATH": os.environ["PATH"], "HINDSIGHT_VAR": str(tmp_path)} | environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == str(list(values.values()))


def test_what_an_installation_keeps_is_for_its_owner_alone(tmp_path: Path) -> None:
    var = tmp_path / "var"
    subprocess.run(
        [sys.executable, "-c", "import os; os.umask(0); import config.settings"],
        cwd=places.ROOT,
        env={"PATH": os.environ["PATH"], "HINDSIGHT_VAR": str(var)},
        check=True,
    )
    assert stat.S_IMODE(var.stat().st_mode) == 0o700


@pytest.mark.parametrize("var", [Path("/srv/var"), Path("/srv") / ("deep" * 40)])
def test_a_socket_has_a_path_that_the_kernel_takes(var: Path) -> None:
    assert len(str(places.broker_socket(var))) <= places.LONGEST_SOCKET_PATH


@pytest.mark.django_db
def test_the_public_pages_allow_no_inline_script_and_no_strangers(client: Client) -> None:
    policy = client.get("/healthz").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
