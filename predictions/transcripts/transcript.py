"""What every format becomes: a text to read, cut into segments, that knows where in the file it stood."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple


class Certainty(StrEnum):
    """How far a speaker's label can be believed."""

    CERTAIN = "certain"  # every turn is labelled
    LIKELY = "likely"  # labelled a little earlier, and nobody else since
    UNSURE = "unsure"  # the label does not change where the voice may have


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the transcript's text by one voice.

    ``start`` and ``end`` are code-point offsets into the transcript's text, ``speaker`` is the label as
    it stands in the file or None, ``began`` the time into the recording, ``language`` an IETF tag.
    ``depth`` is 0 for running text, 1 for an item of a list, 2 and more for the items nested in it.
    """

    start: int
    end: int
    speaker: str | None = None
    certainty: Certainty = Certainty.UNSURE
    began: timedelta | None = None
    language: str = "und"
    depth: int = 0


class Piece(NamedTuple):
    """A run of the text that stands unbroken in the file.

    ``in_text`` and ``in_file`` are where it begins, ``until`` is where it ends in the file; ``plain``
    says that it is written there as it reads, not as an escape or a reference.
    """

    in_text: int
    in_file: int
    until: int
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of a file.

    For running text, Markdown and lists ``text`` is the decoded file itself. For captions, JSON and
    HTML it is the words without the markup; ``in_file`` leads back from there to the decoded file.
    ``pieces`` say how, in the order of the text; without any the text is the file.
    """

    text: str
    format: str
    segments: tuple[Segment, ...]
    pieces: tuple[Piece, ...] = field(default=(), repr=False)

    def piece(self, offset: int) -> Piece:
        """The piece in which the character at ``offset`` stands."""
        if not self.pieces:
            return Piece(0, 0, len(self.text))
        return self.pieces[max(bisect_right(self.pieces, offset, key=lambda piece: piece.in_text) - 1, 0)]

    def in_file(self, offset: int) -> int:
        """The code-point offset in the decoded file at which the character at ``offset`` of the text stands."""
        piece = self.piece(offset)
        return piece.in_file + (offset - piece.in_text if piece.plain else 0)

    def span_in_file(self, start: int, end: int) -> tuple[int, int]:
        """Where the span of the text from ``start`` up to ``end`` begins and ends in the decoded file."""
        if end <= start:
            return self.in_file(start), self.in_file(start)
        last = self.piece(end - 1)
        return self.in_file(start), last.in_file + end - last.in_text if last.plain else last.until


class Weaver:
    """Puts a transcript's text together out of pieces of a file, and remembers whence each came."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0

    def add(self, words: str, in_file: int) -> None:
        """Append words as they stand in the file at ``in_file``."""
        if words:
            self.append(words, Piece(self.length, in_file, in_file + len(words)))

    def put(self, words: str, in_file: int, written: str) -> None:
        """Append words that are ``written`` otherwise in the file, at ``in_file``."""
        self.append(words, Piece(self.length, in_file, in_file + len(written), plain=False))

    def append(self, words: str, piece: Piece) -> None:
        self.pieces.append(piece)
        self.parts.append(words)
        self.length += len(words)

    def part(self, separator: str) -> None:
        """Append a separator that the file does not have."""
        self.parts.append(separator)
        self.length += len(separator)

    def text(self) -> str:
        return "".join(self.parts)
