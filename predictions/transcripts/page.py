"""A saved or pasted web page: the words of its article, without menus, scripts and the fields of forms."""

from __future__ import annotations

import re
from bisect import bisect_left
from html import unescape
from html.parser import HTMLParser

from predictions.transcripts.article import article
from predictions.transcripts.prose import read_prose
from predictions.transcripts.transcript import Piece, Transcript, Weaver

SKIP = """
    head title script style noscript template nav footer aside svg iframe
    button select label textarea fieldset datalist
"""
IN_HEAD = "base basefont bgsound link meta noframes noscript script style template title"
BREAK = """
    p div form section article main h1 h2 h3 h4 h5 h6 li ul ol blockquote table tr td th pre figure figcaption dd dt br hr
"""
NEVER_CLOSED = "area base br col embed hr img input link meta source track wbr"
SKIPPED, BLOCKS, VOID = frozenset(SKIP.split()), frozenset(BREAK.split()), frozenset(NEVER_CLOSED.split())
OF_HEAD = frozenset(IN_HEAD.split())
INDENT, APART = "  ", "\n\n"
DEEPEST = 20
"""An item that is nested deeper is shown no deeper: there may be a million of them."""
LINE = re.compile(r"[^\n]+")


class Page(HTMLParser):
    """Collects the words of a page, and where each run of them stands in the file."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.weaver = Weaver()
        self.line_starts = [0]
        for line in text.split("\n"):
            self.line_starts.append(self.line_starts[-1] + len(line) + 1)
        self.skipping: list[str] = []
        self.lists: list[list[object]] = []  # [tag, items so far]
        self.articles: list[tuple[int, int]] = []
        self.article_from: int | None = None
        self.article_depth = 0

    def at(self) -> int:
        line, column = self.getpos()
        return self.line_starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OF_HEAD:
            self.leave_head()
        if self.skipping or tag in SKIPPED:
            if tag not in VOID:
                self.skipping.append(tag)
            return
        if tag in BLOCKS:
            self.break_off()
        if tag in ("article", "main"):
            self.article_depth += 1
            if self.article_depth == 1:
                self.article_from = self.weaver.length
        self.mark_item(tag)

    def mark_item(self, tag: str) -> None:
        """Put before an item of a list what one would see there."""
        if tag in ("ul", "ol"):
            self.lists.append([tag, 0])
        if tag == "li" and self.lists:
            self.lists[-1][1] = int(str(self.lists[-1][1])) + 1
            marker = f"{self.lists[-1][1]}." if self.lists[-1][0] == "ol" else "-"
            self.weaver.part(INDENT * min(len(self.lists), DEEPEST) + marker + " ")

    def leave_head(self) -> None:
        """End the head, which need not say where it ends: at the first thing that cannot be in it."""
        if self.skipping == ["head"]:
            self.skipping.clear()

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            if tag in self.skipping:  # close it and whatever was left open inside
                del self.skipping[len(self.skipping) - 1 - self.skipping[::-1].index(tag) :]
            return
        if tag in BLOCKS:
            self.break_off()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        if tag in ("article", "main") and self.article_depth:
            self.article_depth -= 1
            if self.article_depth == 0 and self.article_from is not None:
                self.articles.append((self.article_from, self.weaver.length))

    def break_off(self) -> None:
        if self.weaver.length and not self.weaver.parts[-1].endswith("\n"):
            self.weaver.part(APART)

    def handle_data(self, data: str) -> None:
        if not data.isspace():
            self.leave_head()
        if self.skipping:
            return
        start = self.at()
        fresh = not self.weaver.parts or self.weaver.parts[-1].endswith("\n")
        words = data.lstrip() if fresh else data
        self.weaver.add(words.replace("\n", " ").replace("\r", " "), start + len(data) - len(words))

    def handle_entityref(self, name: str) -> None:
        self.add_reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.add_reference(f"&#{name};")

    def add_reference(self, reference: str) -> None:
        if not self.skipping:
            self.weaver.put(unescape(reference), self.at(), reference)


def read_page(text: str) -> Transcript:
    """The words of a page: of its article, where somebody can tell it (``article``); else of what it marks as one, or of all that is no menu and no field of a form."""
    page = Page(text)
    page.feed(text)
    page.close()
    words, pieces = page.weaver.text(), page.weaver.pieces
    marked = [max(page.articles, key=lambda span: span[1] - span[0])] if page.articles else []
    if spans := article(text, words, (line.span() for line in LINE.finditer(words))) or marked:
        words, pieces = gathered(words, pieces, spans)
    found = read_prose(words)
    return Transcript(words, "html", found.segments, tuple(pieces))


def gathered(words: str, pieces: list[Piece], spans: list[tuple[int, int]]) -> tuple[str, list[Piece]]:
    """Parts of the text as one, a paragraph each, and the pieces of it; parts begin between pieces."""
    found: list[Piece] = []
    length = 0
    for start, end in spans:
        first = bisect_left(pieces, start, key=lambda piece: piece.in_text)
        last = bisect_left(pieces, end, key=lambda piece: piece.in_text)
        found += (piece._replace(in_text=piece.in_text - start + length) for piece in pieces[first:last])
        length += end - start + len(APART)
    return APART.join(words[start:end] for start, end in spans), found
