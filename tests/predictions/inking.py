"""What tests of ink share: a draft that would be taken, and writing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from predictions import ink
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

TODAY = date(2026, 3, 1)
LATER = date(2027, 3, 1)
SAID = date(2025, 10, 1)


def draft(**kwargs: Any) -> ink.Draft:
    """A draft that would be taken; ``said`` goes to its statement, ``forecasts`` and ``override`` to itself, the rest to its prediction."""
    own = {name: kwargs.pop(name) for name in ("forecasts", "override", "statement") if name in kwargs}
    own.setdefault("statement", factories.statement(**{"said_on": SAID, **kwargs.pop("said", {})}))
    row = {"claim": "It is there.", "criteria": "Anybody can see it.", "horizon_text": "in about a year"}
    return ink.Draft(prediction=Prediction(**{**row, **kwargs}), **own)


def write(what: ink.Draft) -> Prediction:
    return ink.write(what, at=noon(TODAY), on=TODAY)
