"""Writing ink: a statement, the prediction read out of it, its deadline, its odds. All of it or nothing.

Ink is never edited. What turns out wrong is withdrawn in the ledger and written anew; a
prediction without a date is dated later, once, from the event that starts its clock.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from predictions.horizons import read, why_not
from predictions.models import LONGEST_QUOTE, Deadline, Forecast, Prediction, Statement, Topic

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Row = TypeVar("Row", bound=models.Model)

EARLIEST_YEAR = 1000
"""Before it, calendars differ too much for day arithmetic to mean anything."""

ALREADY_INKED = (
    "This claim is in the ledger for these words already, as number {}. If it was said again on another day, "
    "log that day’s words; if that entry is wrong, withdraw it and log it anew from there."
)


@dataclass(frozen=True)
class Override:
    """A person's own dates for a prediction, against or in place of the engine's, and why."""

    earliest: date
    nominal: date
    deadline: date
    latest: date
    reason: str


@dataclass
class Draft:
    """All that becomes ink together. The rows are unsaved; ``statement`` may be one that is in the ledger already."""

    statement: Statement
    prediction: Prediction
    override: Override | None = None
    topics: Sequence[Topic] = ()
    forecasts: Sequence[Forecast] = field(default_factory=list)


@transaction.atomic
def write(draft: Draft, *, at: datetime, on: date, by: User | None = None) -> Prediction:
    """Put ``draft`` into the ledger and return its prediction.

    ``at`` is the moment and ``on`` the calendar day of it in the installation's time zone.
    Raises ``ValidationError`` with a message per field, keyed by the field of the row it
    belongs to; then nothing is saved.
    """
    statement, prediction = draft.statement, draft.prediction
    if objections := dict(_objections(draft, on)):
        raise ValidationError(objections)
    deadline = reading(statement, prediction.horizon_text, draft.override)
    draft.statement = prediction.statement = _keep(statement)
    prediction.says_again = _first_of_group(prediction.says_again)
    prediction.inked_at, prediction.inked_on, prediction.inked_by = at, on, by
    prediction.undated_because = "" if deadline else undated_because(statement, prediction.horizon_text)
    _insert(prediction)
    prediction.topics.set(draft.topics)
    if deadline:
        _append(prediction, deadline, at=at, on=on, by=by)
    for forecast in draft.forecasts:
        forecast.prediction = prediction
        _insert(forecast)
    return prediction


@transaction.atomic
def date_from_event(
    prediction: Prediction, deadline: Deadline, *, reason: str, at: datetime, on: date, by: User | None = None
) -> Deadline:
    """Give an undated prediction its first deadline, counted from an event that has now happened.

    ``reason`` names the event for readers; ``on`` is the day of ``at`` in the installation's time
    zone. Raises ``ValidationError`` if a deadline stands already.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say which event started the clock, so that readers can check it."})
    if Deadline.objects.filter(prediction=prediction).exists():
        raise ValidationError(
            "This prediction has a deadline already. The first one is binding and never moved."
        )
    deadline.reason = reason.strip()
    return _append(prediction, deadline, at=at, on=on, by=by)


@transaction.atomic
def read_anew(
    prediction: Prediction, deadline: Deadline, *, reason: str, at: datetime, on: date, by: User | None = None
) -> Deadline:
    """Put another reading beside the deadline that binds. It moves nothing; ``reason`` tells readers why it is there.

    Raises ``ValidationError`` if there is no deadline yet, or no reason, or if it is counted from a
    day after ``on``, the day of ``at`` in the installation's time zone.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why it is read anew, for everybody to read."})
    if deadline.counted_from > on:
        raise ValidationError({"counted_from": "Nothing is counted from a day that is still to come."})
    if not Deadline.objects.filter(prediction=prediction).exists():
        raise ValidationError("This prediction has no deadline yet; what it gets now is its first.")
    deadline.reason = reason.strip()
    return _append(prediction, deadline, at=at, on=on, by=by)


def reading(statement: Statement, horizon_text: str, override: Override | None = None) -> Deadline | None:
    """The unsaved deadline of ``horizon_text`` as said in ``statement``, by rule or as a person set it; None without a date."""
    if statement.said_on is None:
        return None
    horizon = read(horizon_text, statement.anchor) if horizon_text else None
    if override is None:
        return Deadline.from_horizon(horizon, statement.anchor) if horizon else None
    return Deadline(
        # Of words known to the month or the year: whenever it was, it was said by the deadline.
        counted_from=min(statement.anchor, override.deadline),
        earliest=override.earliest,
        nominal=override.nominal,
        last_day=override.deadline,
        latest=override.latest,
        kind=horizon.kind if horizon else "by",
        approximate=override.latest > override.deadline,
        rule="person",
        explanation="The dates were set by a person.",
        reading=Deadline.Reading.PERSON,
        reason=override.reason.strip(),
    )


def undated_because(statement: Statement, horizon_text: str) -> str:
    """Why the words gave no date, for a reader."""
    return why_not(horizon_text, statement.anchor)[:300] if horizon_text else "no date was stated"


def fingerprint(statement: Statement) -> str:
    """What makes two statements the same: speaker, source, day, and words up to spacing and letter form."""
    words = " ".join(unicodedata.normalize("NFC", statement.quote).split())
    parts = (
        statement.speaker_id,
        statement.source_id,
        statement.said_on.isoformat(),
        statement.said_precision,
        words,
    )
    return hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()


def _objections(draft: Draft, on: date) -> Iterable[tuple[str, str]]:
    """What a draft gets wrong that no single row can see, as pairs of a field and a message."""
    yield from _to_what_was_said(draft.statement, on)
    yield from _to_the_claim(draft.statement, draft.prediction)
    if draft.override:
        yield from _to_dates_by_hand(draft.statement, draft.override)
    if any((forecast.low is None) != (forecast.high is None) for forecast in draft.forecasts):
        yield "low", "Give both bounds of the probability; they may be the same."


def _to_what_was_said(statement: Statement, on: date) -> Iterable[tuple[str, str]]:
    if len(statement.quote) > LONGEST_QUOTE:
        yield "quote", f"At most {LONGEST_QUOTE:,} characters: the passage that holds the claim is enough."
    if not statement.quote.strip() and statement.attribution == Statement.Attribution.SAID:
        yield "quote", "Give the words as they were said, or say that the source only reports them."
    if statement.said_on is None:
        return
    if statement.said_on.year < EARLIEST_YEAR:
        yield "said_on", f"Give a year from {EARLIEST_YEAR} on."
    elif statement.said_within.first > on:
        yield "said_on", f"It cannot have been said after today, {on:%Y-%m-%d}. Check the year."


def _to_the_claim(statement: Statement, prediction: Prediction) -> Iterable[tuple[str, str]]:
    earlier = prediction.says_again
    if earlier and earlier.statement.speaker_id != statement.speaker_id:
        yield (
            "says_again",
            "Only the same speaker can say it again. For somebody else's view, add a forecast.",
        )
    if wrong := prediction.replaces:
        yield from _to_putting_right(statement, wrong)
    if known := _same(statement, prediction):
        yield "claim", ALREADY_INKED.format(known.pk)


def _to_putting_right(statement: Statement, wrong: Prediction) -> Iterable[tuple[str, str]]:
    if statement.speaker_id and wrong.statement.speaker_id != statement.speaker_id:
        yield (
            "speaker",
            f"Number {wrong.pk} is {wrong.statement.speaker}’s. Log what somebody else said as an entry of its own.",
        )
    if newer := Prediction.objects.filter(replaces=wrong).first():
        yield "replaces", f"Number {wrong.pk} was put right already, as number {newer.pk}."


def _to_dates_by_hand(statement: Statement, dates: Override) -> Iterable[tuple[str, str]]:
    if not dates.reason.strip():
        yield "reason", "Say why you set the dates yourself, for everybody to read."
    if statement.said_on and dates.deadline < statement.said_within.first:
        yield "deadline", "The deadline lies before the day it was said."


def _same(statement: Statement, prediction: Prediction) -> Prediction | None:
    """Another entry that makes the same claim of the same statement, but for those that ``prediction`` puts right."""
    if statement.said_on is None or not statement.speaker_id or not statement.source_id:
        return None
    same = Prediction.objects.filter(statement__fingerprint=fingerprint(statement), claim=prediction.claim)
    return same.exclude(pk__in=[wrong.pk for wrong in _put_right_by(prediction)]).first()


def _put_right_by(prediction: Prediction) -> Iterable[Prediction]:
    """The entry that ``prediction`` replaces, the one that it replaced in its turn, and so on."""
    while wrong := prediction.replaces:
        yield wrong
        prediction = wrong


def _keep(statement: Statement) -> Statement:
    """The statement as saved: the one already there if the same words are known."""
    if statement.pk:
        return statement
    statement.full_clean(exclude={"fingerprint"})
    statement.fingerprint = fingerprint(statement)
    # The database decides who was first; whoever was not gets the row of whoever was.
    Statement.objects.bulk_create([statement], ignore_conflicts=True)
    return Statement.objects.get(fingerprint=statement.fingerprint)


def _first_of_group(earlier: Prediction | None) -> Prediction | None:
    """Restatements all point to the first of their group, so that a group is one look-up."""
    return earlier and (earlier.says_again or earlier)


def _append(
    prediction: Prediction, deadline: Deadline, *, at: datetime, on: date, by: User | None
) -> Deadline:
    deadline.prediction = prediction
    deadline.ordinal = Deadline.objects.filter(prediction=prediction).count() + 1
    deadline.made_at, deadline.made_on, deadline.made_by = at, on, by
    return _insert(deadline)


def _insert(row: Row) -> Row:
    row.clean_fields()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        row.full_clean()  # the database refused it, as it alone can; this says in words what is wrong
        raise
    return row
