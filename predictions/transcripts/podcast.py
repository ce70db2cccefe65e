"""Podcasting 2.0 transcripts in JSON: a list of segments, each with its speaker, time and words."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

from predictions.transcripts.decoding import Unreadable
from predictions.transcripts.language import language_of
from predictions.transcripts.transcript import Certainty, Segment, Transcript, Weaver

BODY = re.compile(r'"(?:body|text)"\s*:\s*"((?:[^"\\]|\\.)*)"', re.DOTALL)
ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|u....|.)", re.DOTALL)
EXPECTED = 'Expected {"segments": [{"speaker": …, "startTime": …, "body": …}, …]}.'


def read_podcast(text: str) -> Transcript:
    """The segments' words. Raises Unreadable for JSON that is broken or of another shape."""
    rows = parsed(text)
    weaver = Weaver()
    segments: list[Segment] = []
    bodies = BODY.finditer(text)
    for number, row in enumerate(rows, 1):
        words = row.get("body", row.get("text")) if isinstance(row, dict) else None
        if not isinstance(words, str):
            raise Unreadable(f"Segment {number} has no words. {EXPECTED}")
        raw = next((body for body in bodies if json.loads(f'"{body[1]}"', strict=False) == words), None)
        if raw is None:
            raise Unreadable(f"Segment {number} is written in a way that cannot be followed. {EXPECTED}")
        if not words.strip():
            continue
        speaker = str(row.get("speaker") or "").strip() or None
        if segments:
            weaver.part("\n" if segments[-1].speaker == speaker else "\n\n")
        start = weaver.length
        weave(weaver, raw)
        segments.append(
            Segment(
                start,
                weaver.length,
                speaker,
                Certainty.CERTAIN if speaker else Certainty.UNSURE,
                began(row),
                language_of(words),
            )
        )
    if not segments:
        raise Unreadable(f"The file holds no segments with words. {EXPECTED}")
    return Transcript(weaver.text(), "json", tuple(segments), tuple(weaver.pieces))


def parsed(text: str) -> list[Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"Line {error.lineno}: the JSON is broken ({error.msg}). Export it again."
        ) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise Unreadable(f"The JSON holds a number that is too long to read. {EXPECTED}") from error
    except RecursionError as error:
        raise Unreadable(f"The JSON is nested too deeply for a transcript. {EXPECTED}") from error
    rows = document.get("segments") if isinstance(document, dict) else document
    if not isinstance(rows, list):
        raise Unreadable(f"The JSON is no transcript. {EXPECTED}")
    return rows


def began(row: dict[str, Any]) -> timedelta | None:
    seconds = row.get("startTime", row.get("start"))
    if isinstance(seconds, int | float) and 0 <= seconds < 1e7:
        return timedelta(seconds=seconds)
    return None


def weave(weaver: Weaver, raw: re.Match[str]) -> None:
    """Add the words of a JSON string, piece by piece between its escapes."""
    words, at, done = raw[1], raw.start(1), 0
    for escape in ESCAPE.finditer(words):
        weaver.add(words[done : escape.start()], at + done)
        weaver.put(json.loads(f'"{escape.group()}"'), at + escape.start(), escape.group())
        done = escape.end()
    weaver.add(words[done:], at + done)
