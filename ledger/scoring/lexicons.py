"""Words into probabilities: published lexicons, each by name and version. A word that is not in one gets no number.

No verified numeric scale for Chinese words was found, so they get none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word stands for, and the band in which half of the readers, or the lexicon's makers, put it."""

    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A published list. ``source`` says whose it is, ``band`` what its bands are."""

    name: str
    version: str
    title: str
    source: str
    band: str
    words: dict[str, Meaning]

    def meaning(self, words: str) -> Meaning | None:
        """What ``words``, as said, stand for here; None for what is not listed."""
        said = normalised(words)
        return self.words.get(said) or self.words.get(SAME.get(said, ""))


SAME = {
    "almost certainly": "almost certain",
    "almost certainly not": "almost no chance",
    "very probably": "very probable",
    "improbably": "improbable",
    "fifty-fifty": "about even",
    "very good odds": "very good chance",
}
"""Forms of a listed word."""


def normalised(words: str) -> str:
    """``words`` without case, quotation marks and spare blanks."""
    return " ".join(words.casefold().strip(" \t\n\"'“”\u2018’«».,;:!").split())


def _quartiles(*rows: tuple[str, float, float, float]) -> dict[str, Meaning]:
    return {word: Meaning(mid / 100, low / 100, high / 100) for word, low, mid, high in rows}


def _ranges(*rows: tuple[str, float, float]) -> dict[str, Meaning]:
    """A band counts by its middle; synonyms are parted by a slash."""
    return {
        word: Meaning((low + high) / 200, low / 100, high / 100)
        for words, low, high in rows
        for word in words.split("/")
    }


FAGEN_ULMSCHNEIDER = Lexicon(
    "fagen-ulmschneider",
    "n123",
    "Fagen-Ulmschneider survey",
    "Wade Fagen-Ulmschneider, Perception of Probability Words, a survey of 123 people",
    "the middle half of the answers",
    _quartiles(
        ("almost certain", 90, 95, 98),
        ("highly likely", 80, 90, 95),
        ("very good chance", 75, 80, 90),
        ("probable", 60, 70, 75),
        ("likely", 65, 70, 75),
        ("we believe", 65, 75, 85),
        ("probably", 60, 70, 75),
        ("better than even", 55, 60, 60),
        ("about even", 50, 50, 50),
        ("we doubt", 10, 20, 30),
        ("improbable", 5, 10, 22.5),
        ("unlikely", 10, 20, 30),
        ("probably not", 15, 25, 30),
        ("little chance", 5, 10, 15),
        ("almost no chance", 1, 2, 5),
        ("highly unlikely", 5, 5, 10),
        ("chances are slight", 10, 10, 20),
    ),
)
KENT = Lexicon(
    "kent",
    "1964",
    "Kent 1964",
    "Sherman Kent, Words of Estimative Probability, Studies in Intelligence, 1964",
    "give or take as the author allows",
    _ranges(
        ("certain", 100, 100),
        ("almost certain", 87, 99),
        ("probable/probably", 63, 87),
        ("chances about even/about even", 40, 60),
        ("probably not", 20, 40),
        ("almost certainly not", 2, 12),
        ("impossible", 0, 0),
    ),
)
ICD_203 = Lexicon(
    "icd-203",
    "2015",
    "ICD 203",
    "Office of the Director of National Intelligence, Intelligence Community Directive 203, 2015",
    "the range it prescribes",
    _ranges(
        ("almost no chance/remote", 1, 5),
        ("very unlikely/highly improbable", 5, 20),
        ("unlikely/improbable", 20, 45),
        ("roughly even chance/about even", 45, 55),
        ("likely/probable/probably", 55, 80),
        ("very likely/highly probable/very probable", 80, 95),
        ("almost certain/nearly certain", 95, 99),
    ),
)
IPCC = Lexicon(
    "ipcc",
    "AR5",
    "IPCC AR5",
    "Intergovernmental Panel on Climate Change, guidance notes on uncertainty, fourth and fifth report",
    "the range it prescribes",
    _ranges(
        ("virtually certain", 99, 100),
        ("extremely likely", 95, 100),
        ("very likely", 90, 100),
        ("likely", 66, 100),
        ("more likely than not", 50, 100),
        ("about as likely as not", 33, 66),
        ("unlikely", 0, 33),
        ("very unlikely", 0, 10),
        ("extremely unlikely", 0, 5),
        ("exceptionally unlikely", 0, 1),
    ),
)

LEXICONS = (FAGEN_ULMSCHNEIDER, KENT, ICD_203, IPCC)
"""The default first."""
BY_NAME = {lexicon.name: lexicon for lexicon in LEXICONS}
VERSIONS = {lexicon.name: lexicon.version for lexicon in LEXICONS}
