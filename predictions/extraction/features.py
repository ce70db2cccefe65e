"""What a sentence shows: the signs in its words, and those in its shape."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from predictions.extraction.lexicon import Found, Word, signs, words
from predictions.extraction.odds import Odds, by_market, odds
from predictions.extraction.sentences import Sentence
from predictions.extraction.signs import Sign
from predictions.horizons import Horizon, find

FILLERS = frozenset(
    "um uh er and but so like well okay ok yeah yes no now then or because i mean you know right actually".split()
)
ASKING = frozenset("what when where why how who which whose whether".split())
VERBS_THAT_ASK = frozenset(
    "do does did is are was were can could will would should shall have has had isn aren don doesn won".split()
)
ASKED = frozenset(
    "you we they it he she i there the this that these those anyone anything anybody your our any".split()
)
HAN_QUESTION = re.compile(r"[嗎吗呢][。，…\s]*$")
ENDS_ASKING = re.compile(r"[?？][\s\"'”’」』）)\]*_]*$")
LEFT_OPEN = frozenset("will won would".split())
UNREAL_PERFECT = re.compile(
    r"\b(?:would|could|might|should)(?:n[’']t)?(?:[’']ve| have) (?:(?:never|not|also|already|even|probably|just) )?"
    r"(?:been|had|done|gone|made|taken|seen|known|won|lost|got|gotten|come|become|\w+ed|\w+en)\b",
    re.IGNORECASE,
)
ASKED_WITHIN = re.compile(
    r"\b(?:how|what|where|when|who|which)(?: \w+){0,2} (?:will|won['’]t|are|is) (?:it|they|we|he|she|you|humanity|people)\b",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:i|we|he|she|they|it|who|and)(?: (?:also|just|then|actually|never|really))? (?P<verb>\w{3,}ed)\b",
    re.IGNORECASE,
)
NO_PAST = frozenset("need exceed proceed succeed speed feed indeed embed bleed breed".split())
CUT_OFF = re.compile(r"(?:…|\.\.\.|—|-)[\s\"'”’」』）)]*$")
SMALL_WORDS = 3  # letters; shorter words are not capitalised in headings
YEAR = re.compile("(?:18|19|20)[0-9]{2}")
NO_DATES = frozenset(
    "may march fall spring second first today tonight tomorrow now sun sat wed mar jan dec".split()
) | {"the sun"}
A_DAY = timedelta(days=1)
BARE_SPAN = re.compile(
    r"(?:in|on) (?:the )?(?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|\w+days?)"
    r"|(?!in\b|within\b|over\b|after\b|by\b|for\b).*(?:years?|months?|weeks?|days?|decades?|年|個月|个月|天|週|周)",
    re.IGNORECASE | re.DOTALL,
)
SITE = re.compile(r"[\w-]{2,}\.(?:com|org|net|io|tv|fm)\b", re.IGNORECASE)
A_NAME = re.compile(
    r"(?<!^)(?<![.!?…:“\"‘] )\bWill\b(?!\s+(?:you|we|they|it|he|she|the|there)\b)|\bWill(?:,|’s|'s|\s+(?-i:[A-Z]))"
)


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
    said = [word for word in said if word.spoken]
    horizons = tuple(find(quote, said_on)) if said else ()
    chance = odds(quote)
    shape(quote, said, sentence, shown)
    dates(said, horizons, said_on, shown)
    if chance:
        shown[Sign.ODDS] = chance.words
        if by_market(quote):
            shown.pop(Sign.FRAGMENT, None)
    return Features(shown, horizons, chance)


def dates(said: Sequence[Word], horizons: Sequence[Horizon], said_on: date, shown: dict[Sign, str]) -> None:
    over = [horizon.text for horizon in horizons if horizon.deadline < said_on]
    over += [word.text for word in said if YEAR.fullmatch(word.text) and int(word.text) < said_on.year]
    if over:  # what else is dated here counts from then
        shown.setdefault(Sign.PAST, over[0])
        return
    for horizon in horizons:
        if horizon.deadline > said_on + A_DAY and horizon.text.lower() not in NO_DATES:
            bare = horizon.kind == "from_now" and BARE_SPAN.fullmatch(horizon.text)
            shown.setdefault(Sign.SPAN if bare else Sign.DATED, horizon.text)
    if Sign.DATED in shown:
        promised(shown)


def promised(shown: dict[Sign, str]) -> None:
    """With a date, what "you will", "I will" and "should" say is no habit and no advice but a forecast."""
    for sign in (Sign.LISTENER, Sign.MYSELF):
        if sign in shown:
            shown.setdefault(Sign.WILL, shown.pop(sign))
            shown.pop(Sign.READER, None)
    if shown.get(Sign.ADVICE, "").lower() == "should":
        shown.setdefault(Sign.BOUND, shown.pop(Sign.ADVICE))


def shape(quote: str, said: Sequence[Word], sentence: Sentence, shown: dict[Sign, str]) -> None:
    """Add the signs that no single word is."""
    if asks(quote, said):
        shown[Sign.QUESTION] = quote[-1]
    if entitled(quote, sentence):
        shown[Sign.TITLE] = quote
    if len(said) < 4 or (said[-1].text in LEFT_OPEN and said[-1].end == len(quote.rstrip(" .!,"))):
        shown[Sign.FRAGMENT] = quote[-1]
    if CUT_OFF.search(quote):
        shown[Sign.CUT if len(said) < 8 else Sign.FRAGMENT] = quote[-1]
    site = SITE.search(quote)
    if site:
        shown[Sign.ADVERT] = site.group()
    inner = ASKED_WITHIN.search(quote)
    if inner:
        shown.setdefault(Sign.UNKNOWN, inner.group())
    if Sign.WILL in shown and Sign.BOUND in shown:  # "will inevitably" is one future, said surely
        shown[Sign.SURE] = shown.pop(Sign.BOUND)
    unreal = UNREAL_PERFECT.search(quote)
    if unreal:
        shown[Sign.UNREAL] = unreal.group()
    past = TOLD.search(quote)
    if past and past.group("verb").lower() not in NO_PAST:
        shown.setdefault(Sign.PAST, past.group())
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
    if one in ASKING and (
        two in VERBS_THAT_ASK or two in ("'s", "'re", "much", "many", "long", "far", "soon")
    ):
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
