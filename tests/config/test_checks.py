"""An installation that promises what it does not keep, or is not safe, does not start, and says why."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from config import places


def complaints() -> set[str]:
    return {str(found.id) for found in run_checks() if str(found.id).startswith("hindsight.") and found.hint}


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("REVIEWERS", 1, None),
        ("REVIEWERS", 2, None),
        ("REVIEWERS", 3, "hindsight.E001"),
        ("REVIEWERS", 0, "hindsight.E001"),
        ("NOTICE_HOURS", 0, None),
        ("NOTICE_HOURS", 48, None),
        ("NOTICE_HOURS", 24 * 90 + 1, "hindsight.E002"),
        ("NOTICE_HOURS", -1, "hindsight.E002"),
        ("SITE_URL", "https://ledger.example", None),
        ("SITE_URL", "http://localhost:8000", None),
        ("SITE_URL", "ledger.example", "hindsight.E003"),
        ("SITE_URL", "https://", "hindsight.E003"),
        ("SITE_URL", "ftp://ledger.example", "hindsight.E003"),
        ("SECRET_KEY", "k" * 50, None),
        ("SECRET_KEY", "k" * 49, "hindsight.E004"),
        ("LOG_KEY", "A" * 43 + "=", None),
        ("LOG_KEY", "A" * 40, "hindsight.E005"),
        ("LOG_KEY", "no base64!", "hindsight.E005"),
        ("LOG_ORIGIN", "ledger.example/log", None),
        ("LOG_ORIGIN", "a ledger", "hindsight.E005"),
    ],
)
def test_a_setting_is_refused(settings: Settings, name: str, value: object, complaint: str | None) -> None:
    setattr(settings, name, value)
    assert complaints() == ({complaint} if complaint else set())


def test_a_short_key_will_do_where_things_are_tried_out(settings: Settings) -> None:
    settings.SECRET_KEY, settings.DEBUG = "short", True
    assert complaints() == set()


@pytest.mark.parametrize("command", [["manage.py", "check"], ["-m", "config.run.prepare"]])
def test_nothing_starts_before_it_is_put_right(command: list[str], tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, *command],
        cwd=places.ROOT,
        env={"PATH": os.environ["PATH"], "HINDSIGHT_VAR": str(tmp_path), "DEMO": "0", "NOTICE_HOURS": "-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert "hindsight.E002" in said.stderr
    assert "HINT: Set NOTICE_HOURS to a number" in said.stderr
    assert not said.stdout
