"""What the database itself refuses, notes for sealing and keeps up, whoever asks: triggers on the ledger's tables.

They are put up by ``migrate`` after each of its runs, not by single migrations: SQLite drops a
table's triggers whenever a migration has to make it anew, and makes none anew that another's trigger names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, Model, OuterRef

from ledger import upkeep
from ledger.log.leaves import CARDS, KINDS
from ledger.models import (
    Answer,
    Appointment,
    Ballot,
    Channel,
    Checkpoint,
    Correction,
    Delivery,
    Drawn,
    Event,
    Evidence,
    Heartbeat,
    Lead,
    Leaf,
    Lease,
    Mail,
    Picture,
    Preview,
    Reckoned,
    Reckoning,
    Redrafted,
    Resolution,
    Reviewer,
    Score,
    Sender,
    Snapshot,
    Stake,
    Subscriber,
    Subscription,
    Tally,
    Unsealed,
    Words,
)
from ledger.triggers import Trigger, creating, dropping, standing
from predictions.models import (
    Candidate,
    Deadline,
    Decision,
    Forecast,
    Original,
    Prediction,
    Search,
    Segment,
    Source,
    Speaker,
    Statement,
    Topic,
    Transcript,
)

ANEW = "Withdraw the entry and log it anew."
GUARDED: dict[type[Model], str] = {
    Statement: ANEW,
    Prediction: ANEW,
    Prediction.topics.through: ANEW,
    Forecast: ANEW,
    Deadline: "The first deadline binds; put another reading beside it.",
    Evidence: "Add what speaks against it.",
    Resolution: "Give a new verdict; the latest stands.",
    Ballot: "Take it back while it is sealed, and give another.",
    Reviewer: "A handle is chosen once: sealed ballots are bound to it.",
    Event: "Write a further event.",
    Correction: "File another.",
    Answer: "File the correction again.",
    Leaf: "What is sealed is sealed.",
    Checkpoint: "What is signed is signed.",
}
"""Every table that is only ever added to, and what to do instead of changing a row."""

WITH_THE_INK = (Forecast, Prediction.topics.through)
"""Tables whose rows are sealed in their prediction's leaf: once it is sealed, none is added."""

OPEN: dict[type[Model], str] = {
    Speaker: "the card index may be corrected; each wording is sealed",
    Source: "the card index may be corrected; each wording is sealed",
    Topic: "the card index may be corrected; each wording is sealed",
    Transcript: "a draft",
    Original: "a draft",
    Segment: "a draft",
    Search: "a job",
    Candidate: "a draft",
    Decision: "a draft: what was decided can be undone",
    Decision.into.through: "a draft",
    Subscriber: "private: whoever leaves is erased",
    Subscription: "private: it can be ended",
    Subscriber.silenced.through: "private: whoever leaves is erased",
    Delivery: "a job",
    Mail: "a job",
    Stake: "private: it can be ended",
    Lease: "a job",
    Snapshot: "a job",
    Sender: "private: forgotten after a day",
    Appointment: "a job",
    Channel: "a setting: its address may be given anew, and it can be taken down",
    Lead: "a setting",
    Heartbeat: "a sign of life",
    Reckoning: "computed",
    Reckoned: "computed",
    Score: "computed",
    Picture: "computed",
    Preview: "computed",
    Drawn: "computed",
    Unsealed: "a job",
    Tally: "computed",
    Redrafted: "computed",
    Words: "computed",
}
"""Every other table, and why it may change. A table of neither list is a fault that the tests find."""

REFUSES = "{table} takes no {what}: what is in the ledger stays as it was written. {instead}"
REFUSES_MORE = (
    "The prediction %s is sealed already, with all that belonged to it. Withdraw it and log it anew."
)
POSTGRES_FUNCTIONS = """
CREATE OR REPLACE FUNCTION hindsight_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', format(TG_ARGV[0], TG_OP) USING ERRCODE = 'restrict_violation'; END $$;
CREATE OR REPLACE FUNCTION hindsight_refuse_more() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM ledger_leaf WHERE kind = 'prediction' AND number = NEW.prediction_id) THEN
    RAISE EXCEPTION '%', format(TG_ARGV[0], NEW.prediction_id) USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION hindsight_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
  INSERT INTO ledger_unsealed (kind, number) VALUES (TG_ARGV[0], (touched ->> TG_ARGV[1])::bigint);
  RETURN NULL;
END $$;
"""


def triggers(vendor: str) -> Iterator[Trigger]:
    """All that are to be there, as the database of ``vendor`` spells them."""
    spell: type[_Sqlite | _Postgres] = _Sqlite if vendor == "sqlite" else _Postgres
    for model, instead in GUARDED.items():
        table = model._meta  # noqa: SLF001  (Django's own public _meta)
        yield from spell.refusing(table.db_table, str(table.pk.column), instead)
    for model in WITH_THE_INK:
        yield spell.refusing_more(model._meta.db_table)  # noqa: SLF001
    for kind, model, key, when in _noted():
        yield spell.noting(kind, model._meta.db_table, key, when)  # noqa: SLF001
    yield from upkeep.triggers(vendor)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Put up every trigger that is missing, and make good what was written while it was."""
    there = set(connection.introspection.table_names())
    if Unsealed._meta.db_table not in there:  # noqa: SLF001  (migrated only so far: there is no log yet)
        return
    wanted = {trigger.name: trigger for trigger in triggers(connection.vendor)}
    if not there >= upkeep.TABLES:
        wanted = {name: one for name, one in wanted.items() if one not in upkeep.triggers(connection.vendor)}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTIONS)
        found = standing(connection)
        for name in found.keys() - wanted.keys():
            _execute(cursor, dropping(connection, name, found[name]))
        for name in wanted.keys() - found.keys():
            if wanted[name].table in there:
                _execute(cursor, creating(connection, wanted[name]))
        if there >= upkeep.TABLES:
            upkeep.recount(connection.alias)
    note_what_lacks_a_leaf(connection.alias)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Take down every trigger: for ``migrate``, and for tests, which empty their tables."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name, table in standing(connection).items():
            _execute(cursor, dropping(connection, name, table))


def _execute(cursor: CursorWrapper, statements: Iterable[str]) -> None:
    for statement in statements:
        cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """The triggers that should be there and are not."""
    found = standing(connection)
    return [trigger for trigger in triggers(connection.vendor) if trigger.name not in found]


def note_what_lacks_a_leaf(database: str) -> None:
    """Put on the agenda what has no leaf and is not on it, and each sealed card, in case it was corrected meanwhile."""
    leaves, noted = Leaf.objects.using(database), Unsealed.objects.using(database)
    for kind, what in KINDS.items():
        if kind in CARDS:
            numbers = leaves.filter(kind=kind).values_list("number", flat=True).distinct()
        else:
            rows = what.rows().using(database).prefetch_related(None)
            this = {"kind": kind, "number": OuterRef("pk")}
            lacking = rows.filter(~Exists(leaves.filter(**this)), ~Exists(noted.filter(**this)))
            numbers = lacking.order_by("pk").values_list("pk", flat=True)
        noted.bulk_create((Unsealed(kind=kind, number=number) for number in numbers), batch_size=5_000)


def _noted() -> Iterator[tuple[str, type[Model], str, str]]:
    """Whose writing is noted: as which kind, of which table, which column numbers the row, and when."""
    for kind, what in KINDS.items():
        model = what.rows().model
        yield kind, model, "id", "AFTER INSERT"
        if model in OPEN:
            yield kind, model, "id", "AFTER UPDATE"
            yield kind, model, "id", "AFTER DELETE"
    yield "source", Transcript, "source_id", "AFTER INSERT"


class _Sqlite:
    @staticmethod
    def refusing(table: str, key: str, instead: str) -> Iterator[Trigger]:
        for what in ("UPDATE", "DELETE"):
            says = REFUSES.format(table=table, what=what, instead=instead)
            yield Trigger(table, f"BEFORE {what}", f"BEGIN SELECT RAISE(ABORT, '{says}'); END")
        # REPLACE deletes without a trigger's notice wherever a connection was opened without recursive_triggers.
        says = REFUSES.format(table=table, what="REPLACE", instead=instead)
        there = f'WHEN EXISTS (SELECT 1 FROM {table} WHERE "{key}" = NEW."{key}")'  # noqa: S608 (our own names)
        yield Trigger(table, "BEFORE INSERT", f"{there} BEGIN SELECT RAISE(ABORT, '{says}'); END")

    @staticmethod
    def refusing_more(table: str) -> Trigger:
        sealed = "SELECT 1 FROM ledger_leaf WHERE kind = 'prediction' AND number = NEW.prediction_id"
        says = REFUSES_MORE.replace(" %s", "")  # SQLite takes no message that is put together
        return Trigger(
            table, "BEFORE INSERT", f"WHEN EXISTS ({sealed}) BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )

    @staticmethod
    def noting(kind: str, table: str, key: str, when: str) -> Trigger:
        row = "OLD" if when.endswith("DELETE") else "NEW"
        note = f"INSERT INTO ledger_unsealed (kind, number) VALUES ('{kind}', {row}.{key})"  # noqa: S608 (our own names)
        return Trigger(table, when, f"BEGIN {note}; END")


class _Postgres:
    @staticmethod
    def refusing(table: str, key: str, instead: str) -> Iterator[Trigger]:
        says = REFUSES.format(table=table, what="%s", instead=instead)
        does = f"EXECUTE FUNCTION hindsight_refuse('{says}')"
        yield Trigger(table, "BEFORE UPDATE OR DELETE", f"FOR EACH ROW {does}")
        yield Trigger(table, "BEFORE TRUNCATE", f"FOR EACH STATEMENT {does}")

    @staticmethod
    def refusing_more(table: str) -> Trigger:
        return Trigger(
            table, "BEFORE INSERT", f"FOR EACH ROW EXECUTE FUNCTION hindsight_refuse_more('{REFUSES_MORE}')"
        )

    @staticmethod
    def noting(kind: str, table: str, key: str, when: str) -> Trigger:
        return Trigger(table, when, f"FOR EACH ROW EXECUTE FUNCTION hindsight_note('{kind}', '{key}')")
