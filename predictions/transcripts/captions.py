"""WebVTT and SubRip captions: cues with times, voices in them, lines that roll from one cue into the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from html import unescape
from sys import intern
from typing import NamedTuple

from predictions.transcripts.clock import clock
from predictions.transcripts.decoding import Unreadable
from predictions.transcripts.language import language_of
from predictions.transcripts.prose import may_be_name
from predictions.transcripts.transcript import Certainty, Segment, Transcript, Weaver

TAG = re.compile(r"<(?P<close>/)?(?P<name>[a-zA-Z0-9:.]*+)(?P<rest>[^<>]*)>|(?P<reference>&#?\w{1,8};)")
ARROW = "-->"
LINE = re.compile(r"(?P<words>[^\r\n]*)(?:\r\n|\r|\n|\Z)")
TURN = re.compile(r"\s*(?:[-–](?:\s+|(?=[^\W\d]))|(?:>|&gt;){2,}\s*)")  # somebody else begins to speak
LABEL = re.compile(r"\s*(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3})\s?:\s+")
A_FLASH = timedelta(seconds=0.1)  # rolling captions are held still for less; nothing is said in it
SKIPPED = ("NOTE", "STYLE", "REGION")


class Line(NamedTuple):
    """A line of the file without its line end, where it begins, and its number for people."""

    words: str
    start: int
    number: int


class Cue(NamedTuple):
    began: timedelta
    ended: timedelta
    lines: tuple[Line, ...]


def lines(text: str) -> Iterator[Line]:
    for number, match in enumerate(LINE.finditer(text), 1):
        yield Line(match["words"], match.start(), number)


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
        yield Cue(*timing(block[timed]), tuple(block[timed + 1 :]))


def timing(line: Line) -> tuple[timedelta, timedelta]:
    """When the cue begins and ends."""
    first, _, rest = line.words.partition(ARROW)
    began, ended = clock(first), clock(rest.split()[0] if rest.split() else "")
    if began is None or ended is None:
        raise Unreadable(f"Line {line.number}: “{line.words.strip()[:60]}” is not a cue's beginning and end.")
    if ended < began:
        raise Unreadable(f"Line {line.number}: the cue ends before it begins.")
    return began, ended


class Voice(NamedTuple):
    """Who has the word, and how far that can be believed."""

    speaker: str | None = None
    certainty: Certainty = Certainty.UNSURE


class Shown(NamedTuple):
    """A line as it is seen, with the voice that the tags of its cue give it."""

    voice: str | None
    words: str


def read_captions(text: str, kind: str) -> Transcript:
    """The captions' words, cue after cue. Raises Unreadable when a cue is broken or there are none."""
    names = known_names(line.words for cue in cues(text) for line in cue.lines)
    weaver = Weaver()
    segments: list[Segment] = []
    before: list[Shown] = []
    voice = Voice()
    for cue in cues(text):  # read twice: held at once they take more memory than all that is made of them
        shown = list(seen(cue))
        for index, line in enumerate(cue.lines):
            if shown[index].words and not rolls(cue, shown, index, before):
                voice = spoken(line, cue.began, voice, names, weaver, segments)
        before = shown or before
        # a tag ends with its cue; a label may go on, if nobody else has begun unmarked
        tagged = any(line.voice for line in shown)
        voice = Voice() if tagged or not voice.speaker else Voice(voice.speaker, Certainty.LIKELY)
    if not segments:
        raise Unreadable("The captions hold no words. Check that the file is complete.")
    return Transcript(weaver.text(), kind, tuple(segments), tuple(weaver.pieces))


def known_names(written: Iterable[str]) -> frozenset[str]:
    """The labels that are names: of two words and more, in capitals, or labelling again and again."""
    counted: Counter[str] = Counter()
    for words in written:
        label = LABEL.match(words, turned(words))
        if label:
            counted[label["name"]] += 1
    return frozenset(
        name
        for name, times in counted.items()
        if may_be_name(name) and (times > 1 or " " in name or name.isupper())
    )


def turned(words: str) -> int:
    """Where the words of a line begin after the dash of a new turn; 0 without one."""
    turn = TURN.match(words)
    return turn.end() if turn else 0


def seen(cue: Cue) -> Iterator[Shown]:
    voice: str | None = None
    for line in cue.lines:
        for tag in TAG.finditer(line.words):
            voice = voice_of(tag) or voice
        yield Shown(voice, TAG.sub("", line.words).strip())


def voice_of(tag: re.Match[str]) -> str | None:
    named = not tag["close"] and not tag["reference"] and tag["name"].split(".")[0] == "v"
    return intern(tag["rest"].strip()) or None if named else None


def rolls(cue: Cue, shown: list[Shown], index: int, before: list[Shown]) -> bool:
    """Whether a line is only shown again: by the same voice, above a new line or for a flash."""
    if shown[index] not in before or turned(shown[index].words):
        return False
    above = any(line.words and line not in before for line in shown[index + 1 :])
    return above or cue.ended - cue.began < A_FLASH


def spoken(
    line: Line, began: timedelta, voice: Voice, names: frozenset[str], weaver: Weaver, segments: list[Segment]
) -> Voice:
    """Add one line to the transcript, a segment for each voice in it; returns the voice it ends with."""
    done = turned(line.words)
    if done:
        voice = Voice()
    label = LABEL.match(line.words, done)
    if label and label["name"] in names:
        voice, done = Voice(label["name"], Certainty.CERTAIN), label.end()
    start = opened(weaver)
    for tag in TAG.finditer(line.words, done):
        weaver.add(line.words[done : tag.start()], line.start + done)
        done = tag.end()
        if tag["reference"]:
            weaver.put(unescape(tag["reference"]), line.start + tag.start(), tag["reference"])
        elif tag["name"].split(".")[0] == "v":
            close(weaver, segments, start, voice, began)
            start = opened(weaver)
            speaker = voice_of(tag)
            voice = Voice(speaker, Certainty.CERTAIN) if speaker else Voice()
    weaver.add(line.words[done:], line.start + done)
    close(weaver, segments, start, voice, began)
    return voice


def opened(weaver: Weaver) -> int:
    """Begin a segment on a line of its own; where it begins."""
    if weaver.length and not weaver.parts[-1].endswith("\n"):
        weaver.part("\n")
    return weaver.length


def close(weaver: Weaver, segments: list[Segment], start: int, voice: Voice, began: timedelta) -> None:
    words = "".join(weaver.parts[-64:])[-(weaver.length - start) :] if weaver.length > start else ""
    if words.strip():
        segments.append(Segment(start, weaver.length, *voice, began, language_of(words)))
