"""Running text, Markdown and lists: paragraphs, and whatever marks in them say who speaks.

The text is kept as it came. A line may be a heading, with or without a time; an item of a list,
whose indentation gives its depth; a paragraph under a label ("Name: …"); a comment; or just words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from predictions.transcripts.clock import clock
from predictions.transcripts.decoding import Unreadable
from predictions.transcripts.language import language_of
from predictions.transcripts.transcript import Certainty, Segment, Transcript

LONGEST_MARK = 300  # characters of a heading or a comment; a longer line is text
TIME = r"[\[(]?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2}(?:\.\d+)?)[\])]?"
NAME = r"(?:[A-Z][\w.'’-]*(?:[ ](?:[A-Z][\w.'’-]*|van|von|de|der|la|al|bin)){0,4}|[\u4e00-\u9fff·]{2,12})"
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|\*\*|__")
HEADING = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<title>[^\n\r]+)")
TIMED_TITLE = re.compile(rf"(?P<before>.*?)[ \t—–-]*{TIME}[ \t:—–-]*(?P<after>.*)")
ITEM = re.compile(r"(?P<indent>[ \t]*)(?:(?P<number>\d{1,3})[.)]|[-*•+])[ \t]+")
LABEL = re.compile(
    rf"(?:{TIME}[ \t]*)?(?:\*\*|__)?(?P<name>{NAME})(?:\*\*|__)?(?:[ \t]*[\[(](?P<later>(?:\d{{1,2}}:)?\d{{1,2}}:\d{{2}})[\])])?"
    r"[ \t]*(?:\*\*|__)?[:：](?:\*\*|__)?[ \t]*(?=\S)"
)
COMMENT = re.compile(r"\s*(?:<!--.*?-->|</?[a-zA-Z][^>]*>.*|!\[.*\]\(.*\)|[-*_=]{3,})\s*")
PARAGRAPH = re.compile(r"[^\n\r]*(?:\r\n|\n|\r|$)")
NOT_NAMES = """
    Note Notes Update Edit Summary Question Answer Example Warning Source Sources Link Links Conclusion Introduction
    Background Context Disclaimer However Remember Remarks Result Results Yes No Okay So Well And But Also Now
    Prediction Predictions Forecast Outlook News Breaking Exclusive Live Report Chapter Part Section Figure Table Key
    Takeaway Takeaways Point Points Topic Title Date Time Location Subject Step Steps Tip Tips Opinion Analysis Fact Facts
    Check Read More See Photo Image Video Credit Caption Correction Related Quote Read Agenda Minutes Attendees Present
    Published Updated Posted Written Category Tags Transcript Transcripts Recording Recorded Episode Duration
    Speakers Participants Guests Contents Abstract References Appendix
"""
NO_NAMES = frozenset(NOT_NAMES.split())
FULL_NAME, ARTICLE = re.compile(r"[A-Z]\S* [A-Z]"), re.compile(r"(?:The|An?|My|Our|How|Why|What|Here|In|On) ")
SOME = 0.2  # the same for a full name
MOST = 0.5  # of the lines or paragraphs, from which on a label on each is how the file marks its turns


@dataclass(slots=True)
class Block:
    """A paragraph or an item, with what its marks say."""

    start: int
    end: int
    speaker: str | None
    labelled: bool
    headed: bool
    began: timedelta | None
    depth: int


@dataclass(slots=True)
class Voice:
    """Who has the word, going down the page."""

    speaker: str | None = None
    began: timedelta | None = None
    by_heading: bool = False


def read_prose(text: str) -> Transcript:
    """A transcript of running text, Markdown or lists; its text is the given one, unchanged."""
    names = known_names(text)
    found = list(blocks(text, names))
    if not found:
        raise Unreadable("The file has no words in it.")
    headings = {b.speaker for b in found if b.speaker and b.headed}
    labelled = sum(b.labelled for b in found)
    # one name over everything, or labels on a few paragraphs only: the voice may change unmarked
    doubtful = len(headings) == 1 or 0 < labelled * 2 < len(found)
    segments = tuple(
        Segment(
            b.start,
            b.end,
            b.speaker,
            certainty(b, doubtful=doubtful),
            b.began,
            language_of(text[b.start : b.end]),
            b.depth,
        )
        for b in found
    )
    return Transcript(text, kind(text, found), segments)


def kind(text: str, found: list[Block]) -> str:
    if any(b.depth > 1 for b in found):
        return "outline"
    return "markdown" if re.search(r"^#{1,6} ", text, re.MULTILINE) else "text"


def certainty(block: Block, *, doubtful: bool) -> Certainty:
    if block.speaker is None:
        return Certainty.UNSURE
    if block.labelled:
        return Certainty.CERTAIN
    return Certainty.UNSURE if doubtful else Certainty.LIKELY


def known_names(text: str) -> frozenset[str]:
    """The labels that are names: those that label again and again, and where most turns have a label, every one."""
    counted: Counter[str] = Counter()
    lines = paragraphs = begun = 0
    fresh = True  # whether the line begins a paragraph
    for line in PARAGRAPH.finditer(text):
        if not line.group().strip():
            fresh = True
            continue
        label = LABEL.match(text, line.start(), line.end())
        named = label is not None and may_be_name(label["name"])
        if label and named:
            counted[label["name"]] += 1
        lines, paragraphs, begun = lines + 1, paragraphs + fresh, begun + (fresh and named)
        fresh = False
    labelled = max(counted.total() / max(lines, 1), begun / max(paragraphs, 1))
    return frozenset(
        name
        for name, times in counted.items()
        if times > 1 or (labelled >= (SOME if FULL_NAME.match(name) else MOST) and not ARTICLE.match(name))
    )


def may_be_name(label: str) -> bool:
    """Whether a label is no heading, such as "Note" or "Breaking News"."""
    return not any(word.capitalize() in NO_NAMES for word in label.split())


class Marks(NamedTuple):
    """What stands before the words of a line."""

    item: re.Match[str] | None
    heading: re.Match[str] | None
    label: re.Match[str] | None
    first: int  # where the words begin

    @property
    def breaks(self) -> bool:
        return bool(self.item or self.heading or self.label)


def marks(line: re.Match[str], names: frozenset[str]) -> Marks:
    text, start, end = line.string, line.start(), line.end()
    heading = HEADING.match(text, start, end)
    item = ITEM.match(text, start, end)
    label = LABEL.match(text, item.end() if item else start, end)
    if heading or (label and label["name"] not in names):
        label = None
    indent = len(line.group()) - len(line.group().lstrip())
    first = label.end() if label else item.end() if item else start + indent
    return Marks(item, heading, label, first)


def blocks(text: str, names: frozenset[str]) -> Iterator[Block]:
    """The paragraphs and items of the text in order, each with its speaker as far as the marks tell."""
    voice = Voice()
    indents: list[int] = []
    block: Block | None = None
    for line in PARAGRAPH.finditer(text):
        words = line.group().strip()
        found = marks(line, names)
        silent = found.first >= line.start() + len(line.group().rstrip()) or (
            len(words) <= LONGEST_MARK and COMMENT.fullmatch(words) is not None
        )
        if block and (silent or found.breaks):
            yield block
            block = None
        if silent:
            continue
        if found.heading:
            voice, indents = headed(found.heading, voice), []
            continue
        if block is None:
            voice = heard(words, found, voice)
            depth = nested(indents, line.group(), found.item)
            block = Block(
                found.first, 0, voice.speaker, found.label is not None, voice.by_heading, voice.began, depth
            )
        block.end = line.start() + len(line.group().rstrip())
    if block:
        yield block


def heard(words: str, found: Marks, voice: Voice) -> Voice:
    """Who speaks in a paragraph, after whoever spoke before it."""
    if found.label:
        written = found.label["time"] or found.label["later"] or ""
        return Voice(found.label["name"], clock(written) or voice.began)
    if not voice.by_heading and (found.item or names_itself(words, voice.speaker)):
        return Voice()
    return voice


def names_itself(words: str, speaker: str | None) -> bool:
    """Whether an unlabelled paragraph speaks of the last labelled speaker by name: then somebody else speaks."""
    return speaker is not None and any(
        re.search(rf"\b{re.escape(n)}\b", words) for n in speaker.split() if len(n) > 2
    )


def headed(heading: re.Match[str], voice: Voice) -> Voice:
    """The voice under a heading: a heading with a time names a speaker, any other names a part of the text."""
    title = MARKUP.sub("", heading["title"][:LONGEST_MARK]).strip()
    timed = TIMED_TITLE.fullmatch(title)
    if timed:
        name = (timed["before"] or timed["after"]).strip(" :：—–-\t") or voice.speaker
        return Voice(name, clock(timed["time"]), by_heading=True)
    return Voice()


def nested(indents: list[int], line: str, item: re.Match[str] | None) -> int:
    """How deep a paragraph stands in the lists that are open above it; opens and closes lists as it goes."""
    if not item:
        if not line.startswith((" ", "\t")):
            indents.clear()
        return len(indents)
    indent = len(item["indent"].expandtabs(4))
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return len(indents)
