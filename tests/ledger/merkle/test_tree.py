"""Tree hashing and proofs, against the vectors of the certificate transparency project and against the RFC's own definition."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.merkle.proofs import Kept, consistency, continues, includes, inclusion
from ledger.merkle.tree import EMPTY, Range, leaf_hash, node_hash, peaks

ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
"""What certificate-transparency's own tests hold for the first 0, 1, … 8 of the entries."""
SIZES = 65
"""Every pair of sizes below this is tried."""


def by_definition(leaves: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it, by halves."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(by_definition(leaves[:half]), by_definition(leaves[half:]))


class Log:
    """A log of so many made-up entries, with what is kept of each."""

    def __init__(self, size: int) -> None:
        self.leaves = [leaf_hash(str(number).encode()) for number in range(size)]
        grown, self.roots = Range(), [EMPTY]
        self.kept: dict[int, Kept] = {}
        for number, leaf in enumerate(self.leaves):
            self.kept[number] = Kept(leaf, grown.append(leaf))
            self.roots.append(grown.root())

    def fetch(self, numbers: Iterable[int]) -> Mapping[int, Kept]:
        return {number: self.kept[number] for number in numbers}


@pytest.fixture(scope="module")
def log() -> Log:
    return Log(1_000)


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    grown = Range()
    for entry in ENTRIES[:size]:
        grown.append(leaf_hash(entry))
    assert grown.root().hex() == ROOTS[size]


def test_proofs_are_those_of_certificate_transparency() -> None:
    grown, kept = Range(), {}
    for number, entry in enumerate(ENTRIES):
        kept[number] = Kept(leaf_hash(entry), grown.append(leaf_hash(entry)))

    def fetch(numbers: Iterable[int]) -> Mapping[int, Kept]:
        return {number: kept[number] for number in numbers}

    assert [node.hex() for node in inclusion(0, 8, fetch)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [node.hex() for node in consistency(6, 8, fetch)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_the_root_is_the_one_that_the_rfc_defines(entries: list[bytes]) -> None:
    leaves, grown = [leaf_hash(entry) for entry in entries], Range()
    for leaf in leaves:
        grown.append(leaf)
    assert grown.root() == by_definition(leaves)


def test_a_tree_goes_on_from_its_peaks_alone(log: Log) -> None:
    for size in range(200):
        ends = [start + (1 << level) - 1 for start, level in peaks(size)]
        again = Range(size, [log.kept[end].subtree for end in ends])
        assert again.root() == log.roots[size]
        again.append(log.leaves[size])
        assert again.root() == log.roots[size + 1]


def test_a_tree_is_not_made_of_too_few_peaks() -> None:
    with pytest.raises(ValueError, match="3 peaks, not 1"):
        Range(13, [EMPTY])


def test_each_entry_is_proved_to_be_in_each_size(log: Log) -> None:
    for size in range(1, SIZES):
        for index in range(size):
            proof = inclusion(index, size, log.fetch)
            assert includes(log.leaves[index], index, size, proof, log.roots[size])


def test_each_size_is_proved_to_continue_each_before_it(log: Log) -> None:
    for size in range(1, SIZES):
        for old in range(1, size + 1):
            proof = consistency(old, size, log.fetch)
            assert continues(old, size, log.roots[old], log.roots[size], proof)


def test_any_two_checkpoints_of_a_thousand_are_consistent(log: Log) -> None:
    pick = random.Random(1)
    for _ in range(1_500):
        old, size = sorted(pick.sample(range(1, 1_001), 2))
        proof = consistency(old, size, log.fetch)
        assert continues(old, size, log.roots[old], log.roots[size], proof)
        assert not continues(old, size, log.roots[old - 1], log.roots[size], proof)


def spoiled(proof: list[bytes], pick: random.Random) -> list[list[bytes]]:
    """``proof`` with a bit turned over, without an end, with one hash more, and in another order."""
    if not proof:
        return [[EMPTY]]
    at = pick.randrange(len(proof))
    turned = bytes([proof[at][0] ^ 1]) + proof[at][1:]
    found = [[*proof[:at], turned, *proof[at + 1 :]], proof[:-1], proof[1:], [*proof, EMPTY]]
    if len(set(proof)) > 1:
        found.append(proof[::-1])
    return found


def test_a_spoiled_proof_proves_nothing(log: Log) -> None:
    pick = random.Random(2)
    for size in range(2, SIZES):
        index, old = pick.randrange(size), pick.randrange(1, size)
        path = inclusion(index, size, log.fetch)
        for bad in spoiled(path, pick):
            assert not includes(log.leaves[index], index, size, bad, log.roots[size])
        growth = consistency(old, size, log.fetch)
        for bad in spoiled(growth, pick):
            assert not continues(old, size, log.roots[old], log.roots[size], bad)
        other = (index + 1) % size
        assert not includes(log.leaves[other], index, size, path, log.roots[size])
        assert not includes(log.leaves[index], other, size, path, log.roots[size])
        assert not includes(log.leaves[index], index, size, path, log.roots[size - 1])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(index: int, size: int, log: Log) -> None:
    with pytest.raises(ValueError, match="there is no entry"):
        inclusion(index, size, log.fetch)
    assert not includes(log.leaves[0], index, size, [], log.roots[size])


@pytest.mark.parametrize(("old", "size"), [(0, 3), (4, 3), (-1, 3)])
def test_nothing_continues_what_is_larger_or_nothing(old: int, size: int, log: Log) -> None:
    with pytest.raises(ValueError, match="cannot continue"):
        consistency(old, size, log.fetch)
    assert not continues(old, size, log.roots[old], log.roots[size], [])


def test_a_proof_needs_few_rows(log: Log) -> None:
    asked: list[int] = []

    def fetch(numbers: Iterable[int]) -> Mapping[int, Kept]:
        asked.append(len(list(numbers)))
        return log.fetch(numbers)

    for index in range(0, 1_000, 7):
        inclusion(index, 1_000, fetch)
    assert max(asked) < 60
