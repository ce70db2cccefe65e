"""The engine of the grammar: tokens have kinds, rules are patterns over kinds, layers apply in turn.

A text becomes a string with one character per token, its kind. A rule is a regular expression over
kinds, written with their names, and a function that makes one token of the tokens it matched; a
layer tries its rules at each token, first rule first, and passes the shortened list on. The
patterns have bounded repetition only, so each layer is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from predictions.horizons.patterns import LETTER, expand, leading


class Token(NamedTuple):
    """What a rule may return to choose the kind of the token that it makes."""

    kind: str  # a name of KIND_NAMES
    value: Any


class Rule(NamedTuple):
    """One line of the grammar.

    ``pattern`` is a regular expression over names of kinds; ``kind`` is what it makes; ``make`` is
    given the day it was said and the values of the matched tokens (those that have one), and returns
    the new value, a Token, or None when the tokens make no sense together after all.
    """

    pattern: str
    kind: str
    make: Callable[..., Any]


class Tokens(NamedTuple):
    """A text in tokens: their kinds as one string, and their values and offsets side by side."""

    kinds: str
    values: list[Any]
    starts: list[int]
    ends: list[int]


class Layer:
    """Rules that are tried together, the first that matches at a token winning."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.makers = [(LETTER[rule.kind], rule.make) for rule in self.rules]
        spelled = [expand(rule.pattern) for rule in self.rules]
        self.patterns = [re.compile(pattern) for pattern in spelled]
        starts: dict[str, list[int]] = {}
        for index, pattern in enumerate(spelled):
            for letter in leading(pattern):
                starts.setdefault(letter, []).append(index)
        self.start = re.compile(f"[{''.join(starts)}]")
        self.by_letter = {
            letter: (re.compile("|".join(f"({spelled[index]})" for index in indexes)).match, indexes)
            for letter, indexes in starts.items()
        }

    def apply(self, said_on: date, tokens: Tokens) -> Tokens:
        """The tokens with every match replaced by what its rule makes of it."""
        kinds, values, starts, ends = tokens
        start = self.start.search
        candidate = start(kinds)
        if candidate is None:
            return tokens
        by_letter = self.by_letter
        new_kinds: list[str] = []
        new_values: list[Any] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        done = 0
        while candidate is not None:
            first = candidate.start()
            match_here, indexes = by_letter[kinds[first]]
            match = match_here(kinds, first)
            made = match and self.make(said_on, kinds, values, match, indexes)
            if not made:
                candidate = start(kinds, first + 1)
                continue
            letter, value, after = made
            if first > done:
                new_kinds.append(kinds[done:first])
                new_values += values[done:first]
                new_starts += starts[done:first]
                new_ends += ends[done:first]
            new_kinds.append(letter)
            new_values.append(value)
            new_starts.append(starts[first])
            new_ends.append(ends[after - 1])
            done = after
            candidate = start(kinds, after)
        if done == 0:
            return tokens
        new_kinds.append(kinds[done:])
        new_values += values[done:]
        new_starts += starts[done:]
        new_ends += ends[done:]
        return Tokens("".join(new_kinds), new_values, new_starts, new_ends)

    def make(
        self, said_on: date, kinds: str, values: list[Any], match: re.Match[str], indexes: list[int]
    ) -> tuple[str, Any, int] | None:
        """The token that the first rule able to makes at a match: its letter, its value, and where it ends."""
        position = match.lastindex or 0
        first, after = match.span()
        while True:
            letter, maker = self.makers[indexes[position - 1]]
            try:
                value = maker(said_on, *[v for v in values[first:after] if v is not None])
            except (OverflowError, ValueError):  # past year 9999: the calendar's own refusal
                return LETTER["BEYOND"], "beyond", after
            if type(value) is Token:
                return LETTER[value.kind], value.value, after
            if value is not None:
                return letter, value, after
            # the tokens fit this rule but make no sense by it: let the rules below it try
            for lower in range(position, len(indexes)):
                found = self.patterns[indexes[lower]].match(kinds, first)
                if found:
                    position, after = lower + 1, found.end()
                    break
            else:
                return None
