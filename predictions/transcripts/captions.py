"""WebVTT and SubRip captions: cues with times, voices in them, lines that roll from one cue into the next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import NamedTuple

from predictions.transcripts.clock import clock
from predictions.transcripts.decoding import Unreadable
from predictions.transcripts.language import language_of
from predictions.transcripts.transcript import Certainty, Segment, Transcript, Weaver

TAG = re.compile(r"<(?P<close>/)?(?P<name>[a-zA-Z0-9:.]*+)(?P<rest>[^<>]*)>|(?P<reference>&#?\w{1,8};)")
ARROW = "-->"
LABEL = re.compile(r"\s*(?:-\s*|>>\s*)?(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})\s?:\s+")
SKIPPED = ("NOTE", "STYLE", "REGION")


class Line(NamedTuple):
    """A line of the file without its line end, where it begins, and its number for people."""

    words: str
    start: int
    number: int


class Cue(NamedTuple):
    began: timedelta
    lines: tuple[Line, ...]


def lines(text: str) -> Iterator[Line]:
    start = 0
    for number, line in enumerate(re.split(r"(?<=\n)|(?<=\r)(?!\n)", text), 1):
        yield Line(line.rstrip("\r\n"), start, number)
        start += len(line)


def blocks(text: str) -> Iterator[list[Line]]:
    """The runs of lines between blank ones."""
    block: list[Line] = []
    for line in lines(text):
        if line.words.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def cues(text: str) -> Iterator[Cue]:
    """Every cue of the captions in the order of the file. Raises Unreadable at the first broken one."""
    for index, block in enumerate(blocks(text)):
        if (index == 0 and block[0].words.startswith("WEBVTT")) or block[0].words.startswith(SKIPPED):
            continue
        timed = next((n for n, line in enumerate(block[:2]) if ARROW in line.words), None)
        if timed is None:
            raise Unreadable(
                f"Line {block[0].number}: a cue without its times (00:01.000 --> 00:04.000). "
                "Mend the captions, or import them as plain text without the times."
            )
        yield Cue(timing(block[timed]), tuple(block[timed + 1 :]))


def timing(line: Line) -> timedelta:
    """When the cue begins."""
    first, _, rest = line.words.partition(ARROW)
    began, ended = clock(first), clock(rest.split()[0] if rest.split() else "")
    if began is None or ended is None:
        raise Unreadable(f"Line {line.number}: “{line.words.strip()[:60]}” is not a cue's beginning and end.")
    if ended < began:
        raise Unreadable(f"Line {line.number}: the cue ends before it begins.")
    return began


def read_captions(text: str, kind: str) -> Transcript:
    """The captions' words, cue after cue. Raises Unreadable when a cue is broken or there are none."""
    weaver = Weaver()
    segments: list[Segment] = []
    before: tuple[str, ...] = ()
    speaker: str | None = None
    for cue in cues(text):
        shown = tuple(TAG.sub("", line.words).strip() for line in cue.lines)
        for line, words in zip(cue.lines, shown, strict=True):
            if not words or words in before:  # rolling captions show the last line again
                continue
            speaker = spoken(line, cue.began, speaker, weaver, segments)
        before = shown or before
    if not segments:
        raise Unreadable("The captions hold no words. Check that the file is complete.")
    return Transcript(weaver.text(), kind, tuple(segments), tuple(weaver.pieces))


def spoken(
    line: Line, began: timedelta, speaker: str | None, weaver: Weaver, segments: list[Segment]
) -> str | None:
    """Add one line to the transcript, a segment for each voice in it; returns the voice it ends with."""
    done = 0
    label = LABEL.match(line.words)
    if label:
        speaker, done = label["name"], label.end()
    start = opened(weaver)
    for tag in TAG.finditer(line.words, done):
        weaver.add(line.words[done : tag.start()], line.start + done)
        done = tag.end()
        if tag["reference"]:
            weaver.put(unescape(tag["reference"]), line.start + tag.start(), tag["reference"])
        elif tag["name"].split(".")[0] == "v" and not tag["close"]:
            close(weaver, segments, start, speaker, began)
            start = opened(weaver)
            speaker = tag["rest"].strip() or None
    weaver.add(line.words[done:], line.start + done)
    close(weaver, segments, start, speaker, began)
    return speaker


def opened(weaver: Weaver) -> int:
    """Begin a segment on a line of its own; where it begins."""
    if weaver.length and not weaver.parts[-1].endswith("\n"):
        weaver.part("\n")
    return weaver.length


def close(weaver: Weaver, segments: list[Segment], start: int, speaker: str | None, began: timedelta) -> None:
    words = "".join(weaver.parts[-64:])[-(weaver.length - start) :] if weaver.length > start else ""
    if words.strip():
        certainty = Certainty.CERTAIN if speaker else Certainty.UNSURE
        segments.append(Segment(start, weaver.length, speaker, certainty, began, language_of(words)))
