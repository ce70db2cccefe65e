"""What the documents name is there: files, commands, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import get_commands, load_command_class

from config import places

ROOT = places.ROOT
DOCUMENTS = sorted(
    (*ROOT.glob("*.md"), *(path for place in ("docs", "bench") for path in ROOT.glob(f"{place}/**/*.md")))
)
MAKEFILES = (ROOT / "Makefile", *ROOT.glob("bench/*.mk"))

NOT_FOR_PEOPLE = {"MAKELEVEL", "DJANGO_SETTINGS_MODULE"}  # one program's word to the next

every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def code(document: Path) -> Iterator[str]:
    """Yield what is set as code in ``document``: the blocks, then the words within lines."""
    text = document.read_text(encoding="utf-8")
    yield from re.findall(r"^```.*?$(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    yield from re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE))


def test_there_are_documents() -> None:
    assert {path.name for path in DOCUMENTS} >= {"README.md", "CHANGELOG.md", "horizons.md", "finding.md"}


@every_document
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))
    files = [unquote(link.partition("#")[0]) for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [file for file in files if not (document.parent / file).exists()] == []


@every_document
def test_every_target_of_make_is_there(document: Path) -> None:
    named = {name for words in code(document) for name in re.findall(r"\bmake ([a-z][a-z-]*)", words)}
    there = {
        name for file in MAKEFILES for name in re.findall(r"^([a-z][a-z-]*):", file.read_text(), re.MULTILINE)
    }
    assert named <= there


@every_document
def test_every_command_is_there_and_takes_the_options_shown(document: Path) -> None:
    for words in code(document):
        for name, rest in re.findall(r"manage\.py ([a-z_]+)(.*)", words):
            assert name in get_commands()
            parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
            usage = parser.format_help()
            assert [option for option in re.findall(r"\s(--[a-z-]+)", rest) if option not in usage] == []


def test_the_readme_names_every_setting_that_is_read_and_no_other() -> None:
    rows = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"[A-Z_]+", row)}
    read = {
        name
        for file in (ROOT / "config").rglob("*.py")
        for name in re.findall(r'env(?:iron)?(?:\.\w+)?\(\s*"([A-Z_]+)"', file.read_text())
    }
    assert named == read - NOT_FOR_PEOPLE
