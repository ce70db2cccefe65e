"""A machine that has never seen Hindsight, as far as one machine can play another."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from config import places
from tests.ports import free_port
from tests.smtp_sink import SmtpSink

FIRST_RUN = 600  # seconds, installing included
OURS = ("DATABASE_URL", "REDIS_URL", "SITE_URL", "HOST", "DEMO", "HINDSIGHT_VAR", "DJANGO_SETTINGS_MODULE")
PYTHONS = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "MAKEFLAGS", "MAKELEVEL", "MFLAGS")


@dataclass
class Installation:
    """A clean clone and its `make run`."""

    folder: Path
    environ: dict[str, str]
    console: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://localhost:{self.environ['PORT']}"

    @property
    def password(self) -> str:
        """Return the password of the login `admin`, as printed at the first start."""
        found = re.search(r"Log in as admin, password (\S+)", self.said())
        assert found, self.said()
        return found[1]

    def said(self) -> str:
        """Return what the console shows."""
        return self.console.read_text()

    def wait(self, words: str, seconds: float) -> None:
        """Wait until the console shows ``words``."""
        deadline = time.monotonic() + seconds
        while words not in self.said():
            assert self.process.poll() is None, self.said()[-3000:]
            assert time.monotonic() < deadline, self.said()[-3000:]
            time.sleep(0.2)


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory, smtp_server: SmtpSink) -> Iterator[Installation]:
    """Clone what is committed, type `make run`, wait for the address; stop it at the end."""
    folder = tmp_path_factory.mktemp("clone") / "hindsight"
    subprocess.run(["git", "clone", "--quiet", "--no-local", places.ROOT, folder], check=True)
    kept = {name: value for name, value in os.environ.items() if name not in (*OURS, *PYTHONS)}
    environ = kept | {"PORT": str(free_port()), "EMAIL_URL": smtp_server.url, "PIP_NO_CACHE_DIR": "1"}
    console = folder.parent / "console"
    with console.open("wb") as out:
        process = subprocess.Popen(
            ["make", "run"], cwd=folder, env=environ, stdin=subprocess.DEVNULL, stdout=out, stderr=out
        )
    installation = Installation(folder, environ, console, process)
    try:
        installation.wait("Ctrl-C stops everything", FIRST_RUN)
        yield installation
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


@pytest.fixture
def visitor(browser: Browser, installation: Installation) -> Iterator[Page]:
    """Return a page of somebody who comes to the installation for the first time."""
    context = browser.new_context(base_url=installation.url, viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()
