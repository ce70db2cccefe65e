"""Fills an installation with what is to be counted, and says what was: ``python -m tests.faults.counted_today STEP``.

Steps: ``yesterday`` writes promises with odds and counts them as of yesterday; ``judge`` gives each a final verdict;
``reckon`` counts as beat does; ``give_up`` plays that the lease of whoever counts is over; ``stored`` and ``anew``
print figures as JSON, those that are stored and those that come of the same rows if nobody is disturbed.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import django

SPEAKERS, EACH = 12, 20
"""Half of the entries are written down beforehand and half in hindsight, each half with odds enough for a band, and
what came about the day named counts otherwise under each reading: so each choice has bands of its own to draw, and a
run takes seconds."""
TODAY = datetime.now(UTC).date()


def yesterday() -> None:
    from ledger.counting import reckoning  # noqa: PLC0415 (not before Django is up)
    from tests import factories  # noqa: PLC0415

    for number in range(SPEAKERS):
        speaker = factories.speaker(f"Speaker {number}")
        for n in range(EACH):
            said_on = TODAY - timedelta(days=500 + n)
            factories.prediction(
                "in about a year",
                said_on=said_on,
                inked_on=said_on if n % 2 else TODAY,
                said={"speaker": speaker},
                topics=[f"Topic {n % 3}"],
                odds=(n // 2 + 1 + number % 3) / 16,
            )
    reckoning.reckon(TODAY - timedelta(days=1), lambda: datetime.now(UTC))


def judge() -> None:
    from predictions.models import Prediction  # noqa: PLC0415
    from tests import factories  # noqa: PLC0415

    for row in Prediction.objects.order_by("pk"):
        came: dict[str, Any] = {}
        if row.pk % 4:
            came["happened_on"] = TODAY - timedelta(days=20 + 7 * row.pk % 150)
        factories.verdict(row, "yes" if came else "no", on=TODAY, **came)


def reckon() -> None:
    from ledger import tasks  # noqa: PLC0415

    tasks.reckon()


def give_up() -> None:
    from django.db.models import F  # noqa: PLC0415

    from ledger.models import Reckoning  # noqa: PLC0415

    Reckoning.objects.filter(ended_at__isnull=True).update(held_until=F("began_at"))


def stored() -> dict[str, Any]:
    from ledger.models import Score  # noqa: PLC0415

    found = {}
    for score in Score.objects.all():
        slug = score.figures.get("slug", "")
        found[f"{score.scope} {slug} {score.ink} {score.reading}"] = score.figures
    return found


def anew(on: date = TODAY) -> dict[str, Any]:
    from ledger.counting import gathering  # noqa: PLC0415
    from ledger.counting.reckoning import CODE  # noqa: PLC0415
    from ledger.scoring.everything import everything, plain  # noqa: PLC0415
    from ledger.scoring.groups import Ink  # noqa: PLC0415
    from ledger.scoring.published import Figures, Ranking, Reading  # noqa: PLC0415
    from predictions.models import Speaker, Topic  # noqa: PLC0415

    rows = gathering.entries()
    speakers, topics = (
        {one.pk: (one.slug, one.name) for one in model._default_manager.all()} for model in (Speaker, Topic)
    )
    frame = Figures("", "", Ink.ALL, Reading.DEADLINE, on, None, CODE)
    made = {}
    for scope, slug, ink, reading, own in everything(rows, speakers, topics, gathering.topics(rows), frame):
        made[f"{scope} {slug} {ink} {reading}"] = plain(own)
        if isinstance(own, Ranking):
            made[f"leading {slug} {ink} {reading}"] = plain(own.leading)
    return made


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["NOTICES"] = ""
    django.setup()
    steps = {step.__name__: step for step in (yesterday, judge, reckon, give_up, stored, anew)}
    sys.stdout.write(json.dumps(steps[sys.argv[1]]()))
