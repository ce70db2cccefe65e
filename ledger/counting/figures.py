"""The published figures, as they were last computed. Pages, API and export read them here; nothing is computed.

What a choice gives no figures for comes back empty (``as_of`` None), never as an error.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from ledger.models import Score
from ledger.scoring.groups import Ink
from ledger.scoring.published import Figures, Ranking, Reading
from predictions.models import Speaker, Topic


def of_all(ink: Ink = Ink.BEFOREHAND, reading: Reading = Reading.DEADLINE) -> Figures:
    """The figures of everybody; one query."""
    return _found(Score.Scope.ALL, {0: ""}, ink, reading)[0]


def of_speaker(speaker: Speaker, ink: Ink = Ink.BEFOREHAND, reading: Reading = Reading.DEADLINE) -> Figures:
    """The figures of one speaker; one query."""
    return of_speakers([speaker], ink, reading)[speaker.pk]


def of_speakers(
    speakers: Iterable[Speaker], ink: Ink = Ink.BEFOREHAND, reading: Reading = Reading.DEADLINE
) -> dict[int, Figures]:
    """The figures of each of ``speakers``, by their number; one query."""
    return _found(Score.Scope.SPEAKER, {one.pk: one.slug for one in speakers}, ink, reading)


def of_topic(topic: Topic, ink: Ink = Ink.BEFOREHAND, reading: Reading = Reading.DEADLINE) -> Figures:
    """The figures of one topic; one query. A claim that restates counts under the topics of its entries."""
    return of_topics([topic], ink, reading)[topic.pk]


def of_topics(
    topics: Iterable[Topic], ink: Ink = Ink.BEFOREHAND, reading: Reading = Reading.DEADLINE
) -> dict[int, Figures]:
    """The figures of each of ``topics``, by their number; one query."""
    return _found(Score.Scope.TOPIC, {one.pk: one.slug for one in topics}, ink, reading)


def ranking(ink: Ink = Ink.BEFOREHAND, reading: Reading = Reading.DEADLINE) -> Ranking:
    """The speakers in order; one query. Without any to rank it is empty."""
    stored = Score.objects.filter(scope=Score.Scope.RANKING, subject=0, ink=ink, reading=reading)
    row = stored.as_text().first()
    return Ranking() if row is None else msgspec.json.decode(row[0], type=Ranking)


def _found(scope: Score.Scope, slugs: dict[int, str], ink: Ink, reading: Reading) -> dict[int, Figures]:
    """The stored figures of subjects (number: slug), by number; empty ones for those that have none."""
    rows = Score.objects.filter(scope=scope, subject__in=slugs, ink=ink, reading=reading)
    stored = dict(rows.as_text("subject"))
    return {
        number: replace(msgspec.json.decode(stored[number], type=Figures), slug=slug)
        if number in stored
        else Figures(scope, slug, ink, reading)
        for number, slug in slugs.items()
    }
