"""What a sentence is that foretells nothing, whatever else it says: a fancy, a hope, a habit, a forecast long past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from predictions.extraction.lexicon import fold
from predictions.horizons import Horizon

# the words are folded: lower case, plain apostrophes, traditional characters
LEAD = r"[^\w]*(?:(?:and|but|so|well|now|just|okay|oh|yeah|um|uh|然後|所以|但|那)[\s,，]*)*"
FANCY = re.compile(
    LEAD
    + r"(?:let's )?(?:imagine\b|(?:請|讓我們)?想[像象](?!力)|(?:如果|要是|若是?|假如|假使)(?:當初|當年|當時|那時)|早知道|當初(?:如果|要是|沒))"
)
HOPE = re.compile(
    LEAD
    + r"(?:(?:i|we) (?:(?:really|just|do|very much|sincerely|only) )*(?:hope|wish)\b|let's hope\b|if only\b"
    r"|(?:我們?)?(?:真的?|很|只|都|也)*(?:希望|但願))"
)
HABIT = re.compile(
    LEAD
    + r"(?:(?:every|each) (?:single )?(?:year|month|week|day|morning|evening|night|summer|winter|spring|autumn)\b|每(?:年|個月|天|週|周|到))"
)
BACK_THEN = (
    r"(?:\blast (?:year|spring|summer|autumn|fall|winter|decade)\b|\b(?:years?|months?|decades?) ago\b"
    r"|\bin (?:1\d|20)\d\d\b)"
)
TOLD = r"\b(?:said|says|predicted|promised|claimed|thought|believed|told|announced|warned|expected|forecast|wrote)\b"
PAST_OF_PAST = re.compile(
    rf"(?=.*{BACK_THEN}).*?{TOLD}.*?\b(?:would|wouldn't|was going to|were going to)\b"
    r"|.*\bthat(?:'s| is| was) what (?:i|we|you|they|he|she|everybody|everyone|people) (?:\w+ )?(?:said|say|says|thought|told|promised)\b"
    r"|.*(?:說過|曾說|曾經說|預言過|預測過).*(?:會|將)"
    r"|.*(?:會|將).*結果(?:並|卻|都)?(?:沒有|沒)|.*(?:說|講|喊|認為|覺得|看好).*(?:會|將|要).*[，。]結果"
    r"|.*(?<!不要)(?<!別)以為.*(?:會|將|要)|.*(?:會|將).*後來"
    r"|.*(?:去年|前年|年前).{0,12}(?:說|預測|預計|認為|以為|表示|承諾|警告).*(?:會|將)",
    re.DOTALL,
)
YEAR = re.compile(r"(?:19|20|21)\d\d|[一二][〇零一二三四五六七八九]{3}年")
LONGEST = 1_000  # characters of a sentence that are looked at


def vetoed(quote: str, horizons: Sequence[Horizon], said_on: date) -> str | None:
    """The words that make a sentence no prediction, or None. A year to come, written out, redeems a habit or an old forecast."""
    words = fold(quote[:LONGEST])
    match = FANCY.match(words) or HOPE.match(words)
    dated = any(YEAR.search(one.text) and one.deadline > said_on for one in horizons)
    if match is None and not dated:
        match = HABIT.match(words) or PAST_OF_PAST.match(words)
    return quote[: match.end()] if match else None
