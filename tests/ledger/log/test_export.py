"""The export: everything public, nothing private, the same bytes each time; and the same check on the live ledger."""

from __future__ import annotations

import ast
import csv
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ledger import export
from ledger.log import guard, sealing, standalone
from ledger.models import Evidence, Leaf, Resolution
from ledger.verifier.tables import COLUMNS, TABLES
from predictions.models import Deadline, Prediction, Speaker, Statement
from tests import factories
from tests.ledger.conftest import LOGIN
from tests.tampering import unguarded

AT = factories.noon(date(2026, 3, 1))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_ledger_gives_the_same_bytes(db: None, world: dict[str, Prediction], tmp_path: Path) -> None:
    export.write(tmp_path / "one", AT)
    export.write(tmp_path / "two", AT)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_every_table_is_there_in_both_formats(db: None, world: dict[str, Prediction], tmp_path: Path) -> None:
    export.write(tmp_path / "out", AT)
    for section, name in TABLES.items():
        lines = (tmp_path / "out" / "tables" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        with (tmp_path / "out" / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            cells = list(csv.DictReader(file))
        rows = [json.loads(line) for line in lines]
        assert [str(row["id"]) for row in rows] == [row["id"] for row in cells]
        assert list(cells[0] if cells else COLUMNS[section].split()) == COLUMNS[section].split()
    predictions = (tmp_path / "out" / "tables" / "predictions.jsonl").read_text().splitlines()
    assert len(predictions) == Prediction.objects.count()


def test_no_login_and_no_address_is_in_it(db: None, world: dict[str, Prediction], tmp_path: Path) -> None:
    factories.subscription("reader@example.org")
    export.write(tmp_path / "out", AT)
    for name, content in files(tmp_path / "out").items():
        assert not any(word in content for word in (LOGIN.encode(), b"editor@", b"reader@")), name


def test_an_earlier_export_is_replaced_and_anything_else_is_left_alone(db: None, tmp_path: Path) -> None:
    factories.prediction()
    export.write(tmp_path / "out", AT)
    (tmp_path / "out" / "stray").touch()
    factories.prediction()
    export.write(tmp_path / "out", AT)
    assert not (tmp_path / "out" / "stray").exists()
    assert len((tmp_path / "out" / "log.jsonl").read_bytes().splitlines()) == Leaf.objects.count()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").touch()
    with pytest.raises(CommandError, match="holds something else"):
        call_command("export_ledger", str(tmp_path / "letters"))
    assert [path.name for path in tmp_path.iterdir()] == ["out", "letters"] or len(
        list(tmp_path.iterdir())
    ) == 2


def test_an_empty_ledger_can_be_exported_and_holds(db: None, tmp_path: Path) -> None:
    call_command("export_ledger", str(tmp_path / "out"), verbosity=0)
    call_command("verify_ledger", str(tmp_path / "out"))


def test_cards_that_nothing_in_ink_names_stay_private(db: None, tmp_path: Path) -> None:
    factories.speaker("Never Quoted")
    who = factories.prediction().statement.speaker
    export.write(tmp_path / "out", AT)
    names = [
        json.loads(line)["name"] for line in (tmp_path / "out/tables/speakers.jsonl").read_text().splitlines()
    ]
    assert names == [who.name]


def test_a_card_gone_or_corrected_is_no_fault(db: None, tmp_path: Path) -> None:
    company = factories.speaker("The Company", kind="organisation")
    factories.prediction(said={"speaker": factories.speaker("Ada Quint", organisation=company)})
    sealing.seal(AT)
    Speaker.objects.filter(slug="ada-quint").update(name="Ada B. Quint")
    company.delete()
    call_command("verify_ledger")


def test_the_live_ledger_is_checked_in_the_same_way(
    db: None, world: dict[str, Prediction], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_ledger")
    said = capsys.readouterr().out
    assert "All that was checked holds. Not checked: the intervals, bands and ranks" in said
    call_command("verify_ledger", "--scores")
    assert capsys.readouterr().out.endswith("All of it holds.\n")


def test_what_is_changed_in_the_database_is_named(db: None, world: dict[str, Prediction]) -> None:
    sealing.seal(AT)
    late = world["late"]
    leaf = Leaf.objects.of("prediction", late.pk).get().index
    verdict = Resolution.objects.filter(prediction=late).latest("pk")
    with unguarded():
        Statement.objects.filter(pk=late.statement_id).update(quote="Nothing of the kind.")
        Deadline.objects.filter(prediction=late).update(latest=date(2099, 1, 1))
        Resolution.objects.filter(pk=verdict.pk).update(note="It came in time.")
        Evidence.objects.filter(prediction=world["early"]).delete()
    with pytest.raises(CommandError) as refused:
        call_command("verify_ledger")
    said = str(refused.value)
    assert f"NOT SO: prediction {late.pk}: the quote is not the one that was sealed as leaf {leaf}" in said
    assert f"prediction {late.pk}: the latest day is not the one that was sealed as leaf {leaf}" in said
    assert f"verdict {verdict.pk} (prediction {late.pk}): the note is not the one" in said
    assert f"(prediction {world['early'].pk}): sealed as leaf" in said
    assert said.endswith("It does not hold.")


def test_a_guard_that_is_down_is_told(db: None) -> None:
    guard.take_down(connection)
    with pytest.raises(CommandError, match="the guard of ledger_event is down"):
        call_command("verify_ledger")


def test_an_export_waits_for_no_writer_and_keeps_none_waiting(transactional_db: None, tmp_path: Path) -> None:
    """Somebody writes while it is being written: they are not kept waiting, and it is of one moment."""
    factories.prediction()
    sealing.seal(AT)
    with export.one_moment():
        before = Prediction.objects.count()

        def write() -> None:
            factories.prediction()
            connection.close()

        thread = Thread(target=write)
        thread.start()
        thread.join(15)
        assert not thread.is_alive()
        assert Prediction.objects.count() == before
    assert Prediction.objects.count() == before + 1


# -- the one file ---------------------------------------------------------------------------------------------


def test_no_name_is_used_twice_in_the_joined_file() -> None:
    names: list[str] = []
    for node in ast.parse(standalone.text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [target.id for target in targets if isinstance(target, ast.Name)]
    assert len(names) > 50
    assert sorted(names) == sorted(set(names))


def test_the_joined_file_imports_the_standard_library_alone() -> None:
    """But for signatures, which it can do without, and for ``--scores``, which asks Hindsight itself."""
    tree = ast.parse(standalone.text())
    assert imported(tree.body) <= sys.stdlib_module_names
    assert imported(ast.walk(tree)) - sys.stdlib_module_names == {"cryptography", "ledger"}


def imported(nodes: Iterable[ast.AST]) -> set[str]:
    names = [
        name
        for node in nodes
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [str(node.module)] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
        )
    ]
    return {name.partition(".")[0] for name in names}
