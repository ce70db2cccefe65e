"""Linking what is said again: by whatever it may be recognised from, in little work, and in nobody's way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from predictions import finding, restatements
from predictions.extraction import repeats
from predictions.models import Candidate, Search, Speaker, Transcript
from tests import drafts, factories
from tests.drafts import AT, candidate, clock, searched, transcript

pytestmark = pytest.mark.django_db

THINGS = [
    "harbour",
    "ferry",
    "pier",
    "bridge",
    "tunnel",
    "market",
    "school",
    "clinic",
    "library",
    "station",
    "garden",
    "museum",
]
DOINGS = ["rebuilt", "closed", "painted", "flooded", "insured", "electrified"]


def mira() -> Speaker:
    return factories.speaker("Mira Solano")


def inked(quote: str, horizon: str = "by 2030", **kwargs: Any) -> Any:
    kwargs = {"claim": f"Number {next(factories.number)} in short.", **kwargs}
    return factories.prediction(horizon, said={"speaker": mira(), "quote": quote}, **kwargs)


def stored(*quotes: str) -> Transcript:
    """A transcript with just these candidates, all of them Mira's."""
    text = "\n\n".join(quotes)
    made = transcript(text, speaker=mira())
    Search.objects.update(finished_at=AT)
    for quote in quotes:
        start = text.index(quote)
        Candidate.objects.create(
            transcript=made, finder="rules", start=start, end=start + len(quote), quote=quote, score=1
        )
    return made


def link(made: Transcript) -> list[Any]:
    """What each candidate is held to repeat in the ledger, in the order of the text."""
    for rows in restatements.links(made):
        restatements.save(rows)
    return [row.repeats_prediction for row in Candidate.objects.filter(transcript=made).order_by("start")]


def many(count: int) -> list[str]:
    """So many things that one speaker may say, all in much the same words."""
    return [
        f"I predict that {THINGS[n % 12]} and {THINGS[n // 12 % 12]} number {n} will be {DOINGS[n % 6]} in town."
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("known", "again"),
    [
        ("碼頭將會關閉而且不會再開放給任何人使用", "我說過碼頭將會關閉而且不會再開放給任何人使用了"),
        ("我說過碼頭將會關閉而且不會再開放給任何人使用了", "碼頭將會關閉而且不會再開放給任何人使用"),
        (
            "It will be as it was, and then some more",
            "As ever: it will  be as it was, and then some more of it",
        ),
        ("Half of all crossings are electric", "electric is what half of all our crossings are"),
    ],
    ids=["in it, Chinese", "it in that, Chinese", "words without a meaning", "the same terms"],
)
def test_it_is_recognised_by_words_or_by_terms(known: str, again: str) -> None:
    entry = inked(known)
    assert link(stored(again)) == [entry]


def test_among_hundreds_much_alike_the_same_is_found() -> None:
    said = many(300)
    entries = [inked(quote) for quote in said]
    assert link(stored(said[7], said[131], said[298])) == [entries[7], entries[131], entries[298]]


def test_each_candidate_is_compared_with_few_however_long_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(*args: Any) -> float:
        nonlocal compared
        compared += 1
        return 0.0

    monkeypatch.setattr(restatements, "alike", counted)
    monkeypatch.setattr(restatements, "MOST_COMPARED", 40)
    for quote in many(150):
        inked(quote)
    link(stored(*many(30)))
    assert 0 < compared <= 30 * 40


def test_an_entry_that_was_put_right_stands_for_the_one_it_replaces() -> None:
    quote = "half of all crossings will be electric"
    wrong = inked(quote)
    right = inked(quote, replaces=wrong)
    assert link(stored(f"By then {quote}.")) == [right]


def test_of_entries_equally_alike_the_earliest_is_it() -> None:
    quote = "half of all crossings will be electric"
    inked(quote, said_on=date(2024, 5, 1))
    first = inked(quote, said_on=date(2023, 5, 1))
    assert link(stored(f"By then {quote}.")) == [first]


def test_a_link_is_kept_as_it_is_and_only_what_is_new_is_written() -> None:
    quote = "half of all crossings will be electric"
    made = stored(f"By then {quote}.", "The pier will be gone.")
    inked(quote)
    first = [len(rows) for rows in restatements.links(made)]
    link(made)
    assert (first, [len(rows) for rows in restatements.links(made)]) == ([1], [0])


def test_a_stale_reading_takes_no_link_away() -> None:
    drafts.people()
    made = searched()
    again = candidate(made, "As I said")
    assert again.repeats
    entry = inked(again.quote)
    stale = Candidate.objects.get(pk=again.pk)
    stale.repeats, stale.repeats_prediction = None, entry
    restatements.save([stale])
    again.refresh_from_db()
    assert again.repeats
    assert again.repeats_prediction == entry


def unlinked(monkeypatch: pytest.MonkeyPatch) -> Transcript:
    """A transcript that was searched but not linked, by a worker that looks at two candidates at once."""
    monkeypatch.setattr(restatements, "AT_ONCE", 2)
    said = many(8)
    for quote in said:
        inked(quote)
    made = stored(*said)
    Search.objects.filter(transcript=made).update(segments_done=99, finished_at=None)
    return made


def linked(made: Transcript) -> int:
    return Candidate.objects.filter(transcript=made, repeats_prediction__isnull=False).count()


def test_the_hold_is_renewed_while_links_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made = unlinked(monkeypatch)
    ticks = (AT + n * finding.FINDERS["rules"].hold * 0.6 for n in range(99))
    assert finding.go_on(lambda: next(ticks)) == 1
    assert linked(made) == 8


def test_whoever_lost_the_hold_links_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    made = unlinked(monkeypatch)
    save = restatements.save

    def overtaken(rows: Any) -> None:
        save(rows)
        Search.objects.filter(transcript=made).update(held_until=AT + timedelta(hours=1))

    monkeypatch.setattr(restatements, "save", overtaken)
    assert finding.go_on(clock) == 0
    assert linked(made) == 2
    assert not Search.objects.filter(transcript=made, finished_at__isnull=False).exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_compared_while_the_database_is_locked(monkeypatch: pytest.MonkeyPatch) -> None:
    made = unlinked(monkeypatch)
    locked: list[bool] = []

    def watched(*args: Any) -> float:
        locked.append(connection.in_atomic_block)
        return repeats.alike(*args)

    monkeypatch.setattr(restatements, "alike", watched)
    finding.go_on(clock)
    assert linked(made) == 8
    assert locked
    assert not any(locked)
