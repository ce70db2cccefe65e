"""Which paragraphs of a saved page are its article, as trafilatura judges; where that is not installed, nobody does.

It tells what to leave out: menus, adverts, the comments of readers. Where in the file the words stand
it does not know, so they are read by ``page``, and only picked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NO_LETTER = re.compile(r"[\W_]+")
CUT = re.compile(r"[\n|]")  # it writes a row of a table on one line
MARKER = re.compile(r" {2,}(?:-|\d+\.) ")  # before an item of a list
LONG_ENOUGH = 12
"""Letters by which a paragraph is known within another: those of fewer must be one by themselves."""
ENOUGH = 80
"""Letters that make an article. Of less it may have found a corner of the page."""
MOST = 0.8
"""Of what was found, so much must be found again among the paragraphs, or it was cut up otherwise."""
LARGEST = 2_000_000
"""Code points of a page that is looked at: an article is no longer, and a parser of trees holds all of it many times."""

Span = tuple[int, int]


def article(page: str, words: str, paragraphs: Iterable[Span]) -> list[Span]:
    """Those of the ``paragraphs`` of the ``words`` of a ``page`` that are its article; none if that cannot be told."""
    found = _extracted(page)
    lines = {_letters(line) for line in CUT.split(found)}
    whole = _letters(found)
    if len(whole) < ENOUGH:
        return []
    picked, letters = [], 0
    for start, end in paragraphs:
        own = _letters(MARKER.sub("", words[start:end]))
        if own in lines or (len(own) >= LONG_ENOUGH and own in whole):
            picked.append((start, end))
            letters += len(own)
    return picked if letters >= MOST * len(whole) else []


def _extracted(page: str) -> str:
    """The text of the article, a paragraph a line."""
    if len(page) > LARGEST:
        return ""
    try:
        from trafilatura import extract  # noqa: PLC0415  (an extra, and a fifth of a second that only pages cost)
    except ModuleNotFoundError:
        return ""
    return extract(page, include_comments=False, favor_recall=True) or ""


def _letters(text: str) -> str:
    return NO_LETTER.sub("", text).casefold()
