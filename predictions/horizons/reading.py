"""Reading words: the horizons in a passage, and the one horizon of a sentence."""

from __future__ import annotations

from datetime import date

from predictions.horizons.cascade import Tokens
from predictions.horizons.horizon import Horizon
from predictions.horizons.horizon_rules import HORIZONS, REFUSALS
from predictions.horizons.lexer import fold, lex, may_name_time
from predictions.horizons.patterns import LETTER, NAME
from predictions.horizons.period_rules import ANCHORED, ATOMS, PARTS, RANGES, WEEKDAYS, WITHIN_PERIODS
from predictions.horizons.readings import Reading
from predictions.horizons.spans import COMPOUNDS, NUMBERS, SOFTENED, SPANS

LAYERS = (
    NUMBERS,
    SPANS,
    COMPOUNDS,
    ATOMS,
    ANCHORED,
    WEEKDAYS,
    WITHIN_PERIODS,
    PARTS,
    RANGES,
    SOFTENED,
    REFUSALS,
    HORIZONS,
)

READING, MAYBE, FALLBACK = LETTER["READING"], LETTER["MAYBE"], LETTER["FALLBACK"]
LINKS = {LETTER[k] for k in ("COMMA", "STOP", "OR", "AND", "DASH", "SAY", "IN", "BY")}


def parse(text: str, said_on: date) -> Tokens:
    """A text as the grammar sees it, after all layers."""
    tokens = lex(fold(text))
    for layer in LAYERS:
        tokens = layer.apply(said_on, tokens)
    return tokens


def trace(text: str, said_on: date) -> str:
    """How a text is read, for whoever extends the grammar: its tokens by kind, a line after each layer that changed them."""
    tokens = lex(fold(text))
    steps = [names(tokens)]
    for layer in LAYERS:
        tokens = layer.apply(said_on, tokens)
        if names(tokens) != steps[-1]:
            steps.append(names(tokens))
    return "\n".join(steps)


def names(tokens: Tokens) -> str:
    """The kinds of tokens, spelled out."""
    return " ".join(NAME[letter] for letter in tokens.kinds)


def find(text: str, said_on: date, language: str | None = None) -> list[Horizon]:
    """Every horizon in a passage, in order; ``language`` as in :func:`read`."""
    if not may_name_time(fold(text)):
        return []
    tokens = parse(text, said_on)
    return [
        horizon(text, start, end, value, said_on)
        for letter, value, start, end in zip(*tokens, strict=True)
        if letter == READING and value.deadline >= said_on
    ]


def read(text: str, said_on: date, language: str | None = None) -> Horizon | None:
    """The one horizon of a phrase or sentence said on a day, or None when no date can be derived.

    Several horizons in a sentence make one: the latest deadline counts, and a first hope or a best
    estimate is its nominal date. ``language`` ("en", "zh") is a hint; words that are clear are read
    alike whatever it says. Never raises, whatever the text.
    """
    tokens = parse(text, said_on)
    kinds = tokens.kinds
    at = kinds.find(READING)
    found: list[int] = []
    while at >= 0:
        if tokens.values[at].deadline >= said_on:
            found.append(at)
        at = kinds.find(READING, at + 1)
    if not found:
        return None
    first, last = found[0], found[-1]
    reading = tokens.values[first]
    for index in found[1:]:
        reading = merged(reading, tokens.values[index], link(kinds, index))
    return horizon(text, tokens.starts[first], tokens.ends[last], reading, said_on)


def link(kinds: str, index: int) -> str:
    """What introduces a horizon: an estimate, a fallback, or neither."""
    for letter in reversed(kinds[max(0, index - 3) : index]):
        if letter == MAYBE:
            return "estimate"
        if letter == FALLBACK:
            return "fallback"
        if letter not in LINKS:
            break
    return ""


def merged(a: Reading, b: Reading, how: str) -> Reading:
    """Two horizons of one sentence as one: the outer bound, with the other as the best estimate."""
    outer = a if a.deadline >= b.deadline else b
    nominal = outer.nominal
    if how == "estimate" and b is not outer:
        nominal = b.deadline
    elif b is outer and (how != "estimate" or a.kind == "at"):
        nominal = a.nominal
    earliest = min(a.earliest, b.earliest)
    rule = "outer bound, with a best estimate" if how == "estimate" else "outer bound of several"
    return Reading(
        earliest,
        max(earliest, min(nominal, outer.deadline)),
        outer.deadline,
        max(outer.latest, outer.deadline),
        "range" if a.kind != b.kind or a.kind == "at" else outer.kind,
        rule,
        outer.approximate,
    )


def horizon(text: str, start: int, end: int, reading: Reading, said_on: date) -> Horizon:
    """A reading with its words."""
    return Horizon(text[start:end], (start, end), *reading, said_on)
