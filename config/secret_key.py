"""The installation's secret, made at the first start and kept in a file that only its owner reads."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from pathlib import Path


def kept_in(path: Path) -> str:
    """Return the key in the file ``path``; make one there first if there is none.

    Web, worker and beat may all start at once on a new machine. The key is written under a name of
    its own and then linked into place, so that whoever comes second reads the first one's key and
    nobody ever reads half of one.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as draft:  # mode 600
            draft.write(secrets.token_urlsafe(50))
            draft.flush()
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(draft.name)
    return path.read_text(encoding="ascii")
