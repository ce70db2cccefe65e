"""Which candidates say again what an earlier one said, within one language and across the two."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from predictions.extraction.candidate import Candidate
from predictions.extraction.lexicon import words
from predictions.extraction.topics import ENGLISH_STOP, TERMS, stem

ALIKE = 0.55  # share of the terms of both that are the same
FEWEST = 3  # terms that must be the same, one fewer where a date or a number is too
MEMORY = 40  # earlier candidates that are remembered for a term


@dataclass(frozen=True, slots=True)
class Said:
    """What a candidate is about: terms without language, numbers, and the last day it names."""

    start: int
    terms: frozenset[str]
    numbers: frozenset[str]
    deadline: date | None


def linked(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The candidates in the same order, each linked to the first earlier one that says the same."""
    by_term: defaultdict[str, deque[Said]] = defaultdict(lambda: deque(maxlen=MEMORY))
    origin: dict[int, int] = {}
    for candidate in candidates:
        said = about(candidate)
        earlier = best(said, by_term)
        for term in said.terms:
            by_term[term].append(said)
        if earlier is None:
            yield candidate
            continue
        first = origin.get(earlier.start, earlier.start)
        origin[candidate.start] = first
        yield replace(candidate, repeats=first)


def about(candidate: Candidate) -> Said:
    terms: set[str] = set()
    numbers: set[str] = set()
    quote = candidate.quote
    for word in words(quote):
        if word.text[0].isdigit():
            numbers.add(word.text)
        elif (
            word.text.isascii()
            and word.text.isalpha()
            and word.text not in ENGLISH_STOP
            and len(word.text) > 2
        ):
            terms.add(stem(word.text))
    if not quote.isascii():
        terms |= {term for written, term in TERMS if written in quote}
    return Said(
        candidate.start,
        frozenset(terms),
        frozenset(numbers),
        candidate.horizon.deadline if candidate.horizon else None,
    )


def best(said: Said, by_term: dict[str, deque[Said]]) -> Said | None:
    """The earlier candidate most alike, when it is alike enough to be the same claim."""
    seen: dict[int, Said] = {}
    for term in said.terms:
        if term in by_term:
            seen.update((other.start, other) for other in by_term[term])
    likeness, _, found = max(
        ((alike(said, other), -other.start, other) for other in seen.values()),
        default=(0.0, 0, None),
        key=lambda row: row[:2],
    )
    return found if likeness >= ALIKE else None


def alike(one: Said, other: Said) -> float:
    """How far two candidates are about the same, from 0 to 1; another date or other numbers make them two."""
    same = one.terms & other.terms
    if one.deadline and other.deadline and one.deadline != other.deadline:
        return 0.0
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return 0.0
    sure = bool(one.numbers & other.numbers) or (one.deadline is not None and one.deadline == other.deadline)
    if len(same) < FEWEST - sure and not (len(same) == len(one.terms | other.terms) > 1):
        return 0.0
    agree = 0.15 if sure else 0.0
    return (
        len(same) / min(len(one.terms), len(other.terms)) * 0.5
        + len(same) / len(one.terms | other.terms) * 0.5
        + agree
    )


__all__ = ["Said", "linked"]
