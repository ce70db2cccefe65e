"""The card index as the log has it: each card sealed when ink first names it, and again when it is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import Model

from ledger.log import leaves
from ledger.log.leaves import CARDS, KINDS
from ledger.merkle.tree import leaf_hash
from ledger.models import Leaf

Place = tuple[str, int]
"""A row by its kind and number."""
KIND = {model: kind for kind, model in CARDS.items()}


class Written(NamedTuple):
    """A leaf to be: what it seals, and its bytes."""

    kind: str
    number: int
    content: bytes


def place(card: Model) -> Place:
    return KIND[type(card)], card.pk


class CardIndex:
    """What is sealed of the cards at ``places``, and of the people of the speakers among them."""

    def __init__(self, places: Iterable[Place]) -> None:
        cards = {one for one in places if one[0] in CARDS}
        numbers = {number for kind, number in cards if kind == "speaker"}
        self._people: dict[Place, list[Model]] = {}
        for person in KINDS["speaker"].rows().filter(organisation__in=numbers):
            self._people.setdefault(("speaker", person.organisation_id), []).append(person)
        cards |= {place(person) for people in self._people.values() for person in people}
        sealed = Leaf.objects.filter(kind__in=CARDS, number__in={number for _, number in cards})
        rows = sealed.order_by("index").values_list("kind", "number", "hash")
        self._sealed: dict[Place, str] = {(kind, number): hashed for kind, number, hashed in rows}

    def first_named(self, cards: Iterable[Model]) -> Iterator[Written]:
        """Leaves of those of ``cards`` that have none yet."""
        for card in cards:
            if place(card) not in self._sealed:
                yield from self._anew(place(card), card)

    def corrected(self, where: Place, card: Model | None) -> Iterator[Written]:
        """Leaves of ``card``, None if it is gone, and of whoever speaks for it, where they read otherwise than sealed."""
        yield from self._changed(where, card)
        for person in self._people.get(where, []):  # a leaf tells for whom they speak, by name
            yield from self._changed(place(person), person)

    def _changed(self, where: Place, card: Model | None) -> Iterator[Written]:
        if where in self._sealed:
            yield from self._anew(where, card)

    def _anew(self, where: Place, card: Model | None) -> Iterator[Written]:
        content = leaves.write(where[0], card) if card else leaves.gone(*where)
        hashed = leaf_hash(content).hex()
        if self._sealed.get(where) != hashed:
            self._sealed[where] = hashed
            yield Written(*where, content)
