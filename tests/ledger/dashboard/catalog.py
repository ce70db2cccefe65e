"""The translations as they lie in the repository, and what the code asks to have translated; read without GNU's tools."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

FOLDER = Path(settings.LOCALE_PATHS[0]) / "zh_Hant/LC_MESSAGES"
ASKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
ASKS_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
Message = tuple[str, str]
"""A context, empty for most, and the words."""


def asked_for() -> set[Message]:
    """Everything that the public pages' code and templates have translated."""
    found: set[Message] = set()
    for app in ("ledger", "predictions"):
        folder = Path(settings.LOCALE_PATHS[0]).parent / app
        for path in folder.rglob("*.py"):
            found.update(_in_code(path.read_text()))
        for path in chain(folder.rglob("*.html"), folder.rglob("*.txt")):
            found.update(_in_template(path.read_text()))
    return found


@dataclass(frozen=True)
class Entry:
    """A translation; ``of`` is what it translates, the plural where there is one."""

    words: str
    of: str


def written() -> dict[Message, Entry]:
    """What the catalog that people write says."""
    entries: dict[Message, Entry] = {}
    for block in (FOLDER / "django.po").read_text().split("\n\n"):
        fields = {name: _joined(text) for name, text in ENTRY.findall(block)}
        if fields.get("msgid"):
            entries[fields.get("msgctxt", ""), fields["msgid"]] = Entry(
                words=fields.get("msgstr", fields.get("msgstr[0]", "")),
                of=fields.get("msgid_plural", fields["msgid"]),
            )
    return entries


def compiled() -> gettext.GNUTranslations:
    """What the catalog says that pages read."""
    with (FOLDER / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


ENTRY = re.compile(r'^(msg\w+(?:\[0\])?) ((?:".*"\n?)+)', re.MULTILINE)


def _joined(text: str) -> str:
    return "".join(ast.literal_eval(line) for line in text.splitlines())


def _in_code(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = [
                one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if node.func.id in ASKS and words:
                yield "", words[0]
            elif node.func.id in ASKS_IN_CONTEXT and len(words) == 2:
                yield words[0], words[1]


STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(p?)(?:gettext|ngettext|_)\(({STRING})(?:,\s*({STRING}))?")


def _in_template(source: str) -> Iterator[Message]:
    """Django turns a template into calls that a reader of code understands; the rest of it becomes x's."""
    for in_context, first, second in CALL.findall(templatize(source)):
        words = ast.literal_eval(second if in_context else first)
        yield (ast.literal_eval(first) if in_context else ""), words
