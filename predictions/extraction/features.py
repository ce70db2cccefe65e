"""What a sentence shows: the signs in its words and in its shape, its dates and its odds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from predictions.extraction.lexicon import Word, signs, words
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
    horizons = tuple(find(quote, said_on)) if said else ()
    shapes(Seen(quote, said, sentence), shown)
    dates(said, horizons, said_on, shown)
    weigh_together(shown)
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
        shown.setdefault(found.sign, quote[said[found.first].start : said[found.after - 1].end])
    shown.pop(Sign.NOTHING, None)
    if shown.get(Sign.WILL) == "Will" and NAMED_WILL.search(quote):
        del shown[Sign.WILL]
    return shown, [word for word in said if word.spoken]


def dates(said: Sequence[Word], horizons: Sequence[Horizon], said_on: date, shown: dict[Sign, str]) -> None:
    """Add the signs that dates are: of the time to come, or of the past."""
    over = [horizon.text for horizon in horizons if horizon.deadline < said_on]
    over += [word.text for word in said if YEAR.fullmatch(word.text) and int(word.text) < said_on.year]
    if over:
        shown.setdefault(Sign.PAST, over[0])
    for horizon in horizons:
        # beside a date that is over, "three years later" counts from then
        if lies_ahead(horizon, said_on) and (not over or YEAR.search(horizon.text)):
            vague = horizon.kind in VAGUE and VAGUE[horizon.kind].fullmatch(horizon.text)
            shown.setdefault(Sign.SPAN if vague else Sign.DATED, horizon.text)


def lies_ahead(horizon: Horizon, said_on: date) -> bool:
    """Whether a horizon is a date to come: not today or tomorrow, and no verb that is also a month or a season."""
    first = horizon.text.lower().removeprefix("the ").split()[0]
    verb = first in NO_DATES and not any(c.isdigit() for c in horizon.text)
    return horizon.deadline > said_on + A_DAY and not verb


def weigh_together(shown: dict[Sign, str]) -> None:
    """Mend what single words say wrongly: some mean another thing beside others."""
    if Sign.DATED in shown:  # a promise or an expectation, no habit and no advice
        for sign in (Sign.LISTENER, Sign.MYSELF):
            if sign in shown:
                shown.setdefault(Sign.WILL, shown.pop(sign))
                shown.pop(Sign.READER, None)
        if shown.get(Sign.ADVICE, "").lower() == "should":
            shown.setdefault(Sign.BOUND, shown.pop(Sign.ADVICE))
    if Sign.WILL in shown and Sign.BOUND in shown:  # "will inevitably" is one future, said surely
        shown[Sign.SURE] = shown.pop(Sign.BOUND)
