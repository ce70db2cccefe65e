"""Nothing owed is lost, nothing is said twice, and nothing goes out that is no longer true."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from aiosmtpd.smtp import SMTP
from django.db import connection
from pytest_django import Settings

from config import places
from ledger import due, outbox, subscriptions
from ledger.links import Purpose, token
from ledger.models import Delivery, Event
from ledger.moments import end_of
from ledger.withdrawal import withdraw
from predictions.models import Prediction
from tests import factories
from tests.conftest import database_url
from tests.factories import noon
from tests.ledger.mail import FaultySink, faulty_sink
from tests.smtp_sink import SmtpSink

DUE = date(2026, 10, 1)
NEXT_DAY = DUE + timedelta(days=1)
NOW = noon(NEXT_DAY)


def fall_due(count: int = 1) -> list[Prediction]:
    """``count`` predictions that fell due on 1 October 2026 and are flagged on the day after."""
    fallen = [factories.prediction() for _ in range(count)]
    assert due.flag_due(on=NEXT_DAY, at=NOW) == count
    return fallen


def send(at: datetime = NOW) -> int:
    return outbox.send(at=lambda: at)


def the_mail() -> Delivery:
    return Delivery.objects.get()


@pytest.mark.django_db
class TestOwing:
    def test_every_reader_of_the_speaker_and_of_everything_is_owed_one_mail(self) -> None:
        who = factories.speaker("Ada Byron")
        prediction = factories.prediction(said={"speaker": who})
        both = factories.subscription("both@example.org", who)
        factories.subscription("both@example.org")
        factories.subscription("all@example.org")
        factories.subscription("other@example.org", factories.speaker("Somebody Else"))
        ended = factories.subscription("ended@example.org", who)
        subscriptions.end(ended, at=NOW)
        subscriptions.ask("unconfirmed@example.org", who, at=NOW, on=NEXT_DAY)

        due.flag_due(on=NEXT_DAY, at=NOW)

        owed = Delivery.objects.filter(event__prediction=prediction)
        assert sorted(owed.values_list("subscriber__email", flat=True)) == [
            "all@example.org",
            "both@example.org",
        ]
        assert owed.get(subscriber=both.subscriber).subscription == both, "the one asked for first"

    def test_owing_the_same_again_changes_nothing(self) -> None:
        factories.subscription()
        fall_due()
        outbox.owe(Event.objects.get())
        outbox.owe(Event.objects.get())
        assert Delivery.objects.count() == 1

    def test_a_verdict_owes_nobody_anything(self) -> None:
        factories.subscription()
        factories.verdict(factories.prediction(), "yes", on=date(2026, 3, 1), happened_on=date(2026, 2, 1))
        assert not Delivery.objects.exists()

    def test_the_message_id_belongs_to_the_mail_and_to_no_other(self) -> None:
        factories.subscription("one@example.org")
        factories.subscription("two@example.org")
        fall_due(2)
        ids = {delivery.message_id for delivery in Delivery.objects.all()}
        assert len(ids) == 4
        assert ids == {delivery.message_id for delivery in Delivery.objects.all()}


@pytest.mark.django_db
class TestSending:
    def test_a_mail_goes_out_once_and_is_marked(self, smtp_sink: SmtpSink) -> None:
        factories.subscription()
        fall_due()
        assert send() == 1
        assert send() == 0
        assert len(smtp_sink.messages) == 1
        assert smtp_sink.recipients == [["reader@example.org"]]
        assert the_mail().sent_at == NOW
        assert not Delivery.objects.outstanding().exists()

    def test_a_round_begins_no_mail_after_its_time(self, smtp_sink: SmtpSink) -> None:
        """A server that takes half a minute a mail is left after a minute; the next round goes on."""
        factories.subscription()
        fall_due(5)
        clock = iter(NOW + timedelta(seconds=10 * step) for step in range(1_000))
        first = outbox.send(at=lambda: next(clock))
        assert 0 < first < 5
        while outbox.send(at=lambda: next(clock)):
            pass
        assert len(smtp_sink.messages) == 5


@pytest.mark.django_db
class TestOnlyWhatIsStillTrue:
    @pytest.fixture(autouse=True)
    def _owed(self, smtp_sink: SmtpSink) -> Iterator[None]:
        self.who = factories.speaker("Ada Byron")
        self.subscription = factories.subscription(to=self.who)
        self.prediction = factories.prediction(said={"speaker": self.who})
        due.flag_due(on=NEXT_DAY, at=NOW)
        yield
        assert not Delivery.objects.outstanding().exists()

    def dropped(self, smtp_sink: SmtpSink) -> str:
        assert send() == 0
        assert not smtp_sink.messages
        assert the_mail().sent_at is None
        assert the_mail().dropped_at == NOW
        return the_mail().dropped_because

    def test_a_verdict_came_first(self, smtp_sink: SmtpSink) -> None:
        factories.verdict(self.prediction, "no", on=NEXT_DAY)
        assert self.dropped(smtp_sink) == "no longer waiting"

    def test_the_entry_was_withdrawn_first(self, smtp_sink: SmtpSink) -> None:
        withdraw(self.prediction, reason="He never said it.", at=NOW)
        assert self.dropped(smtp_sink) == "no longer waiting"

    def test_the_reader_left_first(self, smtp_sink: SmtpSink) -> None:
        subscriptions.end(self.subscription, at=NOW)
        assert self.dropped(smtp_sink) == "unsubscribed"

    def test_a_reader_who_left_and_was_asked_anew_has_not_said_yes(self, smtp_sink: SmtpSink) -> None:
        subscriptions.end(self.subscription, at=NOW)
        subscriptions.ask("reader@example.org", self.who, at=NOW, on=NEXT_DAY)
        Delivery.objects.filter(kind=Delivery.Kind.CONFIRM).delete()
        assert self.dropped(smtp_sink) == "unsubscribed"

    def test_a_reader_who_ends_one_of_two_still_hears_under_the_other(self, smtp_sink: SmtpSink) -> None:
        everything = factories.subscription()
        subscriptions.end(self.subscription, at=NOW)
        assert send() == 1
        (mail,) = smtp_sink.messages
        assert token(everything, Purpose.END) in mail["List-Unsubscribe"]

    def test_a_resolved_one_counts_as_dropped_even_if_it_failed_before(self, smtp_sink: SmtpSink) -> None:
        smtp_sink.refusal = "451 later"
        assert send() == 0
        smtp_sink.refusal = ""
        factories.verdict(self.prediction, "no", on=NEXT_DAY)
        assert send(NOW + timedelta(days=1)) == 0
        assert the_mail().dropped_because == "no longer waiting"


@pytest.mark.django_db
class TestWhatIsFlaggedAheadOfItsDay:
    """A simulation: ``flag_due --at`` a day to come. Readers hear on the real day, as if nobody had looked ahead."""

    EARLY = noon(date(2026, 3, 1))
    REALLY_DUE = noon(NEXT_DAY)

    def test_is_told_of_on_its_real_day(self, smtp_sink: SmtpSink) -> None:
        factories.subscription()
        fall_due()
        for moment in (self.EARLY, end_of(DUE) - timedelta(seconds=1)):
            assert send(moment) == 0
        assert Delivery.objects.outstanding().exists()
        assert send(end_of(DUE)) == 1
        assert send(self.REALLY_DUE) == 0

    def test_is_told_to_those_also_who_asked_for_it_since(self, smtp_sink: SmtpSink) -> None:
        fall_due()
        asked = subscriptions.ask("reader@example.org", None, at=self.EARLY, on=self.EARLY.date())
        for _ in range(2):
            subscriptions.confirm(asked, at=self.EARLY)
        factories.subscription("other@example.org")
        assert send(self.REALLY_DUE) == 1
        assert Delivery.objects.exclude(event=None).count() == 1

    def test_is_no_news_to_those_who_asked_after_its_day(self) -> None:
        fall_due()
        asked = subscriptions.ask("reader@example.org", None, at=NOW, on=NEXT_DAY)
        subscriptions.confirm(asked, at=NOW)
        assert not Delivery.objects.exclude(event=None).exists()

    def test_is_told_to_nobody_if_it_was_settled_before_its_day(self, smtp_sink: SmtpSink) -> None:
        factories.subscription()
        (prediction,) = fall_due()
        factories.verdict(prediction, "yes", on=self.EARLY.date(), happened_on=date(2026, 2, 1))
        assert send(self.REALLY_DUE) == 0
        assert the_mail().dropped_because == "no longer waiting"


@pytest.mark.django_db
class TestAMailServerThat:
    @pytest.fixture
    def sink(self, settings: Settings) -> Iterator[FaultySink]:
        with faulty_sink() as sink:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 0.5
            yield sink

    @pytest.fixture(autouse=True)
    def _owed(self) -> None:
        factories.subscription()
        fall_due()

    def test_says_not_now_is_asked_again_later_and_less_and_less_often(self, sink: FaultySink) -> None:
        sink.refusal = "451 try later"
        at, waits = NOW, []
        for _ in range(outbox.TRIES + 5):
            assert send(at) == 0
            held = the_mail().held_until
            assert held is not None
            waits.append(held - at)
            assert send(held - timedelta(seconds=1)) == 0
            at = held
        assert the_mail().failures == len(waits), "no try before its time"
        assert waits == sorted(waits)
        assert (waits[0], waits[-1]) == (outbox.FIRST_WAIT, outbox.LONGEST_WAIT)
        assert not sink.messages
        sink.refusal = ""
        assert send(at) == 1
        assert the_mail().last_error == ""

    def test_says_not_now_to_one_mailbox_gets_the_other_mails(self, sink: FaultySink) -> None:
        """As with greylisting, or a mailbox that is full."""
        fall_due(2)
        sink.faults = [lambda server: "451 greylisted"]
        assert send() == 2

    def test_refuses_for_good_is_given_up_after_two_nights_for_all_to_see(
        self, sink: FaultySink, caplog: pytest.LogCaptureFixture
    ) -> None:
        sink.refusal = "550 no such mailbox"
        at = NOW
        for _ in range(outbox.TRIES - 1):
            send(at)
            at = the_mail().held_until or at
        assert at - NOW == timedelta(hours=42, minutes=35)
        assert Delivery.objects.outstanding().exists()
        send(at)
        gone = the_mail()
        assert gone.dropped_because == f"refused {outbox.TRIES} times"
        assert gone.dropped_at is not None
        assert gone.last_error == "SMTPDataError"
        assert not Delivery.objects.outstanding().exists()
        ours = [record.getMessage() for record in caplog.records if record.name.startswith("ledger")]
        assert ours
        assert "reader@" not in "".join([*ours, gone.last_error]), "an address is in no log"

    def test_is_away_for_days_costs_nothing(self, sink: FaultySink, settings: Settings) -> None:
        fall_due(2)
        settings.EMAIL_PORT = 1
        for hour in range(72):
            assert send(NOW + timedelta(hours=hour)) == 0
        errors = list(Delivery.objects.values_list("last_error", "failures"))
        assert errors == [("ConnectionRefusedError", 0), ("", 0), ("", 0)], "the round ends at the first"
        settings.EMAIL_PORT = sink.port
        assert send(NOW + timedelta(hours=72)) == 3

    def test_takes_its_leave_ends_the_round_and_loses_nothing(self, sink: FaultySink) -> None:
        fall_due(2)
        sink.refusal = "421 too many connections"
        for step in range(3):
            assert send(NOW + timedelta(seconds=step)) == 0
        assert set(Delivery.objects.values_list("failures", "refusals")) == {(1, 0)}, "one mail a round"
        sink.refusal = ""
        assert send(NOW + timedelta(days=1)) == 3

    def test_does_not_know_our_address_holds_it_against_no_mail(
        self, sink: FaultySink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def refuse(*args: object) -> str:
            return "550 relaying denied"

        with monkeypatch.context() as patch:
            patch.setattr(FaultySink, "handle_MAIL", refuse, raising=False)
            for day in range(outbox.TRIES * 2):
                assert send(NOW + timedelta(days=2 * day)) == 0
        assert the_mail().refusals == 0
        assert send(NOW + timedelta(days=100)) == 1

    def test_answers_too_late_gets_the_same_mail_again(self, sink: FaultySink) -> None:
        sink.faults = [lambda server: time.sleep(1.5)]
        assert send() == 0, "whether it was taken is not known"
        assert send(NOW + timedelta(hours=1)) == 1
        first, second = sink.wait_for(2)
        assert first["Message-ID"] == second["Message-ID"] == the_mail().message_id

    def test_hangs_up_at_one_mail_gets_the_others_in_the_next_round(self, sink: FaultySink) -> None:
        fall_due(2)
        sink.faults = [hang_up]
        assert send() == 0
        assert send() == 2
        assert send(NOW + timedelta(hours=1)) == 1
        assert len(sink.messages) == 4
        assert len({mail["Message-ID"] for mail in sink.messages}) == 3

    def test_works_gets_all_over_one_connection(self, sink: FaultySink) -> None:
        fall_due(4)
        assert send() == 5
        assert len(sink.connections) == 1

    def test_cannot_take_an_address_does_not_hold_up_the_others(self, sink: FaultySink) -> None:
        reader = the_mail().subscriber
        reader.email = "a\nb@example.org"
        reader.save()
        factories.subscription("good@example.org")
        fall_due(1)
        assert send() == 1
        assert sink.recipients == [["good@example.org"]]
        assert sorted(Delivery.objects.outstanding().values_list("refusals", flat=True)) == [1, 1]


def hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.loop.call_soon_threadsafe(server.transport.abort)
    time.sleep(0.2)


@pytest.mark.django_db(transaction=True)
class TestTwoSendersAtOnce:
    def test_send_each_mail_once(self, smtp_sink: SmtpSink) -> None:
        factories.subscription()
        fall_due(20)
        together = Barrier(4)

        def round_of_sending() -> None:
            together.wait()
            try:
                outbox.send(at=lambda: NOW)
            finally:
                connection.close()

        senders = [Thread(target=round_of_sending) for _ in range(4)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        ids = [mail["Message-ID"] for mail in smtp_sink.messages]
        assert len(ids) == len(set(ids)) == 20

    def test_one_claim_wins(self) -> None:
        factories.subscription()
        fall_due()
        pk = the_mail().pk
        assert outbox.claim(pk, NOW) is not None
        assert outbox.claim(pk, NOW) is None
        assert outbox.claim(pk, NOW + outbox.LEASE - timedelta(seconds=1)) is None
        assert outbox.claim(pk, NOW + outbox.LEASE) is not None, "whoever held it may be dead"

    def test_a_sender_whose_lease_ran_out_touches_the_mail_no_more(self) -> None:
        """It fails, late; another has the mail in hand by then, and its lease must stand."""
        factories.subscription()
        fall_due()
        slow = outbox.claim(the_mail().pk, NOW)
        later = NOW + outbox.LEASE
        assert outbox.claim(the_mail().pk, later) is not None
        assert slow is not None
        with pytest.raises(outbox.ServerAway):
            outbox._try_later(slow, TimeoutError(), later)
        assert the_mail().held_until == later + outbox.LEASE
        assert the_mail().last_error == ""


SENDER = """
import django
django.setup()
from datetime import datetime
from ledger import outbox
outbox.send(at=lambda: datetime.fromisoformat({at!r}))
"""


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_before_it_could_note_the_sending_costs_one_copy_under_the_same_message_id(
    tmp_path: Path,
) -> None:
    """The server takes the mail, and in that moment the sending process is killed."""
    factories.subscription()
    fall_due(3)
    with faulty_sink() as sink:
        environ = os.environ | {
            "DATABASE_URL": database_url(),
            "EMAIL_URL": sink.url,
            "HINDSIGHT_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [sys.executable, "-c"]

        def sender(at: datetime) -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                [*command, SENDER.format(at=at.isoformat())], cwd=places.ROOT, env=environ
            )

        killed: list[subprocess.Popen[bytes]] = []
        sink.faults = [lambda server: None, lambda server: killed[0].send_signal(signal.SIGKILL)]
        killed.append(sender(NOW))
        assert killed[0].wait(timeout=30) == -signal.SIGKILL
        assert len(sink.messages) == 2
        assert Delivery.objects.filter(sent_at=None).count() == 2

        assert sender(NOW + timedelta(minutes=1)).wait(timeout=30) == 0
        assert len(sink.messages) == 3, "what the dead one held stays held, the rest goes out"
        assert sender(NOW + outbox.LEASE).wait(timeout=30) == 0

        ids = [mail["Message-ID"] for mail in sink.messages]
        assert sorted(set(ids)) == sorted(delivery.message_id for delivery in Delivery.objects.all())
        assert len(ids) == 4
        assert ids.count(ids[1]) == 2, "the mail in hand when the sender died"
    assert not Delivery.objects.outstanding().exists()


def test_the_lease_outlasts_the_slowest_mail_server(settings: Settings) -> None:
    """A server may use up the time-out at each of its answers: greeting, hello, sender, recipient, data, end, reset."""
    assert timedelta(seconds=settings.EMAIL_TIMEOUT * 7) < outbox.LEASE
