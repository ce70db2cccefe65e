"""What a sentence shows: the signs in its words and in its shape, its dates and its odds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from predictions.extraction.idioms import idioms
from predictions.extraction.lexicon import Found, Word, fold, signs, words
from predictions.extraction.mending import mend
from predictions.extraction.odds import Odds, by_market, odds
from predictions.extraction.sentences import Sentence
from predictions.extraction.shapes import Seen, shapes
from predictions.extraction.signs import Sign
from predictions.extraction.vetoes import vetoed
from predictions.horizons import Horizon, find

A_DAY = timedelta(days=1)
YEAR = re.compile("(?:18|19|20)[0-9]{2}")
OTHER_MEANINGS = "may march fall spring second first today tonight tomorrow now sun sat wed mar jan dec"
NO_DATES = frozenset(OTHER_MEANINGS.split())
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
FROM_TODAY = re.compile(
    rf"{YEAR.pattern}|\b(?:next|this|coming|from now|tomorrow)\b|[明今后後]年|下[個个月周週]|未[來来]",
    re.IGNORECASE,
)
NARRATED = re.compile(
    r"\bthe next (?:year|month|week|day|morning|spring|summer|autumn|winter)\b", re.IGNORECASE
)  # in a story
LIVED = re.compile("[\u4e00-\u9fff](?<![再等又還还要只])[過过]$")  # 住過兩年 is no 過兩年
CLAUSE = 12  # characters of a Chinese clause that are looked back over
REMAINING = frozenset(["is", "are", "'s", "not", "no", "nobody", "nothing", "none", "have", "has", "be"])
PASSIVE = frozenset(["be", "is", "are", "being", "get", "gets", "getting"])
NUMERALS = frozenset(
    [
        "a",
        "an",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "fifteen",
        "eighteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
    ]
)
# these name no date by themselves: the kind of horizon that they are read as, and the words
VAGUE = {
    "at": re.compile(
        rf"(?:(?:in|on) )?(?:the )?(?:{MONTHS}|spring|summer|autumn|fall|winter|\w+days?)", re.IGNORECASE
    ),
    "from_now": re.compile(
        r"(?!in\b|within\b|over\b|after\b|by\b|for\b).*(?:years?|months?|weeks?|days?|decades?|年|個月|个月|天|週|周)",
        re.IGNORECASE | re.DOTALL,
    ),
}
NAMED_WILL = re.compile(
    r"(?<!^)(?<![.!?…:“\"\u2018] )\bWill\b(?!\s+(?:you|we|they|it|he|she|the|there)\b)|\bWill(?:,|’s|'s|\s+[A-Z])"
)


@dataclass(frozen=True, slots=True)
class Features:
    """All that a sentence shows: for each sign the words that are it, the dates in it, the chance that it gives."""

    shown: dict[Sign, str]
    horizons: tuple[Horizon, ...]
    odds: Odds | None

    def score(self, bias: float) -> float:
        return bias + sum(sign.weight for sign in self.shown)


def features(text: str, sentence: Sentence, said_on: date) -> Features:
    """What the sentence of the text shows, seen on the day it was said. Horizons keep offsets within the sentence."""
    quote = text[sentence.start : sentence.end]
    shown, said = worded(quote)
    horizons = (
        tuple(one for one in find(quote, said_on) if not LIVED.search(quote, 0, one.span[0] + 1))
        if said
        else ()
    )
    shapes(Seen(quote, said, sentence), shown)
    idioms(fold(quote), frozenset(word.text for word in said), shown)
    dates(said, horizons, said_on, shown)
    mend(shown)
    chance = odds(quote)
    if chance:
        shown[Sign.ODDS] = chance.words
        if by_market(quote):
            shown.pop(Sign.FRAGMENT, None)
    veto = vetoed(quote, horizons, said_on)
    if veto:
        shown[Sign.VETO] = veto
    return Features(shown, horizons, chance)


def worded(quote: str) -> tuple[dict[Sign, str], list[Word]]:
    """The signs in the words of a sentence, and its words without the marks between them."""
    said = words(quote)
    shown: dict[Sign, str] = {}
    for found in signs(said):
        if misread(found, said):
            continue
        shown.setdefault(found.sign, quote[said[found.first].start : said[found.after - 1].end])
    shown.pop(Sign.NOTHING, None)
    if shown.get(Sign.WILL) == "Will" and NAMED_WILL.search(quote):
        del shown[Sign.WILL]
    return shown, [word for word in said if word.spoken]


def misread(found: Found, said: Sequence[Word]) -> bool:
    """Whether what looks past is not: a participle (“gets built”), a hesitation before a
    number (“they're like two years out”), or what follows then and there (就沒了)."""
    before = said[found.first - 1].text if found.first else ""
    if said[found.first].text == "了" and any(
        word.text == "就" for word in said[max(found.first - 4, 0) : found.first]
    ):
        return True
    if said[found.first].text == "了" and ends(said, found.after) and foretold(said, found.first):
        return True
    if said[found.first].text == "left" and any(
        word.text in REMAINING for word in said[max(found.first - 5, 0) : found.first]
    ):
        return True
    if found.sign is Sign.PAST and found.after - found.first == 1 and before in PASSIVE:
        return True
    after = said[found.after].text if found.after < len(said) else ""
    hesitates = found.sign in (Sign.PAST, Sign.PLAYED) and said[found.after - 1].text == "like"
    return hesitates and (after.isdigit() or after in NUMERALS)


def ends(said: Sequence[Word], at: int) -> bool:
    """Whether no word comes next, but a mark or nothing."""
    return at >= len(said) or not said[at].spoken


def foretold(said: Sequence[Word], at: int) -> bool:
    """Whether the clause up to there says what will be: 不會再來了 is no past."""
    for word in reversed(said[max(at - CLAUSE, 0) : at]):
        if not word.spoken:
            return False
        if word.text == "會":
            return True
    return False


def dates(said: Sequence[Word], horizons: Sequence[Horizon], said_on: date, shown: dict[Sign, str]) -> None:
    """Add the signs that dates are: of the time to come, or of the past."""
    over = [horizon.text for horizon in horizons if horizon.deadline < said_on]
    over += [word.text for word in said if YEAR.fullmatch(word.text) and int(word.text) < said_on.year]
    if over:
        shown.setdefault(Sign.PAST, over[0])
    for horizon in horizons:
        # beside a date that is over, "in three years" counts from then
        if Sign.PAST in shown and NARRATED.search(horizon.text):
            continue
        if lies_ahead(horizon, said_on) and (not over or FROM_TODAY.search(horizon.text)):
            vague = horizon.kind in VAGUE and VAGUE[horizon.kind].fullmatch(horizon.text)
            shown.setdefault(Sign.SPAN if vague else Sign.DATED, horizon.text)
    for word in said:
        if YEAR.fullmatch(word.text) and int(word.text) > said_on.year and Sign.DATED not in shown:
            shown.setdefault(Sign.SPAN, word.text)


def lies_ahead(horizon: Horizon, said_on: date) -> bool:
    """Whether a horizon is a date to come: not today or tomorrow, and no verb that is also a month or a season."""
    first = horizon.text.lower().removeprefix("the ").split()[0]
    verb = first in NO_DATES and not any(c.isdigit() for c in horizon.text)
    return horizon.deadline > said_on + A_DAY and not verb
