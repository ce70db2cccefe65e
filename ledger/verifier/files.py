"""The files of an export against the list of their hashes, in the format of ``sha256sum``."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path

from ledger.verifier.reading import Missing, lines

LIST = "SHA256SUMS"


def listed(folder: Path) -> bytes:
    """The list of all files in ``folder``."""
    paths = sorted(
        str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and path.name != LIST
    )
    return "".join(f"{_sha256(folder / path)}  {path}\n" for path in paths).encode()


def wrong_files(folder: Path, beside: Path | None = None) -> Iterator[str]:
    """Files that are not as they were exported, that are missing, or that were added. Raises ``Missing``.

    ``beside`` is a file of whoever checks, and may lie in the folder.

    The list is not sealed: it finds what was lost or spoilt, and no one who lists anew what they changed.
    """
    expected = dict(_entries(folder))
    for path, digest in expected.items():
        try:
            if _sha256(folder / path) != digest:
                yield f"{path} is not the file that was exported: its bytes were changed"
        except OSError:
            yield f"{path} was exported, and is missing"
    for one in sorted(folder.rglob("*")):
        path = one.relative_to(folder).as_posix()
        listed_or_own = path in expected or path == LIST or (beside and one.resolve() == beside.resolve())
        if not listed_or_own and (one.is_symlink() or not one.is_dir()):
            yield f"{path} was not exported, and is there"


def _entries(folder: Path) -> Iterator[tuple[str, str]]:
    """Each path that is listed, with its hash. Raises ``Missing`` where the list cannot be read."""
    for number, line in enumerate(lines(folder / LIST), start=1):
        digest, _, path = line.decode(errors="replace").partition("  ")
        if not path or Path(path).is_absolute() or ".." in Path(path).parts:
            raise Missing(f"{LIST} cannot be read: line {number} names no file of an export")
        yield path, digest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
