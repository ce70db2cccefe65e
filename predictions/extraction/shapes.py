"""The signs that no single word is: what the shape of a sentence shows.

A shape is a line of ``SHAPES``: the sign, and a function that is given the sentence and returns the
words that show it, or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from predictions.extraction.lexicon import Word
from predictions.extraction.sentences import Sentence
from predictions.extraction.signs import Sign


class Seen(NamedTuple):
    """A sentence as the shapes look at it: its text, its words, and where it stands."""

    quote: str
    said: Sequence[Word]
    sentence: Sentence


FILLER = (
    "um uh er and but so like well okay ok yeah yes no now then or because i mean you know right actually"
)
ASK = "what when where why how who which whose whether"
VERB = (
    "'s 're do does did is are was were can could will would should shall have has had isn aren don doesn won"
)
SUBJECT = "you we they it he she i there the this that these those anyone anything anybody your our any"
AFTER_ASKING = "much many long far soon"
FILLERS, ASKING, VERBS, SUBJECTS = (frozenset(group.split()) for group in (FILLER, ASK, VERB, SUBJECT))
AFTER = frozenset(AFTER_ASKING.split())

QUOTES = "\\s\"'”’」』）)\\]*_"
ENDS_ASKING = re.compile(rf"[?？][{QUOTES}]*$|[嗎吗呢][。，…\s]*$")
ENDS_BREAKING = re.compile(rf"(?:…|\.\.\.|—|-)[{QUOTES}]*$")
ENDS_OPEN = re.compile(
    r"(?<!\band it )(?<!\band they )(?<!\band he )(?<!\band she )(?<!\band we )\b(?:will|won|would)[\s.!,]*$",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:i|we|he|she|they|it|who|and)(?: (?:also|just|then|actually|never|really))? "
    r"(?!need|exceed|proceed|succeed|speed|feed|indeed|embed|breed)\w{3,}ed\b"
    r"|^(?:the|a|an|my|our|his|her|their) (?!\w+(?:ed|ing)\b)\w+ (?!need|exceed|proceed|succeed|expected|estimated|projected|planned)\w{3,}ed"
    r"(?=[,.;]| (?:until|till|in|on|at|for|with|to|from|down|up|off|out|over|it|the|a|an|his|her|their|him|them|again|and)\b)",
    re.IGNORECASE,
)
SITE = re.compile(r"[\w-]{2,}\.(?:com|org|net|io|tv|fm)\b", re.IGNORECASE)
LAST = 24  # characters in which it shows how a sentence ends
FEW_WORDS, BROKEN_OFF = 4, 8  # fewer words than these are a fragment, or broken off before they say anything
SMALL = 3  # letters; shorter words have no capital in headings


def asks(seen: Seen) -> str | None:
    """A question, also in captions that write no question marks."""
    if ENDS_ASKING.search(seen.quote):
        return seen.quote[-1]
    first = next((n for n, word in enumerate(seen.said[:6]) if word.text not in FILLERS), None)
    if first is None or first + 1 >= len(seen.said):
        return None
    one, two = seen.said[first].text, seen.said[first + 1].text
    # "how far will it go", but not "how far it goes depends on us"
    verb = two in VERBS or (
        two in AFTER and any(word.text in VERBS for word in seen.said[first + 2 : first + 5])
    )
    asked = (one in ASKING and verb) or (one in VERBS and two in SUBJECTS)
    return f"{one} {two}" if asked else None


def entitles(seen: Seen) -> str | None:
    """A heading: a paragraph of its own whose longer words all have capitals."""
    sentence = seen.sentence
    if (sentence.start, sentence.end) != (sentence.passage.start, sentence.passage.end):
        return None
    longer = [word for word in re.findall(r"[^\W\d_]+", seen.quote) if len(word) > SMALL and word.isascii()]
    capitals = sum(word[0].isupper() for word in longer)
    return seen.quote if len(longer) >= 2 and capitals * 10 >= len(longer) * 8 else None


def breaks_off(seen: Seen) -> str | None:
    return seen.quote[-1] if len(seen.said) < BROKEN_OFF and ENDS_BREAKING.search(seen.quote) else None


def is_short(seen: Seen) -> str | None:
    unfinished = len(seen.said) < FEW_WORDS or ENDS_OPEN.search(seen.quote[-LAST:])
    ends_in_the_air = len(seen.said) >= BROKEN_OFF and ENDS_BREAKING.search(seen.quote)
    return seen.quote[-1] if unfinished or ends_in_the_air else None


def counts(seen: Seen) -> str | None:
    return next((word.text for word in seen.said if word.text[0].isdigit()), None)


def tells(seen: Seen) -> str | None:
    """A regular verb in the past right after who did it."""
    return first_match(TOLD, seen.quote)


def advertises(seen: Seen) -> str | None:
    """The address of a site."""
    return first_match(SITE, seen.quote)


def first_match(pattern: re.Pattern[str], text: str) -> str | None:
    match = pattern.search(text)
    return match.group() if match else None


SHAPES: tuple[tuple[Sign, Callable[[Seen], str | None]], ...] = (
    (Sign.QUESTION, asks),
    (Sign.TITLE, entitles),
    (Sign.CUT, breaks_off),
    (Sign.FRAGMENT, is_short),
    (Sign.QUANTITY, counts),
    (Sign.PAST, tells),
    (Sign.ADVERT, advertises),
)


def shapes(seen: Seen, shown: dict[Sign, str]) -> None:
    """Add to ``shown`` every sign that the shape of the sentence is."""
    for sign, look in SHAPES:
        words = look(seen)
        if words:
            shown.setdefault(sign, words)
