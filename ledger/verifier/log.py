"""The log of an export: its entries against their hashes, its root against what was signed for."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.merkle.notes import BadNote, Head, Key, Note, holds
from ledger.merkle.tree import EMPTY, Range, leaf_hash
from ledger.verifier.reading import Missing, entry_name, first_few, lines, parsed

NAMED = 20
"""So many entries are named, one of which was changed."""


@dataclass(frozen=True)
class Signed:
    """A checkpoint: where it was found, its note, and what it says."""

    where: str
    note: Note
    head: Head


def hashes_of(folder: Path) -> list[bytes]:
    """The leaf hash of each entry of the log, computed from its bytes."""
    return [leaf_hash(line) for line in lines(folder / "log.jsonl")]


def roots_at(sizes: Iterable[int], hashes: Sequence[bytes]) -> dict[int, bytes]:
    """The root over the first so many of ``hashes``, for those of ``sizes`` that there are as many of."""
    wanted, grown = set(sizes), Range()
    roots = {0: EMPTY} if 0 in wanted else {}
    for hashed in hashes:
        grown.append(hashed)
        if grown.size in wanted:
            roots[grown.size] = grown.root()
    return roots


def read_checkpoint(where: str, note: str) -> Signed:
    """Raises ``BadNote``, which says where."""
    try:
        read = Note.read(note)
        return Signed(where, read, Head.read(read.text))
    except BadNote as error:
        raise BadNote(f"{where} is no checkpoint: {error}") from error


def read_checkpoints(folder: Path) -> tuple[list[Signed], list[str]]:
    """The export's checkpoint and the earlier ones, the smallest first, and what is wrong with their files."""
    found, faults = [], []
    for path in [*(folder / "checkpoints").glob("*"), folder / "checkpoint"]:
        where = str(path.relative_to(folder))
        try:
            one = read_checkpoint(where, path.read_text(encoding="utf-8"))
        except OSError as error:
            raise Missing(f"{where} cannot be read: {error.strerror}") from error
        except (BadNote, UnicodeDecodeError) as error:
            faults.append(str(error) if isinstance(error, BadNote) else f"{where} is no checkpoint")
            continue
        found.append(one)
        if path.parent.name == "checkpoints" and path.name != str(one.head.size):
            faults.append(f"{where} holds the checkpoint of {one.head.size} entries, not of {path.name}")
    return sorted(found, key=lambda one: (one.head.size, one.where == "checkpoint")), faults


def wrong_entries(folder: Path, hashes: Sequence[bytes]) -> Iterator[str]:
    """Entries that are not those whose hashes the export lists: changed, dropped, put in, in another order."""
    sealed = [
        bytes.fromhex(line.decode()) if _is_hash(line) else b"" for line in lines(folder / "log.hashes")
    ]
    if sealed != list(hashes):
        yield from first_few(_differences(folder, sealed, list(hashes)))


def _is_hash(line: bytes) -> bool:
    return len(line) == 64 and not set(line) - set(b"0123456789abcdef")


def _differences(folder: Path, sealed: list[bytes], here: list[bytes]) -> Iterator[str]:
    gone, new = Counter(sealed) - Counter(here), Counter(here) - Counter(sealed)
    if not gone and not new:
        moved = [at for at, (was, now) in enumerate(zip(sealed, here, strict=True)) if was != now]
        names = entry_names(folder, moved)
        place = {hashed: at for at, hashed in enumerate(sealed)}
        for at in moved:
            yield f"leaf {at}: here stands {names[at]}, which was sealed as leaf {place[here[at]]}: the order was changed"
        return
    if len(sealed) == len(here):
        changed = [at for at, (was, now) in enumerate(zip(sealed, here, strict=True)) if was != now]
        names = entry_names(folder, changed)
        for at in changed:
            yield f"leaf {at} ({names[at]}) is not the entry that was sealed: a byte of it was changed"
        return
    known = entry_names(folder, [at for at, hashed in enumerate(here) if hashed in new])
    for at, name in known.items():
        yield f"leaf {at} ({name}) was put in, or changed"
    for at, hashed in enumerate(sealed):
        if hashed in gone:
            yield f"the entry that was sealed as leaf {at} was dropped from the log, or changed"


def entry_names(folder: Path, numbers: Iterable[int]) -> dict[int, str]:
    """What the leaves of these numbers are about."""
    wanted = set(numbers)
    return {
        at: entry_name(parsed(line))
        for at, line in enumerate(lines(folder / "log.jsonl") if wanted else ())
        if at in wanted
    }


def wrong_roots(folder: Path, checkpoints: Sequence[Signed], hashes: Sequence[bytes]) -> Iterator[str]:
    """Checkpoints (the smallest first) that do not sign for a beginning of this log, and where it parts from them."""
    roots, held = roots_at((one.head.size for one in checkpoints), hashes), 0
    for one in checkpoints:
        size = one.head.size
        if size > len(hashes):
            missing = size - len(hashes)
            yield (
                f"{one.where} signs for {size:,} entries and the log has {len(hashes):,}: "
                f"{_counted(missing)} at its end, from leaf {len(hashes)} on, {_was(missing)} taken out"
            )
        elif roots[size] == one.head.root:
            held = max(held, size)
        else:
            yield f"{one.where} does not sign for the first {size:,} entries of this log: {_between(folder, held, size)}"
            return  # every later one fails for the same reason


def _between(folder: Path, start: int, end: int) -> str:
    numbers = range(start, end)
    few = entry_names(folder, numbers[:NAMED])
    named = ", ".join(f"leaf {at} ({name})" for at, name in few.items())
    rest = f" and {len(numbers) - NAMED:,} more" if len(numbers) > NAMED else ""
    return f"changed, dropped, put in or moved was one of {named}{rest}"


def _counted(entries: int) -> str:
    return "one entry" if entries == 1 else f"{entries:,} entries"


def _was(entries: int) -> str:
    return "was" if entries == 1 else "were"


def wrong_signatures(checkpoints: Iterable[Signed], key: Key) -> Iterator[str]:
    """Checkpoints that ``key`` did not sign. A log that moved to another address signed under another name.

    Raises ``ImportError`` without ``cryptography``.
    """
    for one in checkpoints:
        under = Key(one.head.origin, key.public)
        signature = one.note.signed_with(under)
        if signature is None:
            yield f"{one.where} is not signed with the key {key}"
        elif not holds(signature, under, one.note.text):
            yield f"the signature on {one.where} is not that of {one.head.origin} over these words"


def in_base64(root: bytes) -> str:
    return b64encode(root).decode()
