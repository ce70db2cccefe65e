"""The installation's secrets, made at the first start and kept in files that only their owner reads."""

from __future__ import annotations

import contextlib
import secrets
import tempfile
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path


def for_signing() -> str:
    """Return a new Ed25519 key, its 32 bytes in base64."""
    return b64encode(secrets.token_bytes(32)).decode()


def for_links() -> str:
    """Return a new key for what Django signs."""
    return secrets.token_urlsafe(50)


def kept_in(path: Path, new: Callable[[], str] = for_links) -> str:
    """Return the key in the file ``path``; make a ``new`` one there first if there is none.

    Web, worker and beat may all start at once on a new machine. The key is written under a name of
    its own and then linked into place, so that whoever comes second reads the first one's key and
    nobody ever reads half of one.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as draft:  # mode 600
            draft.write(new())
            draft.flush()
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(draft.name)
    return path.read_text(encoding="ascii")
