"""Loads what was said in the demo ledger: all of it or, when it is there already or the loading is cut off, nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from predictions import ink
from predictions.models import Deadline, Forecast, Prediction, Source, Speaker, Statement, Topic

DATA = Path(__file__).parent
Entry = dict[str, Any]
Words = tuple[str, str, str, str]

SHELVES = (DATA, DATA / "record")
"""Where the files lie: what was found in three documents, and promises and forecasts chosen by hand."""

SAID: Entry = {
    "quote": "",
    "place": "",
    "precision": "day",
    "language": "en",
    "attribution": "said",
    "speaker_certainty": "certain",
}
INKED: Entry = {
    "polarity": "will",
    "modality": "will",
    "horizon_text": "",
    "condition": "",
    "knowable_from": None,
    "target_number": None,
    "target_unit": "",
    "says_again": None,
    "topics": (),
    "forecasts": (),
    "override": None,
    "dated_from": None,
}
FORECAST: Entry = {"low": None, "high": None, "words": "", "same_question": True, "note": ""}
"""What an entry in the files says where it says nothing."""


@transaction.atomic
def load(*, at: datetime, on: date) -> int:
    """Ink what of the demo ledger is not in the ledger yet; return how many predictions that were.

    ``at`` is the moment and ``on`` its calendar day. Deadlines are read from the words by the
    engine, but where the files give a person's dates and reason, or the event that started the
    clock. What is there already is known by its words, which are ink: names, slugs and addresses
    can have been edited since.
    """
    entries = list(_originals_first(_entries("statements")))
    inked = _inked(entries)
    missing = [(said, entry) for said, entry in entries if entry["key"] not in inked]
    if not missing:
        return 0
    speakers = {entry["slug"]: _speaker(entry) for entry in _entries("speakers")}
    sources = {entry["slug"]: _source(entry) for entry in _entries("sources")}
    topics = {name: _topic(name) for name in {name for _, entry in missing for name in entry["topics"]}}
    for said, entry in missing:
        statement = _statement(said, speakers, sources)
        draft = _draft(statement, entry, inked.get(entry["says_again"]), speakers, sources)
        draft.topics = [topics[name] for name in entry["topics"]]
        inked[entry["key"]] = prediction = ink.write(draft, at=at, on=on)
        if entry["dated_from"]:
            _date(prediction, entry["dated_from"], at=at, on=on)
    return len(missing)


def inked() -> dict[str, Prediction]:
    """What of the demo ledger is in the ledger, by the keys that the files give it."""
    return _inked(_originals_first(_entries("statements")))


def _inked(entries: Iterator[tuple[Entry, Entry]] | list[tuple[Entry, Entry]]) -> dict[str, Prediction]:
    by_words = {_words(said, entry["claim"]): entry["key"] for said, entry in entries}
    claims = {claim for _, claim, _, _ in by_words}
    there = Prediction.objects.filter(claim__in=claims, replaces__isnull=True).select_related("statement")
    found = ((by_words.get(_words_of(prediction)), prediction) for prediction in there)
    return {key: prediction for key, prediction in found if key}


def _words(said: Entry, claim: str) -> Words:
    return said["quote"], claim, said["said_on"], said["precision"]


def _words_of(prediction: Prediction) -> Words:
    said = prediction.statement
    return said.quote, prediction.claim, said.said_on.isoformat(), said.said_precision


def _entries(name: str) -> list[Entry]:
    texts = ((shelf / f"{name}.json").read_text(encoding="utf-8") for shelf in SHELVES)
    return [entry for text in texts for entry in json.loads(text, parse_float=Decimal)]


def _originals_first(statements: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Each prediction with its statement; those that say something again after what they repeat."""
    pairs = [(SAID | said, INKED | entry) for said in statements for entry in said["predictions"]]
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
    "knowable_from",
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
        override=ink.Override(**_dates(entry["override"])) if entry["override"] else None,
        forecasts=[_forecast(FORECAST | given, speakers, sources) for given in entry["forecasts"]],
    )


def _date(prediction: Prediction, clock: Mapping[str, str], *, at: datetime, on: date) -> None:
    """Give ``prediction`` its deadline, counted from an event that the files name."""
    fields = _dates(clock)
    reason = fields.pop("reason")
    deadline = Deadline(rule="event", reading=Deadline.Reading.PERSON, **fields)
    ink.date_from_event(prediction, deadline, reason=reason, at=at, on=on)


DATED = {"counted_from", "earliest", "nominal", "deadline", "last_day", "latest"}


def _dates(entry: Mapping[str, str]) -> Entry:
    return {name: date.fromisoformat(text) if name in DATED else text for name, text in entry.items()}


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
