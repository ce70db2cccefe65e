"""A small ledger that was exported: as it was written, a copy to spoil, and a mail that has its checkpoint."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from ledger import due, export
from ledger.judging import withdrawal
from ledger.log import sealing
from tests import factories

START = date(2026, 3, 1)


@pytest.fixture(scope="session")
def record(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An export of a small ledger that was sealed on several days."""
    folder = tmp_path_factory.mktemp("record") / "export"
    with django_db_blocker.unblock(), transaction.atomic():
        kept = {
            "yes": date(2025, 3, 1),
            "no": None,
            "abandoned": date(2025, 6, 1),
            "partly": date(2025, 5, 1),
        }
        for came, happened_on in kept.items():
            promise = factories.prediction(
                "in three months", odds=0.6, said_on=date(2025, 1, 1), inked_on=START
            )
            factories.verdict(promise, came, on=START, happened_on=happened_on, which_part="half")
        made = []
        for n in range(6):
            said = {"quote": f"It will be there, said she,\nand “{n}” in all."}
            made.append(
                factories.prediction(
                    "in a month", odds=0.3 if n < 4 else None, topics=["Cars"], said=said, inked_on=START
                )
            )
            sealing.seal(factories.noon(START + timedelta(days=n)))
        due.flag_due(on=START, at=factories.noon(START))
        factories.verdict(made[1], "yes", on=START, happened_on=date(2025, 10, 20))
        sealing.seal(factories.noon(START + timedelta(days=10)))
        factories.verdict(made[2], "no", on=START, note="It is not there.")
        withdrawal.withdraw(made[3], reason="Another’s words.", at=factories.noon(START))
        export.write(folder, at=factories.noon(START + timedelta(days=20)))
        transaction.set_rollback(True)
    return folder


@pytest.fixture
def copy(record: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(record, tmp_path / "export"))


@pytest.fixture
def mail(record: Path, tmp_path: Path) -> Path:
    """A mail as a mail program saves it, the checkpoint in its footer."""
    message = EmailMessage()
    message["Subject"] = "Fell due"
    note = (record / "checkpoint").read_text()
    message.set_content(
        f"Something fell due.\n\n-- \nThe ledger's checkpoint:\n\n{note}\nUnsubscribe: https://example.org/\n"
    )
    message.add_alternative(f"<p>Something fell due.</p><pre>{note}</pre>", subtype="html")
    path = tmp_path / "mail.eml"
    path.write_bytes(bytes(message).replace(b"\n", b"\r\n"))
    return path
