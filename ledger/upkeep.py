"""What the database writes by itself: tallies, the words of a search, appointments, how often drafts were changed. And how these are put right.

Triggers on the tables they are made of, so that they hold however a row came in; put up after each
``migrate`` together with the guard (``ledger.log.guard``), and for the same reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ledger.models import Appointment, Redrafted, Tally, Words
from ledger.triggers import Trigger

TABLES = {model._meta.db_table for model in (Appointment, Redrafted, Tally, Words)}  # noqa: SLF001  (Django's own public _meta)
"""The tables that are written here."""

# {added} is what was written: the rows of one statement (a COPY of a million is one), on SQLite one row, in a recount
# the whole table. Rows are taken in order, that of all first, so that no two wait for each other.
ADD_UP = """
    INSERT INTO ledger_tally (scope, subject, logged, withdrawn) {counted} ORDER BY 1, 2
    ON CONFLICT (scope, subject) DO UPDATE SET
        logged = ledger_tally.logged + EXCLUDED.logged, withdrawn = ledger_tally.withdrawn + EXCLUDED.withdrawn
"""
OF_STATEMENT = """
    JOIN predictions_statement s ON s.id = p.statement_id
    CROSS JOIN (SELECT 'all' AS scope UNION ALL SELECT 'source' UNION ALL SELECT 'speaker') AS k
"""
SUBJECT = "CASE k.scope WHEN 'all' THEN 0 WHEN 'source' THEN s.source_id ELSE s.speaker_id END"
LOGGED = f"SELECT k.scope, {SUBJECT}, COUNT(*), 0 FROM {{added}} p {OF_STATEMENT} WHERE true GROUP BY 1, 2"  # noqa: S608  (no words of others')
ABOUT = "SELECT 'topic', topic_id, COUNT(*), 0 FROM {added} a WHERE true GROUP BY 1, 2"
DATED = "SELECT 'day', {day}, COUNT(*), 0 FROM {added} d WHERE d.ordinal = 1 GROUP BY 1, 2"
TAKEN_BACK = f"""
    SELECT scope, subject, 0, COUNT(*) FROM (
        SELECT k.scope, {SUBJECT} AS subject
        FROM {{added}} e JOIN predictions_prediction p ON p.id = e.prediction_id {OF_STATEMENT} WHERE e.kind = 'withdrawn'
        UNION ALL
        SELECT 'topic', t.topic_id
        FROM {{added}} e JOIN predictions_prediction_topics t ON t.prediction_id = e.prediction_id WHERE e.kind = 'withdrawn'
        UNION ALL
        SELECT 'day', {{day}}
        FROM {{added}} e JOIN predictions_deadline d ON d.prediction_id = e.prediction_id AND d.ordinal = 1
        WHERE e.kind = 'withdrawn'
    ) AS each_one WHERE true GROUP BY 1, 2
"""  # noqa: S608
COUNTED = {
    "predictions_prediction": LOGGED,
    "predictions_prediction_topics": ABOUT,
    "predictions_deadline": DATED,
    "ledger_event": TAKEN_BACK,
}
"""What the rows added to a table add to the tallies."""
DAY = {
    "postgresql": "CAST(to_char(d.last_day, 'YYYYMMDD') AS bigint)",
    "sqlite": "CAST(strftime('%Y%m%d', d.last_day) AS integer)",
}

TEXT = "p.claim || ' ' || s.quote || ' ' || v.name || ' ' || o.title"
SAID = """
    JOIN predictions_statement s ON s.id = p.statement_id
    JOIN predictions_speaker v ON v.id = s.speaker_id JOIN predictions_source o ON o.id = s.source_id
"""
WORDED = f"""
    INSERT INTO ledger_words (prediction_id, said_on, text) SELECT p.id, s.said_on, {TEXT} FROM {{added}} p {SAID} WHERE true
    ON CONFLICT (prediction_id) DO UPDATE SET said_on = EXCLUDED.said_on, text = EXCLUDED.text
    WHERE ledger_words.text <> EXCLUDED.text OR ledger_words.said_on <> EXCLUDED.said_on
"""  # noqa: S608
OF_NAMED = """
    (SELECT p.* FROM predictions_prediction p JOIN predictions_statement n ON n.id = p.statement_id WHERE n.{named} = NEW.id)
"""
RENAMED = (("predictions_speaker", "name", "speaker_id"), ("predictions_source", "title", "source_id"))
"""What words are gathered anew for: a table, the column that was changed, and by what statements name its rows."""

REDRAFTED = """
    INSERT INTO ledger_redrafted (id, times) VALUES (1, 1)
    ON CONFLICT (id) DO UPDATE SET times = ledger_redrafted.times + 1
"""
DRAFTS = (
    ("predictions_decision", "undone_at"),
    ("predictions_segment", "speaker_id"),
    ("predictions_transcript", "said_on, said_precision"),
)
"""What pages show of drafts and is changed in place: a table, and the columns."""

# A notice whose day had passed when the deadline was made would announce what was known already.
DUE = """
    INSERT INTO ledger_appointment (prediction_id, kind, number, day)
    SELECT d.prediction_id, 'fell_due', 0, d.last_day FROM {added} d
    WHERE d.ordinal = 1 AND NOT EXISTS (
        SELECT 1 FROM ledger_event e WHERE e.prediction_id = d.prediction_id AND e.kind = 'fell_due'
    ) ON CONFLICT DO NOTHING
"""
APPROACHING = """
    INSERT INTO ledger_appointment (prediction_id, kind, number, day)
    SELECT d.prediction_id, 'approaching', l.days, {before} FROM {added} d CROSS JOIN ledger_lead l
    WHERE d.ordinal = 1 AND {before} >= d.made_on ON CONFLICT DO NOTHING
"""
BEFORE = {"postgresql": "d.last_day - l.days", "sqlite": "date(d.last_day, '-' || l.days || ' days')"}


def triggers(vendor: str) -> Iterator[Trigger]:
    """All that are to be there, as the database of ``vendor`` spells them."""
    also = {"predictions_prediction": [WORDED], "predictions_deadline": [DUE, APPROACHING]}
    for table, counted in COUNTED.items():
        todo = [ADD_UP.format(counted=counted), *also.get(table, [])]
        added = "added" if vendor == "postgresql" else f"(SELECT * FROM {table} WHERE id = NEW.id)"  # noqa: S608
        words = {"added": added, "day": DAY[vendor], "before": BEFORE[vendor]}
        yield _trigger(vendor, table, "AFTER INSERT", [one.format(**words) for one in todo])
    for table, column, named in RENAMED:
        anew = WORDED.format(added=OF_NAMED.format(named=named))
        yield _trigger(vendor, table, f"AFTER UPDATE OF {column}", [anew])
    for table, columns in DRAFTS:
        yield _trigger(vendor, table, f"AFTER UPDATE OF {columns}", [REDRAFTED], once="FOR EACH STATEMENT")


def _trigger(vendor: str, table: str, when: str, todo: list[str], once: str = "") -> Trigger:
    """``once`` is for what PostgreSQL does once a statement; SQLite knows only rows."""
    body = f"BEGIN {'; '.join(todo)};"
    if vendor == "sqlite":
        return Trigger(table, when, f"{body} END")
    each = once or "FOR EACH ROW" if "UPDATE" in when else "REFERENCING NEW TABLE AS added FOR EACH STATEMENT"
    return Trigger(table, when, each, f"{body} RETURN NULL; END")


def recount(database: str = "default") -> int:
    """Put right whatever was written while a trigger was away, all or nothing; return how many rows that took.

    Everything is read, and nothing written where all agrees. Who logs meanwhile on PostgreSQL waits,
    and is counted once.
    """
    connection = connections[database]
    with transaction.atomic(using=database), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE ledger_tally, ledger_words IN SHARE ROW EXCLUSIVE MODE")
        mended = 0
        for statement, added in ((WORDED, "predictions_prediction"), (DUE, "predictions_deadline")):
            cursor.execute(statement.format(added=added))
            mended += max(cursor.rowcount, 0)
        kept = Tally.objects.using(database)
        counted = _counted(connection)
        there = {
            (scope, subject): (number, counts)
            for number, scope, subject, *counts in kept.values_list(
                "pk", "scope", "subject", "logged", "withdrawn"
            )
        }
        wrong = [whose for whose, (_, counts) in there.items() if counts != counted.get(whose)]
        kept.filter(pk__in=[there[whose][0] for whose in wrong]).delete()
        new = [whose for whose in sorted(counted) if whose in wrong or whose not in there]
        kept.bulk_create(
            [
                Tally(
                    scope=scope,
                    subject=subject,
                    logged=counted[scope, subject][0],
                    withdrawn=counted[scope, subject][1],
                )
                for scope, subject in new
            ],
            batch_size=1_000,
        )
        return mended + len(set(wrong) | set(new))


def _counted(connection: BaseDatabaseWrapper) -> dict[tuple[str, int], list[int]]:
    """The tallies as the rows themselves give them: logged and withdrawn, by scope and subject."""
    found: dict[tuple[str, int], list[int]] = {}
    with connection.cursor() as cursor:
        for table, counted in COUNTED.items():
            cursor.execute(counted.format(added=table, day=DAY[connection.vendor]))
            for scope, subject, logged, withdrawn in cursor.fetchall():
                sums = found.setdefault((scope, subject), [0, 0])
                sums[0] += logged
                sums[1] += withdrawn
    return found
