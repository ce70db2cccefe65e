"""What was said. A statement is who said which words when; predictions are read out of it.

Statements, predictions, deadlines and forecasts are ink: they are written once by
``predictions.ink`` and answered by later rows, never edited. Speakers, sources and topics are
the card index and may be corrected. Transcripts, candidates and decisions are drafts: what is
found in a source, and what people made of it.
"""

from __future__ import annotations

from predictions.models.candidates import (
    Candidate,
    CandidateQuerySet,
    Decision,
    DecisionQuerySet,
)
from predictions.models.predictions import (
    Deadline,
    DeadlineQuerySet,
    Forecast,
    Prediction,
    PredictionQuerySet,
    foretold,
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
from predictions.models.transcripts import (
    Original,
    Search,
    SearchQuerySet,
    Segment,
    Transcript,
)

__all__ = [
    "LONGEST_QUOTE",
    "PRECISIONS",
    "Candidate",
    "CandidateQuerySet",
    "Deadline",
    "DeadlineQuerySet",
    "Decision",
    "DecisionQuerySet",
    "Forecast",
    "Language",
    "Original",
    "Prediction",
    "PredictionQuerySet",
    "Search",
    "SearchQuerySet",
    "Segment",
    "Source",
    "Speaker",
    "Statement",
    "Topic",
    "Transcript",
    "foretold",
]
