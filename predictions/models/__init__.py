"""What was said. A statement is who said which words when; predictions are read out of it.

Statements, predictions, deadlines and forecasts are ink: they are written once by
``predictions.ink`` and answered by later rows, never edited. Speakers, sources and topics are
the card index and may be corrected.
"""

from __future__ import annotations

from predictions.models.predictions import (
    Deadline,
    DeadlineQuerySet,
    Forecast,
    Prediction,
    PredictionQuerySet,
)
from predictions.models.statements import (
    LONGEST_QUOTE,
    PRECISIONS,
    Language,
    Source,
    Speaker,
    Statement,
    Topic,
)

__all__ = [
    "LONGEST_QUOTE",
    "PRECISIONS",
    "Deadline",
    "DeadlineQuerySet",
    "Forecast",
    "Language",
    "Prediction",
    "PredictionQuerySet",
    "Source",
    "Speaker",
    "Statement",
    "Topic",
]
