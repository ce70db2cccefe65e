"""A ledger in every state, for the tests of what is shown of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from ledger import due
from ledger.judging import withdrawal
from predictions.models import Forecast, Prediction, Speaker
from tests import factories

LOGIN = "root-with-a-password"


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def world(today: date) -> dict[str, Prediction]:
    """A prediction in every state, by one speaker, from one source."""
    ada, talk = factories.speaker("Ada Quint"), factories.source("A talk")
    editor = User.objects.create_user(LOGIN, "editor@example.org")

    def said(horizon: str, ago: int, **kwargs: Any) -> Prediction:
        on = today - timedelta(days=ago)
        inked = kwargs.pop("inked_on", on)
        return factories.prediction(
            horizon,
            said_on=on,
            inked_on=inked,
            by=editor,
            said={"speaker": ada, "source": talk, **kwargs.pop("said", {})},
            **kwargs,
        )

    states = {
        "pending": said("in ten years", 30),
        "waiting": said("in a year", 800),
        "hindsight": said("in a year", 800, inked_on=today),
        "late": said("in a year", 900, odds=0.75),
        "early": said("in ten years", 500),
        "undated": said("soon", 100),
        "withdrawn": said("in a year", 800),
        "possible": said("in two years", 400, modality="may"),
    }
    states["again"] = said("in two years", 300, says_again=states["late"])
    on = today - timedelta(days=10)
    factories.verdict(states["late"], "no", on=today - timedelta(days=400), by=editor)
    factories.verdict(
        states["late"], "yes", on=on, happened_on=today - timedelta(days=300), note="It came <b>late</b>."
    )
    factories.verdict(states["early"], "yes", on=on, happened_on=on)
    withdrawal.withdraw(states["withdrawn"], reason="Another’s words.", at=factories.noon(on), by=editor)
    market = factories.speaker("The Market", kind=Speaker.Kind.MARKET)
    Forecast.objects.create(
        prediction=states["pending"], by=market, low="0.19", high="0.19", stated_on=on, same_question=False
    )
    due.flag_due(on=today, at=timezone.localtime())
    return states
