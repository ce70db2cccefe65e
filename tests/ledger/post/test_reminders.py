"""Whoever may judge is reminded of what waits, less and less often, until somebody acts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import Settings

from ledger import due
from ledger.judging import postponing, withdrawal
from ledger.models import Appointment, Delivery, Mail, Stake, Subscriber
from ledger.post import envelopes, handing, outbox, subscriptions
from ledger.rhythm import Rhythm
from tests import factories
from tests.factories import noon
from tests.ledger.post.mail import plain
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db

DUE = date(2026, 10, 1)
FIRST = DUE + timedelta(days=1)


@pytest.fixture
def reviewer(settings: Settings) -> User:
    settings.NOTICES = []
    user = User.objects.create_user("reviewer", "reviewer@example.org", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_resolution"))
    return user


def sweep(on: date) -> None:
    due.flag_due(on=on, at=noon(on))


def send(at: datetime) -> int:
    return outbox.send(at=lambda: at)


def occasions() -> list[tuple[int, date]]:
    """How often there was a reminder so far, and on which day each was owed."""
    owed = Delivery.objects.filter(kind=Delivery.Kind.REMINDER).order_by("occasion")
    return [(item.occasion, item.owed_at.date()) for item in owed]


def test_come_at_once_and_then_after_one_two_four_and_eight_weeks(reviewer: User) -> None:
    factories.prediction()
    for days in range(300):
        sweep(FIRST + timedelta(days=days))
    waited = [(on - FIRST).days for _, on in occasions()]
    assert waited == [0, 7, 21, 49, 105, 161, 217, 273]
    assert [number for number, _ in occasions()] == list(range(8))


def test_the_interval_is_the_installation_s(reviewer: User, settings: Settings) -> None:
    settings.REMIND_AFTER = 3
    factories.prediction()
    for days in range(30):
        sweep(FIRST + timedelta(days=days))
    assert [(on - FIRST).days for _, on in occasions()] == [0, 3, 9, 21]


def test_after_months_without_a_sweep_there_is_one(reviewer: User, smtp_sink: SmtpSink) -> None:
    factories.prediction()
    factories.prediction()
    sweep(FIRST)
    late = FIRST + timedelta(days=150)
    for _ in range(3):
        sweep(late)
    assert [number for number, _ in occasions()] == [0, 0, 1, 1]
    assert send(noon(late + timedelta(days=1))) == 1
    (mail,) = smtp_sink.messages
    assert mail["Subject"].strip() == "Two predictions wait for a verdict"


def test_a_mail_lists_what_waits_and_leads_to_the_desk(reviewer: User, smtp_sink: SmtpSink) -> None:
    predictions = [factories.prediction() for _ in range(3)]
    sweep(FIRST)
    assert send(noon(FIRST)) == 0, "once a day, in the morning"
    assert send(noon(FIRST + timedelta(days=1))) == 1
    (mail,) = smtp_sink.messages
    assert mail["Subject"].strip() == "Three predictions wait for a verdict"
    assert mail["To"] == "reviewer@example.org"
    assert "/admin/ledger/desk/" in plain(mail)
    assert all(prediction.claim in plain(mail) for prediction in predictions)
    assert "because your account may give verdicts" in plain(mail)


def test_of_one_prediction_are_one_however_many_came_since_the_last_mail(
    reviewer: User, settings: Settings, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REMIND_AFTER = 1
    monkeypatch.setattr(envelopes, "LISTED", 1)
    monkeypatch.setattr(handing, "PORTION", 1)
    for _ in range(2):
        factories.prediction()
    for days in range(3):
        sweep(FIRST + timedelta(days=days))
    assert len(occasions()) == 4
    assert send(noon(FIRST + timedelta(days=3))) == 1
    (mail,) = smtp_sink.messages
    assert mail["Subject"].strip() == "One prediction waits for a verdict, and one more"


def test_end_when_somebody_acts(reviewer: User, smtp_sink: SmtpSink) -> None:
    judged, pulled, waits = (factories.prediction() for _ in range(3))
    sweep(FIRST)
    factories.verdict(judged, "no", on=FIRST)
    withdrawal.withdraw(pulled, reason="Not his words.", at=noon(FIRST))
    assert send(noon(FIRST + timedelta(days=1))) == 1
    (mail,) = smtp_sink.messages
    assert mail["Subject"].strip() == "One prediction waits for a verdict"
    assert waits.claim in plain(mail)
    sweep(FIRST + timedelta(days=7))
    assert Appointment.objects.of_kind(Appointment.Kind.REMINDER).get().prediction == waits


def test_rest_with_what_is_to_be_looked_at_again_later(reviewer: User, smtp_sink: SmtpSink) -> None:
    prediction = factories.prediction()
    sweep(FIRST)
    until = FIRST + timedelta(days=40)
    postponing.look_again(
        prediction, day=until, reason="The report is due.", at=noon(FIRST), on=FIRST, by=reviewer
    )
    assert send(noon(FIRST + timedelta(days=1))) == 0
    assert Mail.objects.get().dropped_because == "no longer waiting"
    for days in range(1, 50):
        sweep(FIRST + timedelta(days=days))
    assert [number for number, _ in occasions()] == [0, 1]
    assert occasions()[-1][1] >= until


def test_where_two_judge_blind_do_not_go_to_whom_it_does_not_wait_for(
    reviewer: User, settings: Settings, smtp_sink: SmtpSink
) -> None:
    settings.REVIEWERS = 2
    people = {}
    for handle in ("sealed", "logged", "stake", "free"):
        people[handle] = factories.reviewer(handle, email=f"{handle}@example.org")
        people[handle].user_permissions.set(reviewer.user_permissions.all())
    reviewer.delete()
    about = factories.prediction(by=people["logged"])
    Stake.objects.create(holder=people["stake"], declared_at=noon(DUE), prediction=about)
    sweep(FIRST)
    factories.ballot(about, "no", on=FIRST, by=people["sealed"])
    for days in range(1, 30):
        sweep(FIRST + timedelta(days=days))
        send(noon(FIRST + timedelta(days=days)))
    assert smtp_sink.recipients == [["free@example.org"]] * 3
    owed = Delivery.objects.filter(kind=Delivery.Kind.REMINDER)
    handles = owed.order_by("occasion").values_list("occasion", "subscriber__user__reviewer__handle")
    assert sorted(handles) == [(0, "free"), (0, "sealed"), (1, "free"), (2, "free")], (
        "the others are owed none"
    )


def test_go_to_whom_may_judge_and_has_an_address(reviewer: User) -> None:
    User.objects.create_superuser("chief", "chief@example.org")
    User.objects.create_superuser("silent", "")
    User.objects.create_user("logger", "logger@example.org", is_staff=True)
    User.objects.create_superuser("gone", "gone@example.org", is_active=False)
    factories.subscription()
    factories.prediction()
    sweep(FIRST)
    owed = Delivery.objects.filter(kind=Delivery.Kind.REMINDER)
    assert {item.subscriber.address for item in owed} == {"reviewer@example.org", "chief@example.org"}


def test_follow_the_account(reviewer: User, smtp_sink: SmtpSink) -> None:
    factories.prediction()
    sweep(FIRST)
    reviewer.email = "new@example.org"
    reviewer.save()
    assert send(noon(FIRST + timedelta(days=1))) == 1
    assert smtp_sink.recipients == [["new@example.org"]]
    factories.prediction()
    sweep(FIRST + timedelta(days=2))
    reviewer.user_permissions.clear()
    assert send(noon(FIRST + timedelta(days=4))) == 0
    factories.prediction()
    sweep(FIRST + timedelta(days=9))
    assert Delivery.objects.filter(owed_at__gt=noon(FIRST + timedelta(days=4))).count() == 0, (
        "none is owed any more"
    )


def test_can_be_switched_off_by_whoever_gets_them(reviewer: User) -> None:
    client = Client()
    client.force_login(reviewer)
    page = client.get("/mail/own/", follow=True)
    assert "what waits for a verdict, again and again" in page.content.decode()
    at = page.redirect_chain[-1][0]
    client.post(at, {"rhythm": "at_once", "hour": "8", "time_zone": "", "wanted": []})
    mailbox = Subscriber.objects.get()
    assert (mailbox.unwanted, mailbox.rhythm) == (["reminder"], Rhythm.AT_ONCE)
    factories.prediction()
    sweep(FIRST)
    assert not Delivery.objects.exists()
    assert send(noon(FIRST)) == 0
    subscriptions.erase(mailbox)
    assert User.objects.filter(pk=reviewer.pk).exists()
    assert Subscriber.objects.get().unwanted == ["reminder", "to_answer"]


def test_are_for_accounts_alone(reviewer: User) -> None:
    assert Client().get("/mail/own/").status_code == 302
    client = Client()
    client.force_login(User.objects.create_user("logger", "logger@example.org"))
    assert client.get("/mail/own/").status_code == 404
