"""What makes two verdicts the same: the answer, and on which side of the deadline it lies. The days themselves may differ.

Told twice: of a ballot at hand, and in the database's words where all ballots are asked. A test holds
the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db import connection

from ledger.models import Ballot, Event
from ledger.scoring.outcome import TIMED, Outcome
from ledger.standing import derived
from predictions.models import Prediction

DAYS = {
    "sqlite": (
        "date(b.happened_on, 'start of ' || b.happened_precision)",
        "date(b.happened_on, 'start of ' || b.happened_precision, '+1 ' || b.happened_precision, '-1 day')",
    ),
    "postgresql": (
        "date_trunc(b.happened_precision, b.happened_on)",
        "date_trunc(b.happened_precision, b.happened_on) + ('1 ' || b.happened_precision)::interval - interval '1 day'",
    ),
}
"""The first and the last of the days among which it came true: what ``Judgement.when`` says."""

OPENED = f"""
    SELECT b.prediction_id, b.round, b.ordinal, b.happened || CASE
        WHEN b.happened NOT IN ({", ".join(f"'{answer}'" for answer in TIMED)}) THEN ''
        WHEN {{first}} > d.last_day THEN ' beyond'
        WHEN {{last}} > d.last_day THEN ' either'
        ELSE '' END AS verdict
    FROM ledger_ballot b
    JOIN ledger_event e ON e.ballot_id = b.id AND e.kind = '{Event.Kind.BALLOT_OPENED}'
    LEFT JOIN predictions_deadline d ON d.prediction_id = b.prediction_id AND d.ordinal = 1
"""  # noqa: S608  (no words of others')
DIFFERED = f"""
    WITH given AS ({OPENED} WHERE b.made_by_id IN ({{people}}) AND b.made_at < %s
                            AND NOT (b.prediction_id = %s AND b.round = %s))
    SELECT EXISTS (
        SELECT 1 FROM given one JOIN given other ON other.prediction_id = one.prediction_id
            AND other.round = one.round AND other.verdict <> one.verdict
    )
"""  # noqa: S608
FIRST_TWO = f"""
    WITH given AS ({OPENED}), placed AS (
        SELECT verdict, LEAD(verdict) OVER (PARTITION BY prediction_id, round ORDER BY ordinal) AS next,
               ROW_NUMBER() OVER (PARTITION BY prediction_id, round ORDER BY ordinal) AS place
        FROM given
    )
    SELECT verdict, next, COUNT(*) FROM placed WHERE place = 1 AND next IS NOT NULL GROUP BY verdict, next
"""  # noqa: S608


def verdict_of(ballot: Ballot, prediction: Prediction) -> tuple[str, Outcome]:
    """What must be equal for two ballots to be the same."""
    side = derived(ballot, prediction.deadline)
    return ballot.happened, Outcome.ON_TIME if side is Outcome.EARLY else side


def have_differed(ballots: Sequence[Ballot]) -> bool:
    """Whether two who gave ``ballots`` differed in a round that was opened before: that they agree now says more."""
    if not ballots:
        return False
    people = [ballot.made_by_id for ballot in ballots]
    before = connection.ops.adapt_datetimefield_value(min(ballot.made_at for ballot in ballots))
    sql = _worded(DIFFERED, people=", ".join(["%s"] * len(people)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*people, before, ballots[0].prediction_id, ballots[0].round])
        return bool(cursor.fetchone()[0])


def first_two() -> Counter[tuple[str, str]]:
    """How often the first two opened verdicts of a round were these, each told by a word that equal ones share."""
    with connection.cursor() as cursor:
        cursor.execute(_worded(FIRST_TWO))
        return Counter({(one, other): times for one, other, times in cursor.fetchall()})


def _worded(sql: str, **parts: str) -> str:
    first, last = DAYS[connection.vendor]
    return sql.format(first=first, last=last, **parts)
