"""A stretch of a transcript as it is shown: paragraphs by one voice, with the candidates in them marked.

Only what lies round the place looked at is fetched, however long the transcript is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import chain, pairwise
from operator import or_

from django.db.models import Q
from django.db.models.functions import Substr

from predictions.models import Candidate, Original, Segment, Transcript
from predictions.recording import clock, moment

ROUND = 2_400  # code points shown before and after the place looked at
LONGEST_WORD = 40  # code points in which a space is looked for, to cut there
AT_ONCE = 100  # spans in one query: databases take only so many conditions and columns
LONGEST = 900  # code points of captions that are joined to one paragraph


FATES = ("dated", "undated", "undecided", "rejected")
"""Of a candidate, those that show first."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that lie in the same candidates, ``covering``, or in none; ``start`` is their offset in the transcript."""

    start: int
    text: str
    covering: tuple[Candidate, ...]

    @property
    def ids(self) -> str:
        return " ".join(str(candidate.pk) for candidate in self.covering)

    @property
    def fate(self) -> str:
        """What became of the candidate these words are in: dated, undated, rejected or undecided; empty in none."""
        return min((candidate.fate for candidate in self.covering), key=FATES.index, default="")


@dataclass
class Paragraph:
    """Segments in a row by the same voice. ``begins`` and ``ends`` say whether it is shown from its first and to its last word."""

    first: Segment
    start: int
    end: int
    begins: bool = True
    ends: bool = True
    runs: list[Run] = field(default_factory=list)
    notes: list[Candidate] = field(default_factory=list)
    link: str | None = None

    @property
    def time(self) -> str:
        return clock(self.first.began) if self.first.began is not None else ""

    @property
    def long(self) -> bool:
        return self.end - self.start > LONGEST

    @property
    def label_differs(self) -> bool:
        """Whether we hold that somebody else speaks than the file says."""
        return bool(self.first.speaker and self.first.label and self.first.speaker.name != self.first.label)


def passage(transcript: Transcript, start: int, end: int) -> list[Paragraph]:
    """What to show of ``transcript`` round the span from ``start`` to ``end``, with the candidates in it marked."""
    return passages(transcript, [(start, end)], around=ROUND)[0]


def passages(transcript: Transcript, spans: Sequence[tuple[int, int]], around: int) -> list[list[Paragraph]]:
    """What to show round each of ``spans``, ``around`` code points to both sides; in a few queries for each hundred spans."""
    return [
        shown
        for many in range(0, len(spans), AT_ONCE)
        for shown in _at_once(transcript, spans[many : many + AT_ONCE], around)
    ]


def _at_once(transcript: Transcript, spans: Sequence[tuple[int, int]], around: int) -> list[list[Paragraph]]:
    windows = [(max(start - around, 0), min(end + around, transcript.length)) for start, end in spans]
    inside = reduce(or_, (Q(start__lt=high, end__gt=low) for low, high in windows))
    cuts = [Substr("text", low + 1, high - low) for low, high in windows]
    texts = Original.objects.filter(transcript=transcript).values_list(*cuts).get()
    segments = list(transcript.segments.select_related("speaker").filter(inside).order_by("start"))
    candidates = Candidate.objects.standing().filter(inside, transcript=transcript).order_by("start")
    marked = list(candidates.prefetch_related("decisions__made_by", "decisions__prediction__deadlines"))
    shown = [
        list(_shown(transcript, low, high, text, segments, marked))
        for (low, high), text in zip(windows, texts, strict=True)
    ]
    for paragraph in chain.from_iterable(shown):
        began = (one for one in marked if paragraph.start <= one.start < paragraph.end)
        paragraph.notes = [one for one in began if one.decision]
    return shown


def _shown(
    transcript: Transcript,
    low: int,
    high: int,
    text: str,
    segments: Iterable[Segment],
    marked: Sequence[Candidate],
) -> Iterator[Paragraph]:
    inside = [segment for segment in segments if segment.start < high and segment.end > low]
    for paragraph in _paragraphs(inside):
        _clip(paragraph, low, high, text)
        if paragraph.start < paragraph.end:
            here = [one for one in marked if one.start < paragraph.end and one.end > paragraph.start]
            paragraph.runs = list(_runs(text, low, paragraph, here))
            paragraph.link = moment(transcript.source.url, paragraph.first.began)
            yield paragraph


def _paragraphs(segments: Iterable[Segment]) -> Iterator[Paragraph]:
    """Captions come in shreds: those of one voice are put together until they make a paragraph."""
    current: Paragraph | None = None
    for segment in segments:
        if current and _runs_on(current, segment):
            current.end = segment.end
            continue
        if current:
            yield current
        current = Paragraph(segment, segment.start, segment.end)
    if current:
        yield current


def _runs_on(paragraph: Paragraph, segment: Segment) -> bool:
    first = paragraph.first
    same_voice = (first.label, first.speaker_id, first.language) == (
        segment.label,
        segment.speaker_id,
        segment.language,
    )
    timed = first.began is not None
    return timed and same_voice and segment.end - paragraph.start <= LONGEST


def _clip(paragraph: Paragraph, low: int, high: int, text: str) -> None:
    """Cut a paragraph to what was fetched, between words, and drop white space at its ends."""
    paragraph.begins, paragraph.ends = paragraph.start >= low, paragraph.end <= high
    start, end = max(paragraph.start, low) - low, min(paragraph.end, high) - low
    if not paragraph.begins:
        space = text.find(" ", start, min(start + LONGEST_WORD, end))
        start = space + 1 if space >= 0 else start
    if not paragraph.ends:
        space = text.rfind(" ", max(end - LONGEST_WORD, start), end)
        end = space if space >= 0 else end
    words = text[start:end]
    paragraph.start = low + start + len(words) - len(words.lstrip())
    paragraph.end = low + start + len(words.rstrip())


def _runs(text: str, low: int, paragraph: Paragraph, marked: Sequence[Candidate]) -> Iterator[Run]:
    edges = {paragraph.start, paragraph.end}
    for candidate in marked:
        edges |= {edge for edge in (candidate.start, candidate.end) if paragraph.start < edge < paragraph.end}
    places = sorted(edges)
    for start, end in pairwise(places):
        covering = tuple(one for one in marked if one.start < end and one.end > start)
        yield Run(start, text[start - low : end - low], covering)


def quoted(candidate: Candidate, around: int) -> list[Paragraph]:
    """The paragraphs round ``candidate`` with nothing but its own words marked; two queries."""
    transcript = candidate.transcript
    low, high = max(candidate.start - around, 0), min(candidate.end + around, transcript.length)
    text = (
        Original.objects.filter(transcript=transcript)
        .values_list(Substr("text", low + 1, high - low))
        .get()[0]
    )
    segments = (
        transcript.segments.select_related("speaker").filter(start__lt=high, end__gt=low).order_by("start")
    )
    return list(_shown(transcript, low, high, text, segments, [candidate]))
