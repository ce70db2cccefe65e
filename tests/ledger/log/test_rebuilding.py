"""The log alone gives back every table and every figure."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models

from ledger import export
from ledger.log import guard, loading
from ledger.log.leaves import KINDS
from ledger.models import Appointment, Checkpoint, Leaf, Tally, Unsealed, Words
from ledger.verifier.command import verify
from predictions.models import Prediction, Source, Speaker, Topic, Transcript
from tests import factories
from tests.tampering import unguarded

AT = factories.noon(date(2026, 3, 1))


def test_every_kind_of_leaf_can_be_made_a_row_again() -> None:
    assert loading.LOADERS.keys() == KINDS.keys()


def emptied() -> None:
    """Take the whole ledger out of the database."""
    with unguarded(), connection.cursor() as cursor:
        for model in (Leaf, Checkpoint, Unsealed, Appointment, Tally, Words):
            model.objects.all().delete()
        for table in reversed(list(guard.GUARDED)):
            if issubclass(table, models.Model):
                cursor.execute(f"DELETE FROM {table._meta.db_table}")
        for card in (Transcript, Source, Topic, Speaker):
            card.objects.all().delete()


def test_the_log_gives_back_tables_and_figures(
    db: None, world: dict[str, Prediction], tmp_path: Path
) -> None:
    company = factories.speaker("The Company", kind="organisation")
    Speaker.objects.filter(pk=world["late"].statement.speaker_id).update(
        organisation=company, note="Leads it."
    )
    factories.prediction("by 2026-12-31", topics=["Cars"], said={"speaker": company})
    export.write(tmp_path / "one", AT)
    emptied()
    assert loading.load(tmp_path / "one") > 20
    export.write(tmp_path / "two", AT)
    assert verify(tmp_path / "two", witness=None, key=None, say=lambda _: None, scores=True).faults == []
    for table in (tmp_path / "one" / "tables").iterdir():
        assert table.read_bytes() == (tmp_path / "two" / "tables" / table.name).read_bytes(), table.name
    figures = [(tmp_path / name / "figures.jsonl").read_bytes() for name in ("one", "two")]
    assert _without_size(figures[0]) == _without_size(figures[1])


def _without_size(figures: bytes) -> bytes:
    return re.sub(rb'"log_size":\d+', b"", figures)


def test_a_ledger_that_is_there_is_not_loaded_over(db: None, tmp_path: Path) -> None:
    factories.prediction()
    export.write(tmp_path / "out", AT)
    with pytest.raises(CommandError, match="There is a ledger in this database"):
        call_command("load_ledger", str(tmp_path / "out"))


def test_an_export_that_does_not_hold_is_not_loaded(db: None, tmp_path: Path) -> None:
    export.write(tmp_path / "out", AT)
    (tmp_path / "out" / "log.jsonl").write_bytes(b"{}\n")
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_ledger", str(tmp_path / "out"))
