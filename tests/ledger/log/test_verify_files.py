"""``verify.py`` finds a file that was spoilt, taken away or put in, whatever stands in it."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.verifier.files import LIST
from tests.ledger.log.exported import as_it_is, faults

pytestmark = pytest.mark.django_db


def everything(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    assert len(found) > 25
    return found


def with_a_byte_turned(path: Path) -> Iterator[int]:
    """Turn over a bit of ``path``, here and there; put it back in the end. Yields where."""
    pick, whole = random.Random(path.name), path.read_bytes()
    for _ in range(0 if not whole else 4 if len(whole) > 200 else 2):
        at = pick.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << pick.randrange(7)]) + whole[at + 1 :])
        yield at
    path.write_bytes(whole)


def test_any_byte_turned_over_is_found(copy: Path) -> None:
    for path in everything(copy):
        for at in with_a_byte_turned(path):
            assert as_it_is(copy), f"byte {at} of {path.name}"
    assert as_it_is(copy) == ""


def test_any_byte_turned_over_is_found_even_by_who_is_given_a_new_list(copy: Path) -> None:
    """By what is sealed and counted: but for the program itself, and what of the figures only Hindsight can compute."""
    for path in everything(copy):
        if path.name in (LIST, "verify.py"):
            continue
        for at in with_a_byte_turned(path):
            assert faults(copy, scores=path.name == "figures.jsonl"), f"byte {at} of {path.name}"
    assert faults(copy) == ""


def test_any_file_taken_away_is_missed(copy: Path) -> None:
    for path in everything(copy):
        whole = path.read_bytes()
        path.unlink()
        assert path.name in as_it_is(copy)
        path.write_bytes(whole)
    assert as_it_is(copy) == ""


def test_earlier_checkpoints_taken_away_are_missed(copy: Path) -> None:
    earlier = sorted(path.name for path in (copy / "checkpoints").iterdir())
    shutil.rmtree(copy / "checkpoints")
    assert as_it_is(copy).splitlines() == [
        f"checkpoints/{name} was exported, and is missing" for name in earlier
    ]


@pytest.mark.parametrize("path", ["evil.txt", "tables/more.csv", "checkpoints/7", "more/evil.txt", ".evil"])
def test_a_file_slipped_in_is_named(copy: Path, path: str) -> None:
    (copy / path).parent.mkdir(exist_ok=True)
    (copy / path).write_text("id\n")
    assert f"{path} was not exported, and is there" in as_it_is(copy)


def test_a_link_slipped_in_is_named(copy: Path, tmp_path: Path) -> None:
    (copy / "more").symlink_to(tmp_path)
    assert as_it_is(copy) == "more was not exported, and is there"


def test_the_witness_that_one_keeps_may_lie_beside_them(copy: Path, mail: Path) -> None:
    kept = mail.rename(copy / "kept.eml")
    assert as_it_is(copy, witness=kept) == ""
    assert as_it_is(copy) == "kept.eml was not exported, and is there"


@pytest.mark.parametrize("line", ["no file", "ab  /etc/hostname", "ab  tables/../../x"])
def test_a_list_of_other_things_is_none(copy: Path, line: str) -> None:
    whole = (copy / LIST).read_text()
    (copy / LIST).write_text(f"{whole}{line}\n")
    assert f"line {len(whole.splitlines()) + 1} names no file of an export" in as_it_is(copy)


def test_the_list_is_one_that_sha256sum_checks(copy: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", LIST], cwd=copy, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
