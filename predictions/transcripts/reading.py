"""Which format a file is in, and so which reader it gets. A new format is one line of the table."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from predictions.transcripts.captions import read_captions
from predictions.transcripts.decoding import Unreadable, decode
from predictions.transcripts.page import read_page
from predictions.transcripts.podcast import read_podcast
from predictions.transcripts.prose import read_prose
from predictions.transcripts.transcript import Transcript

HEAD = 4_000  # characters in which a format shows
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


class Format(NamedTuple):
    """How a format is told: by the end of the file's name, or by how the text begins."""

    suffixes: tuple[str, ...]
    begins: re.Pattern[str]
    read: Callable[[str], Transcript]


FORMATS = (
    Format((".vtt",), re.compile(r"\s*WEBVTT\b"), partial(read_captions, kind="vtt")),
    Format(
        (".srt",),
        re.compile(r"\s*\d+[ \t]*\r?\n\d+:\d\d:\d\d[,.]\d+[ \t]*-->"),
        partial(read_captions, kind="srt"),
    ),
    Format((".json",), re.compile(r'\s*\{[^<]{0,400}"segments"\s*:|\s*\[\s*\{\s*"'), read_podcast),
    Format(
        (".html", ".htm", ".xhtml"),
        re.compile(
            r"\s*(?:<!doctype html|<\?xml[^>]*>\s*<!doctype html|<(?:html|body|article|main|div|p|h1)\b)",
            re.IGNORECASE,
        ),
        read_page,
    ),
)


def read(data: bytes, name: str = "") -> Transcript:
    """The transcript in a file's bytes; ``name``, the file's name, helps to tell the format.

    Offsets in it are code points. Raises Unreadable, with what to do, for anything that is no
    transcript: an archive, a recording, another encoding, broken captions, an empty or huge file.
    """
    text = decode(data)
    head = text[:HEAD]
    suffix = name.lower()
    for known in FORMATS:
        if suffix.endswith(known.suffixes) or known.begins.match(head):
            return _writable(known.read(text))
    return _writable(read_prose(text))


def _writable(transcript: Transcript) -> Transcript:
    """The transcript itself, if all of its words can be written down. An escape in JSON or HTML can hide what no text holds."""
    labels = {segment.speaker for segment in transcript.segments if segment.speaker}
    if any(UNWRITABLE.search(words) for words in (transcript.text, *labels)):
        raise Unreadable(
            "The file has halves of characters or NUL characters in it, which no text has. Save it again as UTF-8 text."
        )
    return transcript
