"""Finds a Chromium for the browser tests, and installs one when there is none."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Nothing but the pages under test: no sandbox for root, no calls home.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(("--no-sandbox",) if os.getuid() == 0 else ()),
)


class NoChromium(Exception):
    """There is none and none could be installed; the message says what to do."""


def on_path() -> str | None:
    """Return the Chromium that $CHROMIUM names, else the one on PATH, if any."""
    found = (shutil.which(name) for name in (os.environ.get("CHROMIUM", ""), *NAMES) if name)
    return next((path for path in found if path), None)


def installers() -> list[list[list[str]]]:
    """Return the ways to get a Chromium, each a row of commands, the best first."""
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if os.getuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "-q", "-y"]
        ways.insert(0, [[*apt, "update"], [*apt, "install", "--no-install-recommends", "chromium"]])
    return ways


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other share of the tests installs one: a package manager serves one at a time."""
    with (Path(tempfile.gettempdir()) / f"hindsight-chromium-{os.getuid()}").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@functools.cache
def executable() -> str | None:
    """Return the path of a Chromium, installing one if need be; None means Playwright's own.

    Raises NoChromium.
    """
    if path := on_path():
        return path
    with one_at_a_time():
        if path := on_path():
            return path
        for commands in installers():
            if all(
                subprocess.run(command, check=False, stdout=sys.stderr).returncode == 0
                for command in commands
            ):
                return on_path()
    raise NoChromium("The browser tests need Chromium: install it, or set CHROMIUM to the path of one.")
