"""The chances that a sentence gives: a number said as such, never one made of words like "likely"."""

from __future__ import annotations

import re
from typing import NamedTuple

NUMBER = r"(?<![\d.])(?P<{0}>\d{{1,3}}(?:\.\d+)?)"
RANGE = (
    NUMBER.format("low")
    + r"\s?(?:%|percent)?\s?(?:to|-|–|—|~|or|到|至)\s?"
    + NUMBER.format("high")
    + r"\s?(?:%|percent|per cent)"
)
SINGLE = (
    NUMBER.format("only")
    + r"\s?(?:%|percent|per cent)(?!\s?(?:of|more|less|increase|growth|better|cheaper|bigger|larger|longer|off)\b)"
)
PERCENT = re.compile(f"{RANGE}|{SINGLE}", re.IGNORECASE)
HINT = re.compile(
    "[%\uff05成五半]|per ?cent|fifty|50|coin|even", re.IGNORECASE
)  # without these there is none
FIFTY = re.compile(
    r"\b(?:fifty[- ]fifty|50[-/ ]50|a coin (?:flip|toss)|even (?:odds|chance))\b|五五開|一半一半",
    re.IGNORECASE,
)
TENS = ("ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPELLED = re.compile(
    rf"\b(?P<tens>{'|'.join(TENS)})(?:[- ](?P<ones>{'|'.join(ONES)}))?[- ]per ?cent\b", re.IGNORECASE
)
CHINESE_TENTHS = re.compile(
    r"(?P<tenths>[一二兩三四五六七八九])成(?:的)?(?:機會|機率|概率|可能|把握|机会|机率)"
)
TENTHS = dict(zip("一二兩三四五六七八九", (1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
CHINESE = "機率|機會|概率|可能性|可能|把握|勝算|机率|机会|几率|胜算"
ABOUT = r"(?:(?:only|now|just|still|about|around|roughly|maybe|perhaps|probably|some|over|under|at least|at most|a|an|the)\s+)*"
BEFORE = re.compile(
    rf"\b(?:chances?|odds|probabilit(?:y|ies)|likelihood|confidence|risk)(?:\s+(?:of|at|to)\s+|\s*[:=(]\s*){ABOUT}$"
    r"|\b(?:chances?|odds|probabilit(?:y|ies)|likelihood|confidence|risk)\b(?:(?!\bthat\b)[^.;!?%]){0,60}?"
    rf"(?:\b(?:is|are|was|at|be)\s+|\s*[:=]\s*){ABOUT}$"
    rf"|\bp\([^)]*\)\s*(?:is|of|=|:|at)?\s*{ABOUT}$"
    r"|\b(?:markets?|manifold|metaculus|polymarket|kalshi|predictit|bettors|forecasters)\b"
    rf"[^.;!?%]{{0,20}}?\b(?:says?|puts?|gives?|has|have|is at|are at|prices?|thinks?)\s+(?:(?:it|this|that)\s+)?(?:at\s+)?{ABOUT}$"
    rf"|(?:{CHINESE})(?:大概|大約|大约|可能|應該|应该|只)?(?:是|為|为|有|約|约|在|大概|大約|大约|超過|高達|\s|：|:)*$",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"\s?(?:or (?:so|more|higher|better) )?(?:likely|likelihood|probab\w*|chances?|odds|sure|certain(?:ty)?|confiden\w+|risk)\b"
    rf"|\s?的?(?:{CHINESE})",
    re.IGNORECASE,
)
MARKET = re.compile(
    r"\b(?:manifold|metaculus|polymarket|kalshi|predictit|betfair|good judgment|the (?:prediction )?markets?|bettors|bookmakers|futures)\b"
    r"[^.]{0,40}?\d+(?:\.\d+)?\s?(?:%|percent)|預測市場|博彩",
    re.IGNORECASE,
)


class Odds(NamedTuple):
    """The chance given, from ``low`` to ``high`` between 0 and 1, and the words that give it."""

    low: float
    high: float
    words: str


def odds(text: str) -> Odds | None:
    """The chance that a sentence puts on something, or None. A share ("1 % of all energy") is not a chance."""
    if not HINT.search(text):
        return None
    even = FIFTY.search(text)
    if even:
        return Odds(0.5, 0.5, even.group())
    tenths = CHINESE_TENTHS.search(text)
    if tenths:
        chance = TENTHS[tenths["tenths"]] / 10
        return Odds(chance, chance, tenths.group())
    for match in PERCENT.finditer(text):
        low, high = (
            float(match[group]) / 100 for group in (("only",) * 2 if match["only"] else ("low", "high"))
        )
        if max(low, high) <= 1 and governs(text, match):
            return Odds(min(low, high), max(low, high), match.group())
    return spelled(text)


def governs(text: str, number: re.Match[str]) -> bool:
    """Whether the words beside a number make it a chance, and not how much of something there will be."""
    return bool(BEFORE.search(text[: number.start()]) or AFTER.match(text, number.end()))


def spelled(text: str) -> Odds | None:
    """A chance in words: forty percent."""
    for match in SPELLED.finditer(text):
        if governs(text, match):
            percent = 10 * (TENS.index(match["tens"].lower()) + 1)
            percent += ONES.index(match["ones"].lower()) + 1 if match["ones"] else 0
            return Odds(percent / 100, percent / 100, match.group())
    return None


def by_market(text: str) -> bool:
    """Whether a prediction market or a crowd of forecasters gives the chance in the text."""
    return MARKET.search(text) is not None
