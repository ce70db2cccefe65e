"""What a sentence shows: the signs in its words, and those in its shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from predictions.extraction.lexicon import Found, Word, signs, words
from predictions.extraction.odds import Odds, odds
from predictions.extraction.sentences import Sentence
from predictions.extraction.signs import Sign
from predictions.horizons import Horizon, find

FILLERS = frozenset("um uh er and but so like well okay ok yeah yes no now then or because i mean you know right actually".split())
ASKING = frozenset("what when where why how who which whose whether".split())
VERBS_THAT_ASK = frozenset("do does did is are was were can could will would should shall have has had isn aren don doesn won".split())
ASKED = frozenset("you we they it he she i there the this that these those anyone anything anybody your our any".split())
HAN_QUESTION = re.compile(r"[嗎吗呢][。，…\s]*$")
ENDS_ASKING = re.compile(r"[?？][\s\"'”’」』）)\]*_]*$")
CUT_OFF = re.compile(r"(?:…|\.\.\.|—|-)[\s\"'”’」』）)]*$")
SMALL_WORDS = 3  # letters; shorter words are not capitalised in headings
NO_DATES = frozenset("may march fall spring second first today tonight tomorrow now sun sat wed mar jan dec".split())
A_NAME = re.compile(r"(?<!^)(?<![.!?…:“\"‘] )\bWill\b(?!\s+(?:you|we|they|it|he|she|the|there)\b)|\bWill(?:,|’s|'s|\s+(?-i:[A-Z]))")


@dataclass(frozen=True, slots=True)
class Features:
    """All that a sentence shows: the words found for each sign, the dates in it, the chance that it gives."""

    shown: dict[Sign, str]
    horizons: tuple[Horizon, ...]
    odds: Odds | None

    def score(self, bias: float) -> float:
        return bias + sum(sign.weight for sign in self.shown)


def features(text: str, sentence: Sentence, said_on: date) -> Features:
    """What the sentence of the text shows, seen on the day it was said. Horizons keep offsets within the sentence."""
    quote = text[sentence.start : sentence.end]
    said = words(quote)
    shown: dict[Sign, str] = {}
    for found in signs(said):
        shown.setdefault(found.sign, quote[said[found.first].start : said[found.after - 1].end])
    shown.pop(Sign.NOTHING, None)
    if Sign.WILL in shown and named_will(quote, shown[Sign.WILL]):
        del shown[Sign.WILL]
    horizons = tuple(find(quote, said_on)) if said else ()
    chance = odds(quote)
    shape(quote, said, sentence, shown)
    dates(horizons, said_on, shown)
    if chance:
        shown[Sign.ODDS] = chance.words
    return Features(shown, horizons, chance)


def dates(horizons: Sequence[Horizon], said_on: date, shown: dict[Sign, str]) -> None:
    for horizon in horizons:
        if horizon.deadline > said_on:
            if horizon.text.lower() not in NO_DATES:
                shown.setdefault(Sign.DATED, horizon.text)
        elif horizon.deadline < said_on:
            shown.setdefault(Sign.PAST, horizon.text)


def shape(quote: str, said: Sequence[Word], sentence: Sentence, shown: dict[Sign, str]) -> None:
    """Add the signs that no single word is."""
    if asks(quote, said):
        shown[Sign.QUESTION] = quote[-1]
    if entitled(quote, sentence):
        shown[Sign.TITLE] = quote
    if len(said) < 4 or CUT_OFF.search(quote):
        shown[Sign.FRAGMENT] = quote[-1]
    if any(word.text[0].isdigit() for word in said):
        shown[Sign.QUANTITY] = "a number"


def asks(quote: str, said: Sequence[Word]) -> bool:
    """Whether it is a question, also in captions that write no question marks."""
    if ENDS_ASKING.search(quote) or HAN_QUESTION.search(quote):
        return True
    first = next((n for n, word in enumerate(said[:6]) if word.text not in FILLERS), None)
    if first is None or first + 1 >= len(said):
        return False
    one, two = said[first].text, said[first + 1].text
    if one in ASKING and (two in VERBS_THAT_ASK or two in ("'s", "'re", "much", "many", "long", "far", "soon")):
        return True
    return one in VERBS_THAT_ASK and two in ASKED


def entitled(quote: str, sentence: Sentence) -> bool:
    """Whether it is a heading: a paragraph of its own whose longer words all have capitals."""
    if (sentence.start, sentence.end) != (sentence.passage.start, sentence.passage.end):
        return False
    longer = [word for word in re.findall(r"[^\W\d_]+", quote) if len(word) > SMALL_WORDS and word.isascii()]
    capitals = sum(word[0].isupper() for word in longer)
    return len(longer) >= 2 and capitals * 10 >= len(longer) * 8


def named_will(quote: str, shown: str) -> bool:
    """Whether the only "will" is somebody of that name."""
    return shown == "Will" and A_NAME.search(quote) is not None


__all__ = ["Features", "Found", "features"]
