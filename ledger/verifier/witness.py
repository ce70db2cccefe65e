"""A checkpoint that somebody kept: in a file of its own, or in a mail as it was saved."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import cast

from ledger.merkle.notes import CHECKPOINT, BadNote
from ledger.verifier.log import Signed, read_checkpoint


def kept_checkpoints(path: Path) -> list[Signed]:
    """Every checkpoint in a file, however a mail program wrapped it. Raises ``BadNote`` if there is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadNote(f"{path} cannot be read: {error.strerror}") from error
    notes = {note: None for text in _texts(data) for note in _notes(text)}
    if not notes:
        raise BadNote(
            f"{path} holds no checkpoint: three lines, an empty one, and a line that begins with “—”"
        )
    return [read_checkpoint(f"the checkpoint in {path.name}", note) for note in notes]


def _texts(data: bytes) -> Iterator[str]:
    yield data.decode(errors="replace")
    for part in message_from_bytes(data, policy=policy.default).walk():
        if part.get_content_maintype() == "text":
            yield cast("bytes", part.get_payload(decode=True) or b"").decode(errors="replace")


def _notes(text: str) -> Iterator[str]:
    """The checkpoints in ``text``: without tags, marks of quotation, indents, and the empty lines that HTML leaves."""
    bare = re.sub(r"</?[a-z][^<>]*>", "\n", html.unescape(text), flags=re.IGNORECASE)
    plain = [re.sub(r"^[\s>]+|\s+$", "", line) for line in bare.splitlines()]
    unwrapped = re.sub(r"(— [^\s+]+)\n+", r"\1 ", "\n".join(filter(None, plain)))
    lines = unwrapped.split("\n")
    for at, line in enumerate(lines):
        if line.startswith("— ") and at >= 3 and not lines[at - 1].startswith("— "):
            note = "\n".join([*lines[at - 3 : at], "", line, ""])
            if CHECKPOINT.fullmatch(note):
                yield note
