"""Where an installation keeps what it makes: one folder, `var/` unless HINDSIGHT_VAR says otherwise."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HINDSIGHT_VAR") or ROOT / "var").resolve()

LONGEST_SOCKET_PATH = 100  # the kernel takes 104 bytes on macOS, 108 on Linux, the closing NUL included


def made(*, to_write: bool = False) -> Path:
    """Return the folder, made if need be, for its owner alone: it holds addresses, hashes of passwords, keys. Ends the program with one line if it cannot be, or not be written to."""
    try:
        VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
        why = "" if os.access(VAR, os.W_OK) or not to_write else "it belongs to somebody else"
    except OSError as error:
        why = os.strerror(error.errno or 0)
    if why:
        raise SystemExit(
            f"{VAR} cannot be written to: {why}. Mend that, or name another folder with HINDSIGHT_VAR."
        )
    return VAR


def broker_socket(var: Path) -> Path:
    """Return the socket of the embedded broker: in ``var``, or in the temporary folder if that is too deep."""
    path = var / "valkey.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    mark = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"hindsight-{os.getuid()}-{mark}.sock"
