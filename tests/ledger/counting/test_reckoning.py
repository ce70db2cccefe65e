"""The counting: columns agree with claims, figures are stored once and made again when something happened."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from statistics import fmean
from typing import Any

import pytest

from ledger.counting import figures, gathering, reckoning
from ledger.judging import withdrawal
from ledger.models import Reckoned, Reckoning, Score
from ledger.scoring.cohort import Cohort
from ledger.scoring.columns import Day
from ledger.scoring.groups import Ink
from ledger.scoring.published import Reading
from predictions.models import Prediction, Speaker
from tests import factories
from tests.ledger.counting.plain_counting import record

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
SAID = date(2024, 3, 1)
DUE = date(2025, 3, 1)
LATER = date(2025, 6, 1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def said(horizon: str = "in a year", **kwargs: Any) -> Prediction:
    return factories.prediction(horizon, **{"said_on": SAID, "inked_on": SAID, **kwargs})


def clock(begin: datetime = NOON) -> Any:
    """A clock that goes on by a second each time it is looked at."""
    ticks: Iterator[datetime] = (begin + timedelta(seconds=n) for n in range(10_000))
    return lambda: next(ticks)


def reckon(on: date = TODAY, begin: datetime = NOON) -> int:
    return reckoning.reckon(on, clock(begin))


# -- the same rules ----------------------------------------------------------------------------------


def a_mixed_ledger(seed: int) -> list[Speaker]:
    """Some two dozen entries of two speakers: restated, put right, taken back, with odds, judged in every way."""
    chance = random.Random(seed)
    speakers = [factories.speaker("Ada Quint"), factories.speaker("Bo Renn")]
    for speaker in speakers:
        own: list[Prediction] = []
        for _ in range(12):
            on = SAID + timedelta(days=chance.randrange(400))
            horizon = chance.choice(
                ["in a year", "in two years", "in 3 months", "soon", "in about a year", "in 20 days"]
            )
            link = {"says_again": chance.choice(own)} if own and chance.random() < 0.5 else {}
            entry = said(
                horizon,
                said_on=on,
                inked_on=min(on + timedelta(days=chance.choice([0, 0, 900])), TODAY),
                said={"speaker": speaker, "said_precision": chance.choice(["day", "month"])},
                odds=chance.choice([None, None, 0.3, 0.8, 0.5]),
                modality=chance.choice(["will", "will", "may"]),
                polarity=chance.choice(["will", "will", "will_not"]),
                condition="if it rains",
                topics=[chance.choice(["Cars", "Moon"])],
                **link,
            )
            own.append(entry)
            judge(entry, chance)
            if chance.random() < 0.25:
                when = chance.choice([entry.inked_on, TODAY - timedelta(days=2)])
                withdrawal.withdraw(entry, reason="By mistake.", at=factories.noon(when))
                if chance.random() < 0.6:
                    own.append(
                        said(
                            horizon,
                            said_on=on,
                            inked_on=when + timedelta(days=1),
                            said={"speaker": speaker},
                            replaces=entry,
                        )
                    )
    return speakers


def judge(entry: Prediction, chance: random.Random) -> None:
    deadline = entry.deadline
    answer = chance.choice(["yes", "no", "partly", "abandoned", "cannot_tell", "void", None])
    if answer is None or deadline is None or deadline.last_day >= TODAY:
        return
    details: dict[str, Any] = {}
    not_to_happen = entry.polarity == "will_not"
    if answer in ({"no", "abandoned"} if not_to_happen else {"yes", "partly", "abandoned"}):
        around = deadline.last_day + timedelta(days=chance.randrange(-60, 60))
        details = {
            "happened_on": min(max(around, entry.statement.anchor), TODAY),
            "happened_precision": chance.choice(["day", "month"]),
        }
        if not_to_happen and answer == "no":
            details["happened_on"] = min(details["happened_on"], deadline.last_day)
            details["happened_precision"] = "day"
    if answer == "partly":
        details["which_part"] = "Half."
    factories.verdict(entry, answer, on=TODAY, **details)


@pytest.mark.parametrize("seed", range(2))
def test_columns_are_counted_as_claims_are(seed: int) -> None:
    """Every cell, what was withdrawn late, the median wait, and the odds, for every choice of entries."""
    for hour, speaker in enumerate(a_mixed_ledger(seed)):
        reckon(begin=NOON + timedelta(hours=hour))
        for ink in Ink:
            plain, found = record(TODAY, ink, speaker), figures.of_speaker(speaker, ink)
            assert {cell: getattr(found.due, cell) for cell in Cohort.__slots__} == asdict(plain.cohort)
            assert found.due.withdrawn_late == plain.withdrawn_late
            assert found.due.days_waited == plain.days_waited
            assert found.odds.n == len(plain.scores)
            if found.odds.brier is not None:
                assert found.odds.brier == pytest.approx(fmean(plain.scores), abs=1e-6)


def test_restatements_are_grouped_as_claims_are() -> None:
    a_mixed_ledger(11)
    rows = gathering.entries()
    day = Day(rows, TODAY.toordinal())
    claims = record(TODAY).claims
    assert sorted(len(claim.entries) for claim in claims if len(claim.entries) > 1) == sorted(
        len(places) for places in rows.claims_of_many
    )
    promises = {entry.prediction.pk for claim in claims if (entry := claim.promise(Ink.ALL))}
    assert set(rows.number[day.promises[Ink.ALL]].tolist()) == promises


# -- when --------------------------------------------------------------------------------------------


def test_nothing_to_count_gives_empty_figures_and_is_not_done_twice() -> None:
    assert reckon() == len(reckoning.CHOICES)
    assert figures.of_all().as_of == TODAY
    assert reckon() == 0


def test_a_verdict_is_in_the_figures_after_the_next_run() -> None:
    entry = said(topics=["Cars"])
    ada, cars = entry.statement.speaker, entry.topics.get()
    reckon()
    assert figures.of_speaker(ada).due.waiting == 1
    factories.verdict(entry, "yes", on=LATER, happened_on=DUE)
    assert reckon(begin=NOON + timedelta(hours=1)) > 0
    for found in (figures.of_speaker(ada), figures.of_topic(cars), figures.of_all()):
        assert (found.due.on_time, found.due.waiting, found.delivery.delivered) == (1, 0, 1)
        assert found.as_of == TODAY


def test_soon_after_a_run_of_everything_only_the_speaker_is_counted_anew() -> None:
    """All and the topics follow when as much time has passed as keeps a worker free."""
    entry, other = said(topics=["Cars"]), said()
    reckon()
    factories.verdict(entry, "yes", on=LATER, happened_on=DUE)
    (soon,) = [Reckoning.objects.get().ended_at]
    assert soon is not None
    assert reckon(begin=soon) > 0
    assert figures.of_speaker(entry.statement.speaker).due.on_time == 1
    assert figures.of_speaker(other.statement.speaker).due.waiting == 1
    assert figures.of_all().due.on_time == 0
    assert reckon(begin=soon) == 0  # nothing happened since
    assert reckon(begin=soon + timedelta(hours=1)) > 0
    assert figures.of_all().due.on_time == 1
    assert set(Score.objects.values_list("reckoning__number", flat=True)) == {3}


def test_ten_verdicts_are_one_run() -> None:
    entries = [said() for _ in range(10)]
    reckon()
    for entry in entries:
        factories.verdict(entry, "no", on=LATER)
    reckon(begin=NOON + timedelta(hours=1))
    assert Reckoning.objects.count() == 2
    assert figures.of_all().due.missed == 10


def test_days_that_pass_are_counted() -> None:
    entry = said("in three years")
    reckon()
    assert figures.of_speaker(entry.statement.speaker).as_of is None
    reckon(on=date(2027, 3, 2), begin=NOON + timedelta(days=100))
    assert figures.of_speaker(entry.statement.speaker).due.waiting == 1


@pytest.mark.parametrize("seed", range(3))
def test_counted_every_day_or_a_month_late_the_figures_are_the_same(seed: int) -> None:
    """Thirty days with runs after every verdict, or none until the last of them."""
    speakers = a_mixed_ledger(seed)
    chance = random.Random(seed)
    ahead = [said("in 20 days", said_on=TODAY, inked_on=TODAY, said={"speaker": one}) for one in speakers]
    for passed in range(31):
        today, noon = TODAY + timedelta(days=passed), NOON + timedelta(days=passed)
        if passed > 25 and ahead:
            answer = chance.choice(["yes", "no"])
            when: dict[str, Any] = {"happened_on": today} if answer == "yes" else {}
            factories.verdict(ahead.pop(), answer, on=today, **when)
        reckon(on=today, begin=noon)
        reckon(on=today, begin=noon + timedelta(hours=1))
    daily = stored()
    for made in (Score, Reckoned, Reckoning):
        made.objects.all().delete()
    reckon(on=today, begin=noon)
    assert not ahead
    assert stored() == daily


def stored() -> dict[tuple[str, int, str, str], Any]:
    return {(one.scope, one.subject, one.ink, one.reading): one.figures for one in Score.objects.all()}


def test_a_change_of_the_rules_makes_everything_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    said()
    reckon()
    monkeypatch.setattr(reckoning, "CODE", "another")
    assert reckon() > 0
    assert figures.of_all().code == "another"


def test_two_runs_at_once_are_one() -> None:
    said()
    assert reckoning._begin(TODAY, NOON, whole=True) is not None
    assert reckoning._begin(TODAY, NOON, whole=True) is None
    assert reckon() == 0


def test_a_run_that_died_is_made_good_after_its_lease() -> None:
    entry = said()
    reckoning._begin(TODAY, NOON, whole=True)
    assert reckon(begin=NOON + reckoning.LEASE + timedelta(seconds=1)) > 0
    assert figures.of_speaker(entry.statement.speaker).due.waiting == 1


def test_a_run_that_was_given_up_for_dead_writes_nothing_more() -> None:
    run = reckoning._begin(TODAY, NOON, whole=True)
    assert run is not None
    later = NOON + reckoning.LEASE + timedelta(seconds=1)
    reckoning._begin(TODAY, later, whole=True)
    with pytest.raises(reckoning.Overtaken):
        reckoning._hold(run, later)


def test_who_has_nothing_counted_any_more_has_no_figures() -> None:
    """Early in the record, withdrawn before its day: the row goes, and the reader gets empty figures."""
    entry = said("in five years")
    factories.verdict(entry, "yes", on=LATER, happened_on=DUE)
    reckon()
    assert figures.of_speaker(entry.statement.speaker).due.already_true == 1
    withdrawal.withdraw(entry, reason="By mistake.", at=factories.noon(LATER))
    reckon(begin=NOON + timedelta(hours=1))
    assert figures.of_speaker(entry.statement.speaker).as_of is None


def test_marks_are_kept_only_of_the_last_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of these one may have been written while a run was reading; what is older needs no mark."""
    monkeypatch.setattr(reckoning, "LATE", 2)
    for hour in range(3):
        factories.verdict(said(), "no", on=LATER)
        reckon(begin=NOON + timedelta(hours=hour))
    assert Reckoned.objects.count() == 2
    assert reckon(begin=NOON + timedelta(hours=9)) == 0


# -- what --------------------------------------------------------------------------------------------


def test_readings_hold_a_promise_against_other_days() -> None:
    """ "in about a year" may last a year and a fifth; come true between, it is late, but not by the latest reading."""
    entry = said("in about a year")
    deadline = entry.deadline
    assert deadline is not None
    assert deadline.latest > deadline.last_day + timedelta(days=30)
    factories.verdict(entry, "yes", on=TODAY, happened_on=deadline.last_day + timedelta(days=10))
    reckon()
    speaker = entry.statement.speaker
    assert figures.of_speaker(speaker).due.late == 1
    assert figures.of_speaker(speaker, reading=Reading.STRICT).due.late == 1
    assert figures.of_speaker(speaker, reading=Reading.LATEST).due.on_time == 1


def test_the_latest_reading_waits_for_whoever_did_not_look_so_far() -> None:
    entry = said("in about a year")
    deadline = entry.deadline
    assert deadline is not None
    factories.verdict(entry, "no", on=deadline.last_day + timedelta(days=5))
    reckon()
    assert figures.of_all().due.missed == 1
    assert figures.of_all(reading=Reading.LATEST).due.waiting == 1


def test_words_are_read_by_every_lexicon_apart_from_numbers() -> None:
    for answer in ("yes", "no", "yes", "yes", "yes"):
        entry = said()
        speaker = entry.statement.speaker
        entry.forecasts.create(by=speaker, words="probably", stated_on=SAID)
        details: dict[str, Any] = {"happened_on": DUE} if answer == "yes" else {}
        factories.verdict(entry, answer, on=LATER, **details)
    reckon()
    found = figures.of_all()
    assert found.odds.n == 0
    briers = {one.lexicon: one.odds.brier for one in found.worded}
    assert briers["fagen-ulmschneider"] == pytest.approx((4 * 0.09 + 0.49) / 5)
    assert briers["kent"] == pytest.approx((4 * 0.0625 + 0.5625) / 5)
    assert briers["ipcc"] is None
    assert {one.lexicon: one.unread for one in found.worded}["ipcc"] == 5
    assert found.spread is not None
    assert found.spread.low < found.spread.high


def test_the_middle_of_a_range_is_the_level_of_who_named_it() -> None:
    """The middle of .8 and .9 is not .85 in binary numbers."""
    for low, high in 4 * [(0.85, 0.85), (0.8, 0.9), (0.7, 1)]:
        entry = said()
        entry.forecasts.create(by=entry.statement.speaker, low=low, high=high, stated_on=SAID)
        factories.verdict(entry, "yes", on=LATER, happened_on=DUE)
    reckon()
    (level,) = figures.of_all().odds.levels
    assert (level.probability, level.n) == (0.85, 12)


def test_the_crowd_stands_beside_what_was_said_within_a_week() -> None:
    market = factories.speaker("The Market", kind=Speaker.Kind.MARKET)
    entry = said(odds=0.9)
    for days, share in ((8, 0.1), (5, 0.4), (6, 0.5)):
        entry.forecasts.create(by=market, low=share, high=share, stated_on=SAID + timedelta(days=days))
    late = said(odds=0.9)
    late.forecasts.create(by=market, low=0.5, high=0.5, stated_on=SAID + timedelta(days=8))
    for one in (entry, late):
        factories.verdict(one, "yes", on=LATER, happened_on=DUE)
    reckon()
    found = figures.of_all().crowd
    assert found is not None
    assert (found.n, found.closer) == (1, 1)
    assert found.mean == pytest.approx(0.01 - 0.36)


def test_the_ranking_names_those_with_enough() -> None:
    for name, kept in (("Ada Quint", 5), ("Bo Renn", 1)):
        for n in range(5):
            entry = said(said={"speaker": factories.speaker(name)})
            if n < kept:
                factories.verdict(entry, "yes", on=LATER, happened_on=DUE)
            else:
                factories.verdict(entry, "no", on=LATER)
    factories.verdict(said(), "no", on=LATER)
    reckon()
    found = figures.ranking()
    assert [(place.rank, place.name, place.k, place.n) for place in found.places] == [
        (1, "Ada Quint", 5, 5),
        (2, "Bo Renn", 1, 5),
    ]
    assert (found.too_few, found.estimated) == (1, False)
