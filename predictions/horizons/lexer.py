"""From text to tokens: one linear scan with the words of all languages compiled together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from predictions.horizons import calendar, chinese, english
from predictions.horizons.cascade import Tokens
from predictions.horizons.numerals import ERAS, chinese_token, digits_token, era_token
from predictions.horizons.patterns import LETTER

FOLD = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212\uff0d\ufe63"), "-"),
    **dict.fromkeys(map(ord, "\u2019\u2018\u02bc\uff07`"), "'"),
    **dict.fromkeys(map(ord, "\u00a0\u2009\u200a\u202f\u3000\t\r\n\v\f"), " "),
    **{0xFF10 + n: str(n) for n in range(10)},
    **{0xFF21 + n: chr(97 + n) for n in range(26)},
    **{0xFF41 + n: chr(97 + n) for n in range(26)},
    **{ord(b): a for a, b in zip(chinese.VARIANTS[::2], chinese.VARIANTS[1::2], strict=True)},
    ord("\uff5e"): "~",
    ord("\uff0f"): "/",
}

PUNCTUATION = {
    **dict.fromkeys(".!?;:。！？\uff1b：…", "STOP"),
    **dict.fromkeys(",，、()（）—―", "COMMA"),
    "-": "DASH",
    "/": "SLASH",
}

HEDGE_KINDS = frozenset(
    LETTER[k] for k in ["APPROX", "APPROX_POST", "ISH", "UPPER", "UPPER_POST", "MAYBE", "FALLBACK", "SOME"]
)
GLUED_UNITS = {"d": calendar.DAY, "w": calendar.WEEK, "y": calendar.YEAR, "h": calendar.HOUR}
HEDGE_NUMBERS = ("couple", "few", "several", "handful")


def fold(text: str) -> str:
    """The text in the form the lexicon knows, of the same length: lower case, plain dashes and digits, simplified."""
    if text.isascii():
        return text.lower().translate(ASCII_FOLD)
    lowered = text.translate(FOLD).lower()
    if len(lowered) != len(text):  # a few letters grow when lowered
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(FOLD))
    return lowered


ASCII_FOLD = str.maketrans("\t\r\n\v\f`", "     '")


def entries() -> dict[str, tuple[str, Any]]:
    """Every phrase of both tables with its kind and value; Chinese wins no clash, there are none."""
    found: dict[str, tuple[str, Any]] = {}
    for table, separator in ((english.LEXICON, ","), (chinese.LEXICON, ",")):
        for kind, value, phrases in table:
            for phrase in phrases.split(separator):
                key = phrase.strip().translate(FOLD).lower()
                if key and key not in found:
                    found[key] = (kind, value)
    return found


def trie_pattern(phrases: Iterable[str]) -> str:
    """A regular expression that matches the longest of the phrases in time that does not grow with their number."""
    root: dict[str, Any] = {}
    for phrase in phrases:
        node = root
        for c in phrase:
            node = node.setdefault(c, {})
        node[""] = {}

    def spell(node: dict[str, Any]) -> str:
        ends = "" in node
        branches = [(r"\ +" if c == " " else re.escape(c)) + spell(child) for c, child in node.items() if c]
        if not branches:
            return ""
        if len(branches) == 1 and not ends:
            return branches[0]
        return f"(?:{'|'.join(branches)}){'?' if ends else ''}"

    return spell(root)


ENTRIES = entries()
# what one look-up of a plain word cannot find: phrases of several words, Chinese, signs
PHRASES = [p for p in ENTRIES if not re.fullmatch(r"[a-z]+(?:'[a-z]+)?", p)]
ENGLISH_PHRASES = [p for p in PHRASES if p[0].isascii() and p[0].isalpha()]
SIGNS = [p for p in PHRASES if not p[0].isalpha()]
CHINESE_PHRASES = [p for p in PHRASES if not p[0].isascii() and p[0].isalpha()]

FIGURES = "〇零一二三四五六七八九十百千"  # in which the years of an era are spelled, and our centuries

SCAN = re.compile(
    rf"(?P<phrase>(?:{trie_pattern(ENGLISH_PHRASES)})(?![a-z]))"
    r"|(?P<code>(?:[qh][1-4]|[1-4][qh])(?=[^a-z\d]|$|\d\d(?![\da-z])|\d{4}(?![\da-z])|fy))"
    r"|(?P<word>[a-z]+(?:'[a-z]+)?)"
    r"|(?P<decades>(?:(?:1[89]|2\d)\d|'?\d)0(?!(?<!the\ \d{4})(?<!the\ \ \d{4})'s\ +(?:end|close)\b)'?s(?![a-z]))"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)(?![a-z]))"
    r"|(?P<dotted>(?:\d{4}\.\d\d?\.\d\d?|\d\d?\.\d\d?\.\d{4})(?!\.?\d))"
    r"|(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<short_year>'\d\d(?!\d))"
    rf"|(?P<era>(?:{'|'.join(ERAS)})\ ?(?![\d{FIGURES}]+\ ?(?:世纪|'?s(?![a-z])))(?:\d{{1,4}}(?:\.\d\d?\.\d\d?)?(?!\.?\d)|[元{FIGURES}]{{1,8}})"
    r"|一[〇零一二三四][〇零一二三四五六七八九](?=年))"
    # 三十年后半数: half of them after thirty years, not the second half of a year
    rf"|(?P<chinese>[后前](?=半[数导个场路成价官自决夜生辈小天])|{trie_pattern(CHINESE_PHRASES)})"
    r"|(?P<numeral>[〇零一二两三四五六七八九十廿卅百千万亿]+)"
    rf"|(?P<sign>{trie_pattern(SIGNS)})"
    r"|(?P<other>[^\s\w\"'\[\]*_“”「」『』{}]|[^\W\d_])"
)

# the kinds of which a text that names a time has at least one
NAMING = frozenset(
    [
        "TEEN",
        "TENS",
        "HUNDRED",
        "SCALE",
        "YEAR",
        "ORD",
        "QTR",
        "HALFYEAR",
        "DECADES",
        "UNIT",
        "NIAN",
        "YUE",
        "RI",
        "GE_BAN",
        "MONTH",
        "MODAL_MONTH",
        "WEEKDAY",
        "WEEKDAY_ABBR",
        "SEASON",
        "WEAK_SEASON",
        "HOLIDAY",
        "FEAST",
        "DAYWORD",
        "TODAY",
        "RELATIVE",
        "YEARS",
        "EDGE",
        "EDGE_POST",
        "TURN",
        "TIME_AGAIN",
        "FISCAL",
        "CY",
        "PART",
        "PART_POST",
        "PART_THIS",
        "MONTH_PART",
        "HALF_PART",
        "HALF_POST",
        "HALF_THIS",
        "DECADE_POST",
        "WINDOW",
    ]
)
NAMING_PHRASES = [phrase for phrase, (kind, _) in ENTRIES.items() if kind in NAMING]
NAMING_TIME = re.compile(
    rf"(?<![a-z])(?:{trie_pattern(p for p in NAMING_PHRASES if p[0].isascii() and p[0].isalpha())})(?![a-z])"
    rf"|{trie_pattern(p for p in NAMING_PHRASES if not p[0].isascii())}"
    r"|\d|ish(?![a-z])|[〇零一二两三四五六七八九十廿卅百千万亿]{2}"
)


def may_name_time(folded: str) -> bool:
    """Whether a folded text has any word that a date could be made of: most sentences have none, and need no closer look."""
    return NAMING_TIME.search(folded) is not None


def lookup(folded: str, group: str, word: str, start: int) -> tuple[str, Any]:
    """The kind and value of anything but a plain word, told by which part of the scan matched it."""
    if group in ("phrase", "chinese", "sign"):
        return ENTRIES[word if word in ENTRIES else " ".join(word.split())]
    if group == "digits" and start and "a" <= folded[start - 1] <= "z":
        return "GLUED", digits_token(word)
    if group in TOKENS:
        return TOKENS[group](word)
    return PUNCTUATION.get(word, "WORD"), None


def code_token(word: str) -> tuple[str, int]:
    """Q3, 2H."""
    return ("QTR" if "q" in word else "HALFYEAR"), int(word.strip("qh"))


def dotted_token(word: str) -> tuple[str, int]:
    """2027.9.23, 23.9.2027: with points, the day comes before the month or after it, never between."""
    first, month, last = map(int, word.split("."))
    year, day = max(first, last), min(first, last)
    return "DATE8", year * 10_000 + month * 100 + day


def decades_token(word: str) -> tuple[str, int]:
    """2030s; the 30s are yet to come, the 80s are not."""
    number = int(word.strip("'s"))
    if number >= 100:
        return "DECADES", number
    kind = "DECADES" if word[0] == "'" else "SHORT_DECADES"
    return kind, (2000 if number < FIRST_PAST_DECADE else 1900) + number


TOKENS: dict[str, Callable[[str], tuple[str, Any]]] = {
    "digits": digits_token,
    "dotted": dotted_token,
    "era": era_token,
    "numeral": chinese_token,
    "code": code_token,
    "decades": decades_token,
    "ordinal": lambda word: ("ORD", int(word[:-2])),
    "short_year": lambda word: ("YEAR", 2000 + int(word[1:])),
}


def lex(folded: str) -> Tokens:
    """The tokens of a folded text. Fillers are left out, and what is said twice in a row counts once."""
    kinds: list[str] = []
    values: list[Any] = []
    starts: list[int] = []
    ends: list[int] = []
    last, last_end = "", 0
    get = ENTRIES.get
    for match in SCAN.finditer(folded):
        group, word = match.lastgroup, match.group()
        start, end = match.span()
        if group == "word":
            kind, value = get(word) or split_ish(word)
            if start == last_end and last in ("NUM", "DECIMAL") and word in GLUED_UNITS:
                kind, value = "UNIT", GLUED_UNITS[word]
        else:
            kind, value = lookup(folded, group or "", word, start)
            if kind == "GLUED":
                kind, value = value if last in GLUERS else UNKNOWN
            elif kind == "TILDE":
                kind = "TO" if last in COUNTS else "APPROX"
        if kind == "FILLER":
            continue
        last_end = end
        if kind == last and value is None:
            ends[-1] = end
            continue
        last = kind
        kinds.append(LETTER[kind])
        values.append(value)
        starts.append(start)
        ends.append(end)
    return Tokens("".join(kinds), values, starts, ends)


def split_ish(word: str) -> tuple[str, Any]:
    """A word that is not in the tables: nothing, unless it is a number word with -ish ("fiveish")."""
    if word.endswith("ish") and ENTRIES.get(word[:-3], UNKNOWN)[0] in ("ONES", "TEEN", "TENS"):
        return "ISH_NUM", ENTRIES[word[:-3]][1]
    return UNKNOWN


FIRST_PAST_DECADE = 60
UNKNOWN: tuple[str, Any] = ("WORD", None)
COUNTS = ("NUM", "DECIMAL", "YEAR", "ONES", "TEEN", "TENS")
GLUERS = ("EDGE", "MONTH", "MODAL_MONTH", "HALFYEAR", "QTR", "FISCAL", "CY")


def hedges(text: str) -> tuple[str, ...]:
    """The words of a phrase that soften or bound it, as they stand there."""
    tokens = lex(fold(text))
    found = []
    for letter, start, end in zip(tokens.kinds, tokens.starts, tokens.ends, strict=True):
        words = text[start:end]
        if letter in HEDGE_KINDS or any(number in words.lower() for number in HEDGE_NUMBERS):
            found.append(words)
    return tuple(found)
