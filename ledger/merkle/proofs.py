"""Proofs that an entry is in the tree, and that a larger tree only adds to a smaller one (RFC 6962, 2.1.1 and 2.1.2).

A proof is a list of subtrees' hashes. Which subtrees follows from the sizes alone; their hashes
are computed from two that are kept with each entry: its own, and that of the largest complete
subtree that ends with it (what ``Range.append`` returns). For a tree of n entries that takes at
most log2(n)**2 kept rows, whatever n is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.merkle.tree import node_hash, peaks


class Kept(NamedTuple):
    """What is kept with an entry."""

    leaf: bytes
    subtree: bytes


class Span(NamedTuple):
    """The entries from ``start`` up to but without ``end``."""

    start: int
    end: int


Fetch = Callable[[set[int]], Mapping[int, Kept]]
"""Returns what is kept with the entries of these numbers."""


def inclusion(index: int, size: int, fetch: Fetch) -> list[bytes]:
    """The path from the entry ``index`` to the root of the first ``size`` entries. Raises ``ValueError`` for no such entry."""
    if not 0 <= index < size:
        raise ValueError(f"there is no entry {index} among {size}")
    return hashes(_path(index, 0, size), fetch)


def consistency(old: int, size: int, fetch: Fetch) -> list[bytes]:
    """The proof that the first ``size`` entries begin with the first ``old``. Raises ``ValueError`` unless 0 < old <= size."""
    if not 0 < old <= size:
        raise ValueError(f"a tree of {size} entries cannot continue one of {old}")
    return hashes(_growth(old, 0, size, whole=True), fetch)


def hashes(spans: Sequence[Span], fetch: Fetch) -> list[bytes]:
    """The hash of each span, which must be a subtree of the tree or of one of its beginnings."""
    kept = fetch({number for span in spans for number in _rows(span)})
    return [_hash(span, kept) for span in spans]


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether ``proof`` shows that the entry ``index`` of ``size`` has the leaf hash ``leaf`` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, node = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(sibling, node)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def continues(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that the tree of ``size`` entries begins with that of ``old`` (RFC 9162, 2.1.4.2)."""
    if old == size:
        return not proof and old_root == root
    if not 0 < old < size or not proof:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    first, *rest = proof if place else (old_root, *proof)
    small = large = first
    for node in rest:
        if last == 0:
            return False
        if place & 1 or place == last:
            small, large = node_hash(node, small), node_hash(node, large)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            large = node_hash(large, node)
        place, last = place >> 1, last >> 1
    return last == 0 and small == old_root and large == root


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _path(index: int, start: int, end: int) -> list[Span]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle), Span(middle, end)]
    return [*_path(index, middle, end), Span(start, middle)]


def _growth(old: int, start: int, end: int, *, whole: bool) -> list[Span]:
    """SUBPROOF of the RFC; ``whole`` says that the old tree's own root is this subtree's."""
    if old == end:
        return [] if whole else [Span(start, end)]
    middle = start + _split(end - start)
    if old <= middle:
        return [*_growth(old, start, middle, whole=whole), Span(middle, end)]
    return [*_growth(old, middle, end, whole=False), Span(start, middle)]


def _rows(span: Span) -> Iterator[int]:
    """The entries that ``_hash`` needs of what is kept."""
    for start, level in _peaks(span):
        yield from _rows_of(start, level)


def _peaks(span: Span) -> list[tuple[int, int]]:
    return [(span.start + start, level) for start, level in peaks(span.end - span.start)]


def _rows_of(start: int, level: int) -> Iterator[int]:
    while _is_right(start, level) and level:
        level -= 1
        yield start + (1 << level) - 1
        start += 1 << level
    yield start + (1 << level) - 1


def _is_right(start: int, level: int) -> bool:
    """Whether the subtree is a right child, so that a larger one ends with it."""
    return bool(start >> level & 1)


def _hash(span: Span, kept: Mapping[int, Kept]) -> bytes:
    *rest, node = [_complete(start, level, kept) for start, level in _peaks(span)]
    for left in reversed(rest):
        node = node_hash(left, node)
    return node


def _complete(start: int, level: int, kept: Mapping[int, Kept]) -> bytes:
    """The hash of a complete subtree: kept itself if it is a left child, else put together from its left halves."""
    if level == 0:
        return kept[start].leaf
    if not _is_right(start, level):
        return kept[start + (1 << level) - 1].subtree
    half = level - 1
    return node_hash(_complete(start, half, kept), _complete(start + (1 << half), half, kept))
