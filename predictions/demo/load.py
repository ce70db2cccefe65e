"""Loads the demo ledger: all of it or, when it is there already or the loading is cut off, nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from predictions import ink
from predictions.models import Forecast, Prediction, Source, Speaker, Statement, Topic

DATA = Path(__file__).parent
Entry = dict[str, Any]


@transaction.atomic
def load(*, at: datetime, on: date) -> int:
    """Ink what of the demo ledger is not in the ledger yet; return how many predictions that were.

    ``at`` is the moment and ``on`` its calendar day. Deadlines are read from the words by the
    engine; none is in the data. What is there already is known by its words, which are ink:
    names, slugs and addresses can have been edited since.
    """
    entries = list(_originals_first(_entries("statements")))
    inked = _inked(entries)
    missing = [(said, entry) for said, entry in entries if entry["key"] not in inked]
    if not missing:
        return 0
    speakers = {entry["slug"]: _speaker(entry) for entry in _entries("speakers")}
    sources = {entry["slug"]: _source(entry) for entry in _entries("sources")}
    for said, entry in missing:
        statement = _statement(said, speakers, sources)
        draft = _draft(statement, entry, inked.get(entry["says_again"]), speakers, sources)
        inked[entry["key"]] = ink.write(draft, at=at, on=on)
    return len(missing)


def _inked(entries: list[tuple[Entry, Entry]]) -> dict[str, Prediction]:
    """Those of the entries that are in the ledger, by their keys."""
    quotes = {said["quote"] for said, _ in entries}
    there = Prediction.objects.filter(statement__quote__in=quotes).select_related("statement")
    by_words = {(prediction.statement.quote, prediction.claim): prediction for prediction in there}
    words = {entry["key"]: (said["quote"], entry["claim"]) for said, entry in entries}
    return {key: by_words[pair] for key, pair in words.items() if pair in by_words}


def _entries(name: str) -> list[Entry]:
    text = (DATA / f"{name}.json").read_text(encoding="utf-8")
    return list(json.loads(text, parse_float=Decimal))


def _originals_first(statements: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Each prediction with its statement; those that say something again after what they repeat."""
    pairs = [(said, entry) for said in statements for entry in said["predictions"]]
    yield from (pair for pair in pairs if not pair[1]["says_again"])
    yield from (pair for pair in pairs if pair[1]["says_again"])


def _speaker(entry: Entry) -> Speaker:
    organisation = Speaker.objects.get(slug=entry["organisation"]) if entry["organisation"] else None
    fields = {
        "name": entry["name"],
        "kind": entry["kind"],
        "note": entry["note"],
        "organisation": organisation,
    }
    return Speaker.objects.get_or_create(slug=entry["slug"], defaults=fields)[0]


def _source(entry: Entry) -> Source:
    return Source.objects.get_or_create(slug=entry["slug"], defaults=entry)[0]


def _statement(said: Entry, speakers: dict[str, Speaker], sources: dict[str, Source]) -> Statement:
    return Statement(
        speaker=speakers[said["speaker"]],
        source=sources[said["source"]],
        quote=said["quote"],
        place=said["place"],
        said_on=date.fromisoformat(said["said_on"]),
        said_precision=said["precision"],
        language=said["language"],
        attribution=said["attribution"],
        speaker_certainty=said["speaker_certainty"],
    )


FIELDS = (
    "claim",
    "criteria",
    "polarity",
    "modality",
    "horizon_text",
    "condition",
    "target_number",
    "target_unit",
)


def _draft(
    statement: Statement,
    entry: Entry,
    earlier: Prediction | None,
    speakers: dict[str, Speaker],
    sources: dict[str, Source],
) -> ink.Draft:
    return ink.Draft(
        statement=statement,
        prediction=Prediction(says_again=earlier, **{name: entry[name] for name in FIELDS}),
        topics=[_topic(name) for name in entry["topics"]],
        forecasts=[_forecast(given, speakers, sources) for given in entry["forecasts"]],
    )


def _topic(name: str) -> Topic:
    slug = slugify(name)
    there = Topic.objects.filter(Q(name=name) | Q(slug=slug)).first()  # either may have been edited
    return there or Topic.objects.create(name=name, slug=slug)


def _forecast(given: Entry, speakers: dict[str, Speaker], sources: dict[str, Source]) -> Forecast:
    return Forecast(
        by=speakers[given["by"]],
        low=given["low"],
        high=given["high"],
        words=given["words"],
        stated_on=date.fromisoformat(given["stated_on"]),
        source=sources[given["source"]],
        same_question=given["same_question"],
        note=given["note"],
    )
