"""Puts ``verify.py`` together: one file that needs nothing but Python, from the modules that check here too."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
MODULES = (
    "predictions/dates.py",
    "ledger/merkle/tree.py",
    "ledger/merkle/notes.py",
    "ledger/scoring/outcome.py",
    "ledger/scoring/groups.py",
    "ledger/scoring/showing.py",
    "ledger/scoring/lexicons.py",
    "ledger/verifier/tables.py",
    "ledger/verifier/commitment.py",
    "ledger/verifier/reading.py",
    "ledger/verifier/log.py",
    "ledger/verifier/witness.py",
    "ledger/verifier/agreeing.py",
    "ledger/verifier/entries.py",
    "ledger/verifier/counting.py",
    "ledger/verifier/figures.py",
    "ledger/verifier/files.py",
    "ledger/verifier/command.py",
)
"""In the order they are joined: none needs one that comes later."""

OURS = ("ledger", "predictions", "__future__")

OPENING = '''#!/usr/bin/env python3
"""Checks an export of a Hindsight ledger: that nothing in it was changed since it was sealed.

    python3 verify.py DIR [--witness FILE] [--key VKEY] [--scores]

It needs Python 3.11 or newer and nothing else; with the package "cryptography" it checks signatures
too, and without it cannot use --key. FILE is a checkpoint that you kept, or a mail with one in its footer, saved whole; VKEY is the
ledger's key, from somewhere else than the export. With --scores it also computes intervals, bands
and ranks anew, where Hindsight itself is installed. The exit status is 0 only when all that was
checked holds, 1 when something does not, and 2 when something that was asked for could not be checked; the last
line says what was not.
"""

from __future__ import annotations
'''
CLOSING = """

if __name__ == "__main__":
    sys.exit(program())
"""


def text() -> str:
    """The text of ``verify.py``, the same for the same version of the ledger."""
    return OPENING + "".join(map(_part, MODULES)) + CLOSING


def _part(name: str) -> str:
    """A module without its docstring and its imports from the project."""
    source = (ROOT / name).read_text(encoding="utf-8")
    drop: set[int] = set()
    for node in ast.parse(source).body:
        ours = isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] in OURS
        if ours or (node.lineno == 1 and isinstance(node, ast.Expr)):
            drop.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    kept = "\n".join(line for at, line in enumerate(source.splitlines(), start=1) if at not in drop)
    return f"\n\n# -- {name} {'-' * (95 - len(name))}\n\n{kept.strip()}\n"
