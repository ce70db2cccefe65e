"""Whoever was told that a verdict is announced is told if it is stopped; nobody else is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from ledger.house_rules import HouseRules
from ledger.judging import corrections, resolution, withdrawal
from ledger.models import Delivery, Mail, Resolution, Subscriber
from ledger.post import subscriptions
from ledger.rhythm import Rhythm
from predictions.models import Prediction
from tests import factories
from tests.ledger.post.mail import plain, rich
from tests.ledger.post.owed import NEXT_DAY, NOW, fall_due, send
from tests.ports import free_port
from tests.smtp_sink import SmtpSink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_notices")]

RULES = HouseRules(reviewers=1, notice_hours=48)
HOUR = timedelta(hours=1)


@pytest.fixture
def prediction() -> Prediction:
    (fallen,) = fall_due()
    return fallen


def announce(prediction: Prediction) -> Resolution:
    return factories.verdict(prediction, "no", on=NEXT_DAY, rules=RULES)


def retract(verdict: Resolution) -> None:
    resolution.retract(verdict, reason="The wrong fleet.", at=NOW + HOUR)


def subjects(smtp_sink: SmtpSink) -> list[str]:
    return [mail["Subject"].split(":")[0].strip() for mail in smtp_sink.messages]


class TestWhoWasTold:
    def test_hears_that_it_was_taken_back_and_why_once(
        self, prediction: Prediction, smtp_sink: SmtpSink
    ) -> None:
        factories.subscription()
        verdict = announce(prediction)
        assert send() == 1
        retract(verdict)
        assert [send(NOW + HOUR), send(NOW + 2 * HOUR)] == [1, 0]
        assert subjects(smtp_sink) == ["Intended verdict", "Verdict taken back"]
        for words in (plain(smtp_sink.messages[1]), rich(smtp_sink.messages[1])):
            said = " ".join(words.split())
            assert (
                "The intended verdict “no”, announced on 2 October 2026, was taken back before it was final"
                in said
            )
            assert "The wrong fleet." in said

    def test_hears_it_in_their_own_language(self, prediction: Prediction, smtp_sink: SmtpSink) -> None:
        factories.subscription()
        Subscriber.objects.update(language="zh-hant")
        verdict = announce(prediction)
        send()
        retract(verdict)
        assert send(NOW + HOUR) == 1
        mail = smtp_sink.messages[1]
        assert mail["Subject"].strip().startswith("擬判定已收回：")
        assert "2026年10月2日公布的擬判定「否」在定案前收回了" in "".join(plain(mail).split())

    @pytest.mark.parametrize("how", ["an accepted correction", "a withdrawal"])
    def test_hears_it_however_it_was_stopped(
        self, prediction: Prediction, smtp_sink: SmtpSink, how: str
    ) -> None:
        factories.subscription()
        announce(prediction)
        send()
        if how == "a withdrawal":
            withdrawal.withdraw(prediction, reason="Not his words.", at=NOW + HOUR)
        else:
            filed = corrections.file(prediction, says="It is there.", at=NOW + HOUR)
            corrections.answer(filed, accepted=True, reason="Indeed.", at=NOW + HOUR)
        send(NOW + HOUR)
        assert "Verdict taken back" in subjects(smtp_sink)

    def test_hears_of_the_next_verdict_instead_if_there_is_one(
        self, prediction: Prediction, smtp_sink: SmtpSink
    ) -> None:
        factories.subscription()
        announce(prediction)
        send()
        factories.verdict(prediction, "cannot_tell", on=NEXT_DAY, rules=RULES)
        assert send(NOW + HOUR) == 1
        assert subjects(smtp_sink) == ["Intended verdict"] * 2
        retract(Resolution.objects.latest("pk"))
        assert send(NOW + 2 * HOUR) == 1
        assert "“cannot tell”" in plain(smtp_sink.messages[2])

    def test_hears_nothing_more_after_leaving(self, prediction: Prediction, smtp_sink: SmtpSink) -> None:
        subscription = factories.subscription()
        verdict = announce(prediction)
        send()
        subscriptions.end(subscription, at=NOW)
        retract(verdict)
        assert send(NOW + HOUR) == 0


class TestWhoWasNotTold:
    def test_of_the_announcement_is_not_told_of_its_end(
        self, prediction: Prediction, smtp_sink: SmtpSink
    ) -> None:
        """Of one the digest had not come yet, one wants no announcements, and one came later."""
        weekly = factories.subscription("weekly@example.org").subscriber
        subscriptions.choose(weekly, rhythm=Rhythm.WEEKLY, hour=8, time_zone="", unwanted=[])
        other = factories.subscription("other@example.org").subscriber
        subscriptions.unwant(other, Delivery.Kind.INTENDED)
        verdict = announce(prediction)
        send()
        factories.subscription("later@example.org")
        retract(verdict)
        for days in range(9):
            send(NOW + timedelta(days=days))
        assert smtp_sink.messages == []

    def test_while_the_server_was_away_is_told_of_neither(
        self, prediction: Prediction, smtp_sink: SmtpSink, settings: Settings
    ) -> None:
        factories.subscription()
        verdict = announce(prediction)
        settings.EMAIL_PORT = free_port()
        assert send() == 0
        settings.EMAIL_PORT = smtp_sink.port
        retract(verdict)
        assert send(NOW + HOUR) == 0
        assert smtp_sink.messages == []

    def test_because_a_mail_only_counted_it_is_not_told_of_its_end(
        self, prediction: Prediction, smtp_sink: SmtpSink
    ) -> None:
        factories.subscription()
        verdict = announce(prediction)
        assert send() == 1
        Delivery.objects.filter(kind=Delivery.Kind.INTENDED).update(listed=False)
        retract(verdict)
        assert send(NOW + HOUR) == 0

    @pytest.mark.parametrize("answer", ["451 not now", "550 no"])
    def test_because_the_server_refused_the_mail_is_not_told_of_its_end(
        self, prediction: Prediction, smtp_sink: SmtpSink, answer: str
    ) -> None:
        factories.subscription()
        verdict = announce(prediction)
        smtp_sink.refusal = answer
        assert send() == 0
        smtp_sink.refusal = ""
        retract(verdict)
        Mail.objects.update(held_until=NOW + 2 * HOUR)
        assert send(NOW + HOUR) == 0
        assert send(NOW + 3 * HOUR) == 0


def test_whoever_may_have_been_told_is_told(prediction: Prediction, smtp_sink: SmtpSink) -> None:
    """The announcement is in the hand of a sender, who has not noted yet that it went out."""
    factories.subscription()
    verdict = announce(prediction)
    send()
    Mail.objects.update(sent_at=None, held_until=NOW + 2 * HOUR)
    retract(verdict)
    assert send(NOW + HOUR) == 1
    assert subjects(smtp_sink)[-1] == "Verdict taken back"


def test_a_fell_due_mail_does_not_go_out_once_a_verdict_is_announced(smtp_sink: SmtpSink) -> None:
    """It says that nobody has decided yet."""
    factories.subscription()
    (prediction,) = fall_due()
    announce(prediction)
    assert send() == 1
    assert subjects(smtp_sink) == ["Intended verdict"]


def test_whoever_wants_no_announcements_hears_that_it_fell_due_all_the_same(smtp_sink: SmtpSink) -> None:
    """With the word that a verdict is announced: should it be taken back, they would have heard nothing."""
    reader = factories.subscription().subscriber
    subscriptions.unwant(reader, Delivery.Kind.INTENDED)
    (prediction,) = fall_due()
    announce(prediction)
    assert send() == 1
    assert subjects(smtp_sink) == ["Fell due"]
    said = " ".join(plain(smtp_sink.messages[0]).split())
    assert "A verdict is announced on its page. It is final on 4 October 2026, unless" in said
    assert "Nobody has decided" not in said
