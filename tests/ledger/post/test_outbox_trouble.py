"""A mail server that refuses, stalls or hangs up costs no mail and sends none twice; nor does a mail that goes wrong with us."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP
from django.db import OperationalError, connection
from pytest_django import Settings

from ledger.models import Delivery, Mail
from ledger.post import envelopes, letters, outbox
from tests import factories
from tests.ledger.post.mail import FaultySink, faulty_sink
from tests.ledger.post.owed import NOW, fall_due, send, the_mail
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.usefixtures("no_notices")


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
        for _ in range(outbox.DEFERRALS - 1):
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

    def test_says_not_now_for_days_on_end_is_given_up_for_all_to_see(self, sink: FaultySink) -> None:
        """As of a mailbox that nobody empties: the mail to it, and no other."""
        sink.refusal = "452 mailbox full"
        at = NOW
        full = the_mail()
        other = Mail.objects.create(key="other", subscriber=full.subscriber, made_at=NOW)
        for _ in range(outbox.DEFERRALS - 1):
            Mail.objects.filter(pk=other.pk).update(sent_at=at)
            assert send(at) == 0
            full.refresh_from_db()
            at = full.held_until or at
        assert at - NOW == timedelta(hours=114, minutes=35)
        assert Mail.objects.outstanding().exists()
        Mail.objects.filter(pk=other.pk).update(sent_at=at)
        send(at)
        gone = Mail.objects.exclude(pk=other.pk).get()
        assert (gone.dropped_at, gone.dropped_because) == (at, f"refused for now {outbox.DEFERRALS} times")
        assert not Delivery.objects.outstanding().exists()

    def test_says_not_now_to_everybody_for_weeks_costs_nothing(self, sink: FaultySink) -> None:
        """It is the server that is in trouble, and no mailbox."""
        fall_due(2)
        sink.refusal = "450 try later"
        for day in range(2 * outbox.DEFERRALS):
            assert send(NOW + timedelta(days=2 * day)) == 0
        assert set(Mail.objects.values_list("failures", "deferrals")) == {(2 * outbox.DEFERRALS, 1)}
        sink.refusal = ""
        assert send(NOW + timedelta(days=100)) == 3

    def test_is_away_before_it_says_not_now_once_does_not_hold_that_against_the_mail(
        self, sink: FaultySink
    ) -> None:
        sink.faults.extend([hang_up] * 2 * outbox.DEFERRALS)
        at = NOW
        for _ in range(2 * outbox.DEFERRALS):
            assert send(at) == 0
            at = the_mail().held_until or at
        sink.faults = [lambda server: "451 greylisted"]
        assert send(at) == 0
        held = the_mail().held_until
        assert held is not None
        assert send(held) == 1

    def test_refuses_for_good_is_given_up_after_two_nights_for_all_to_see(
        self, sink: FaultySink, caplog: pytest.LogCaptureFixture
    ) -> None:
        sink.refusal = "550 no such mailbox"
        at = NOW
        for _ in range(outbox.TRIES - 1):
            send(at)
            at = the_mail().held_until or at
        assert at - NOW == timedelta(hours=42, minutes=35)
        assert Mail.objects.outstanding().exists()
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
        errors = list(Mail.objects.order_by("-last_error").values_list("last_error", "failures"))
        assert errors == [("ConnectionRefusedError", 0), ("", 0), ("", 0)], "the round ends at the first"
        settings.EMAIL_PORT = sink.port
        assert send(NOW + timedelta(hours=72)) == 3

    def test_takes_its_leave_ends_the_round_and_loses_nothing(self, sink: FaultySink) -> None:
        fall_due(2)
        sink.refusal = "421 too many connections"
        for step in range(3):
            assert send(NOW + timedelta(seconds=step)) == 0
        assert set(Mail.objects.values_list("failures", "refusals")) == {(1, 0)}, "one mail a round"
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
        assert sorted(Mail.objects.outstanding().values_list("refusals", flat=True)) == [1, 1]


@pytest.mark.django_db
class TestAMailThatGoesWrongWithUs:
    """While one is written, the one before it is in the air: it must be noted whatever happens to the next."""

    @pytest.fixture(autouse=True)
    def _owed(self, smtp_sink: SmtpSink) -> None:
        factories.subscription()
        fall_due(3)
        envelopes.fill(NOW)
        self.first, self.second, self.third = Mail.objects.order_by("pk")

    def ids(self, sink: SmtpSink) -> list[str]:
        return [mail["Message-ID"] for mail in sink.messages]

    def test_cannot_be_written_is_given_up_visibly_and_the_others_go_once(
        self, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        write = letters.write

        def stumble(mail: Mail, items: list[Delivery]) -> letters.Letter:
            if mail == self.second:
                raise KeyError("a kind that has no words")
            return write(mail, items)

        monkeypatch.setattr(letters, "write", stumble)
        at = NOW
        assert send(at) == 2
        for _ in range(outbox.TRIES):
            self.second.refresh_from_db()
            at = self.second.held_until or at
            assert send(at) == 0
        self.second.refresh_from_db()
        assert self.second.dropped_because == f"refused {outbox.TRIES} times"
        assert self.second.last_error == "KeyError"
        assert self.ids(smtp_sink) == [self.first.message_id, self.third.message_id]
        assert f"mail {self.second.pk} cannot be written" in caplog.text

    @pytest.mark.django_db(transaction=True)
    def test_cannot_be_read_ends_the_round_and_the_one_before_is_noted(self, smtp_sink: SmtpSink) -> None:
        broken = 0

        def break_down(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
            nonlocal broken
            if sql.startswith("UPDATE") and "held_until" in sql and self.second.pk in params and not broken:
                broken += 1
                raise OperationalError("disk I/O error")
            return execute(sql, params, *rest)

        with connection.execute_wrapper(break_down), pytest.raises(OperationalError):
            send()
        assert broken
        self.first.refresh_from_db()
        assert self.first.sent_at == NOW
        assert send(NOW + outbox.LEASE) == 2
        assert len(set(self.ids(smtp_sink))) == len(smtp_sink.messages) == 3


def hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.loop.call_soon_threadsafe(server.transport.abort)
    time.sleep(0.2)
