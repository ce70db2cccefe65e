"""Django's command line as this project starts it."""

from __future__ import annotations

import os
import subprocess
import sys

from config.places import ROOT


def test_a_command_ends_quietly_with_whoever_reads_it() -> None:
    """As when it is piped into ``head``."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "horizon", "next year", "--said-on", "2026-02-05"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")
