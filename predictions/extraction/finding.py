"""The whole way from a transcript to ranked candidates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from predictions.extraction.candidate import Candidate
from predictions.extraction.claim import Claim
from predictions.extraction.claims import LOOK, claims, weighed
from predictions.extraction.features import lies_ahead
from predictions.extraction.joining import DATES
from predictions.extraction.odds import odds
from predictions.extraction.repeats import linked
from predictions.extraction.sentences import sentences
from predictions.extraction.signs import Sign
from predictions.extraction.voices import Main, main_voice, voice
from predictions.horizons import Horizon, read
from predictions.transcripts import Transcript

LEAD = re.compile(
    r"(?:[\s\"“\u2018(\[…]|(?:um+|uh+|er+|so|and|but|well|like|yeah|okay|ok|i mean|you know|now|then|because|or|also|again)\b[,\s]*"
    r"|(?:嗯|呃|哦|所以|因此|然後|好吧|是的|你知道|我是說|無論如何)[，,]\s*)+",
    re.IGNORECASE,
)
TRAIL = re.compile(r",?[\s\"”’)\]]+$")
REPLY = re.compile(
    r"(?:no|yes|nope|yep|never|not a chance|no way|of course|definitely|absolutely|不|不會|會|當然)[.!。！]?",
    re.IGNORECASE,
)


def find(transcript: Transcript, said_on: date, speaker: str | None = None) -> list[Candidate]:
    """The passages of a transcript that may be predictions, best first.

    Takes the day the words were said, to which "next year" is anchored, and the name of the person whom
    the source is about, for words that bear no label. Offsets are code points of the transcript's text.
    """
    text, main = transcript.text, main_voice(transcript, speaker)
    found = list(
        proposed(text, claims(text, weighed(text, sentences(transcript), said_on), said_on), said_on, main)
    )
    return sorted(linked(found), key=lambda candidate: (-candidate.score, candidate.start))


def proposed(text: str, found: Iterator[Claim], said_on: date, main: Main) -> Iterator[Candidate]:
    """The claims that score enough, as candidates, in the order of the text."""
    answered: Candidate | None = None
    for claim in found:
        inherits = answers(text, claim, answered)
        if inherits is None and (not claim.points_ahead or claim.score < LOOK):
            continue
        candidate = shaped(text, claim, said_on, main)
        if inherits:
            candidate = replace(
                candidate,
                horizon=inherits.horizon,
                score=max(candidate.score, 0.5),
                reason=f"Answers “{short(inherits.quote)}”.",
            )
        else:
            answered = candidate
        yield candidate


def shaped(text: str, claim: Claim, said_on: date, main: Main) -> Candidate:
    """A claim as a candidate, with all that is known of it."""
    start, end = tidied(text, claim.start, claim.end)
    quote = text[start:end]
    horizon = read(quote, said_on) or pick(claim)
    if horizon and not (lies_ahead(horizon, said_on) and DATES & claim.features.shown.keys()):
        horizon = None
    said = voice(text, claim, main)
    chance = claim.features.odds or odds(quote)
    shown = claim.features.shown
    sure = shown.get(Sign.SURE) or shown.get(Sign.LIKELY) or shown.get(Sign.MIGHT) or ""
    return Candidate(
        start,
        end,
        quote,
        said.speaker,
        said.certainty,
        said.attribution,
        horizon,
        sure if not chance else chance.words,
        (chance.low, chance.high) if chance else None,
        round(claim.score, 2),
        reason(claim, horizon),
    )


def pick(claim: Claim) -> Horizon | None:
    """The last horizon among several: the outer bound of what the sentences name."""
    return max(claim.features.horizons, key=lambda horizon: horizon.deadline, default=None)


def answers(text: str, claim: Claim, before: Candidate | None) -> Candidate | None:
    """The dated candidate to which a claim without a date of its own only replies, or None."""
    if before is None or before.horizon is None or claim.start - before.end > 200:
        return None
    words = text[claim.start : claim.end]
    segment = claim.sentence.passage.segment
    replying = segment.depth > 1 or (segment.speaker is not None and segment.speaker != before.speaker)
    if not replying:
        return None
    if REPLY.fullmatch(words) or (Sign.ODDS in claim.features.shown and not claim.features.horizons):
        return before
    return None


def tidied(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the hesitations and quotation marks at its ends."""
    lead = LEAD.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    trail = TRAIL.search(text, start, end)
    return start, trail.start() if trail and trail.start() > start and text[trail.start()] != ")" else end


FOR = (
    Sign.FORESEE,
    Sign.WILL,
    Sign.BOUND,
    Sign.MYSELF,
    Sign.NEAR,
    Sign.SOMEDAY,
    Sign.AHEAD,
    Sign.ODDS,
    Sign.LIKELY,
    Sign.SURE,
    Sign.MIGHT,
    Sign.COULD,
    Sign.AIM,
    Sign.CHANGE,
    Sign.CONSEQUENCE,
    Sign.TRIGGER,
    Sign.REPORTED,
)


def reason(claim: Claim, horizon: Horizon | None) -> str:
    """A sentence for a reader: why this was proposed, and what speaks against it."""
    shown = claim.features.shown
    pros = [f"{sign.says} (“{short(shown[sign])}”)" for sign in FOR if sign in shown][:3]
    if horizon:
        pros.append(f"names a date (“{short(horizon.text)}”)")
    cons = [sign.says for sign in sorted(shown, key=lambda sign: sign.weight) if sign.weight <= -0.7]
    sentence = f"It {joined(pros)}" if pros else "It stands beside other forecasts"
    return f"{sentence}; but it {joined(cons[:2])}." if cons else f"{sentence}."


def joined(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else words[:57] + "…"
