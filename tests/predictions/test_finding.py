"""Searching in the worker: what is found, how far it is, and what happens when a worker dies half-way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from predictions import cutting, extraction, finding, restatements, transcripts
from predictions.models import Candidate, Search, Segment, Transcript
from predictions.transcripts import read
from tests import drafts, factories
from tests.drafts import AT, FERRIES, candidate, clock, searched, transcript
from tests.worker import Worker

pytestmark = pytest.mark.django_db

PATIENCE = finding.FINDERS["rules"].hold + timedelta(seconds=1)
"""After which another worker goes on."""


def test_what_the_rules_find_is_stored_as_it_stands_in_the_text() -> None:
    stored = searched()
    found = Candidate.objects.filter(transcript=stored)
    assert found.count() >= 4
    assert all(one.quote == stored.words(one.start, one.end) for one in found)


def test_a_candidate_suggests_who_when_and_why() -> None:
    one = candidate(searched(), "2030")
    assert (one.label, one.deadline) == ("Mira Solano", date(2030, 12, 31))
    assert "2030" in one.horizon_text
    assert one.reason
    assert one.finder == "rules"


def test_a_search_that_came_to_its_end_says_so_and_is_not_done_again() -> None:
    stored = searched()
    search = Search.objects.get(transcript=stored)
    assert (search.segments_done, search.finished_at, search.held_until) == (search.segments_total, AT, None)
    assert finding.go_on(clock) == 0


def test_searching_twice_doubles_nothing() -> None:
    stored = searched()
    before = set(Candidate.objects.values_list("start", "end"))
    Search.objects.filter(transcript=stored).update(finished_at=None, segments_done=0)
    finding.go_on(clock)
    rows = list(Candidate.objects.values_list("start", "end"))
    assert len(rows) == len(before)
    assert set(rows) == before


def test_asking_twice_makes_one_search() -> None:
    stored = transcript()
    finding.ask(stored, 5, at=AT)
    assert Search.objects.filter(transcript=stored).count() == 1


def test_who_holds_a_search_holds_it_alone() -> None:
    transcript()
    assert finding.take(at=AT) is not None
    assert finding.take(at=AT) is None


def test_a_hold_that_ran_out_passes_to_whoever_comes() -> None:
    transcript()
    first = finding.take(at=AT)
    second = finding.take(at=AT + PATIENCE)
    assert first
    assert second
    assert first.pk == second.pk


def use(patch: pytest.MonkeyPatch, find: Callable[..., finding.Haul], stretch: int = 250_000) -> None:
    """Search by that instead of the rules, or by the rules in other stretches."""
    patch.setitem(finding.FINDERS, "rules", finding.Finder(find, stretch, finding.FINDERS["rules"].hold))


class Killed(Exception):
    """The worker is gone, in the middle of things."""


def long_text(paragraphs: int) -> str:
    return "\n\n".join(
        f"The line number {n} will be rebuilt by {2030 + n % 40}, I predict, and its fares will fall."
        for n in range(paragraphs)
    )


def dies_at(stretch: int) -> Callable[..., finding.Haul]:
    """The rules, for a worker that dies when it comes to that stretch."""
    calls = iter(range(1_000))

    def find(*args: Any) -> finding.Haul:
        if next(calls) == stretch:
            raise Killed
        return finding.by_rules(*args)

    return find


def test_a_killed_worker_s_search_is_gone_on_with_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, finding.by_rules, stretch=2_000)
    stored = transcript(long_text(120))
    use(monkeypatch, dies_at(2), stretch=2_000)
    with pytest.raises(Killed):
        finding.go_on(clock)
    half = Search.objects.get(transcript=stored)
    Search.objects.update(
        held_until=AT + finding.FINDERS["rules"].hold
    )  # who is killed outright lets nothing go
    found = Candidate.objects.count()
    assert 0 < half.segments_done < half.segments_total
    assert found > 0

    use(monkeypatch, finding.by_rules, stretch=2_000)
    assert finding.go_on(clock) == 0, "it is still held"
    assert finding.go_on(lambda: AT + PATIENCE) == 1
    done = Search.objects.get(transcript=stored)
    assert done.segments_done == done.segments_total
    assert Candidate.objects.count() > found
    assert Candidate.objects.count() == Candidate.objects.values("start", "end").distinct().count()


def test_a_search_that_breaks_off_is_free_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = transcript()
    with monkeypatch.context() as patch:
        use(patch, dies_at(0))
        with pytest.raises(Killed):
            finding.go_on(clock)
    assert finding.go_on(clock) == 1
    assert Search.objects.get(transcript=stored).failure == ""


@pytest.mark.parametrize(
    ("tries", "held", "seconds", "says"),
    [
        (0, None, 5, ""),
        (0, None, 40, "No worker has taken it up yet. Is one running?"),
        (1, 60, 5, ""),
        (2, 60, 5, "This is try 2 of 3: the worker before it broke off here."),
        (1, 60, 40, "The worker has been silent for 40 seconds. If it is gone, another goes on at 12:01:00."),
        (1, 60, 75, "The worker has been silent for 75 seconds. If it is gone, another goes on at 12:01:15."),
        (1, None, 40, "It broke off. A worker takes it up again within seconds: try 2 of 3."),
    ],
)
def test_whoever_waits_is_told_what_keeps_a_search(
    tries: int, held: int | None, seconds: int, says: str
) -> None:
    search = Search.objects.get(transcript=transcript())
    noon = AT.replace(hour=12, minute=0, second=0, microsecond=0)
    search.asked_at, search.tries = noon, tries
    search.held_until = noon + timedelta(seconds=held) if held else None
    assert finding.trouble(search, noon + timedelta(seconds=seconds)) == says


def test_a_later_reader_changes_nothing_of_what_is_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, finding.by_rules, stretch=2_000)
    stored = transcript(long_text(120))
    with monkeypatch.context() as patch:
        use(patch, dies_at(2), stretch=2_000)
        with pytest.raises(Killed):
            finding.go_on(clock)
    monkeypatch.setattr(transcripts, "read", lambda *_: read(b"Otherwise read it will be another text."))
    assert finding.go_on(clock) == 1
    text = long_text(120)
    assert all(text[one.start : one.end] == one.quote for one in Candidate.objects.filter(transcript=stored))
    assert Candidate.objects.filter(transcript=stored, start__gt=9_000).exists()


def test_a_stretch_is_noted_as_done_with_what_was_found_in_it_or_not_at_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = transcript()

    def dies(*args: Any, **kwargs: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Candidate.objects, "bulk_create", dies)
        with pytest.raises(Killed):
            finding.go_on(clock)
    assert Search.objects.get(transcript=stored).segments_done == 0
    assert finding.go_on(lambda: AT + PATIENCE) == 1
    assert Candidate.objects.count() >= 4


def test_the_segments_are_stored_in_batches_that_survive_a_killed_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cutting, "AT_ONCE", 2)
    stored = transcript()
    assert not stored.segments.exists(), "that is the worker's work"
    save = cutting.save
    batches: list[int] = []

    def dies(rows: list[Segment]) -> None:
        if len(batches) == 1:
            raise Killed
        batches.append(len(rows))
        save(rows)

    with monkeypatch.context() as patch:
        patch.setattr(cutting, "save", dies)
        with pytest.raises(Killed):
            finding.go_on(clock)
    assert stored.segments.count() == 2
    assert finding.go_on(lambda: AT + PATIENCE) == 1
    assert list(stored.segments.values_list("ordinal", flat=True)) == [0, 1, 2, 3, 4]
    assert list(stored.segments.values_list("start", "end")) == [
        (one.start, one.end) for one in read(FERRIES.encode(), "ferries.vtt").segments
    ]


class Crashed(Exception):
    """A finder has a fault."""


def crash(*args: Any) -> finding.Haul:
    raise Crashed


def late(turns: int) -> datetime:
    """When the worker that comes after so many others looks at the clock."""
    return AT + turns * PATIENCE


def crash_until_given_up(stored: Transcript) -> Search:
    """Let workers come again and again."""
    for n in range(finding.TRIES):
        with pytest.raises(Crashed):
            finding.go_on(partial(late, n))
        assert Search.objects.unfinished().filter(transcript=stored).exists()
    assert finding.go_on(lambda: AT + finding.TRIES * PATIENCE) == 0
    return Search.objects.get(transcript=stored)


def test_a_search_that_breaks_off_every_time_is_given_up_and_says_so(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    use(monkeypatch, crash)
    stored = transcript()
    search = crash_until_given_up(stored)
    assert search.failure.startswith("It broke off 3 times after 0 of 5 segments.")
    assert search.finished_at
    client.force_login(User.objects.create_superuser("ada"))
    assert "It broke off 3 times" in client.get(f"/admin/review/{stored.pk}/").content.decode()

    use(monkeypatch, finding.by_rules)
    finding.ask_again(stored, at=AT)
    assert finding.go_on(clock) == 1
    again = Search.objects.get(transcript=stored)
    assert (again.failure, again.segments_done) == ("", again.segments_total)


def test_a_search_that_is_stopped_ends_after_its_stretch_and_lets_the_next_one_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stored = transcript(long_text(60))
    stretches: list[transcripts.Transcript] = []

    def stopped_in_the_second(stretch: transcripts.Transcript, *given: Any) -> finding.Haul:
        stretches.append(stretch)
        if len(stretches) == 2:
            finding.stop(stored, at=AT)
        return finding.by_rules(stretch, *given)

    use(monkeypatch, stopped_in_the_second, stretch=2_000)
    other = transcript()
    assert finding.go_on(clock) == 1
    assert Search.objects.get(transcript=other).failure == ""
    search = Search.objects.get(transcript=stored)
    assert search.failure.startswith(f"An editor stopped it after {search.segments_done} of 60 segments.")
    assert 0 < search.segments_done < 60
    assert len(stretches) == 3, "two of the long one, one of the other"
    assert stored.candidates.exists(), "what the first brought stays"

    finding.ask_again(stored, at=AT)
    assert finding.go_on(clock) == 1
    assert Search.objects.get(transcript=stored).segments_done == 60


def test_what_is_over_is_not_stopped() -> None:
    stored = searched()
    finding.stop(stored, at=AT)
    assert Search.objects.get(transcript=stored).failure == ""


def test_only_tries_that_got_no_further_count(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = transcript(long_text(60))
    calls = iter(range(1_000))

    def every_other(*args: Any) -> finding.Haul:
        if next(calls) % 2:
            raise Crashed
        return finding.by_rules(*args)

    use(monkeypatch, every_other, stretch=500)
    for n in range(2 * finding.TRIES):
        with pytest.raises(Crashed):
            finding.go_on(partial(late, n))
    search = Search.objects.get(transcript=stored)
    assert (search.finished_at, search.tries) == (None, 1)
    assert search.segments_done > finding.TRIES


def test_what_breaks_while_links_are_made_is_given_up_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restatements, "links", crash)
    assert "after 5 of 5 segments" in crash_until_given_up(transcript()).failure


def test_in_stretches_the_same_is_found_as_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = searched(long_text(60))
    use(monkeypatch, finding.by_rules, stretch=2_000)
    parts = searched("\n\n" + long_text(60))
    spans = [
        [
            (one.start - shift, one.quote)
            for one in Candidate.objects.filter(transcript=stored).order_by("start")
        ]
        for stored, shift in ((whole, 0), (parts, 2))
    ]
    assert spans[0] == spans[1]


def test_one_endless_line_is_searched_in_stretches_too(monkeypatch: pytest.MonkeyPatch) -> None:
    line = long_text(60).replace("\n\n", " ")
    whole = searched(line)
    use(monkeypatch, finding.by_rules, stretch=1_000)
    parts = searched(" " + line)
    quotes = [
        list(Candidate.objects.filter(transcript=stored).order_by("start").values_list("quote", flat=True))
        for stored in (whole, parts)
    ]
    assert quotes[0] == quotes[1]
    assert Search.objects.get(transcript=parts).segments_done == 1


def test_words_without_an_end_are_cut_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, finding.by_rules, stretch=1_000)
    search = Search.objects.get(transcript=searched("x" * 5_000))
    assert search.finished_at


def test_whoever_lost_the_hold_stores_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = transcript()

    def overtaken(*args: Any) -> finding.Haul:
        Search.objects.filter(transcript=stored).update(held_until=AT + timedelta(hours=1))
        return finding.by_rules(*args)

    use(monkeypatch, overtaken)
    assert finding.go_on(clock) == 0
    assert not Candidate.objects.exists()


def test_a_finder_that_cannot_go_on_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*args: Any) -> finding.Haul:
        raise finding.Failed("The oracle is silent.")

    use(monkeypatch, fails)
    search = Search.objects.get(transcript=searched())
    assert search.failure == "The oracle is silent."
    assert search.finished_at == AT


def test_words_without_a_label_are_the_transcript_s_speaker_s() -> None:
    mira, _ = drafts.people()
    stored = searched("I predict that the harbour will be dredged by 2031.", speaker=mira)
    assert candidate(stored, "dredged").label == "Mira Solano"


def test_what_is_said_again_is_linked_and_kept() -> None:
    stored = searched()
    rows = Candidate.objects.filter(transcript=stored, quote__contains="first electric ferry").order_by(
        "start"
    )
    assert rows.count() == 2
    assert rows[1].repeats == rows[0]


@pytest.mark.parametrize(
    ("quote", "claim", "horizon", "linked"),
    [
        ("half of all crossings will be electric", "Every second crossing is electric.", "by 2030", 1),
        ("it will be every second one", "Half of all crossings will be electric.", "by 2030", 1),
        ("half of all crossings are to be electric", "Half of all crossings are electric.", "by 2040", 0),
        ("the fares on the line will double", "Fares on the harbour line double.", "by 2030", 0),
    ],
    ids=["the same words", "the same claim", "another day", "another claim"],
)
def test_what_is_in_the_ledger_already_is_linked(quote: str, claim: str, horizon: str, linked: int) -> None:
    mira, _ = drafts.people()
    entry = factories.prediction(horizon, claim=claim, said={"speaker": mira, "quote": quote})
    one = candidate(searched(), "half of all crossings")
    assert one.repeats_prediction == (entry if linked else None)


def test_only_the_same_speaker_repeats() -> None:
    _, jon = drafts.people()
    factories.prediction(
        "by 2030",
        claim="Half of all crossings will be electric.",
        said={"speaker": jon, "quote": "half of all crossings will be electric by 2030"},
    )
    assert candidate(searched(), "half of all crossings").repeats_prediction is None


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_searches(worker: Worker) -> None:
    stored = transcript()
    worker.run("predictions.tasks.find_candidates")
    assert Search.objects.get(transcript=stored).finished_at
    assert Candidate.objects.filter(transcript=stored).count() == len(
        extraction.find(read(FERRIES.encode(), "ferries.vtt"), drafts.SAID)
    )
