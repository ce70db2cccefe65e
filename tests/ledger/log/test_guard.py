"""The database refuses to change what is in the ledger, whoever asks, and says what to do instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

from ledger.judging import corrections, withdrawal
from ledger.log import guard, sealing
from ledger.models import Event, Evidence, Leaf, Resolution, Unsealed
from ledger.triggers import standing
from predictions.models import Prediction, Speaker
from tests import factories
from tests.tampering import unguarded

DAY = date(2026, 3, 1)


@pytest.fixture
def ledger(db: None) -> Prediction:
    """A ledger with a row in every guarded table."""
    about = factories.prediction("in a month", odds=0.4, topics=["Cars"], inked_on=DAY)
    factories.verdict(about, "yes", on=DAY, happened_on=date(2025, 10, 20))
    factories.ballot(factories.prediction("in a month"), "no", on=DAY, by=factories.reviewer())
    corrections.answer(
        corrections.file(about, says="A wrong day.", at=factories.noon(DAY)),
        accepted=True,
        reason="So it was.",
        at=factories.noon(DAY),
    )
    sealing.seal(factories.noon(DAY))
    connection.check_constraints()  # PostgreSQL empties no table that has checks outstanding
    return about


@contextmanager
def as_others_connect() -> Iterator[None]:
    """Use the database as a program does that knows nothing of ours: on SQLite, without recursive triggers."""
    if connection.vendor == "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers = OFF")
        yield
        cursor.execute("PRAGMA recursive_triggers = ON")


def test_every_table_is_guarded_or_open_on_purpose() -> None:
    ours = {
        model
        for app in ("predictions", "ledger")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }
    assert set(guard.GUARDED) | set(guard.OPEN) == ours
    assert not set(guard.GUARDED) & set(guard.OPEN)


@pytest.mark.parametrize("model", guard.GUARDED, ids=lambda model: model.__name__)
def test_no_row_is_changed_or_taken_out(ledger: Prediction, model: type[models.Model]) -> None:
    table, rows = model._meta.db_table, model._default_manager
    before = list(rows.values())
    assert before
    column = connection.ops.quote_name(str(model._meta.pk.column))
    for statement, verb in (
        (f"UPDATE {table} SET {column} = {column}", "UPDATE"),
        (f"DELETE FROM {table}", "DELETE"),
    ):
        with (
            pytest.raises(IntegrityError, match=f"{table} takes no {verb}.*{guard.GUARDED[model][:20]}"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert list(rows.values()) == before


@pytest.mark.parametrize("model", guard.GUARDED, ids=lambda model: model.__name__)
def test_no_row_is_replaced_and_no_table_emptied(ledger: Prediction, model: type[models.Model]) -> None:
    table = model._meta.db_table
    statement = {
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": f"TRUNCATE {table} CASCADE",
    }[connection.vendor]
    with (
        as_others_connect(),
        pytest.raises(IntegrityError, match=r"takes no (REPLACE|TRUNCATE)|sealed already"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert model._default_manager.exists()


def test_what_is_sealed_is_whole(ledger: Prediction) -> None:
    with pytest.raises(IntegrityError, match="sealed already"), transaction.atomic():
        ledger.topics.add(factories.prediction(topics=["Boats"]).topics.get())
    with pytest.raises(IntegrityError, match="sealed already"), transaction.atomic():
        ledger.forecasts.create(by=factories.speaker(), words="perhaps", stated_on=DAY)


def test_django_s_own_flush_is_refused_too(ledger: Prediction, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(connection.ops), "execute_sql_flush", BaseDatabaseOperations.execute_sql_flush)
    with pytest.raises(CommandError) as refused, transaction.atomic():
        call_command("flush", interactive=False)
    assert "what is in the ledger stays" in str(refused.value.__cause__)


def test_new_rows_are_welcome(ledger: Prediction) -> None:
    before = Event.objects.count()
    withdrawal.withdraw(ledger, reason="Another’s words.", at=factories.noon(DAY))
    assert Event.objects.count() == before + 1


def test_the_guard_is_up_after_migrating_and_once_only(db: None) -> None:
    before = standing(connection)
    call_command("migrate", verbosity=0)
    assert standing(connection) == before
    assert guard.missing(connection) == []


def test_a_trigger_of_another_wording_is_replaced(db: None) -> None:
    name, table = sorted(standing(connection).items())[0]
    with connection.cursor() as cursor:
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER {name}{on}")
        refusing = next(one for one in guard.triggers(connection.vendor) if one.table == table)
        cursor.execute(f"CREATE TRIGGER hindsight_old {refusing.when} ON {table} {refusing.does}")
    assert len(guard.missing(connection)) == 1
    guard.put_up(connection)
    assert guard.missing(connection) == []
    assert "hindsight_old" not in standing(connection)


def test_what_was_written_while_it_was_down_is_sealed_all_the_same(ledger: Prediction) -> None:
    guard.take_down(connection)
    one = factories.prediction("in a month", inked_on=DAY)
    Speaker.objects.filter(pk=ledger.statement.speaker_id).update(name="Another Name")
    assert not Unsealed.objects.exists()
    guard.put_up(connection)
    sealing.seal(factories.noon(DAY))
    assert Leaf.objects.of("prediction", one.pk).count() == 1
    assert "Another Name" in Leaf.objects.of("speaker", ledger.statement.speaker_id).last().content  # type: ignore[union-attr]
    guard.put_up(connection)
    assert sealing.seal(factories.noon(DAY)) == 0


def test_tests_can_tamper_and_nobody_after_them(ledger: Prediction) -> None:
    with unguarded():
        Evidence.objects.update(quotation="never said")
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.update(note="never said")
