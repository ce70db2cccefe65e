"""The ledger's rows as columns, for the arithmetic of scores: six queries, whole numbers instead of dates and rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import F
from numpy.typing import NDArray

from ledger.models import Event
from ledger.moments import day_of
from ledger.scoring.columns import ANSWERS, NEVER, NONE, Entries, Given, Ints
from ledger.scoring.cut import Subjects
from predictions.dates import Precision, interval
from predictions.models import Deadline, Forecast, Prediction, PredictionQuerySet, Speaker

A_WEEK = timedelta(days=7)
"""So long after a statement a crowd's first number still stands beside it."""
ANSWER = {answer.value: place for place, answer in enumerate(ANSWERS)}
READ_AT_ONCE = 10_000


def entries(speakers: Collection[int] | None = None) -> Entries:
    """Every prediction of these speakers (by number; None: of all), each claim whole."""
    about = Prediction.objects.all()
    if speakers is not None:
        about = about.filter(statement__speaker__in=speakers)
    rows = list(
        about.order_by("pk")
        .values_list(
            "pk",
            "statement__speaker_id",
            "statement__said_on",
            "statement__said_precision",
            "polarity",
            "modality",
            "says_again_id",
            "replaces_id",
        )
        .iterator(READ_AT_ONCE)
    )
    number, speaker, said_on, precision, polarity, modality, again, replaces = _columns(rows, 8)
    place = _Places(_ints(number))
    said = [
        day if known == Precision.DAY else interval(day, known).last
        for day, known in zip(said_on, precision, strict=True)
    ]
    return Entries(
        number=place.numbers,
        speaker=_ints(speaker),
        says_again=_ints(NONE if one is None else one for one in again),
        replaces=_ints(NONE if one is None else one for one in replaces),
        said=_days(said),
        will=np.array(polarity, dtype=object) == Prediction.Polarity.WILL.value,
        possible=np.array(modality, dtype=object) == Prediction.Modality.POSSIBLE.value,
        **_deadlines(about, place),
        **_withdrawals(about, place),
        **_verdicts(about, place),
        given=_given(about, place),
        crowd=_crowd(about, place, dict(zip(number, zip(said_on, said, strict=True), strict=True))),
    )


def topics(among: Entries) -> Subjects:
    """Which entries are of which topic, by its number."""
    links = Prediction.topics.through.objects.values_list("prediction_id", "topic_id")
    number, topic = _columns(list(links.iterator(READ_AT_ONCE)), 2)
    place = _Places(among.number)
    pairs = [(at, one) for at, one in zip(place.of(number), topic, strict=True) if at != NONE]
    return Subjects(_ints(at for at, _ in pairs), _ints(one for _, one in pairs))


class _Places:
    """Where the entries are, by their number."""

    def __init__(self, numbers: Ints) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def of(self, numbers: Iterable[int]) -> list[int]:
        """The place of each; ``NONE`` of what is not among them, having been added since."""
        wanted = _ints(numbers)
        if not len(self.numbers):
            return [NONE] * len(wanted)
        found = np.minimum(np.searchsorted(self.numbers, wanted), len(self.numbers) - 1)
        return list(np.where(self.numbers[found] == wanted, found, NONE).tolist())

    def filled(self, numbers: Iterable[int], values: Ints, empty: int) -> Ints:
        """A column with ``values`` at the places of ``numbers``, the last given of each, and ``empty`` elsewhere."""
        column = np.full(len(self) + 1, empty, dtype=np.int64)  # what is not among them falls off the end
        column[self.of(numbers)] = values
        return column[:-1]


def _deadlines(about: PredictionQuerySet, place: _Places) -> dict[str, Ints]:
    names = ("counted_from", "earliest", "nominal", "last_day", "latest", "made_on")
    rows = Deadline.objects.first_readings().filter(prediction__in=about).values_list("prediction_id", *names)
    number, *days = _columns(list(rows.iterator(READ_AT_ONCE)), 7)
    return {
        name: place.filled(number, _days(column), NEVER) for name, column in zip(names, days, strict=True)
    }


def _withdrawals(about: PredictionQuerySet, place: _Places) -> dict[str, Ints]:
    rows = Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(prediction__in=about)
    number, moments = _columns(list(rows.values_list("prediction_id", "happened_at")), 2)
    return {"withdrawn": place.filled(number, _days(day_of(moment) for moment in moments), NEVER)}


def _verdicts(about: PredictionQuerySet, place: _Places) -> dict[str, Ints]:
    """The final verdict of each: the last that was given."""
    rows = (
        Event.objects.of_kind(Event.Kind.RESOLVED)
        .filter(prediction__in=about)
        .order_by("resolution_id")
        .values_list(
            "prediction_id",
            "resolution__happened",
            "resolution__happened_on",
            "resolution__happened_precision",
            "resolution__looked_until",
        )
    )
    number, answer, happened_on, precision, looked = _columns(list(rows.iterator(READ_AT_ONCE)), 5)
    when = [
        None if day is None else (day, day) if known == Precision.DAY else _ends(day, known)
        for day, known in zip(happened_on, precision, strict=True)
    ]
    return {
        "answer": place.filled(number, _ints(map(ANSWER.__getitem__, answer)), NONE),
        "first": place.filled(number, _days(one and one[0] for one in when), NEVER),
        "last": place.filled(number, _days(one and one[1] for one in when), NEVER),
        "looked": place.filled(number, _days(looked), NEVER),
    }


def _given(about: PredictionQuerySet, place: _Places) -> Given:
    """What speakers gave of exactly what they said, in the order they gave it."""
    rows = (
        Forecast.objects.filter(prediction__in=about, same_question=True)
        .filter(by=F("prediction__statement__speaker"))
        .order_by("stated_on", "pk")
        .values_list("prediction_id", "low", "high", "words")
    )
    number, low, high, words = _columns(list(rows.iterator(READ_AT_ONCE)), 4)
    at = _ints(place.of(number))
    there = at != NONE
    said = np.array(words, dtype=object)
    return Given(at[there], _shares(low)[there], _shares(high)[there], said[there])


def _crowd(
    about: PredictionQuerySet, place: _Places, said: dict[int, tuple[date, date]]
) -> NDArray[np.float64]:
    """The first number of a market or a crowd within a week of the statement."""
    rows = (
        Forecast.objects.filter(prediction__in=about, same_question=True, low__isnull=False)
        .filter(by__kind__in=(Speaker.Kind.MARKET, Speaker.Kind.CROWD))
        .exclude(by=F("prediction__statement__speaker"))
        .order_by("stated_on", "pk")
        .values_list("prediction_id", "low", "high", "stated_on")
    )
    found: dict[int, float] = {}
    for number, low, high, stated_on in rows.iterator(READ_AT_ONCE):
        first, last = said.get(number, (date.max, date.min))
        if low is not None and high is not None and first <= stated_on <= last + A_WEEK:
            found.setdefault(number, float(low + high) / 2)
    column = np.full(len(place) + 1, np.nan)
    column[place.of(found)] = list(found.values())
    return column[:-1]


# -- columns ---------------------------------------------------------------------------------------


def _columns(rows: list[Any], width: int) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) or [()] * width


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _days(days: Iterable[date | None]) -> Ints:
    return _ints(NEVER if day is None else day.toordinal() for day in days)


def _shares(values: Iterable[Any]) -> NDArray[np.float64]:
    return np.fromiter((np.nan if value is None else float(value) for value in values), dtype=np.float64)


def _ends(day: date, known: str) -> tuple[date, date]:
    found = interval(day, known)
    return found.first, found.last
