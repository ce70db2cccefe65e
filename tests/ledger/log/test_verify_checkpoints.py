"""Checkpoints, those of the export and those that somebody kept, sign for the log as it was."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.merkle.notes import Key
from ledger.merkle.signing import Signer
from ledger.verifier.command import verify
from ledger.verifier.log import hashes_of, roots_at
from tests.ledger.log.exported import (
    a_quote,
    about,
    faults,
    log,
    sign_anew,
    table,
    without_tail,
    write_log,
    write_table,
)

pytestmark = pytest.mark.django_db


def test_checkpoints_that_changed_places_are_named(copy: Path) -> None:
    first, second, *_ = sorted((copy / "checkpoints").iterdir(), key=lambda path: int(path.name))
    one, two = first.read_text(), second.read_text()
    first.write_text(two)
    second.write_text(one)
    found = faults(copy)
    assert f"checkpoints/{first.name} holds the checkpoint of {second.name} entries" in found
    assert f"checkpoints/{second.name} holds the checkpoint of {first.name} entries" in found


def test_an_earlier_checkpoint_in_place_of_the_latest_is_named(copy: Path) -> None:
    first = min((copy / "checkpoints").iterdir(), key=lambda path: int(path.name))
    (copy / "checkpoint").write_text(first.read_text())
    assert f"its checkpoint signs for {first.name}" in faults(copy)


def test_a_checkpoint_of_another_s_is_not_taken(copy: Path) -> None:
    other = Signer("localhost", b64encode(b"\x05" * 32).decode())
    hashes = hashes_of(copy)
    (copy / "checkpoint").write_text(
        str(other.checkpoint(len(hashes), roots_at([len(hashes)], hashes)[len(hashes)]))
    )
    assert "checkpoint is not signed with the key" in faults(copy)
    assert "is not signed with the key" in faults(copy, key=other.key)


def test_who_cuts_the_tail_off_and_signs_anew_is_caught_by_a_mail(copy: Path, mail: Path) -> None:
    size = len(log(copy))
    key = Key.read((copy / "key").read_text())
    assert faults(copy, mail, key) == ""
    without_tail(copy, 2)
    sign_anew(copy)
    assert faults(copy) == "", "nothing in the export itself tells"
    assert f"the checkpoint in mail.eml signs for {size} entries and the log has {size - 2}" in faults(
        copy, mail, key
    )


def test_who_rewrites_a_quote_and_signs_anew_is_caught_by_a_mail(copy: Path, mail: Path) -> None:
    rows, leaves = table(copy, "statement"), log(copy)
    at, _ = about(copy, "statement", 7)
    a_quote(rows)
    leaves[at]["statement"] = rows[7]
    write_table(copy, "statement", rows)
    write_log(copy, leaves)
    sign_anew(copy)
    assert faults(copy) == ""
    assert "the checkpoint in mail.eml does not sign for the first" in faults(copy, mail)


def test_the_growth_since_the_mail_is_no_fault(copy: Path, tmp_path: Path) -> None:
    first = min((copy / "checkpoints").iterdir(), key=lambda path: int(path.name))
    assert faults(copy, first) == ""


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param(lambda note: note, id="the note"),
        pytest.param(lambda note: note.replace("\n", "\r\n"), id="with Windows line ends"),
        pytest.param(
            lambda note: "".join(f"> {line}\n" for line in note.split("\n")), id="quoted in an answer"
        ),
        pytest.param(lambda note: re.sub(r"(— \S+) ", r"\1\n", note), id="wrapped"),
        pytest.param(lambda note: note.replace("\n", "<br>\n"), id="HTML"),
        pytest.param(
            lambda note: note.replace("—", "&mdash;").replace("\n", "<br>"), id="HTML with entities"
        ),
    ],
)
def test_a_kept_checkpoint_is_found_however_it_was_kept(
    copy: Path, tmp_path: Path, kept: Callable[[str], str]
) -> None:
    note, path = (copy / "checkpoint").read_text(), tmp_path / "kept"
    as_html = "Content-Type: text/html; charset=utf-8\n\n" if "<br>" in kept(note) else ""
    path.write_text(as_html + kept(note))
    assert faults(copy, path) == ""
    path.write_text(as_html + kept(note.replace("\n", "\n9", 1)))
    assert "signs for 9" in faults(copy, path)


def test_a_file_without_a_checkpoint_says_so(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Nothing here.")
    for name, says in [("note.txt", "holds no checkpoint"), ("nowhere.txt", "cannot be read")]:
        found = verify(copy, witness=tmp_path / name, key=None, say=lambda _: None)
        assert found.faults == []
        assert says in found.unable[0]
