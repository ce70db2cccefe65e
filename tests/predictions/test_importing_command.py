"""Importing from the command line: without --dry-run the transcript is stored and put up for search."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from predictions.models import Search, Source, Speaker, Transcript
from tests import factories
from tests.drafts import FERRIES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


@pytest.fixture
def ferries(tmp_path: Path) -> Path:
    path = tmp_path / "ferries of the harbour.vtt"
    path.write_text(FERRIES)
    return path


def run(path: Path, *options: str) -> tuple[str, str]:
    """What it prints, and what it says beside that."""
    out, beside = StringIO(), StringIO()
    call_command(
        "import_transcript", str(path), "--said-on", "2025-10-01", *options, stdout=out, stderr=beside
    )
    return out.getvalue(), beside.getvalue()


def test_it_stores_and_tells_where_the_desk_is(ferries: Path) -> None:
    known = factories.source("Ferries")
    out, beside = run(ferries, "--title", "Ferries", "--speaker", "Mira Solano")
    stored = Transcript.objects.get()
    assert (stored.source, stored.speaker, stored.said) == (known, Speaker.objects.get(), "1 October 2025")
    assert f"/admin/review/{stored.pk}/" in beside
    assert out == ""
    assert Search.objects.unfinished().count() == 1


def test_without_a_title_the_source_is_called_as_the_file(ferries: Path) -> None:
    run(ferries, "--url", "https://example.org/talk")
    source = Source.objects.get()
    assert (source.title, source.url) == ("ferries of the harbour", "https://example.org/talk")


def test_with_json_it_prints_the_candidates_all_the_same(ferries: Path) -> None:
    out, _ = run(ferries, "--json")
    assert all(json.loads(line)["quote"] for line in out.splitlines())
    assert Transcript.objects.exists()


def test_the_same_file_again_is_refused_with_the_first_one_s_name(ferries: Path) -> None:
    run(ferries, "--title", "Ferries")
    with pytest.raises(CommandError, match="“Ferries”"):
        run(ferries)
    assert Transcript.objects.count() == 1


@pytest.mark.parametrize(
    "options",
    [("--url", "not an address"), ("--title", "x" * 301), ("--speaker", "x" * 121)],
    ids=["address", "title", "speaker"],
)
def test_what_is_wrong_is_said_and_nothing_stored(ferries: Path, options: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        run(ferries, *options)
    assert not Transcript.objects.exists()
    assert not Source.objects.exists()


def test_a_dry_run_stores_nothing(ferries: Path) -> None:
    run(ferries, "--dry-run")
    assert not Transcript.objects.exists()
