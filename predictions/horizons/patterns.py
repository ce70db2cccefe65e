"""The notation of the grammar: kinds of tokens by name, and patterns over them.

A pattern is a regular expression whose letters are the names of kinds; ``<S>`` stands for a macro,
groups never capture, and spaces only separate.
"""

from __future__ import annotations

import re

KINDS = """
signs and words that say nothing of time:
  WORD SAY STOP COMMA DASH SLASH A THE OF AND AGAIN OR TO BETWEEN FROM NOW AT IF
numbers:
  NUM DECIMAL ONES TEEN TENS HUNDRED SCALE YEAR ORD FINAL DATE8 PAIR SOME MORE HALF QTR HALFYEAR DECADES SHORT_DECADES
units and names of times:
  UNIT NIAN YUE RI GE_BAN MONTH MODAL_MONTH WEEKDAY WEEKDAY_ABBR SEASON WEAK_SEASON HOLIDAY FEAST DAYWORD TODAY
  RELATIVE YEARS EDGE EDGE_POST NEXT_EDGE TURN TIME TIME_AGAIN FISCAL OTHER_CALENDAR CY
parts of times:
  PART PART_POST PART_THIS MONTH_PART HALF_PART HALF_POST HALF_THIS DECADE_POST ORDINAL_PREFIX REST ALL IS_OVER
how a time lies to now:
  IN WITHIN OVER FOR NEXT COMING FOLLOWING THIS LAST ANOTHER TAKE FROM_NOW LATER AGO PAST TOLD DONE
  NEXT_PRE AHEAD_PRE WITHIN_POST BEFORE_POST AFTER_POST LAI ONLY_THEN
bounds:
  BY BEFORE UNTIL THROUGH AFTER SINCE AT_LATEST AT_EARLIEST EARLIEST OR_BEFORE
  UPPER UPPER_POST LOWER MORE_THAN LOWER_POST
hedges, and what is no date:
  APPROX APPROX_POST TILDE ISH ISH_NUM MAYBE FALLBACK NOT EVERY TIMES VAGUE EVENT OTHER_YEAR
what the rules make:
  SPAN WSPAN WINDOW PERIOD WPERIOD POINT READING REFUSED BEYOND
"""
KIND_NAMES = re.findall(r"\b[A-Z][A-Z_0-9]*\b", KINDS)

LETTER = {name: chr(0x100 + index) for index, name in enumerate(KIND_NAMES)}
NAME = {letter: name for name, letter in LETTER.items()}

# what several rules have in common
MACROS = {
    "C": "[NUM DECIMAL ONES TEEN TENS HUNDRED SCALE]",
    "N": "[NUM DECIMAL ONES TEEN TENS HUNDRED SCALE YEAR]",
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
    "EDGES": "[EDGE EDGE_POST]",
    "IN_IT": "(OF | IN | COMMA)? THE?",
    "S": "[SPAN WSPAN]",
    # what may stand beside a bare length or year without making it the measure of something else
    "ALONE": "(?<! [^ COMMA STOP SAY MAYBE FALLBACK OR TAKE READING REFUSED IF VAGUE APPROX NOT EARLIEST])",
    "ENDS": "(?! [^ COMMA STOP SAY MAYBE FALLBACK OR AND READING REFUSED IF VAGUE NOT TIME_AGAIN ONLY_THEN])",
    "NXT": "[NEXT COMING FOLLOWING]",
    # what makes a number before the part of a year a length, not a year: 未来二十八年第一季, 连续118年
    "LASTING": "[NEXT_PRE LAST PAST EVERY]",
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


def leading(pattern: str) -> frozenset[str]:
    """The letters with which a match of a spelled pattern can begin."""
    letters, _ = alternatives(pattern, 0)
    return letters[0]


PIECE = re.compile(r"\(\?<?[=!]|\(\?:|\[\^?[^\]]*\]|\{\d*,?\d*\}|.")


def piece_at(pattern: str, at: int) -> str:
    """The opening bracket, class, quantifier or single letter at a place; "" at the end."""
    match = PIECE.match(pattern, at)
    return match.group() if match else ""


def alternatives(pattern: str, at: int) -> tuple[tuple[frozenset[str], bool], int]:
    """What alternatives up to a closing bracket can begin with, whether one may be empty, and where they end."""
    letters: frozenset[str] = frozenset()
    empty = False
    branch, open_ = frozenset[str](), True  # of the branch so far; open while all its pieces may be empty
    while at < len(pattern):
        piece = piece_at(pattern, at)
        at += len(piece)
        if piece == ")":
            break
        if piece == "|":
            letters, empty = letters | branch, empty or open_
            branch, open_ = frozenset(), True
            continue
        first, optional, at = begin(pattern, piece, at)
        if open_:
            branch |= first
            open_ = optional
    return (letters | branch, empty or open_), at


def begin(pattern: str, piece: str, at: int) -> tuple[frozenset[str], bool, int]:
    """What one piece with its quantifier can begin with, whether it may be empty, and where it ends."""
    if piece.startswith("("):
        (first, optional), at = alternatives(pattern, at)
        if piece != "(?:":  # a look-around takes no token
            return frozenset(), True, at
    elif piece.startswith("[^") or piece == ".":
        first, optional = frozenset(LETTER.values()), False
    else:
        first, optional = frozenset(piece.strip("[]")), False
    quantifier = piece_at(pattern, at)
    if quantifier[:1] in tuple("?*+{"):
        at += len(quantifier)
        optional = optional or quantifier[0] in "?*" or quantifier.startswith("{0")
    return first, optional, at
