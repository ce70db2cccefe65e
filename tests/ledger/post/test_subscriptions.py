"""Asked for by anybody, confirmed by the mailbox's owner, ended by one POST."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.signing import Signer
from django.db import OperationalError, connection, transaction
from pytest_django import Settings

from ledger.models import Delivery, Event, Stop, Subscriber, Subscription
from ledger.post import outbox, subscriptions
from ledger.post.links import Purpose, reader_of, subscription_of, token
from predictions.models import Speaker
from tests import factories
from tests.factories import noon
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db

DAY = date(2026, 10, 1)
NEXT_DAY = DAY + timedelta(days=1)
READER = "reader@example.org"


def ask(to: Speaker | None = None, *, email: str = READER, on: date = DAY) -> Subscription:
    return subscriptions.ask(email, to, at=noon(on), on=on)


def questions() -> int:
    return Delivery.objects.filter(kind=Delivery.Kind.CONFIRM).count()


class TestAsking:
    def test_subscribes_nobody_but_owes_a_question(self) -> None:
        subscription = ask()
        assert not Subscription.objects.live().exists()
        assert Delivery.objects.get().subscription == subscription

    @pytest.mark.parametrize("spelled", ["Reader@Example.org", " reader@example.org ", "READER@EXAMPLE.ORG"])
    def test_knows_an_address_however_it_is_spelled(self, spelled: str) -> None:
        assert ask(email=spelled) == ask()
        assert Subscriber.objects.get().email == READER

    def test_is_done_once_a_day_for_each_subject(self) -> None:
        who = factories.speaker()
        for _ in range(5):
            ask()
            ask(who)
        assert questions() == 2
        ask(on=DAY + timedelta(days=2))
        assert questions() == 3

    def test_cannot_flood_a_mailbox(self) -> None:
        for _ in range(outbox.QUESTIONS_A_DAY + 5):
            ask(factories.speaker())
        assert questions() == outbox.QUESTIONS_A_DAY
        ask(email="other@example.org")
        assert questions() == outbox.QUESTIONS_A_DAY + 1
        ask(factories.speaker(), on=DAY + timedelta(days=1))
        assert questions() == outbox.QUESTIONS_A_DAY + 2

    def test_of_what_is_live_asks_nothing(self) -> None:
        live = factories.subscription()
        assert ask() == live
        assert questions() == 0
        assert Subscription.objects.live().get() == live

    def test_of_what_was_ended_asks_anew_as_often_as_it_was_answered(self) -> None:
        """On one and the same day, up to the limit of every mailbox."""
        for asked in range(outbox.QUESTIONS_A_DAY):
            subscription = ask()
            assert questions() == asked + 1
            assert not Subscription.objects.live().exists()
            assert subscriptions.confirm(subscription, at=noon(DAY))
            subscriptions.end(subscription, at=noon(DAY))
        ask()
        assert questions() == outbox.QUESTIONS_A_DAY

    def test_of_what_was_ended_changes_nothing_that_anybody_sees(self) -> None:
        """A stranger may ask. That the subscription was ended stays on record until its owner says yes."""
        ended = factories.subscription()
        subscriptions.end(ended, at=noon(DAY))
        assert ask(on=NEXT_DAY) == ended
        ended.refresh_from_db()
        assert (ended.confirmed_at, ended.ended_at) == (noon(date(2025, 1, 1)), noon(DAY))
        subscriptions.end(ended, at=noon(NEXT_DAY))
        ended.refresh_from_db()
        assert ended.ended_at == noon(DAY)
        assert not subscriptions.confirm(ended, at=noon(NEXT_DAY)), "the question was answered with no"

    def test_gets_no_question_sent_once_it_is_answered(self, smtp_sink: SmtpSink) -> None:
        subscriptions.end(ask(), at=noon(DAY))
        assert outbox.send(at=lambda: noon(DAY)) == 0
        assert Delivery.objects.get().dropped_because == "answered"


class TestConfirming:
    def test_makes_it_live_and_again_changes_nothing(self) -> None:
        subscription = ask()
        assert subscriptions.confirm(subscription, at=noon(DAY))
        assert subscriptions.confirm(subscription, at=noon(DAY + timedelta(days=9)))
        assert Subscription.objects.live().get().confirmed_at == noon(DAY)

    def test_does_not_bring_back_what_was_ended(self) -> None:
        """Neither what was never confirmed nor what was: the old link is dead until somebody asks anew."""
        never, once = ask(), ask(factories.speaker())
        assert subscriptions.confirm(once, at=noon(DAY))
        for subscription in (never, once):
            subscriptions.end(subscription, at=noon(DAY))
            assert not subscriptions.confirm(subscription, at=noon(NEXT_DAY))
            subscription.refresh_from_db()
            assert subscription.ended_at == noon(DAY)
        assert not Subscription.objects.live().exists()

    def test_brings_back_what_was_ended_and_asked_for_anew(self) -> None:
        ended = factories.subscription()
        subscriptions.end(ended, at=noon(DAY))
        ask(on=NEXT_DAY)
        assert subscriptions.confirm(ended, at=noon(NEXT_DAY))
        assert Subscription.objects.live().get().confirmed_at == noon(NEXT_DAY)


class TestForgetting:
    """Who never said yes is not kept, nor for long who left everything."""

    KEPT = subscriptions.KEPT_UNCONFIRMED

    def test_erases_mailboxes_that_never_said_yes(self, smtp_sink: SmtpSink) -> None:
        ask()
        outbox.send(at=lambda: noon(DAY))
        subscriptions.end(ask(email="no@example.org"), at=noon(DAY))
        assert subscriptions.forget_unconfirmed(noon(DAY) + self.KEPT) == 0
        assert subscriptions.forget_unconfirmed(noon(NEXT_DAY) + self.KEPT) == 2
        assert not Subscriber.objects.exists()
        assert not Delivery.objects.exists()

    def test_keeps_who_was_asked_again_since(self) -> None:
        ask()
        ask(on=DAY + timedelta(days=20))
        assert subscriptions.forget_unconfirmed(noon(NEXT_DAY) + self.KEPT) == 0
        assert subscriptions.forget_unconfirmed(noon(DAY + timedelta(days=21)) + self.KEPT) == 1

    def test_keeps_who_said_yes_to_anything_but_not_what_else_was_asked(self) -> None:
        live, ended = factories.subscription("live@example.org"), factories.subscription("ended@example.org")
        subscriptions.end(ended, at=noon(DAY))
        ask(factories.speaker(), email="live@example.org")
        assert subscriptions.forget_unconfirmed(noon(NEXT_DAY) + self.KEPT) == 0
        assert set(Subscription.objects.all()) == {live, ended}

    LEFT = subscriptions.KEPT_AFTER_LEAVING

    def test_erases_who_left_everything_in_time(self) -> None:
        for to in (None, factories.speaker()):
            subscriptions.end(factories.subscription(to=to), at=noon(DAY))
        assert subscriptions.forget_who_left(noon(DAY) + self.LEFT) == 0
        assert subscriptions.forget_who_left(noon(NEXT_DAY) + self.LEFT) == 1
        assert not Subscriber.objects.exists()

    def test_keeps_who_follows_something_still_or_comes_back(self) -> None:
        for email in ("one@example.org", "two@example.org"):
            subscriptions.end(factories.subscription(email), at=noon(DAY))
        factories.subscription("one@example.org", to=factories.speaker())
        ask(factories.speaker(), email="two@example.org", on=DAY + timedelta(days=60))
        assert subscriptions.forget_who_left(noon(NEXT_DAY) + self.LEFT) == 0

    def test_keeps_whom_mail_is_on_its_way_to(self, smtp_sink: SmtpSink) -> None:
        left = factories.subscription()
        subscriptions.end(left, at=noon(DAY - timedelta(days=200)))
        fallen = factories.prediction()
        event = Event.objects.create(
            kind="fell_due", prediction=fallen, happened_at=noon(DAY), recorded_at=noon(DAY)
        )
        Delivery.objects.create(
            kind="fell_due",
            subscriber=left.subscriber,
            event=event,
            owed_at=noon(DAY),
            told_from=noon(DAY),
        )
        assert subscriptions.forget_who_left(noon(NEXT_DAY)) == 0
        assert outbox.send(at=lambda: noon(NEXT_DAY)) == 0
        assert subscriptions.forget_who_left(noon(NEXT_DAY)) == 1

    def test_keeps_accounts_and_who_must_not_be_written_to(self) -> None:
        unwelcome = factories.subscription()
        subscriptions.end(unwelcome, at=noon(DAY))
        subscriptions.stop(READER, Stop.UNWELCOME, at=noon(DAY))
        account = Subscriber.objects.create(user=factories.reviewer(), created_at=noon(date(2020, 1, 1)))
        assert subscriptions.forget_who_left(noon(NEXT_DAY) + self.LEFT) == 0
        assert set(Subscriber.objects.all()) == {unwelcome.subscriber, account}


class TestEnding:
    def test_ends_one_and_leaves_the_others(self) -> None:
        one, other = factories.subscription(to=factories.speaker()), factories.subscription()
        subscriptions.end(one, at=noon(DAY))
        subscriptions.end(one, at=noon(DAY + timedelta(days=9)))
        one.refresh_from_db()
        assert one.ended_at == noon(DAY)
        assert list(Subscription.objects.live()) == [other]

    def test_ends_all_of_one_mailbox_and_nobody_elses(self) -> None:
        one = factories.subscription(to=factories.speaker())
        factories.subscription()
        somebodys = factories.subscription("other@example.org")
        assert subscriptions.end_all(one.subscriber, at=noon(DAY)) == 2
        assert subscriptions.end_all(one.subscriber, at=noon(DAY)) == 0
        assert list(Subscription.objects.live()) == [somebodys]


class TestLinks:
    def test_lead_back_to_whom_they_were_made_for(self) -> None:
        subscription = factories.subscription(to=factories.speaker())
        assert subscription_of(token(subscription, Purpose.CONFIRM)) == subscription
        for purpose in (Purpose.END, Purpose.MANAGE):
            assert reader_of(token(subscription.subscriber, purpose), purpose) == subscription.subscriber

    def test_serve_one_purpose(self) -> None:
        subscription = factories.subscription()
        reader = subscription.subscriber
        assert subscription_of(token(reader, Purpose.END)) is None
        assert reader_of(token(subscription, Purpose.CONFIRM), Purpose.END) is None
        assert reader_of(token(reader, Purpose.END), Purpose.MANAGE) is None

    @pytest.mark.parametrize("forged", ["", "1", "MQ", "MQ.", ".MQ", "MQ.x", "💥.💥", "a" * 5_000, "\x00"])
    def test_that_are_not_ours_lead_nowhere(self, forged: str) -> None:
        factories.subscription()
        assert reader_of(forged, Purpose.END) is None
        assert subscription_of(forged) is None

    def test_cannot_be_turned_to_another_reader(self) -> None:
        mine = factories.subscription("mine@example.org").subscriber
        theirs = factories.subscription("theirs@example.org").subscriber
        _, signature = token(mine, Purpose.END).split(".")
        payload, _ = token(theirs, Purpose.END).split(".")
        assert reader_of(f"{payload}.{signature}", Purpose.END) is None
        assert reader_of(Signer(salt="other", sep=".").sign_object(theirs.pk), Purpose.END) is None

    def test_end_with_the_key_they_were_signed_with(self, settings: Settings) -> None:
        old = token(factories.subscription().subscriber, Purpose.END)
        settings.SECRET_KEY = "another key"
        assert reader_of(old, Purpose.END) is None

    def test_of_what_is_gone_lead_nowhere(self) -> None:
        reader = factories.subscription().subscriber
        old = token(reader, Purpose.END)
        reader.delete()
        assert reader_of(old, Purpose.END) is None


class TestChoosing:
    def test_a_kind_or_a_prediction_not_wanted_stays_so_whatever_is_said_twice(self) -> None:
        reader = factories.subscription().subscriber
        prediction = factories.prediction()
        for kind in ("fell_due", "approaching", "fell_due"):
            subscriptions.unwant(reader, kind)
        for _ in range(2):
            subscriptions.silence(reader, prediction)
        reader.refresh_from_db()
        assert reader.unwanted == ["approaching", "fell_due"]
        assert list(reader.silenced.all()) == [prediction]

    def test_what_is_kept_can_be_taken_away_and_erased(self) -> None:
        one = factories.subscription(to=factories.speaker("Ada Byron"))
        factories.subscription("other@example.org")
        kept = subscriptions.kept_of(one.subscriber)
        assert kept["address"] == READER
        assert [row["to"] for row in kept["subscriptions"]] == ["Ada Byron"]
        subscriptions.erase(one.subscriber)
        assert Subscriber.objects.get().email == "other@example.org"
        assert Subscription.objects.count() == 1

    def test_an_account_s_is_erased_as_a_whole_or_not_at_all(self) -> None:
        reader = factories.subscription().subscriber
        reader.user, reader.email = factories.reviewer("alice", email=READER), None
        reader.save()
        factories.verdict(factories.prediction(), "yes", on=DAY, happened_on=DAY)

        def break_down(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
            if "ledger_mail" in sql:
                raise OperationalError("disk I/O error")
            return execute(sql, *rest)

        with connection.execute_wrapper(break_down), pytest.raises(OperationalError):
            subscriptions.erase(reader)
        reader.refresh_from_db()
        assert reader.deliveries.exists()
        assert reader.unwanted == []
        subscriptions.erase(reader)
        assert not reader.deliveries.exists()


@pytest.mark.django_db(transaction=True)
def test_a_request_waits_until_the_one_before_it_is_counted() -> None:
    speakers = [factories.speaker() for _ in range(outbox.QUESTIONS_A_DAY + 1)]
    *early, last, too_many = speakers
    for speaker in early:
        ask(speaker)

    def request() -> None:
        try:
            ask(too_many)
        finally:
            connection.close()

    other = Thread(target=request)
    with transaction.atomic():
        ask(last)
        other.start()
        other.join(0.5)
        assert other.is_alive()
    other.join()
    assert questions() == outbox.QUESTIONS_A_DAY


@pytest.mark.django_db(transaction=True)
def test_many_requests_at_once_ask_no_more_often() -> None:
    speakers = [factories.speaker() for _ in range(8)]
    together = Barrier(len(speakers))

    def request(to: Speaker) -> None:
        together.wait()
        try:
            ask(to)
        finally:
            connection.close()

    threads = [Thread(target=request, args=[to]) for to in speakers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Subscriber.objects.count() == 1
    assert Subscription.objects.count() == len(speakers)
    assert questions() == outbox.QUESTIONS_A_DAY
