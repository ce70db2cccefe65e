"""Signing checkpoints with the log's own key."""

from __future__ import annotations

from base64 import b64decode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.merkle.notes import BadNote, Head, Key, Note, Signature


class Signer:
    """Signs for the log called ``origin``. ``secret`` is the 32 bytes of its Ed25519 key, in base64.

    Raises ``BadNote`` for a secret or an origin that cannot be one.
    """

    def __init__(self, origin: str, secret: str) -> None:
        try:
            seed = b64decode(secret, validate=True)
            self._private = Ed25519PrivateKey.from_private_bytes(seed)
        except ValueError as error:
            raise BadNote("the log's key is not 32 bytes in base64") from error
        if not origin or "+" in origin or any(letter.isspace() for letter in origin):
            raise BadNote(f"“{origin}” cannot name a log: no spaces, no plus sign")
        self.key = Key(origin, self._private.public_key().public_bytes_raw())

    def sign(self, text: str) -> Note:
        """``text``, which ends in a newline, with a signature."""
        return Note(text, (Signature(self.key.name, self.key.hint, self._private.sign(text.encode())),))

    def checkpoint(self, size: int, root: bytes) -> Note:
        """The signed checkpoint of the log's first ``size`` entries."""
        return self.sign(Head(self.key.name, size, root).text)
