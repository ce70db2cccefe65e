"""Binding oneself to words without showing them: a hash now, its salt and content later. Pure.

The hash is SHA-256 over the 32 bytes of the salt followed by the content as canonical JSON
(``tables.canonical``). Without the salt a verdict, of which there are few, could be guessed from its hash.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from ledger.verifier.tables import canonical

BYTES_OF_SALT = 32


def new_salt() -> str:
    """A salt that nobody can guess, in hexadecimal."""
    return secrets.token_hex(BYTES_OF_SALT)


def commit(salt: str, content: Mapping[str, Any]) -> str:
    """The hash that binds to ``content`` (as JSON has it), in hexadecimal. Raises ``ValueError`` if ``salt`` is no hexadecimal."""
    return sha256(bytes.fromhex(salt) + canonical(content)).hexdigest()
