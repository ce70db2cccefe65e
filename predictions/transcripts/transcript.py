"""What every format becomes: a text to read, cut into segments, that knows where in the file it stood."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of a file.

    For running text, Markdown and lists ``text`` is the decoded file itself. For captions, JSON and
    HTML it is the words without the markup; ``in_file`` leads back from there to the decoded file.
    ``pieces`` are pairs (offset in text, offset in the file), both rising, one for each unbroken run.
    """

    text: str
    format: str
    segments: tuple[Segment, ...]
    pieces: tuple[tuple[int, int], ...] = field(default=((0, 0),), repr=False)

    def in_file(self, offset: int) -> int:
        """The code-point offset in the decoded file at which the character at ``offset`` of the text stands."""
        index = max(bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1, 0)
        in_text, in_file = self.pieces[index]
        return in_file + offset - in_text

    def span_in_file(self, start: int, end: int) -> tuple[int, int]:
        """Where the span of the text from ``start`` up to ``end`` begins and ends in the decoded file."""
        return (self.in_file(start), self.in_file(end - 1) + 1) if end > start else (self.in_file(start),) * 2


class Weaver:
    """Puts a transcript's text together out of pieces of a file, and remembers whence each came."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pieces: list[tuple[int, int]] = []
        self.length = 0

    def add(self, words: str, in_file: int) -> None:
        """Append words that stand unbroken in the file at ``in_file``."""
        if words:
            self.pieces.append((self.length, in_file))
            self.parts.append(words)
            self.length += len(words)

    def part(self, separator: str) -> None:
        """Append a separator that the file does not have."""
        self.parts.append(separator)
        self.length += len(separator)

    def text(self) -> str:
        return "".join(self.parts)
