"""Whether a sentence says that something will not be, and the same sentence without its "not"."""

from __future__ import annotations

import re

NOT_ONLY = r"(?!\s+(?:only|just|merely|mind)\b)"
NEGATIONS = re.compile(
    rf"\b(?P<wont>wo)n['’]t\b{NOT_ONLY}(?:\s+ever\b)?"
    rf"|\b(?P<will>will|shall|would|may|might)\s+(?:not|never)\b{NOT_ONLY}(?:\s+ever\b)?"
    r"|\b(?P<be>is|are|was|were)n['’]t\s+(?:ever\s+)?(?P<isnt>going\s+to|gonna)\b"
    r"|\b(?:not|never)\s+(?:ever\s+)?(?P<going>going\s+to|gonna)\b"
    r"|\bdo(?:n['’]t|\s+not)\s+(?P<mind>think|believe|expect)\b"
    rf"|\bnever\s+{NOT_ONLY}"
    r"|(?<![會会可])(?:絕對?|绝对?|永遠|永远)?(?:都)?不(?P<chinese>會|会|可能)",
    re.IGNORECASE,
)
ASIDE = re.compile(
    r"\b(?:who|whose|if|unless|when|whether|because)\b[^,;.]{0,40}$|(?:如果|若|假如)[^，。]{0,20}$", re.I
)


def affirmed(words: str) -> str | None:
    """What ``words`` say will not be; None if they say that it will, or say "not" twice or only in an aside."""
    found = list(NEGATIONS.finditer(words))
    if len(found) != 1 or ASIDE.search(words[: found[0].start()]):
        return None
    (match,) = found
    return words[: match.start()] + _without_not(match) + words[match.end() :]


def _without_not(match: re.Match[str]) -> str:
    if match["wont"]:
        return "Will" if match["wont"][0] == "W" else "will"
    if match["isnt"]:
        return f"{match['be']} {match['isnt']}"
    return match["will"] or match["going"] or match["mind"] or match["chinese"] or ""
