"""Measure the log's tree, on one core; ``make bench-log`` (N=1000000 leaves by default)."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Mapping
from hashlib import sha256
from itertools import combinations

from ledger.merkle.proofs import Kept, consistency, continues
from ledger.merkle.tree import Range, leaf_hash

N = int(os.environ.get("N", "1_000_000"))
CHECKPOINTS = 1_000
ENTRY = b"x" * 500
"""About as long as a leaf is."""


class Log:
    """A log of made-up entries with a checkpoint after every so many, and what is kept of each entry."""

    def __init__(self, size: int, every: int) -> None:
        self.kept: list[Kept] = []
        self.roots: dict[int, bytes] = {}
        grown = Range()
        for number in range(size):
            leaf = leaf_hash(ENTRY + number.to_bytes(8))
            self.kept.append(Kept(leaf, grown.append(leaf)))
            if grown.size % every == 0:
                self.roots[grown.size] = grown.root()

    def fetch(self, numbers: Iterable[int]) -> Mapping[int, Kept]:
        return {number: self.kept[number] for number in numbers}

    def is_consistent(self, old: int, new: int) -> bool:
        return continues(old, new, self.roots[old], self.roots[new], consistency(old, new, self.fetch))


def floor(size: int) -> None:
    """What no tree can do without: a hash a leaf, and one a node."""
    for number in range(size):
        sha256(b"\x00" + ENTRY + number.to_bytes(8)).digest()
        sha256(b"\x01" + ENTRY[:64]).digest()


def main() -> None:
    began = time.process_time()
    log = Log(N, N // CHECKPOINTS)
    grown = time.process_time()
    assert all(log.is_consistent(old, N) for old in log.roots)
    proved = time.process_time()
    floor(N)
    least = time.process_time() - proved
    say(f"{N:,} leaves: root and {CHECKPOINTS:,} checkpoints in {grown - began:.1f} s of processor time,")
    say(f"  {(grown - began) / least:.1f} times as long as their hashes alone take;")
    say(f"  the last one proved to continue each of the others in {proved - grown:.2f} s")
    pairs = list(combinations(log.roots, 2))
    began = time.process_time()
    assert all(log.is_consistent(old, new) for old, new in pairs)
    spent = time.process_time() - began
    say(f"{len(pairs):,} pairs of these checkpoints, each proved and checked, in {spent:.1f} s")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
