"""Setting text in lines of the width a text mail has."""

from __future__ import annotations

import re
import unicodedata

LINE = 72
"""Columns of a text mail. Chinese characters take two."""
STOPS = "。，；：、！？」）"
"""They hold a space of their own."""
PIECE = re.compile(
    r"[「『（《〈“(]*[\u2e80-\u9fff\uf900-\ufaff][」』）》〉”)，。、；：！？…]*"
    r"|(?:(?![「『（《〈]|[\u2e80-\u9fff\uf900-\ufaff])\S)+[」』）》〉，。、；：！？]*"
    r"|\S"
)
"""What stays together in a line: a word, or a Chinese character with the punctuation that holds to it."""


def wrapped(text: str, *, indent: int = 0, hang: int = 0) -> str:
    """``text`` in lines of at most ``LINE`` columns where its words allow. Between Chinese characters a line may end anywhere."""
    lines, line, room = list[str](), "", LINE - indent
    for word in text.split():
        for place, piece in enumerate(PIECE.findall(word)):
            gap = " " if line and place == 0 and line[-1] not in STOPS else ""
            if line and columns(line + gap + piece) > room:
                lines.append(line)
                line, gap, room = "", "", LINE - indent - hang
            line += gap + piece
    lines.append(line)
    return "\n".join(" " * (indent + hang * (number > 0)) + line for number, line in enumerate(lines) if line)


def columns(text: str) -> int:
    """How wide ``text`` stands in a font of one width."""
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
