"""Signed notes and checkpoints, against the example that Go's own note package is tested with."""

from __future__ import annotations

from base64 import b64decode, b64encode

import pytest

from ledger.merkle.notes import BadNote, Head, Key, Note, holds
from ledger.merkle.signing import Signer

VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SECRET = b64encode(b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]).decode()
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NOTE = f"{TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ROOT = b"\x07" * 32


@pytest.fixture
def signer() -> Signer:
    return Signer("ledger.example.org", b64encode(b"\x01" * 32).decode())


def test_go_s_example_is_read_checked_and_written_to_the_byte() -> None:
    key, note = Key.read(VKEY), Note.read(NOTE)
    assert (str(key), str(note), note.text) == (VKEY, NOTE, TEXT)
    signature = note.signed_with(key)
    assert signature is not None
    assert holds(signature, key, note.text)
    assert not holds(signature, key, note.text.replace("answer", "Answer"))


def test_go_s_example_is_signed_to_the_byte() -> None:
    signer = Signer("PeterNeumann", SECRET)
    assert (str(signer.key), str(signer.sign(TEXT))) == (VKEY, NOTE)


def test_a_checkpoint_says_origin_size_and_root(signer: Signer) -> None:
    note = signer.checkpoint(7, ROOT)
    assert note.text == "ledger.example.org\n7\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n"
    assert Head.read(Note.read(str(note)).text) == Head("ledger.example.org", 7, ROOT)


def test_another_s_signature_is_not_ours(signer: Signer) -> None:
    other = Signer("ledger.example.org", b64encode(b"\x02" * 32).decode())
    note = other.checkpoint(7, ROOT)
    assert note.signed_with(signer.key) is None
    assert not holds(note.signatures[0], signer.key, note.text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        VKEY.replace("c74f20a3", "c74f20a4"),
        VKEY.replace("Peter", "Petra"),
        VKEY[:-4],
        VKEY.replace("+ARpc", "+AhRpc"),
        "PeterNeumann+c74f20a3+Anything!",
    ],
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Key.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n\n",
        NOTE[:-1],
        NOTE.replace("— ", "- "),
        NOTE.replace("x08go", "x08g!"),
        f"{TEXT}\n— P AAAA\n",
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Note.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n7\n",
        "o\n07\nBwcH\n",
        "o\n-1\nBwcH\n",
        "o\n7\nBwcH\n",
        "o\n7\n!!\n",
        f"\n7\n{b64encode(ROOT).decode()}\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Head.read(text)


@pytest.mark.parametrize(
    ("origin", "secret"), [("a b", SECRET), ("a+b", SECRET), ("", SECRET), ("a", "AAAA"), ("a", "?")]
)
def test_what_cannot_sign_is_refused(origin: str, secret: str) -> None:
    with pytest.raises(BadNote):
        Signer(origin, secret)
