"""A large ledger: made-up promises of the last ten years, most of them judged."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

from django.contrib.auth.models import User

from bench.rows import BATCH, Rows, copy, fell_due, judged, noon, promise, settle
from ledger.models import Event, Evidence, Resolution
from predictions.models import Deadline, Forecast, Prediction, Source, Speaker, Statement, Topic

A_SPEAKER = 100
"""Predictions a speaker."""
TOPICS = 12
FILLED = (Statement, Prediction, Deadline, Forecast, Resolution, Evidence, Event)


def fill(predictions: int, today: date) -> None:
    """Write a ledger of so many predictions, as of ``today``; the same each time."""
    chance = random.Random(7)  # noqa: S311  (made-up rows, the same each time)
    speakers = max(predictions // A_SPEAKER, 1)
    reviewer = User.objects.create_user("bench").pk
    copy(Topic, ({"id": i, "name": f"Topic {i}", "slug": f"topic-{i}"} for i in range(1, TOPICS + 1)))
    copy(
        Speaker,
        ({"id": i, "name": f"Speaker {i:05}", "slug": f"speaker-{i}"} for i in range(1, speakers + 1)),
    )
    copy(Source, ({"id": i, "title": f"Episode {i}", "slug": f"source-{i}"} for i in range(1, speakers + 1)))
    for start in range(1, predictions + 1, BATCH):
        _some(range(start, min(start + BATCH, predictions + 1)), speakers, today, reviewer, chance)
    settle(Topic, Speaker, Source, *FILLED)


def _some(numbers: range, speakers: int, today: date, reviewer: int, chance: random.Random) -> None:
    rows: Rows = defaultdict(list)
    for i in numbers:
        said = today - timedelta(days=chance.randrange(30, 3650))
        last = said + timedelta(days=chance.choice((90, 180, 365, 730, 1095)))
        speaker = 1 + i % speakers
        promise(rows, i, speaker, said, last, reviewer)
        if i % 5 == 0:
            odds = chance.randrange(1, 20) / 20
            rows[Forecast].append(
                {
                    "id": i,
                    "prediction_id": i,
                    "by_id": speaker,
                    "low": odds,
                    "high": odds,
                    "stated_on": said,
                }
            )
        if last < today:
            fell_due(rows, i, last)
            if chance.random() < 0.85:
                _judge(rows, i, said, last, today, reviewer, chance)
    for model in FILLED:
        copy(model, rows[model])
    about_topics = Prediction.topics.through
    copy(about_topics, ({"id": i, "prediction_id": i, "topic_id": 1 + i % TOPICS} for i in numbers))


def _judge(
    rows: Rows, i: int, said: date, last: date, today: date, reviewer: int, chance: random.Random
) -> None:
    came = said + (last - said) * chance.lognormvariate(0.3, 0.7)
    happened = came < today and chance.random() < 0.75
    on = min((max(last, came) if happened else last) + timedelta(days=9), today)
    judged(rows, i, "yes" if happened else "no", on, reviewer, came if happened else None)
    rows[Evidence].append(
        {
            "id": i,
            "prediction_id": i,
            "url": "https://example.org/",
            "kind": "primary",
            "bearing": "for",
            "added_at": noon(on),
            "added_by_id": reviewer,
        }
    )
