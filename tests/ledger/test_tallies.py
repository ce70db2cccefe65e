"""What the database counts and gathers by itself, however a row came in."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection

from ledger import triggers, upkeep
from ledger.dashboard import search, tallies
from ledger.dashboard.search import Wanted
from ledger.dashboard.tallies import Calendar, Count
from ledger.judging import withdrawal
from ledger.models import Appointment, Tally, Words
from predictions.models import Prediction, Speaker, Topic
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 29)
SAID = date(2019, 5, 1)


@pytest.fixture(autouse=True)
def record() -> list[Prediction]:
    """Three by Ada on two days, one of them withdrawn after its day; one by Bo without a date, withdrawn too."""
    ada, bo = factories.speaker("Ada Quint"), factories.speaker("Bo Lind")
    talk = factories.source("A talk")
    rows = [
        factories.prediction(
            horizon, said_on=SAID, inked_on=SAID, said={"speaker": who, "source": talk}, topics=topics
        )
        for horizon, who, topics in (
            ("in 2020", ada, ["Cars", "Boats"]),
            ("in 2020", ada, ["Cars"]),
            ("in 2030", ada, []),
            ("soon", bo, ["Boats"]),
        )
    ]
    for row in (rows[1], rows[3]):
        withdrawal.withdraw(row, reason="It was a joke.", at=noon(TODAY))
    return rows


def counts(scope: Tally.Scope) -> dict[str, Count]:
    names = {
        Tally.Scope.SPEAKER: Speaker.objects.values_list("pk", "name"),
        Tally.Scope.TOPIC: Topic.objects.values_list("pk", "name"),
    }[scope]
    found = tallies.of(scope, [number for number, _ in names])
    return {name: found[number] for number, name in names if number in found}


def test_each_subject_has_its_count() -> None:
    assert tallies.of_one(Tally.Scope.ALL, 0) == Count(4, 2)
    assert counts(Tally.Scope.SPEAKER) == {"Ada Quint": Count(3, 1), "Bo Lind": Count(1, 1)}
    assert counts(Tally.Scope.TOPIC) == {"Cars": Count(2, 1), "Boats": Count(2, 1)}
    source = Prediction.objects.values_list("statement__source", flat=True)[0]
    assert tallies.of_one(Tally.Scope.SOURCE, source) == Count(4, 2)


def test_the_calendar_counts_first_deadlines() -> None:
    assert tallies.of_calendar(TODAY) == Calendar(ahead=1, gone=2, withdrawn=1)
    assert tallies.of_calendar(date(2020, 12, 31)) == Calendar(ahead=2, gone=0, withdrawn=0)
    assert tallies.of_calendar(date(2031, 1, 1)) == Calendar(ahead=0, gone=3, withdrawn=1)
    assert tallies.of_months(2020) == {12: 1}
    assert tallies.of_months(2021) == {}


def test_they_agree_with_the_rows_counted_one_by_one() -> None:
    for tally in Tally.objects.filter(scope=Tally.Scope.SPEAKER):
        said = Prediction.objects.filter(statement__speaker=tally.subject)
        gone = said.filter(events__kind="withdrawn")
        assert (tally.logged, tally.withdrawn) == (said.count(), gone.count())


def test_several_rows_in_one_statement_are_counted_each(record: list[Prediction]) -> None:
    """A further statement's rows, written at once as an import does."""
    more = [
        Prediction(
            statement_id=record[0].statement_id,
            claim=f"Thing {number} is there.",
            criteria="Anybody can see it.",
            inked_at=noon(SAID),
            inked_on=SAID,
        )
        for number in range(5)
    ]
    Prediction.objects.bulk_create(more)
    assert counts(Tally.Scope.SPEAKER)["Ada Quint"] == Count(8, 1)
    assert Words.objects.count() == 9


def test_words_follow_a_name_that_was_corrected(record: list[Prediction]) -> None:
    Speaker.objects.filter(name="Ada Quint").update(name="Ada Quartermain")
    assert search.find(Wanted(words="quint"), TODAY).numbers == []
    assert len(search.find(Wanted(words="quartermain"), TODAY).numbers) == 3
    source = record[0].statement.source
    source.title = "A lecture"
    source.save()
    assert len(search.find(Wanted(words="lecture"), TODAY).numbers) == 4


def test_of_too_many_the_last_said_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 3)
    monkeypatch.setattr(search, "LAST", 2)
    found = search.find(Wanted(), TODAY)
    assert (len(found.numbers), found.n, found.more) == (2, 3, True)
    monkeypatch.setattr(search, "MOST", 4)
    assert not search.find(Wanted(), TODAY).more


def everything() -> list[list[object]]:
    return [
        list(
            Tally.objects.order_by("scope", "subject").values_list("scope", "subject", "logged", "withdrawn")
        ),
        list(Words.objects.order_by("pk").values_list("pk", "said_on", "text")),
        list(Appointment.objects.order_by("prediction", "kind").values_list("prediction", "kind", "day")),
    ]


def write_some() -> None:
    """An entry, one that is withdrawn, and a name that is corrected."""
    for number, horizon in enumerate(("in 2031", "in 2032")):
        said = factories.prediction(horizon, said_on=SAID, inked_on=SAID, topics=["Cars", "Trains"])
        if number:
            withdrawal.withdraw(said, reason="It was a joke.", at=noon(TODAY))
    Speaker.objects.filter(name="Bo Lind").update(name="Bo Lindgren")


def lose_the_triggers() -> None:
    """As SQLite does when a migration makes their tables anew."""
    with connection.cursor() as cursor:
        for one in upkeep.triggers(connection.vendor):
            for statement in triggers.dropping(connection, one.name, one.table):
                cursor.execute(statement)


def test_what_was_written_while_the_triggers_were_lost_is_put_right_by_migrating() -> None:
    before = everything()
    lose_the_triggers()
    write_some()
    assert everything() == before
    call_command("migrate", verbosity=0)
    right = everything()
    assert right != before
    assert counts(Tally.Scope.TOPIC) == {"Cars": Count(4, 2), "Boats": Count(2, 1), "Trains": Count(2, 1)}
    assert tallies.of_calendar(TODAY) == Calendar(ahead=2, gone=2, withdrawn=1)
    assert len(search.find(Wanted(words="lindgren"), TODAY).numbers) == 1
    assert upkeep.recount() == 0
    assert everything() == right


def test_the_triggers_come_to_what_a_recount_comes_to() -> None:
    write_some()
    right = everything()
    assert upkeep.recount() == 0
    Tally.objects.all().delete()
    Words.objects.all().delete()
    Appointment.objects.all().delete()
    assert upkeep.recount() > 0
    assert everything() == right


def test_a_tally_that_says_otherwise_is_put_right() -> None:
    right = everything()
    Tally.objects.filter(scope=Tally.Scope.ALL).update(logged=99)
    Tally.objects.create(scope=Tally.Scope.TOPIC, subject=999_999, logged=1, withdrawn=0)
    Words.objects.filter(pk=Words.objects.latest("pk").pk).update(text="never said")
    assert upkeep.recount() == 3
    assert everything() == right


def test_triggers_are_up_again_after_migrating_and_go_on_counting() -> None:
    lose_the_triggers()
    call_command("migrate", verbosity=0)
    before = tallies.of_one(Tally.Scope.ALL, 0)
    write_some()
    assert tallies.of_one(Tally.Scope.ALL, 0) == Count(before.logged + 2, before.withdrawn + 1)
    assert upkeep.recount() == 0
