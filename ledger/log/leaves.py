"""What a leaf of the log holds: a row of the ledger with all that belongs to it, as canonical JSON.

A leaf has a section for each row in it, named after its table and written as ``ledger.log.rows`` writes
them, its ``kind``, the version ``v`` of this format, and ``by``: the public name of whoever wrote
it. Nothing else about people who keep the ledger is in it, and no address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, Model, Prefetch, QuerySet

from ledger.log.rows import row
from ledger.models import Ballot, Event, Evidence
from ledger.verifier.tables import Row, canonical
from predictions.models import Deadline, Prediction, Source, Speaker, Topic

if TYPE_CHECKING:
    from django.contrib.auth.models import User

VERSION = 1


@dataclass(frozen=True)
class Kind:
    """A kind of leaf: the rows that get one, with all fetched that goes into it, and what goes into it."""

    rows: Callable[[], QuerySet[Any]]
    content: Callable[[Any], Row]
    cards: Callable[[Any], Iterable[Model]] = lambda _: ()
    """The cards of the index that it names."""


def write(kind: str, of: Model) -> bytes:
    """The leaf of ``of``, a row from ``KINDS[kind].rows()``."""
    return canonical({"v": VERSION, "kind": kind, **KINDS[kind].content(of)})


def gone(kind: str, number: int) -> bytes:
    """The leaf that says that a card was taken out of the index."""
    return canonical({"v": VERSION, "kind": kind, "gone": number})


def inked_deadline(prediction: Prediction) -> Deadline | None:
    """The deadline that was written together with ``prediction``, and so stands in the same leaf."""
    deadline = prediction.deadline
    return deadline if deadline and deadline.made_at == prediction.inked_at else None


def _by(user: User | None, at: datetime) -> Row:
    """Whose it is, if they had a public name by then: one chosen later is in no leaf before."""
    reviewer = getattr(user, "reviewer", None)
    return {"by": reviewer.handle} if reviewer and reviewer.chosen_at <= at else {}


def _predictions() -> QuerySet[Prediction]:
    speakers = Speaker.objects.select_related("organisation")
    return Prediction.objects.select_related("statement", "inked_by__reviewer").prefetch_related(
        Prefetch("statement__speaker", speakers),
        Prefetch("forecasts__by", speakers),
        "statement__source__transcripts",
        "forecasts__source__transcripts",
        "deadlines",
        "topics",
    )


def _prediction(of: Prediction) -> Row:
    deadline = inked_deadline(of)
    return {
        "prediction": row(of),
        "statement": row(of.statement),
        "speaker": row(of.statement.speaker),
        "source": row(of.statement.source),
        "topic": _rows(of.topics.all()),
        "forecast": _rows(of.forecasts.all()),
        **({"deadline": row(deadline)} if deadline else {}),
        **_by(of.inked_by, of.inked_at),
    }


def _cards(of: Prediction) -> Iterator[Model]:
    yield of.statement.speaker
    yield of.statement.source
    yield from of.topics.all()
    for forecast in of.forecasts.all():
        yield forecast.by
        if forecast.source:
            yield forecast.source


def _rows(several: Iterable[Model]) -> list[Row]:
    return [row(one) for one in sorted(several, key=lambda one: one.pk)]


def _later_deadlines() -> QuerySet[Deadline]:
    with_the_ink = Deadline.objects.filter(ordinal=1, made_at=F("prediction__inked_at"))
    return Deadline.objects.exclude(pk__in=with_the_ink).select_related("made_by__reviewer")


def _event(of: Event) -> Row:
    verdict = of.resolution
    return {
        "event": row(of),
        **({"resolution": row(verdict)} if verdict else {}),
        **(_ballot(of.ballot, opened=of.kind == Event.Kind.BALLOT_OPENED) if of.ballot else {}),
        **({"correction": row(of.correction)} if of.correction else {}),
        **_by((verdict.made_by if verdict else None) or of.made_by, of.recorded_at),
    }


def _ballot(of: Ballot, *, opened: bool) -> Row:
    """What everybody may know of a blind verdict: its commitment, and once it is opened what it binds to."""
    return {"ballot": row(of), **({"opened": {"salt": of.salt, "content": of.content}} if opened else {})}


KINDS: dict[str, Kind] = {
    "speaker": Kind(lambda: Speaker.objects.select_related("organisation"), lambda of: {"speaker": row(of)}),
    "source": Kind(lambda: Source.objects.prefetch_related("transcripts"), lambda of: {"source": row(of)}),
    "topic": Kind(Topic.objects.all, lambda of: {"topic": row(of)}),
    "prediction": Kind(_predictions, _prediction, _cards),
    "deadline": Kind(_later_deadlines, lambda of: {"deadline": row(of), **_by(of.made_by, of.made_at)}),
    "evidence": Kind(
        lambda: Evidence.objects.select_related("added_by__reviewer"),
        lambda of: {"evidence": row(of), **_by(of.added_by, of.added_at)},
    ),
    "event": Kind(
        lambda: Event.objects.select_related(
            "resolution__made_by__reviewer", "made_by__reviewer", "ballot__made_by__reviewer", "correction"
        ),
        _event,
    ),
}
"""Every kind of leaf. A new one is a line here, and triggers of its table follow (``ledger.log.guard``)."""

CARDS: dict[str, type[Model]] = {"speaker": Speaker, "source": Source, "topic": Topic}
"""The card index: sealed when something in ink first names a card, and again whenever it is corrected."""
