"""Loads the demo ledger: what was said, that it fell due, and the verdicts, each by the verb that people use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ledger import due
from ledger.judging import resolution
from ledger.models import Event, Evidence, Resolution
from predictions.demo import load as said
from predictions.models import Prediction

VERDICTS = Path(__file__).parent / "verdicts.json"
LOOKED_UNTIL = date(2026, 11, 22)
"""The day until which one looked for what became of all that carries a verdict."""


@dataclass(frozen=True)
class Loaded:
    """What one loading added."""

    predictions: int
    verdicts: int


def load(*, at: datetime, on: date) -> Loaded:
    """Bring the whole demo ledger into the ledger as of the moment ``at``, on the calendar day ``on``.

    Harmless to repeat, and to cut off: the words come in together, and then each verdict by itself.
    What has a verdict, whoever gave it, or was withdrawn is left as it is.
    """
    predictions = said.load(at=at, on=on)
    due.flag_due(on=on, at=at)
    return Loaded(predictions, verdicts=sum(_judge(*pair, at=at, on=on) for pair in _unjudged()))


def _unjudged() -> Iterator[tuple[Prediction, dict[str, Any]]]:
    inked = said.inked()
    done = {*Resolution.objects.values_list("prediction", flat=True)}
    done.update(Event.objects.of_kind(Event.Kind.WITHDRAWN).values_list("prediction", flat=True))
    for verdict in json.loads(VERDICTS.read_text(encoding="utf-8")):
        prediction = inked.get(verdict.pop("key"))
        if prediction and prediction.pk not in done:
            yield prediction, verdict


def _judge(prediction: Prediction, verdict: dict[str, Any], *, at: datetime, on: date) -> bool:
    evidence = Evidence(**verdict.pop("evidence"))
    if happened_on := verdict.pop("happened_on", None):
        verdict["happened_on"] = date.fromisoformat(happened_on)
    found = Resolution(looked_until=LOOKED_UNTIL, **verdict)
    resolution.resolve(prediction, found, [evidence], seen=None, at=at, on=on)
    return True
