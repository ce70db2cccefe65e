"""How the verdicts of a prediction came about, for readers: by whom, in which round, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import dataclass

from django.db.models import Count

from ledger.judging.balloting import AGREEING, majority
from ledger.judging.sameness import have_differed
from ledger.models import Ballot, Event, Resolution
from ledger.standing import Fate, fate, is_open
from predictions.models import Prediction


@dataclass(frozen=True)
class Reached:
    """A verdict with the ballots of its round, None of them where one reviewer judged.

    ``more_telling`` says that the two who agree had differed before, on something else.
    """

    verdict: Resolution
    fate: Fate
    ballots: list[Ballot]
    more_telling: bool

    @property
    def stands(self) -> bool:
        return self.fate is not Fate.RETRACTED


def reached(prediction: Prediction) -> list[Reached]:
    """Its verdicts, the last one first."""
    found = []
    for verdict in sorted(prediction.resolutions.all(), key=lambda verdict: -verdict.pk):
        ballots = of_round(prediction, verdict.round) if verdict.round else []
        agreed = majority(ballots, prediction)
        found.append(Reached(verdict, fate(verdict), ballots, bool(agreed) and have_differed(agreed)))
    return found


def of_round(prediction: Prediction, number: int) -> list[Ballot]:
    """The ballots of a round that are open to all, in the order they were given."""
    return [ballot for ballot in prediction.ballots.all() if ballot.round == number and is_open(ballot)]


def without_majority(prediction: Prediction) -> list[Ballot]:
    """The opened ballots of rounds that ended without a verdict."""
    decided = {verdict.round for verdict in prediction.resolutions.all()}
    return [ballot for ballot in prediction.ballots.all() if ballot.round not in decided and is_open(ballot)]


def sealed(prediction: Prediction) -> list[Ballot]:
    """Ballots that nobody can read yet: to be shown by their commitments only."""
    ended = {
        event.ballot_id
        for event in prediction.events.all()
        if event.kind in (Event.Kind.BALLOT_OPENED, Event.Kind.RETRACTED)
    }
    return [ballot for ballot in prediction.ballots.all() if ballot.pk not in ended]


def differ(sealed: Sized) -> bool:
    """Whether the first two of an open round are not the same: had they been, it would have ended."""
    return len(sealed) >= AGREEING


def differing(predictions: Iterable[Prediction]) -> set[int]:
    """The numbers of those of ``predictions`` on which the first two differ, so that a third decides."""
    open_ones = Ballot.objects.sealed().filter(prediction__in=[one.pk for one in predictions])
    counted = open_ones.order_by().values("prediction").annotate(n=Count("pk")).filter(n__gte=AGREEING)
    return set(counted.values_list("prediction", flat=True))


def latest_look(prediction: Prediction) -> Event | None:
    """The last time somebody put off judging it, with the day on which they look again."""
    looks = [event for event in prediction.events.all() if event.kind == Event.Kind.LOOK_AGAIN]
    return max(looks, key=lambda event: event.pk, default=None)


def corrections(prediction: Prediction) -> list[Event]:
    """The corrections of it that were accepted."""
    return [event for event in prediction.events.all() if event.kind == Event.Kind.CORRECTED]
