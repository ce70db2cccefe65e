"""The command that shows what a transcript holds."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

TALK = (
    "Ann Lee: The dam will break by 2030. I like dams.\n\nBob Ray: There is a 20% chance of rain next year.\n"
)


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_transcript", str(path), "--said-on", "2026-11-01", *options, stdout=out)
    return out.getvalue()


def rows(path: Path, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(path, "--dry-run", "--json", *options).splitlines()]


def test_json_has_a_candidate_a_line_best_first(talk: Path) -> None:
    first, second = sorted(rows(talk), key=lambda row: row["char_start"])
    assert TALK[first["char_start"] : first["char_end"]] == first["quote"] == "The dam will break by 2030."
    assert (first["deadline"], first["horizon"], first["speaker"]) == ("2030-12-31", "by 2030", "Ann Lee")
    assert (second["speaker"], second["probability"], second["confidence"]) == ("Bob Ray", [0.2, 0.2], "20%")
    scores = [row["score"] for row in rows(talk)]
    assert scores == sorted(scores, reverse=True)
    assert all(row["reason"].endswith(".") for row in rows(talk))


def test_offsets_count_the_code_points_of_the_file(tmp_path: Path) -> None:
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Zoë>😀 The dam &amp; the mill will break by 2030.\n"
    path = tmp_path / "talk.vtt"
    path.write_text(captions, encoding="utf-8")
    (row,) = rows(path)
    assert captions[row["char_start"] : row["char_end"]] == "😀 The dam &amp; the mill will break by 2030."
    assert row["quote"] == "😀 The dam & the mill will break by 2030."
    assert row["speaker"] == "Zoë"


def test_without_labels_the_words_are_those_of_the_named_speaker(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("The dam will break.", encoding="utf-8")
    assert [row["speaker"] for row in rows(path, "--speaker", "Cy Dee")] == ["Cy Dee"]
    assert [row["speaker"] for row in rows(path)] == [None]


def test_for_people_it_prints_quote_date_and_reason(talk: Path) -> None:
    shown = run(talk, "--dry-run")
    assert "“The dam will break by 2030.”" in shown
    assert "by 2030-12-31" in shown
    assert "2 candidates in 2 segments (text)." in shown


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "talk.txt: The file is empty"),
        (b"PK\x03\x04", "unpack it"),
        ("Käse".encode("latin-1"), "save it as UTF-8"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_says_what_to_do(talk: Path, data: bytes, says: str) -> None:
    talk.write_bytes(data)
    with pytest.raises(CommandError, match=says):
        run(talk, "--dry-run")


def test_a_huge_file_is_refused_without_being_read_whole(talk: Path) -> None:
    with talk.open("wb") as file:
        file.truncate(100_000_000)  # a sparse file
        file.write(b"words")
    with pytest.raises(CommandError, match="has 100 MB; at most 32 MB"):
        run(talk, "--dry-run")


def test_a_missing_file_and_a_bad_date_are_errors(talk: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        run(talk.with_name("nowhere.txt"), "--dry-run")
    with pytest.raises(CommandError, match="no date"):
        call_command("import_transcript", str(talk), "--said-on", "yesterday", "--dry-run")
