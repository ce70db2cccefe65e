"""Merkle tree hashing, RFC 6962 section 2.1, over a list of entries that only grows."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()
"""The root of no entries."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry; the 0x00 keeps an entry from passing for an inner node."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


def peaks(size: int) -> list[tuple[int, int]]:
    """The complete subtrees that a tree of ``size`` entries consists of, from the left, as (first entry, level).

    A subtree of level k holds 2**k entries; 13 entries are [(0, 3), (8, 2), (12, 0)].
    """
    found, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            found.append((start, level))
            start += 1 << level
    return found


class Range:
    """A tree as far as appending to it needs to know it: its size, and the hashes of its ``peaks``."""

    def __init__(self, size: int = 0, nodes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.nodes = list(nodes)
        if len(self.nodes) != size.bit_count():
            raise ValueError(f"a tree of {size} entries has {size.bit_count()} peaks, not {len(self.nodes)}")

    def append(self, leaf: bytes) -> bytes:
        """Append an entry by its leaf hash; return the hash of the largest complete subtree that ends with it."""
        end = self.size = self.size + 1
        node = leaf
        while end & 1 == 0:
            node = node_hash(self.nodes.pop(), node)
            end >>= 1
        self.nodes.append(node)
        return node

    def root(self) -> bytes:
        """The root over all entries."""
        if not self.nodes:
            return EMPTY
        *rest, root = self.nodes
        for node in reversed(rest):
            root = node_hash(node, root)
        return root
