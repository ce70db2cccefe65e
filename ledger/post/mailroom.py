"""The mails that a developer's installation writes into a folder instead of sending them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

NEWEST = 50
"""How many files of the folder are looked at; there is one for each round of sending."""
BETWEEN_MAILS = b"\n" + b"-" * 79 + b"\n"
"""What Django writes between two mails of a file."""


@dataclass(frozen=True)
class Letter:
    """One mail: the ``number``-th of a file, counted from 0."""

    file: str
    number: int
    written_at: datetime
    mail: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"] or "").strip() or "(no subject)"

    @property
    def to(self) -> str:
        return str(self.mail["To"] or "").strip() or "(nobody)"

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value).strip()) for name, value in self.mail.items()]

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        body = self.mail.get_body((kind,))
        if body is None:
            return ""
        content = body.get_payload(decode=True)
        return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""


def letters(folder: Path) -> list[Letter]:
    """The mails in ``folder``, newest first. What is no mail is passed over; without a folder there is none."""
    if not folder.is_dir():
        return []
    files = sorted((path for path in folder.glob("*.log") if path.is_file()), key=_written_at, reverse=True)
    return [letter for file in files[:NEWEST] for letter in reversed(list(_in_file(file)))]


def letter(folder: Path, file: str, number: int) -> Letter | None:
    """The mail ``number`` of ``file``, or None. Only what ``letters`` lists is ever opened."""
    named = (found for found in letters(folder) if (found.file, found.number) == (file, number))
    return next(named, None)


def _in_file(file: Path) -> Iterator[Letter]:
    for number, content in enumerate(file.read_bytes().split(BETWEEN_MAILS)):
        mail = message_from_bytes(content, policy=policy.default)
        if content.strip() and mail.keys():
            yield Letter(file.name, number, _written_at(file), mail)


def _written_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
