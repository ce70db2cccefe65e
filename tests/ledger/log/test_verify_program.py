"""``verify.py`` itself: one file that runs with nothing but Python, and says what it did not check."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from config.places import ROOT
from ledger.verifier.files import LIST, listed
from tests.ledger.log.exported import a_quote, faults, table, write_table

pytestmark = pytest.mark.django_db


def run(folder: Path, *options: str, isolated: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the export's own verify.py; isolated, it finds no package but the standard library."""
    flags = ["-I", "-S"] if isolated else []
    return subprocess.run(
        [sys.executable, "-W", "error", *flags, str(folder / "verify.py"), str(folder), *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def test_it_runs_with_nothing_but_python(copy: Path, mail: Path) -> None:
    done = run(copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert "SIGNATURES WERE NOT CHECKED" in done.stdout
    assert done.stdout.endswith(
        "All that was checked holds. Not checked: the signatures (pip install cryptography); "
        "the intervals, bands and ranks of the figures (--scores, where Hindsight is installed).\n"
    )
    rows = table(copy, "statement")
    a_quote(rows)
    write_table(copy, "statement", rows)
    done = run(copy)
    assert (done.returncode, done.stderr) == (1, "")
    assert re.search(
        r"NOT SO: prediction \d+: the quote is not the one that was sealed as leaf \d+: it reads", done.stdout
    )


def test_it_does_not_pass_a_key_that_it_cannot_check_anything_with(copy: Path) -> None:
    done = run(copy, "--key", (copy / "key").read_text().strip())
    assert (done.returncode, done.stderr) == (2, "")
    assert "COULD NOT BE CHECKED: no signature could be checked with the key that was given" in done.stdout
    assert "pip install cryptography" in done.stdout


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--witness", "nowhere.eml"), "nowhere.eml cannot be read: No such file or directory."),
        (("--witness", "key"), "key holds no checkpoint: "),
        (("--scores",), "--scores was asked for, and Hindsight is not installed here: "),
    ],
)
def test_what_it_cannot_check_is_told_apart_from_what_does_not_hold(
    copy: Path, options: tuple[str, ...], says: str
) -> None:
    done = run(copy, *options)
    assert (done.returncode, done.stderr) == (2, "")
    assert f"COULD NOT BE CHECKED: {says}" in done.stdout
    assert "NOT SO" not in done.stdout
    assert done.stdout.endswith("All that was checked holds. Not all that was asked for could be checked.\n")
    (copy / "evil.txt").touch()
    done = run(copy, *options)
    assert (done.returncode, done.stderr) == (1, "")
    assert f"COULD NOT BE CHECKED: {says}" in done.stdout
    assert done.stdout.endswith("It does not hold.\n")


def test_it_ends_quietly_with_whoever_reads_it(copy: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, str(copy / "verify.py"), str(copy)],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (-signal.SIGPIPE, b"")


def test_it_checks_signatures_where_it_can(copy: Path, mail: Path) -> None:
    key = (copy / "key").read_text().strip()
    done = run(copy, "--witness", str(mail), "--key", key, isolated=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"The signatures: all made with {key}." in done.stdout
    assert "Your checkpoint: this log begins with" in done.stdout


def test_it_says_what_it_left_out_where_only_that_could_tell(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody turns a digit of an interval and lists the files anew: only ``--scores`` can tell, and the rest says so."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    figures = copy / "figures.jsonl"
    figures.write_bytes(
        re.sub(rb'("high":0\.\d*?)(\d)([,}])', rb"\g<1>\g<2>1\3", figures.read_bytes(), count=1)
    )
    (copy / LIST).write_bytes(listed(copy))
    done = run(copy, isolated=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith(
        "All that was checked holds. Not checked: the intervals, bands and ranks"
    )
    done = run(copy, "--scores", isolated=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("It does not hold.\n")


def test_it_refuses_a_key_that_is_none(copy: Path) -> None:
    done = run(copy, "--key", "nobody")
    assert done.returncode == 2
    assert "is no key" in done.stderr


def test_an_empty_folder_is_no_export(tmp_path: Path) -> None:
    assert faults(tmp_path) == "log.jsonl cannot be read: No such file or directory"


def test_a_mistyped_folder_is_none(copy: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(copy / "verify.py"), str(copy / "nowhere")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.endswith("nowhere is no folder\n")
