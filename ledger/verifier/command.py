"""The command: ``python3 verify.py DIR [--witness FILE] [--key VKEY] [--scores]``."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ledger.merkle.notes import BadNote, Key
from ledger.verifier.agreeing import agreement
from ledger.verifier.figures import wrong_figures
from ledger.verifier.files import wrong_files
from ledger.verifier.log import (
    Signed,
    hashes_of,
    in_base64,
    read_checkpoints,
    wrong_entries,
    wrong_roots,
    wrong_signatures,
)
from ledger.verifier.reading import Missing, Progress, first_few, lines
from ledger.verifier.tables import canonical
from ledger.verifier.witness import kept_checkpoints

UNCHECKED = "SIGNATURES WERE NOT CHECKED: the Python package “cryptography” is not installed here (pip install cryptography)."

KEY_UNCHECKED = "no signature could be checked with the key that was given: the Python package “cryptography” is not installed here. Install it (pip install cryptography), or leave out --key to check all but the signatures"

SCORES_UNCHECKED = "--scores was asked for, and Hindsight is not installed here: run this in its folder, with its Python (.venv/bin/python)"

WITHOUT_CRYPTOGRAPHY = "the signatures (pip install cryptography)"
WITHOUT_SCORES = "the intervals, bands and ranks of the figures (--scores, where Hindsight is installed)"


@dataclass(frozen=True)
class Found:
    """What does not hold, in plain words; what was asked for and could not be checked; and what was not asked for."""

    faults: list[str] = field(default_factory=list)
    unable: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The exit status: 1 says that something was changed, 2 that it could not be told."""
        return 1 if self.faults else 2 if self.unable else 0

    def told(self) -> Iterator[str]:
        """A sentence for each thing that is not as it was to be, the outcome last."""
        yield from (f"NOT SO: {fault}." for fault in self.faults)
        yield from (f"COULD NOT BE CHECKED: {what}." for what in self.unable)
        yield str(self)

    def __str__(self) -> str:
        if self.faults:
            return "It does not hold."
        if self.unable:
            return "All that was checked holds. Not all that was asked for could be checked."
        if self.unchecked:
            return f"All that was checked holds. Not checked: {'; '.join(self.unchecked)}."
        return "All of it holds."


def verify(
    folder: Path, *, witness: Path | None, key: Key | None, say: Progress, scores: bool = False
) -> Found:
    """Check the export in ``folder``. ``say`` is told what holds, a sentence at a time."""
    found = Found(unchecked=[] if scores else [WITHOUT_SCORES])
    try:
        found.faults.extend(_faults(folder, witness, key, say, found, scores=scores))
    except (Missing, BadNote) as error:
        found.faults[:] = [str(error)]
    return found


def _faults(
    folder: Path, witness: Path | None, key: Key | None, say: Progress, found: Found, *, scores: bool
) -> Iterator[str]:
    hashes = hashes_of(folder)
    checkpoints, faults = read_checkpoints(folder)
    try:
        kept = kept_checkpoints(witness) if witness else []
    except BadNote as error:
        kept = []
        found.unable.append(str(error))
    faults += wrong_entries(folder, hashes)
    faults += wrong_roots(folder, checkpoints, hashes)
    head = next((one.head for one in checkpoints if one.where == "checkpoint"), None)
    if not faults and head and head.size != len(hashes):
        faults.append(f"the log has {len(hashes):,} entries and its checkpoint signs for {head.size:,}")
    yield from faults
    if head and not faults:
        say(f"The log of {head.origin}: {head.size:,} entries, root {in_base64(head.root)}.")
        say(f"{len(checkpoints) - 1:,} earlier checkpoints: each is of a beginning of this log.")
    yield from _unsigned(folder, [*checkpoints, *kept], key, say, found)
    yield from _unkept(folder, kept, hashes, say)
    tables = agreement(folder)
    yield from tables.faults
    if not tables.faults:
        say(f"The tables: {tables.rows:,} rows, each as it was sealed.")
        yield from _miscounted(folder, say, found, scores=scores)
    spoilt = list(wrong_files(folder, beside=witness))
    yield from first_few(spoilt)
    if not spoilt:
        say("The files: each as it was listed when the export was written.")


def _unsigned(
    folder: Path, checkpoints: Sequence[Signed], key: Key | None, say: Progress, found: Found
) -> Iterator[str]:
    given = key or Key.read(_own_key(folder))
    try:
        faults = list(first_few(wrong_signatures(checkpoints, given)))
    except ImportError:
        if key:
            found.unable.append(KEY_UNCHECKED)
        else:
            say(UNCHECKED)
            found.unchecked.insert(0, WITHOUT_CRYPTOGRAPHY)
        return
    yield from faults
    if not faults:
        say(f"The signatures: all made with {given}.")
    if key is None:
        say(
            "  This key came with the export. Compare it with one from elsewhere: a mail, the methodology page."
        )


def _own_key(folder: Path) -> str:
    try:
        return (folder / "key").read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise Missing(f"key cannot be read: {error.strerror}") from error


def _unkept(folder: Path, kept: Sequence[Signed], hashes: Sequence[bytes], say: Progress) -> Iterator[str]:
    faults = list(wrong_roots(folder, sorted(kept, key=lambda one: one.head.size), hashes))
    yield from faults
    if kept and not faults:
        size = max(one.head.size for one in kept)
        say(f"Your checkpoint: this log begins with the {size:,} entries that it signs for.")


def _miscounted(folder: Path, say: Progress, found: Found, *, scores: bool) -> Iterator[str]:
    """Figures that the tables, found to be as sealed, do not give."""
    faults = list(wrong_figures(folder))
    anew = scores
    if scores:
        try:
            faults += wrong_scores(folder)
        except ImportError:
            anew = False
            found.unable.append(SCORES_UNCHECKED)
    yield from faults
    if not faults:
        say(
            "The figures: every count, cohort, bound, delivery share and Brier score, counted anew from the tables."
        )
        say(
            "  Intervals, bands and ranks were computed anew too."
            if anew
            else "  Intervals, bands and ranks were not computed anew: that takes --scores, and Hindsight installed."
        )


def wrong_scores(folder: Path) -> Iterator[str]:
    """What is published otherwise than Hindsight itself computes it from these tables, to the byte.

    Raises ``ImportError`` where Hindsight is not installed.
    """
    sys.path.append(str(Path.cwd()))  # a script of its own sees only the folder that it lies in
    from ledger.verifier.retold import retold  # noqa: PLC0415  (most who check have no Hindsight)

    own = map(canonical, retold(folder))
    for number, line in enumerate(lines(folder / "figures.jsonl"), start=1):
        if line != next(own, b""):
            yield f"figures.jsonl, line {number}: computed anew, its intervals, bands or ranks come out otherwise"
    if next(own, None) is not None:
        yield "figures.jsonl ends before all figures that there are"


def main(arguments: Sequence[str] | None = None) -> int:
    """Check an export and tell the outcome; return 0 only when all holds that was asked for.

    1 says that something does not hold, 2 that nothing was found wrong and not all could be checked.
    """
    parser = argparse.ArgumentParser(description="Check an export of a Hindsight ledger.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="what export_ledger wrote")
    parser.add_argument(
        "--witness", type=Path, metavar="FILE", help="a checkpoint you kept, or a saved mail that has one"
    )
    parser.add_argument("--key", metavar="VKEY", help="the ledger's key, from somewhere else than the export")
    parser.add_argument("--scores", action="store_true", help="compute intervals, bands and ranks anew")
    options = parser.parse_args(arguments)
    try:
        key = Key.read(options.key) if options.key else None
    except BadNote as error:
        parser.error(str(error))
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    found = verify(options.folder, witness=options.witness, key=key, say=_print, scores=options.scores)
    for sentence in found.told():
        _print(sentence)
    return found.status


def program() -> int:
    """``main`` as a program of its own, which ends quietly with the ``head`` that it is piped into."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    return main()


def _print(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
