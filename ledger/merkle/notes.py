"""Signed notes and checkpoints as C2SP has them: c2sp.org/signed-note and c2sp.org/tlog-checkpoint."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

ED25519 = b"\x01"
"""The kind of key, which goes before a public key wherever one is written or hashed."""
SIGNED_BY = "— "
CHECKPOINT = re.compile(
    r"[^\s+<>]+\n(?:0|[1-9]\d{0,18})\n[A-Za-z0-9+/]{43}=\n\n(?:— [^\s+]+ [A-Za-z0-9+/]+=*\n)+"
)
"""A whole checkpoint without extension lines, as this log writes them, wherever it stands in a text."""


class BadNote(ValueError):
    """A text that is no signed note or no checkpoint, or a key that is none."""


@dataclass(frozen=True)
class Key:
    """Whom a signature is checked against: a name and an Ed25519 public key (32 bytes)."""

    name: str
    public: bytes

    @property
    def hint(self) -> bytes:
        """Four bytes by which a signature says which key made it."""
        return sha256(f"{self.name}\n".encode() + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.hint.hex()}+{b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def read(cls, text: str) -> Key:
        """The key written as ``name+hint+key``. Raises ``BadNote``, also if the hint is another key's."""
        name, _, rest = text.strip().partition("+")
        coded = rest.partition("+")[2]
        try:
            kind_and_key = b64decode(coded, validate=True)
        except ValueError as error:
            raise BadNote(f"“{text.strip()}” is no key. One looks like name+0123abcd+AAAA….") from error
        if not name or kind_and_key[:1] != ED25519 or len(kind_and_key) != 33:
            raise BadNote(f"“{text.strip()}” is no key: it is not of Ed25519, or names nobody.")
        key = cls(name, kind_and_key[1:])
        if str(key) != text.strip():
            raise BadNote(f"“{text.strip()}” was mistyped: its parts do not belong together.")
        return key


@dataclass(frozen=True)
class Signature:
    """A signature line of a note."""

    name: str
    hint: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{SIGNED_BY}{self.name} {b64encode(self.hint + self.signature).decode()}\n"

    @classmethod
    def read(cls, line: str) -> Signature:
        """Raises ``BadNote``."""
        name, _, coded = line.removeprefix(SIGNED_BY).partition(" ")
        try:
            data = b64decode(coded, validate=True)
        except ValueError as error:
            raise BadNote("a signature line is garbled") from error
        if not line.startswith(SIGNED_BY) or not name or len(data) < 5:
            raise BadNote("a signature line is garbled")
        return cls(name, data[:4], data[4:])


@dataclass(frozen=True)
class Note:
    """A text, ending in a newline, and who signed it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    @classmethod
    def read(cls, note: str) -> Note:
        """The note written as ``note``, to the byte. Raises ``BadNote``."""
        text, blank, lines = note.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise BadNote("it is no signed note: a text, an empty line, and signatures")
        read = cls(text + "\n", tuple(map(Signature.read, lines.removesuffix("\n").split("\n"))))
        if str(read) != note:
            raise BadNote("it is not written as a signed note is")
        return read

    def signed_with(self, key: Key) -> Signature | None:
        """The signature that says it was made with ``key``. Whether it was is for ``holds`` to say."""
        named = [one for one in self.signatures if (one.name, one.hint) == (key.name, key.hint)]
        return named[0] if named else None


@dataclass(frozen=True)
class Head:
    """What a checkpoint says: of the log ``origin``, the root over its first ``size`` entries."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The note's text."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> Head:
        """What the text of a note says. Lines after the third are somebody's extensions. Raises ``BadNote``."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
            raise BadNote("it is no checkpoint: an origin, a size and a root")
        try:
            root = b64decode(lines[2], validate=True)
        except ValueError as error:
            raise BadNote("its root is garbled") from error
        if len(root) != 32:
            raise BadNote("its root is garbled")
        head = cls(lines[0], int(lines[1]), root)
        if not text.startswith(head.text):
            raise BadNote("its root is garbled")
        return head


def holds(signature: Signature, key: Key, text: str) -> bool:
    """Whether ``signature`` was made over ``text`` with ``key``. Raises ``ImportError`` without ``cryptography``."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  (a reader may check all else without)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature.signature, text.encode())
    except InvalidSignature:
        return False
    return True
