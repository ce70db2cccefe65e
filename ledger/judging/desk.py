"""What the resolution desk lays out: what waits, and what else a reviewer may look for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q

from ledger import queue
from ledger.models import Lease
from ledger.standing import with_standing
from ledger.wording import public_name
from predictions.models import Prediction, PredictionQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MINE, FREE = "mine", "free"
"""Whose entries: those that the reviewer took, or those that nobody did. A colleague's are asked for by their number."""


@dataclass(frozen=True)
class Seat:
    """Whoever sits at the desk, and when. ``blind`` leaves out what they may not judge."""

    reviewer: User
    at: datetime
    on: date
    blind: bool

    @property
    def waiting(self) -> PredictionQuerySet:
        """The queue, as far as it is theirs."""
        waits = queue.waiting(self.on).select_related("lease__holder__reviewer")
        return queue.open_to(self.reviewer, waits) if self.blind else waits

    @property
    def colleagues(self) -> list[User]:
        """The others who are at something now, by their handles."""
        held = Lease.objects.held(self.at).exclude(holder=self.reviewer)
        others = {lease.holder for lease in held.select_related("holder__reviewer")}
        return sorted(others, key=lambda other: (public_name(other, ""), other.pk))

    @property
    def not_theirs(self) -> int:
        """How many wait for others."""
        return queue.waiting(self.on).count() - self.waiting.count() if self.blind else 0


@dataclass(frozen=True)
class Choice:
    """What the queue is narrowed to; empty is everything."""

    words: str = ""
    speaker: int | None = None
    topic: int | None = None
    whose: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.speaker or self.topic or self.whose)

    def of(self, predictions: PredictionQuerySet, seat: Seat) -> PredictionQuerySet:
        """``predictions`` narrowed down."""
        if self.speaker is not None:
            predictions = predictions.filter(statement__speaker=self.speaker)
        if self.topic is not None:
            predictions = predictions.filter(topics=self.topic)
        if self.whose == MINE:
            predictions = predictions.filter(
                lease__in=Lease.objects.held(seat.at).filter(holder=seat.reviewer)
            )
        elif self.whose == FREE:
            predictions = predictions.exclude(lease__in=Lease.objects.held(seat.at))
        elif self.whose:
            predictions = predictions.filter(
                lease__in=Lease.objects.held(seat.at).filter(holder=int(self.whose))
            )
        if self.words:
            predictions = predictions.filter(
                Q(claim__icontains=self.words)
                | Q(statement__quote__icontains=self.words)
                | Q(statement__speaker__name__icontains=self.words)
            )
        return predictions


def elsewhere(seat: Seat, choice: Choice) -> PredictionQuerySet:
    """What is chosen and does not wait: still pending, without a date, or settled. Inked last, first."""
    others = Prediction.objects.exclude(pk__in=queue.waiting(seat.on).values("pk"))
    return choice.of(with_standing(others), seat).order_by(F("inked_on").desc(), "pk")


def after(prediction: Prediction, seat: Seat) -> Prediction | None:
    """The next in the queue after ``prediction`` that nobody else took; the first when there is none after."""
    held = Lease.objects.held(seat.at).exclude(holder=seat.reviewer)
    waits, deadline = seat.waiting.exclude(pk=prediction.pk).exclude(lease__in=held), prediction.deadline
    if deadline is None:
        return waits.first()
    beyond = Q(last_day__gt=deadline.last_day) | Q(last_day=deadline.last_day, pk__gt=prediction.pk)
    return waits.filter(beyond).first() or waits.first()
