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

KIND_NAMES = """
WORD SAY STOP COMMA DASH SLASH GLUE
NUM ONES TEEN TENS HUNDRED SCALE YEAR ORD DATE8 PAIR SOME FINAL DECIMAL
A THE OF AND AGAIN OR TO HALF BETWEEN FROM NOW
UNIT RELATIVE DECADE_POST HALF_POST HALF_THIS PART_THIS MONTH_PART WEEKDAY_PREFIX NEXT_PRE WITHIN_PRE AHEAD_PRE TIMES EVENT NIAN YUE RI GE_BAN MONTH MODAL_MONTH WEEKDAY WEEKDAY_ABBR SEASON WEAK_SEASON HOLIDAY DAYWORD QTR HALFYEAR DECADES DAYNAME TURN
IN WITHIN OVER FOR AT NEXT FOLLOWING COMING THIS LAST REST ANOTHER ALL TIME IS_OVER TIME_AGAIN
PART PART_POST EDGE ORDINAL_PREFIX HALF_PART
APPROX APPROX_POST TILDE ISH ISH_NUM UPPER UPPER_POST LOWER LOWER_POST TOLERANCE
FROM_NOW LATER WITHIN_POST AGO BEFORE_POST AFTER_POST
BY BEFORE UNTIL AFTER AT_LATEST AT_EARLIEST EARLIEST SINCE THROUGH OR_BEFORE
EVERY MAYBE FALLBACK NOT IF VAGUE FISCAL TAKE REPEAT
SPAN WSPAN WINDOW PERIOD WPERIOD POINT READING REFUSED BEYOND
""".split()

LETTER = {name: chr(0x100 + index) for index, name in enumerate(KIND_NAMES)}
NAME = {letter: name for name, letter in LETTER.items()}


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


MACROS = {
    "C": "[NUM ONES TEEN TENS HUNDRED SCALE]",
    "N": "[NUM ONES TEEN TENS HUNDRED SCALE YEAR]",
    "BELOW100": "(TENS (DASH? ONES)? | TEEN | ONES)",
    "SPELLED": "(<BELOW100> HUNDRED | <BELOW100> | HUNDRED) (AND? <BELOW100>)?",
    "RANGE": "(DASH? TO DASH? | DASH | COMMA? OR COMMA? MAYBE? | COMMA MAYBE? | COMMA? MAYBE | SLASH)",
    "U": "[UNIT NIAN]",
    "ANY": "(COMMA? [APPROX MAYBE])",
    "MON": "[MONTH MODAL_MONTH]",
    "D": "[ORD NUM ONES TEEN TENS]",
    "SEP": "[DASH SLASH STOP]",
    "WD": "[WEEKDAY WEEKDAY_ABBR]",
    "P": "[PERIOD WPERIOD]",
    "NTH": "[ORD FINAL]",
    "IN_IT": "(OF | IN | COMMA)? THE?",
    "S": "[SPAN WSPAN]",
    # what may stand beside a bare length or year without making it the measure of something else
    "ALONE": "(?<! [^ COMMA STOP SAY MAYBE FALLBACK OR TAKE READING REFUSED IF VAGUE APPROX NOT EARLIEST])",
    "ENDS": "(?! [^ COMMA STOP SAY MAYBE FALLBACK OR AND READING REFUSED IF VAGUE NOT TIME_AGAIN])",
    "NXT": "[NEXT COMING FOLLOWING]",
}


def expand(pattern: str) -> str:
    """A rule's pattern as a regular expression over letters: names to letters, spaces out, no captures."""
    pattern = re.sub(r"\((?!\?)", "(?:", pattern)
    while True:
        spelled = re.sub(r"<(\w+)>", lambda match: f"(?:{MACROS[match.group(1)]})", pattern)
        if spelled == pattern:
            break
        pattern = re.sub(r"\((?!\?)", "(?:", spelled)
    return re.sub(r"[A-Z][A-Z_0-9]*", lambda match: LETTER[match.group()], pattern).replace(" ", "")


class Layer:
    """Rules that are tried together, the first that matches at a token winning."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.makers = [(LETTER[rule.kind], rule.make) for rule in self.rules]
        spelled = [expand(rule.pattern) for rule in self.rules]
        self.pattern = re.compile("|".join(f"({pattern})" for pattern in spelled))
        self.patterns = [re.compile(pattern) for pattern in spelled]

    def apply(self, said_on: date, tokens: Tokens) -> Tokens:
        """The tokens with every match replaced by what its rule makes of it."""
        kinds, values, starts, ends = tokens
        search = self.pattern.search
        match = search(kinds)
        if match is None:
            return tokens
        new_kinds: list[str] = []
        new_values: list[Any] = []
        new_starts: list[int] = []
        new_ends: list[int] = []
        done = 0
        while match is not None:
            first = match.start()
            made = self.make(said_on, kinds, values, match)
            if made is None:
                match = search(kinds, first + 1)
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
            match = search(kinds, after)
        if done == 0:
            return tokens
        new_kinds.append(kinds[done:])
        new_values += values[done:]
        new_starts += starts[done:]
        new_ends += ends[done:]
        return Tokens("".join(new_kinds), new_values, new_starts, new_ends)

    def make(self, said_on: date, kinds: str, values: list[Any], match: re.Match[str]) -> tuple[str, Any, int] | None:
        """The token that the first rule able to makes at a match: its letter, its value, and where it ends."""
        index = match.lastindex or 0
        first, after = match.span()
        while True:
            letter, maker = self.makers[index - 1]
            try:
                value = maker(said_on, *[v for v in values[first:after] if v is not None])
            except (OverflowError, ValueError):  # past year 9999: the calendar's own refusal
                return LETTER["BEYOND"], "beyond", after
            if type(value) is Token:
                return LETTER[value.kind], value.value, after
            if value is not None:
                return letter, value, after
            # the tokens fit this rule but make no sense by it: let the rules below it try
            for lower in range(index, len(self.patterns)):
                found = self.patterns[lower].match(kinds, first)
                if found:
                    index, after = lower + 1, found.end()
                    break
            else:
                return None
