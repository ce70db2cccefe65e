"""Whoever may answer corrections is told of each that waits for an answer, once, until there is one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import Settings

from ledger.house_rules import HouseRules
from ledger.judging import corrections
from ledger.models import Correction, Delivery, Stake, Subscriber
from ledger.post import subscriptions
from ledger.rhythm import Rhythm
from predictions.models import Prediction
from tests import factories
from tests.ledger.post.mail import links, plain, rich
from tests.ledger.post.owed import NEXT_DAY, NOW, fall_due, send
from tests.smtp_sink import SmtpSink

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_notices")]

MORNING = NOW + timedelta(hours=20)  # eight o'clock on the day after
NOTICE = HouseRules(reviewers=1, notice_hours=48)


def may(codename: str, handle: str) -> User:
    user = factories.reviewer(handle, email=f"{handle}@example.org", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename=codename))
    return user


@pytest.fixture
def editor() -> User:
    return may("add_event", "editor")


@pytest.fixture
def prediction() -> Prediction:
    return factories.prediction()


def file(about: Prediction) -> Correction:
    return corrections.file(about, says="It was the other bridge.", url="https://example.org/bridge", at=NOW)


def owed() -> list[str]:
    items = Delivery.objects.filter(kind=Delivery.Kind.TO_ANSWER)
    return sorted(item.subscriber.address for item in items)


def test_it_comes_in_the_morning_with_what_was_said_and_the_way_to_answer(
    editor: User, prediction: Prediction, smtp_sink: SmtpSink
) -> None:
    correction = file(prediction)
    assert [send(), send(MORNING), send(MORNING + timedelta(days=1))] == [0, 1, 0]
    (mail,) = smtp_sink.messages
    assert mail["To"] == "editor@example.org"
    assert mail["Subject"].startswith(f"Correction to answer: {prediction.claim}")
    for words in (plain(mail), rich(mail)):
        said = " ".join(words.split())
        assert "It was the other bridge." in said
        assert "https://example.org/bridge" in said
        assert "because your account may answer corrections" in said
        assert f"/admin/ledger/desk/corrections/#correction-{correction.pk}" in said
    client = Client()
    client.force_login(editor)
    (at,) = [link for link in links(plain(mail)) if "#correction" in link]
    assert f'id="correction-{correction.pk}"' in client.get(at).content.decode()


def test_several_come_in_one_mail_with_what_waits_for_a_verdict(editor: User, smtp_sink: SmtpSink) -> None:
    editor.user_permissions.add(Permission.objects.get(codename="add_resolution"))
    (prediction,) = fall_due()
    file(prediction)
    file(prediction)
    assert send(MORNING) == 1
    (mail,) = smtp_sink.messages
    assert mail["Subject"].strip() == "Two corrections wait for an answer, one prediction waits for a verdict"
    assert "because your account may give verdicts and answer corrections" in " ".join(plain(mail).split())
    assert "/admin/ledger/desk/\r\n" in plain(mail)


def test_one_that_can_stop_a_verdict_comes_at_once(editor: User, smtp_sink: SmtpSink) -> None:
    """Within the notice period, however seldom its reader wants mail; before and after it is no more urgent than others."""
    one, other = fall_due(2)
    mailbox = Subscriber.objects.get(user=editor)
    subscriptions.choose(mailbox, rhythm=Rhythm.WEEKLY, hour=8, time_zone="", unwanted=[])
    for about in (one, other):
        file(about)
    assert send() == 0
    factories.verdict(one, "no", on=NEXT_DAY, rules=NOTICE)
    factories.verdict(other, "no", on=NEXT_DAY)
    assert send() == 1
    (mail,) = smtp_sink.messages
    assert one.claim in plain(mail)
    assert "is final on 4 October 2026. Accepted before that day" in " ".join(plain(mail).split())


def test_many_that_can_stop_a_verdict_come_in_one_mail_an_hour(editor: User, smtp_sink: SmtpSink) -> None:
    """Anybody may send corrections: no stranger sets the pace of an editor's mail."""
    (about,) = fall_due()
    factories.verdict(about, "no", on=NEXT_DAY, rules=NOTICE)
    file(about)
    assert send() == 1
    for _ in range(3):
        file(about)
    minute = timedelta(minutes=1)
    assert [send(NOW + 59 * minute), send(NOW + 60 * minute), send(NOW + 61 * minute)] == [0, 1, 0]
    assert smtp_sink.messages[1]["Subject"].strip() == "Three corrections wait for an answer"


def test_whoever_wants_mail_at_once_gets_those_of_one_moment_in_one(
    editor: User, prediction: Prediction, smtp_sink: SmtpSink
) -> None:
    file(prediction)
    Subscriber.objects.update(rhythm=Rhythm.AT_ONCE)
    file(prediction)
    assert send() == 1


@pytest.mark.parametrize("accepted", [True, False])
def test_it_does_not_come_once_somebody_answered(
    editor: User, prediction: Prediction, smtp_sink: SmtpSink, *, accepted: bool
) -> None:
    corrections.answer(file(prediction), accepted=accepted, reason="Looked it up.", at=NOW)
    assert send(MORNING) == 0
    assert Delivery.objects.get().dropped_because == "answered"


def test_it_goes_to_whom_may_answer_wants_it_and_has_an_address(
    editor: User, prediction: Prediction, smtp_sink: SmtpSink
) -> None:
    may("add_resolution", "judge")
    User.objects.create_superuser("silent", "")
    User.objects.create_superuser("gone", "gone@example.org", is_active=False)
    factories.subscription("reader@example.org")
    file(prediction)
    assert owed() == ["editor@example.org"]
    subscriptions.unwant(Subscriber.objects.get(user=editor), Delivery.Kind.TO_ANSWER)
    file(prediction)
    assert owed() == ["editor@example.org"]
    assert send(MORNING) == 0


def test_whoever_becomes_an_editor_later_is_told_of_what_waits_once(
    editor: User, prediction: Prediction, smtp_sink: SmtpSink
) -> None:
    file(prediction)
    corrections.answer(file(prediction), accepted=False, reason="Looked it up.", at=NOW)
    may("add_event", "later")
    for _ in range(2):
        corrections.owe_unanswered(MORNING)
    waiting = Delivery.objects.filter(correction__answer=None)
    assert sorted(item.subscriber.address for item in waiting) == ["editor@example.org", "later@example.org"]
    assert owed().count("later@example.org") == 1


def test_it_follows_the_account(editor: User, prediction: Prediction, smtp_sink: SmtpSink) -> None:
    file(prediction)
    editor.user_permissions.clear()
    assert send(MORNING) == 0


def test_where_two_judge_it_does_not_go_to_whom_it_is_not_for(
    editor: User, prediction: Prediction, settings: Settings
) -> None:
    settings.REVIEWERS = 2
    Stake.objects.create(holder=editor, declared_at=NOW, prediction=prediction)
    other = may("add_event", "other")
    answer = Client().post(
        f"/predictions/{prediction.pk}/correct/", {"says": "No.", "url": "", "homepage": ""}
    )
    assert answer.status_code == 302
    assert owed() == ["other@example.org"]
    corrections.owe_unanswered(NOW, HouseRules.here())
    assert owed() == ["other@example.org"]
    Stake.objects.create(holder=other, declared_at=NOW, prediction=prediction)
    corrections.owe_unanswered(NOW, HouseRules.here())
    assert owed() == ["editor@example.org", "other@example.org"], "where all are partial, all may answer"


def test_it_can_be_switched_off_and_is_in_the_editor_s_language(
    editor: User, prediction: Prediction, smtp_sink: SmtpSink
) -> None:
    client = Client()
    client.force_login(editor)
    page = client.get("/mail/own/", follow=True)
    assert "each correction that waits for an answer" in page.content.decode()
    assert 'value="reminder"' not in page.content.decode(), "of an account that gives no verdicts"
    at = page.redirect_chain[-1][0]
    given = {"rhythm": "at_once", "hour": "8", "time_zone": "", "language": "zh-hant", "wanted": "to_answer"}
    client.post(at, given)
    file(prediction)
    assert send() == 1
    (mail,) = smtp_sink.messages
    assert mail["Subject"].strip().startswith("有更正待答覆：")
    client.post(at, given | {"wanted": []})
    file(prediction)
    assert len(owed()) == 1
