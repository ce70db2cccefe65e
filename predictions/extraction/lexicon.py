"""Finds the signs in a sentence: its words, and the longest phrases of the word lists among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from predictions.extraction import chinese, english
from predictions.extraction.signs import Sign

WORD = re.compile(r"[a-z]+|(?:^|(?<=[a-z]))'[a-z]+|[\u3400-\u9fff]|\d+(?:[.,]\d+)*%?|[^\w\s'\-]")
TRADITIONAL = dict(zip(map(ord, chinese.VARIANTS[::2]), chinese.VARIANTS[1::2], strict=True))
FOLD = {**TRADITIONAL, **dict.fromkeys(map(ord, "’\u2018\u02bc\uff07`"), "'"), ord("\uff05"): "%"}


class Word(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def spoken(self) -> bool:
        """Whether it is a word or a number, not a mark of punctuation."""
        return self.text[0].isalnum() or self.text[0] == "'"


class Found(NamedTuple):
    """A sign, and the words ``first`` up to ``after`` (of the list of words) that are it."""

    sign: Sign
    first: int
    after: int


class Node:
    __slots__ = ("following", "signs")

    def __init__(self) -> None:
        self.following: dict[str, Node] = {}
        self.signs: tuple[Sign, ...] = ()


def fold(text: str) -> str:
    """The text as the word lists write it, of the same length: lower case, plain apostrophes, traditional characters."""
    lowered = text.translate(FOLD).lower() if not text.isascii() else text.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(FOLD))
    )


def words(text: str) -> list[Word]:
    """The words of a text, Chinese character by character, and the marks between them; offsets are code points of it."""
    return [Word(match.group(), match.start(), match.end()) for match in WORD.finditer(fold(text))]


def grown(tables: Iterable[tuple[tuple[Sign, str], ...]]) -> Node:
    root = Node()
    for table in tables:
        for sign, phrases in table:
            for phrase in re.split(r"[,\n]", phrases):
                node = root
                for word in WORD.findall(phrase.strip()):
                    node = node.following.setdefault(word, Node())
                if node is not root and sign not in node.signs:
                    node.signs = (*node.signs, sign)
    return root


LEXICON = grown((english.WORDS, chinese.WORDS))


def signs(said: Sequence[Word]) -> Iterator[Found]:
    """The signs among the words, from left to right; of phrases that overlap, the longest from the left."""
    at = 0
    while at < len(said):
        node: Node | None = LEXICON
        best: tuple[Sign, ...] = ()
        after, longest = at, at
        while node and longest < len(said):
            node = node.following.get(said[longest].text)
            longest += 1
            if node and node.signs:
                best, after = node.signs, longest
        for sign in best:
            yield Found(sign, at, after)
        at = max(after, at + 1)
