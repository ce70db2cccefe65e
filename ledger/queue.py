"""What waits for a person. A query, never a state."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from ledger.models import Ballot, Event, Resolution, Stake
from ledger.standing import with_standing
from predictions.models import Deadline, Prediction, PredictionQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OWN = {"prediction": OuterRef("pk")}
OF_DEADLINE = {"prediction": OuterRef("prediction")}
CONTESTED = Q(turn=Event.Kind.DISPUTED)
"""The last that reviewers came to is that they find no majority."""


def waiting(on: date) -> PredictionQuerySet:
    """Predictions that somebody should judge on the day ``on``: overdue ones first, the longest overdue before others.

    Those that fell due before that day, stand, and have no verdict, announced or final; and those of
    which a blind verdict waits for another. Not what rests until a later day, nor what cannot be known
    yet, nor what is disputed and nobody has begun to judge anew. Each carries its ``last_day`` beside
    it, None without one. What was flagged ahead of its day waits for nobody before it.
    """
    due = Q(_fell_due(OWN), last_day__lt=on)
    return (
        _standing(on)
        .filter(
            _begun(OWN) | (due & ~Q(_judged(OWN)) & ~CONTESTED),
            _is_awake(on),
            ~Q(knowable_from__gt=on),
        )
        .order_by(F("binding__last_day").asc(nulls_last=True), "pk")
    )


def overdue(on: date) -> QuerySet[Deadline, int]:
    """The numbers of those of ``waiting`` that fell due and have no verdict, the longest overdue first.

    What has one, and a blind verdict that waits for another besides, is for reviewers to look at again, not overdue.

    For a short list: along the deadlines, so that the first few are found without a look at the rest.
    """
    return _overdue(on).all()


@lru_cache(maxsize=2)
def _overdue(on: date) -> QuerySet[Deadline, int]:
    """Put together once a day: that takes Django longer than the database takes to answer."""
    withdrawn = Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(**OF_DEADLINE)
    unknowable = Prediction.objects.order_by().filter(pk=OuterRef("prediction"), knowable_from__gt=on)
    return (
        Deadline.objects.first_readings()
        .passed(on)
        .alias(turn=_turn(OF_DEADLINE), rests_until=_rests_until(OF_DEADLINE))
        .filter(
            _fell_due(OF_DEADLINE),
            ~_judged(OF_DEADLINE),
            # What follows is asked of each, not of all.
            IsNull(Subquery(unknowable.values("pk")[:1]), rhs=True),
            IsNull(Subquery(withdrawn.values("pk")[:1]), rhs=True),
            _is_awake(on),
            ~CONTESTED | _begun(OF_DEADLINE),
        )
        .order_by("last_day", "prediction_id")
        .values_list("prediction_id", flat=True)
    )


def resting(on: date) -> PredictionQuerySet:
    """What fell due and is to be looked at again only after the day ``on``, or can be known only then; the next first."""
    late = Q(rests_until__gt=on) | Q(knowable_from__gt=on)
    return (
        _standing(on)
        .filter(late, Q(last_day__lt=on), _fell_due(OWN), ~_judged(OWN))
        .order_by(F("rests_until").asc(nulls_last=True), "knowable_from", "pk")
    )


def disputed(on: date) -> PredictionQuerySet:
    """What reviewers found no majority on, and nobody has begun to judge anew."""
    return (
        _standing(on)
        .filter(
            CONTESTED,
            ~_judged(OWN),
            ~_begun(OWN),
        )
        .order_by("pk")
    )


def open_to(reviewer: User, found: PredictionQuerySet) -> PredictionQuerySet:
    """Of ``found``, what ``reviewer`` may give a blind verdict on: not logged by them, not judged yet, no stake in it."""
    stakes = Stake.objects.live().filter(holder=reviewer)
    speakers, topics, predictions = (
        stakes.filter(**{f"{about}__isnull": False}).values(about)
        for about in ("speaker", "topic", "prediction")
    )
    own = Ballot.objects.sealed().filter(made_by=reviewer, **OWN)
    in_topic = Prediction.topics.through.objects.filter(prediction=OuterRef("pk"), topic__in=topics)
    return found.exclude(inked_by=reviewer).filter(
        ~Exists(own),
        ~Exists(in_topic),
        ~Q(statement__speaker__in=speakers),
        ~Q(statement__speaker__organisation__in=speakers),
        ~Q(pk__in=predictions),
    )


def _standing(on: date) -> PredictionQuerySet:
    """Everything that was not withdrawn, with its deadline and the day until which it rests beside it.

    ``turn`` tells whether the last that reviewers came to was a dispute, or a verdict that was taken back.
    """
    return (
        with_standing(Prediction.objects.all())
        .alias(binding=FilteredRelation("deadlines", condition=Q(deadlines__ordinal=1)))
        .alias(turn=_turn(OWN))
        .annotate(last_day=F("binding__last_day"), rests_until=_rests_until(OWN))
        .filter(~Exists(Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(**OWN)))
    )


def _turn(own: dict[str, OuterRef]) -> Coalesce:
    turns = Event.objects.filter(
        Q(kind=Event.Kind.DISPUTED) | Q(kind=Event.Kind.RETRACTED, resolution__isnull=False), **own
    ).order_by("-pk")
    return Coalesce(Subquery(turns.values("kind")[:1]), Value(""))


def _rests_until(own: dict[str, OuterRef]) -> Subquery:
    rests = Event.objects.of_kind(Event.Kind.LOOK_AGAIN).filter(**own).order_by("-pk")
    return Subquery(rests.values("until")[:1])


def _is_awake(on: date) -> Q:
    """It was not put off to a day after ``on``."""
    return Q(rests_until__isnull=True) | Q(rests_until__lte=on)


def _fell_due(own: dict[str, OuterRef]) -> Exists:
    return Exists(Event.objects.of_kind(Event.Kind.FELL_DUE).filter(**own))


def _begun(own: dict[str, OuterRef]) -> Exists:
    """A blind verdict waits for another."""
    return Exists(Ballot.objects.sealed().filter(**own))


def _judged(own: dict[str, OuterRef]) -> Exists:
    """There is a verdict, announced or final, that was not taken back."""
    taken_back = Event.objects.of_kind(Event.Kind.RETRACTED).filter(resolution=OuterRef("pk"))
    return Exists(Resolution.objects.filter(~Exists(taken_back), **own))
