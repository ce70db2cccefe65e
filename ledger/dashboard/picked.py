"""Whether figures rest on entries that were picked by hand: such shares describe the choice, not the speaker."""

from __future__ import annotations

from collections.abc import Collection

from predictions.models import Prediction, Source, Speaker, Topic


def picked(of: Speaker | Topic | Source | Collection[Speaker] | None = None) -> bool:
    """Whether any entry was picked by hand: of speakers, a topic, a source, or the whole ledger; at most one query."""
    entries = Prediction.objects.filter(statement__source__chosen_by_hand=True)
    match of:
        case Source():
            return of.chosen_by_hand
        case Speaker():
            return entries.filter(statement__speaker=of).exists()
        case Topic():
            return entries.filter(topics=of).exists()
        case None:
            return entries.exists()
    return entries.filter(statement__speaker__in=of).exists()
