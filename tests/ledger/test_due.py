"""Every dated prediction falls due exactly once, on the day it does, however late or often anybody looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from ledger import agenda, due
from ledger.judging.withdrawal import withdraw
from ledger.models import Appointment, Delivery, Event, EventQuerySet
from ledger.moments import day_of, end_of
from ledger.post import outbox
from predictions.models import Deadline, Prediction
from tests import factories
from tests.factories import noon

LAST_DAY = date(2026, 10, 1)
NEXT_DAY = LAST_DAY + timedelta(days=1)


def sweep(on: date = NEXT_DAY) -> int:
    return due.flag_due(on=on, at=noon(on))


def reading(prediction: Prediction, last_day: date, ordinal: int = 1) -> Deadline:
    """A deadline set by a person on ``last_day``."""
    deadline = unsaved_reading(prediction, last_day, ordinal)
    deadline.save()
    return deadline


def unsaved_reading(prediction: Prediction, last_day: date, ordinal: int = 1) -> Deadline:
    return Deadline(
        prediction=prediction,
        ordinal=ordinal,
        counted_from=prediction.statement.said_on,
        earliest=last_day,
        nominal=last_day,
        last_day=last_day,
        latest=last_day,
        kind="by",
        rule="person",
        explanation="Set by a person.",
        made_at=prediction.inked_at,
        made_on=prediction.inked_on,
    )


def fell_due() -> list[Event]:
    return list(Event.objects.of_kind(Event.Kind.FELL_DUE))


@pytest.mark.django_db
class TestTheSweep:
    def test_flags_what_has_passed_and_nothing_else(self) -> None:
        past = factories.prediction(said_on=date(2025, 10, 1))
        factories.prediction(said_on=date(2025, 10, 2))
        factories.prediction("")
        assert sweep() == 1
        (event,) = fell_due()
        assert event.prediction == past
        assert (event.happened_at, event.recorded_at) == (end_of(LAST_DAY), noon(NEXT_DAY))
        assert event.made_by is None

    def test_the_last_day_itself_is_still_in_time(self) -> None:
        factories.prediction()
        assert sweep(LAST_DAY) == 0
        assert not fell_due()

    @pytest.mark.parametrize("late", [1, 2, 31, 3_650])
    def test_run_late_it_records_the_day_on_which_it_fell_due(self, late: int) -> None:
        factories.prediction()
        on = LAST_DAY + timedelta(days=late)
        assert sweep(on) == 1
        (event,) = fell_due()
        assert event.happened_at == datetime(2026, 10, 2, tzinfo=UTC)
        assert event.recorded_at == noon(on)

    def test_run_twice_it_changes_nothing(self) -> None:
        factories.subscription()
        factories.prediction()
        assert [sweep(), sweep(), sweep(NEXT_DAY + timedelta(days=30))] == [1, 0, 0]
        assert len(fell_due()) == Delivery.objects.count() == 1

    def test_what_was_logged_after_its_deadline_falls_due_on_its_day_too(self) -> None:
        prediction = factories.prediction(inked_on=date(2026, 11, 20))
        assert prediction.in_hindsight
        assert sweep(date(2026, 11, 20)) == 1
        assert fell_due()[0].happened_at == end_of(LAST_DAY)

    def test_what_was_settled_early_falls_due_all_the_same(self) -> None:
        prediction = factories.prediction()
        factories.verdict(prediction, "yes", on=date(2026, 3, 1), happened_on=date(2026, 2, 1))
        assert sweep() == 1

    def test_what_was_withdrawn_passes_its_day_in_silence(self) -> None:
        """The day passes for it as for everything; nobody is asked to judge it, nobody is written to."""
        factories.subscription()
        withdraw(factories.prediction(), reason="Not his words.", at=noon(date(2026, 1, 1)))
        assert sweep() == 1
        assert outbox.send(at=lambda: noon(NEXT_DAY)) == 0
        assert Delivery.objects.get().dropped_because == "no longer waiting"

    @pytest.mark.parametrize("days", [-100, 100])
    def test_the_first_reading_falls_due_and_a_second_moves_nothing(self, days: int) -> None:
        second = LAST_DAY + timedelta(days=days)
        reading(factories.prediction(), second, ordinal=2)
        assert sweep(LAST_DAY) == 0
        assert sweep() == 1
        assert sweep(LAST_DAY + timedelta(days=200)) == 0
        assert fell_due()[0].happened_at == end_of(LAST_DAY)

    def test_what_is_dated_later_falls_due_by_that_date(self) -> None:
        undated = factories.prediction("")
        assert sweep() == 0
        reading(undated, LAST_DAY)
        assert sweep() == 1

    def test_leaves_neither_event_nor_mail_if_it_dies_between_them(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        factories.subscription()
        factories.prediction()

        def power_cut(events: EventQuerySet) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(outbox, "owe", power_cut)
            with pytest.raises(KeyboardInterrupt):
                sweep()
        assert not fell_due()
        assert sweep() == 1
        assert Delivery.objects.count() == 1


@pytest.mark.django_db
class TestTheInstallationsTimeZone:
    """A deadline is over at 24:00 of its last day where the installation is."""

    @pytest.mark.parametrize(
        ("zone", "midnight"),
        [
            ("UTC", "2026-10-02T00:00+00:00"),
            ("Asia/Taipei", "2026-10-01T16:00+00:00"),
            ("America/New_York", "2026-10-02T04:00+00:00"),
            ("Pacific/Kiritimati", "2026-10-01T10:00+00:00"),
            ("Etc/GMT+12", "2026-10-02T12:00+00:00"),
        ],
    )
    def test_sets_the_moment(self, zone: str, midnight: str, settings: Settings) -> None:
        settings.TIME_ZONE = zone
        over = datetime.fromisoformat(midnight)
        just_before = over - timedelta(seconds=1)
        factories.prediction()

        assert due.flag_due(on=day_of(just_before), at=just_before) == 0
        assert due.flag_due(on=day_of(over), at=over) == 1
        assert fell_due()[0].happened_at == over

    @pytest.mark.parametrize(
        ("zone", "last_day", "over"),
        [
            ("America/New_York", date(2026, 10, 31), "2026-11-01T04:00+00:00"),
            ("America/New_York", date(2026, 11, 1), "2026-11-02T05:00+00:00"),
            ("America/New_York", date(2026, 3, 8), "2026-03-09T04:00+00:00"),
            # Clocks in Beirut skip the first hour of 29 March 2026.
            ("Asia/Beirut", date(2026, 3, 28), "2026-03-28T22:00+00:00"),
            ("UTC", date(2028, 2, 29), "2028-03-01T00:00+00:00"),
            ("Asia/Taipei", date(2026, 12, 31), "2026-12-31T16:00+00:00"),
        ],
    )
    def test_changes_of_the_clock_and_of_the_year(
        self, zone: str, last_day: date, over: str, settings: Settings
    ) -> None:
        settings.TIME_ZONE = zone
        assert end_of(last_day).astimezone(UTC) == datetime.fromisoformat(over)
        assert day_of(end_of(last_day)) == last_day + timedelta(days=1)

    def test_an_offset_in_the_moment_changes_nothing(self, settings: Settings) -> None:
        settings.TIME_ZONE = "Asia/Taipei"
        moment = datetime(2026, 10, 1, 23, 59, tzinfo=ZoneInfo("Asia/Taipei"))
        assert day_of(moment) == day_of(moment.astimezone(UTC)) == LAST_DAY


@pytest.mark.django_db
class TestTheAgenda:
    """It holds what is to come and nothing else, so that looking at it costs what is due, not the history."""

    def on_the_agenda(self) -> list[tuple[str, int, date]]:
        return list(Appointment.objects.order_by("day").values_list("kind", "number", "day"))

    def test_holds_an_appointment_for_what_is_pending_however_the_row_came_in(self) -> None:
        undated = factories.prediction("")
        assert self.on_the_agenda() == []
        reading(undated, LAST_DAY)
        factories.dated(factories.prediction(""), LAST_DAY, on=date(2026, 9, 1))
        (third,) = Deadline.objects.bulk_create([unsaved_reading(factories.prediction(""), LAST_DAY)])
        reading(third.prediction, LAST_DAY + timedelta(days=9), ordinal=2)
        assert self.on_the_agenda() == [("fell_due", 0, LAST_DAY)] * 3

    def test_is_crossed_out_when_it_has_happened(self) -> None:
        factories.prediction()
        factories.prediction("in three years")
        sweep()
        assert [day for *_, day in self.on_the_agenda() if day <= LAST_DAY] == []
        assert Appointment.objects.of_kind("fell_due").count() == 1

    def test_a_sweep_with_nothing_to_do_asks_once_a_kind_and_writes_nothing(
        self, django_assert_num_queries: Any
    ) -> None:
        for _ in range(3):
            factories.prediction()
        sweep()
        with django_assert_num_queries(4):
            sweep()

    def test_many_cost_as_many_statements_as_one(self) -> None:
        factories.subscription()
        sweep(date(2026, 1, 1))
        statements = []
        for many in (1, 20):
            for number in range(many):
                factories.prediction(said_on=date(2025, 9, 1) + timedelta(days=number % 7))
            with CaptureQueriesContext(connection) as asked:
                assert sweep() == many
            statements.append(len(asked))
        assert statements[0] == statements[1]

    def test_what_was_lost_from_it_is_found_again(self) -> None:
        factories.prediction()
        factories.prediction("in three years")
        sweep()
        Appointment.objects.all().delete()
        assert [agenda.mend(), agenda.mend()] == [1, 0]
        assert sweep(date(2030, 1, 1)) == 1

    def test_what_was_put_on_it_again_after_it_happened_changes_nothing(self) -> None:
        """Who looks for what is missing may come between a sweep's crossing out and its end."""
        prediction = factories.prediction()
        sweep()
        before = self.on_the_agenda()
        Appointment.objects.create(prediction=prediction, kind="fell_due", day=LAST_DAY)
        assert sweep() == 0
        assert self.on_the_agenda() == before

    def test_crosses_nothing_out_that_has_not_happened(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Another transaction may make an appointment while the sweep is between its statements."""
        factories.prediction()
        owe = outbox.owe

        def while_another_is_logged(events: EventQuerySet) -> None:
            owe(events)
            factories.prediction()

        with monkeypatch.context() as patch:
            patch.setattr(outbox, "owe", while_another_is_logged)
            assert sweep() == 1
        assert sweep() == 1
        assert len(fell_due()) == 2


@pytest.mark.django_db
class TestAnnouncing:
    """30 and 7 days before a deadline, as the installation says. An announcement is an event of its own."""

    def announced(self) -> list[tuple[int | None, datetime]]:
        return list(Event.objects.of_kind(Event.Kind.APPROACHING).values_list("lead", "happened_at"))

    def before(self, days: int) -> date:
        return LAST_DAY - timedelta(days=days)

    def test_happens_once_at_each_lead(self) -> None:
        sweep(date(2026, 1, 1))
        factories.prediction()
        for on in (self.before(30), self.before(29), self.before(29), self.before(7), self.before(6)):
            assert sweep(on) == 0
        assert self.announced() == [(30, end_of(self.before(30))), (7, end_of(self.before(7)))]
        assert sweep() == 1
        assert len(self.announced()) == 2

    def test_run_late_it_records_the_days_on_which_it_should_have_been(self) -> None:
        factories.prediction()
        sweep(date(2026, 1, 1))
        assert sweep(NEXT_DAY + timedelta(days=30)) == 1
        assert self.announced() == [(30, end_of(self.before(30))), (7, end_of(self.before(7)))]

    def test_is_left_out_where_its_day_had_passed_when_the_deadline_was_made(self) -> None:
        sweep(date(2026, 1, 1))
        factories.prediction(inked_on=self.before(20))
        factories.prediction(inked_on=NEXT_DAY)
        assert sweep() == 2
        assert self.announced() == [(7, end_of(self.before(7)))]

    def test_follows_the_setting(self, settings: Settings) -> None:
        factories.prediction()
        sweep(date(2026, 1, 1))
        settings.NOTICES = [90, 7, 1]
        sweep(date(2026, 1, 2))
        factories.prediction()
        sweep()
        assert sorted(lead for lead, _ in self.announced() if lead) == [1, 1, 7, 7, 90, 90]
        settings.NOTICES = []
        sweep()
        assert not Appointment.objects.of_kind(Appointment.Kind.APPROACHING).exists()


@pytest.mark.django_db
class TestByHand:
    @pytest.fixture
    def said(self, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
        def run(*words: str) -> str:
            call_command(*words)
            return capsys.readouterr().out

        return run

    def test_for_another_moment(self, said: Callable[..., str], settings: Settings) -> None:
        settings.TIME_ZONE = "America/New_York"
        factories.prediction()
        assert said("flag_due", "--at", "2026-10-02T03:59+00:00").startswith("0 ")
        assert said("flag_due", "--at", "2026-10-02T00:00").startswith("1 ")
        assert said("flag_due", "--at", "2027-10-02T00:00").startswith("0 ")


@pytest.mark.django_db(transaction=True)
def test_four_sweeps_at_once_make_one_event_and_one_mail_each() -> None:
    factories.subscription()
    for _ in range(10):
        factories.prediction()
    together, counts = Barrier(4), []

    def run() -> None:
        together.wait()
        try:
            counts.append(sweep())
        finally:
            connection.close()

    sweeps = [Thread(target=run) for _ in range(4)]
    for thread in sweeps:
        thread.start()
    for thread in sweeps:
        thread.join()
    assert sum(counts) == 10
    assert len(counts) == 4
    assert len(fell_due()) == Delivery.objects.count() == Prediction.objects.count() == 10
