"""What tests of blind verdicts share: predictions that fell due, judged by reviewers of their own."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger import due
from ledger.house_rules import HouseRules
from ledger.models import Ballot
from ledger.standing import State, standing
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

AFTER = date(2026, 12, 1)
IN_TIME = {"happened_on": date(2026, 9, 1)}
LATE = {"happened_on": date(2026, 11, 1)}
NOTICE = HouseRules(reviewers=2, notice_hours=48)


def fallen(**kwargs: Any) -> Prediction:
    prediction = factories.prediction(**kwargs)
    due.flag_due(on=AFTER, at=noon(AFTER))
    return prediction


def kinds(prediction: Prediction) -> list[str]:
    return list(prediction.events.order_by("pk").values_list("kind", flat=True))


def judge(prediction: Prediction, *answers: tuple[str, dict[str, Any]], **kwargs: Any) -> list[Ballot]:
    """Blind verdicts by a new reviewer each."""
    return [
        factories.ballot(prediction, happened, on=AFTER, by=factories.reviewer(), **given, **kwargs)
        for happened, given in answers
    ]


def today(prediction: Prediction) -> State:
    return standing(Prediction.objects.get(pk=prediction.pk), AFTER).state
