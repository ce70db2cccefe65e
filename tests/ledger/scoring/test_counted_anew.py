"""Two ways of counting the same ledger, claim by claim and in columns, give the same figures."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import partial

import numpy as np
import pytest

from ledger.scoring.cut import Subjects
from ledger.scoring.groups import Ink, firsts
from ledger.verifier.counting import Count
from ledger.verifier.entries import Entry, Frame, Given
from ledger.verifier.figures import Whose, differences
from ledger.verifier.retold import columns, told_lines
from predictions.dates import Interval, interval

ON = date(2026, 6, 1)
SPEAKERS = {number: (f"speaker-{number}", f"Speaker {number}") for number in range(1, 5)}
TOPICS = {number: (f"topic-{number}", f"Topic {number}") for number in range(1, 4)}
HAPPENED = ("", "", "yes", "yes", "partly", "no", "cannot_tell", "void", "abandoned")


def an_entry(number: int, pick: random.Random, before: list[Entry]) -> Entry:
    """A made-up entry that may say again, or put right, what was said before by the same speaker."""
    said = interval(
        date(2020, 1, 1) + timedelta(days=pick.randrange(2_000)), pick.choice(["day", "month", "year"])
    )
    entry = Entry(
        number,
        pick.choice(list(SPEAKERS)),
        said,
        will=pick.random() < 0.8,
        possible=pick.random() < 0.2,
        topics=sorted(pick.sample(list(TOPICS), pick.randrange(3))),
        again=None,
        replaces=None,
    )
    own = [one for one in before if one.speaker == entry.speaker]
    if own and pick.random() < 0.3:
        entry.again = pick.choice(own).number
    put_right = {one.replaces for one in before}
    if wrong := [one for one in own if one.withdrawn and one.number not in put_right]:
        entry.replaces = pick.choice(wrong).number if pick.random() < 0.5 else None
    if pick.random() < 0.9:
        days = sorted(said.last + timedelta(days=pick.randrange(1, 900)) for _ in range(4))
        names = ("earliest", "nominal", "last_day", "latest")
        made_on = said.last + timedelta(days=pick.randrange(1_200))
        entry.days = dict(zip(names, days, strict=True)) | {"counted_from": said.last, "made_on": made_on}
    what_became_of(entry, pick)
    return entry


def what_became_of(entry: Entry, pick: random.Random) -> None:
    if pick.random() < 0.15:
        entry.withdrawn = entry.said.last + timedelta(days=pick.randrange(1_500))
    entry.happened = pick.choice(HAPPENED)
    if entry.happened:
        entry.looked = entry.said.last + timedelta(days=pick.randrange(1_500))
        if entry.happened in ("yes", "partly", "abandoned") or pick.random() < 0.2:
            first = entry.said.last + timedelta(days=pick.randrange(1_200))
            entry.when = pick.choice(
                [interval(first, "day"), interval(first, "year"), Interval(first, first)]
            )
    for _ in range(pick.choice([0, 0, 1, 2])):
        low = pick.choice([None, 0.3, 0.5, 0.8, 0.95])
        words = "" if low else pick.choice(["likely", "almost certain", "perhaps so"])
        by = pick.choice([entry.speaker, entry.speaker, 9])
        entry.given.append(
            Given(by, low, low and min(low + pick.choice([0, 0.05]), 1), words, entry.said.last)
        )


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_comes_out_the_same(seed: int) -> None:
    pick, rows = random.Random(seed), list[Entry]()
    for number in range(1, 260):
        rows.append(an_entry(number, pick, rows))
    first = firsts((one.number, one.again, one.replaces) for one in rows)
    for one in rows:
        one.claim = first.get(one.number, one.number)
    topic_of = [(at, topic) for at, one in enumerate(rows) for topic in one.topics]
    frame = Frame(ON, "UTC", "1", None)
    told = told_lines(frame, columns(rows, {9}), SPEAKERS, TOPICS, _subjects(topic_of))
    next(told)
    compared = 0
    for line in told:
        if line["scope"] == "ranking":
            continue
        whose = Whose(line["scope"], line["slug"], line["ink"], line["reading"])
        count = Count(rows, ON, Ink(line["ink"]), line["reading"])
        chosen = count.selection()
        if line["scope"] == "speaker":
            chosen = chosen.of(partial(_is_by, line["slug"]))
        elif line["scope"] == "topic":
            chosen = chosen.of(partial(_is_about, line["slug"]))
        assert list(differences(line, count.figures(chosen))) == [], str(whose)
        compared += line["due"]["due"]
    assert compared > 500


def _is_by(slug: str, one: Entry) -> bool:
    return SPEAKERS[one.speaker][0] == slug


def _is_about(slug: str, one: Entry) -> bool:
    return slug in [TOPICS[number][0] for number in one.topics]


def _subjects(pairs: list[tuple[int, int]]) -> Subjects:
    entry, topic = zip(*pairs, strict=True)
    return Subjects(np.array(entry), np.array(topic))
