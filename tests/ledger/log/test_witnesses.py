"""Whoever keeps a mail, a feed or a page of the ledger can show that its log was altered, whoever signs it anew."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from ledger import due, export
from ledger.log import sealing
from ledger.merkle.notes import Key
from ledger.models import Checkpoint, Leaf
from ledger.post import outbox
from ledger.verifier.command import verify
from tests import factories
from tests.factories import noon
from tests.ledger.post.mail import plain, rich
from tests.smtp_sink import SmtpSink
from tests.tampering import unguarded

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 2)


@pytest.fixture
def kept(client: Client, smtp_sink: SmtpSink, tmp_path: Path) -> dict[str, Path]:
    """What the public got on a day on which something fell due and was judged, each as it is saved to a file."""
    factories.subscription()
    about = factories.prediction("in one month", said_on=date(2026, 9, 1), inked_on=date(2026, 9, 1))
    due.flag_due(on=DAY, at=noon(DAY))
    factories.verdict(about, "no", on=DAY)
    sealing.seal(noon(DAY))
    outbox.send(at=lambda: noon(DAY))
    found = {f"mail{n}.eml": bytes(mail) for n, mail in enumerate(smtp_sink.messages)}
    for path in ("feeds/due.atom", "feeds/resolved.atom", "log/checkpoint", "log/"):
        found[path.strip("/").replace("/", "-")] = client.get(f"/{path}").content
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in found}


def faults(folder: Path, witness: Path) -> str:
    key = Key.read((folder / "key").read_text(encoding="utf-8"))
    return "\n".join(verify(folder, witness=witness, key=key, say=lambda _: None).faults)


def test_a_mail_says_with_which_key_its_checkpoint_is_checked(kept: dict[str, Path]) -> None:
    mail = message_from_bytes(kept["mail0.eml"].read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    for part in (plain(mail), unescape(rich(mail))):
        note, _, after = part.partition("The key that checks its signature:")
        key = Key.read(re.sub("<[^>]+>", " ", after).split()[0])
        assert str(key) == str(sealing.signer().key)
        assert "— " in note


def test_all_that_the_public_gets_is_a_witness(kept: dict[str, Path], tmp_path: Path) -> None:
    assert sum(name.endswith(".eml") for name in kept) >= 1
    size = Leaf.objects.count()
    factories.prediction()
    export.write(tmp_path / "honest", at=noon(DAY))
    for name, witness in kept.items():
        assert faults(tmp_path / "honest", witness) == "", name
    with unguarded():  # the operator takes the verdict out of the log, and goes on as if it had never been
        Leaf.objects.filter(index__gte=size - 1).delete()
        Checkpoint.objects.filter(size__gte=size).delete()
    for _ in range(2):
        factories.prediction()
    export.write(tmp_path / "forged", at=noon(DAY))
    for name, witness in kept.items():
        assert f"does not sign for the first {size} entries of this log" in faults(
            tmp_path / "forged", witness
        ), name
