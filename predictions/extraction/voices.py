"""Whose words a claim is, as far as the transcript tells."""

from __future__ import annotations

import re
from typing import NamedTuple

from predictions.extraction.candidate import Attribution
from predictions.extraction.claim import Claim
from predictions.extraction.odds import MARKET, by_market
from predictions.extraction.quoting import full_name, named
from predictions.transcripts import Certainty, Segment, Transcript

QUOTED = re.compile(r"“[^“”]*”?|\"[^\"]*\"?|「[^「」]*」?|『[^『』]*』?")
OPENING, CLOSING = "“「『", "”」』"
FAR = 1_500  # characters back to where a quotation may have begun
SAYS = (
    "think|thinks|believe|believes|say|says|said|claim|claims|argue|argues|predict|predicts|predicted|warn|warns|warned|expect|expects|suggest|suggests|"
    "maintain|maintains|insist|insists|estimate|estimates|point out|points out|imply|implies|calls|is saying|doubt|doubts|fear|fears|promises|promised|announced"
)
SOMEBODY = ("he", "she", "they")
UNNAMED = "he|she|they|many|many people|some|some people|people|experts|analysts|economists|critics|everyone"
THIRD = re.compile(
    rf"\b(?P<who>[A-Z][\w-]+(?: [A-Z][\w-]+){{0,3}}|(?i:{UNNAMED}))(?:, (?:who|whose|a|an|the) [^,.]{{3,80}},)?(?:,? [a-z]+ly)? (?:(?:also|have|has|had|seems to|actually) )*(?:{SAYS})\b"
    r"|\b[Aa]ccording to (?P<source>[A-Z][\w-]+(?: [A-Z][\w-]+){0,3})"
    r"|(?:^|[，。：\uff1b])(?P<han>[\u4e00-\u9fff·]{2,10}?)(?:認為|认为|表示|預測|预测|預計|预计|警告|指出|相信)"
)
NO_NAME = "I We You It That This There What Which Who If When And But So As Because"
NO_NAMES = frozenset(NO_NAME.split())
OURSELVES = re.compile("[我你因所]")
THINGS = re.compile("(?:[價价率量額额值橋桥線线]|隧道)$")  # expected to do something; they expect nothing


class Voice(NamedTuple):
    speaker: str | None
    certainty: Certainty
    attribution: Attribution


class Main(NamedTuple):
    """The person whom the source is about, if that is known, and whether words without a label are theirs."""

    name: str | None
    speaks: bool


def main_voice(transcript: Transcript, name: str | None) -> Main:
    """Where nobody is labelled and nothing is retold in lists, everything is said by the one person named."""
    retold = any(segment.speaker or segment.depth for segment in transcript.segments)
    return Main(name, speaks=not retold)


def voice(text: str, claim: Claim, main: Main) -> Voice:
    """Who speaks in a claim, and how directly."""
    segment = claim.sentence.passage.segment
    words = text[claim.start : claim.end]
    if by_market(words):
        found = MARKET.search(words)
        return Voice(found.group().split()[0] if found else None, Certainty.LIKELY, Attribution.MARKET)
    speaker = segment.speaker or (main.name if main.speaks else None)
    who = third(words, speaker or main.name)
    if who and " " not in who:
        who = full_name(text, who, claim.start)
    if quoted(text, claim, segment):
        return quoting(text, claim, segment.speaker or main.name)
    if speaker and who and not same(who, speaker):
        return Voice(None if who in SOMEBODY else who, Certainty.UNSURE, Attribution.REPORTED)
    if segment.speaker:
        return Voice(segment.speaker, segment.certainty, Attribution.SAID)
    if segment.depth == 1 or who:
        named = who if who and not who.islower() and not same(who, main.name) else main.name
        return Voice(named, Certainty.LIKELY if who else Certainty.UNSURE, Attribution.PARAPHRASED)
    return Voice(speaker, Certainty.UNSURE, Attribution.SAID)


def quoting(text: str, claim: Claim, otherwise: str | None) -> Voice:
    """The voice of words between quotation marks: whoever the text names beside them, else whoever is known besides."""
    who = named(text, claim.start, claim.end)
    if who is None:
        return Voice(otherwise, Certainty.LIKELY if otherwise else Certainty.UNSURE, Attribution.SAID)
    told_by_another = claim.sentence.passage.segment.speaker and not same(who, otherwise)
    return Voice(
        otherwise if same(who, otherwise) else who,
        Certainty.UNSURE if told_by_another else Certainty.LIKELY,
        Attribution.REPORTED if told_by_another else Attribution.SAID,
    )


def same(one: str, other: str | None) -> bool:
    """Whether two names share a word, as "Lee" and "Ann Lee" do."""
    return bool(other and set(one.split()) & set(other.split()))


def third(words: str, main: str | None) -> str | None:
    """Whom the words report ("analysts expect …"): the main person if they do, else whoever is named last.

    In small letters when it is nobody by name; None when they report nobody.
    """
    reported = [who for match in THIRD.finditer(words) if (who := reporter(match))]
    return next((who for who in reported if same(who, main)), reported[-1] if reported else None)


def reporter(match: re.Match[str]) -> str | None:
    who = str(match["who"] or match["source"] or match["han"])
    if who.split()[0] in NO_NAMES or (match["han"] and (OURSELVES.search(who) or THINGS.search(who))):
        return None
    return who.lower() if who.lower() in UNNAMED.split("|") else who


def quoted(text: str, claim: Claim, segment: Segment) -> bool:
    """Whether at least half of the claim stands between quotation marks."""
    before = text[max(segment.start, claim.start - FAR) : claim.start]
    words = text[claim.start : claim.end]
    opens, closes = (max(before.rfind(mark) for mark in marks) for marks in (OPENING, CLOSING))
    if opens > closes:
        ends = min((at for at in (words.find(mark) for mark in CLOSING) if at >= 0), default=len(words))
        return ends * 2 >= len(words)
    return any(len(match.group()) * 2 >= len(words) for match in QUOTED.finditer(words))
