"""What goes into one mail: one thing, a day's or a week's, or all there is after a downtime. Settled once."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Barrier, Thread

import pytest
from django.db import connection
from pytest_django import Settings

from ledger import due
from ledger.models import Delivery, Event, Mail, Subscriber
from ledger.post import envelopes, handing, letters, outbox, subscriptions
from ledger.rhythm import Rhythm
from predictions.models import Prediction
from tests import factories
from tests.factories import noon
from tests.ledger.post.mail import plain, rich
from tests.smtp_sink import SmtpSink

DUE = date(2026, 10, 1)
NEXT_DAY = DUE + timedelta(days=1)
NOW = noon(NEXT_DAY)
MORNING = datetime(2026, 10, 3, 0, 0, tzinfo=UTC)  # 8:00 in Taipei


@pytest.fixture(autouse=True)
def _no_notices(settings: Settings) -> None:
    settings.NOTICES = []


def reader(rhythm: Rhythm = Rhythm.DAILY, email: str = "reader@example.org") -> Subscriber:
    """One who hears of everything, at eight in the morning in Taipei if not at once."""
    one = factories.subscription(email).subscriber
    subscriptions.choose(one, rhythm=rhythm, hour=8, time_zone="Asia/Taipei", unwanted=[])
    one.refresh_from_db()
    return one


def fall_due(count: int = 1, on: date = NEXT_DAY) -> list[Prediction]:
    fallen = [factories.prediction() for _ in range(count)]
    due.flag_due(on=on, at=noon(on))
    return fallen


def send(at: datetime) -> int:
    return outbox.send(at=lambda: at)


@pytest.mark.django_db
class TestADigest:
    def test_waits_for_its_hour_and_lists_all_that_came_meanwhile(self, smtp_sink: SmtpSink) -> None:
        reader()
        predictions = fall_due(2)
        assert send(MORNING - timedelta(seconds=1)) == 0
        assert not Mail.objects.exists(), "what goes into it is not settled before its hour"
        assert send(MORNING) == 1
        (mail,) = smtp_sink.messages
        assert mail["Subject"].strip() == "Two predictions fell due"
        for prediction in predictions:
            assert prediction.claim in plain(mail)
            assert prediction.claim in rich(mail)
        assert send(MORNING + timedelta(days=1)) == 0

    def test_a_week_s_comes_on_monday(self, smtp_sink: SmtpSink) -> None:
        reader(Rhythm.WEEKLY)
        fall_due()
        monday = datetime(2026, 10, 5, 0, 0, tzinfo=UTC)
        assert [send(monday - timedelta(seconds=1)), send(monday)] == [0, 1]

    def test_lists_only_what_is_still_so(self, smtp_sink: SmtpSink) -> None:
        reader()
        settled, waits = fall_due(2)
        factories.verdict(settled, "no", on=NEXT_DAY)
        assert send(MORNING) == 1
        (mail,) = smtp_sink.messages
        assert mail["Subject"].strip() == "One prediction fell due, one verdict"
        before, _, after = plain(mail).partition("VERDICTS")
        assert (settled.claim in before, waits.claim in before) == (False, True)
        assert (settled.claim in after, waits.claim in after) == (True, False)
        dropped = Delivery.objects.exclude(dropped_at=None).get()
        assert (dropped.kind, dropped.dropped_because) == ("fell_due", "no longer waiting")

    def test_in_which_nothing_is_left_does_not_go_out(self, smtp_sink: SmtpSink) -> None:
        one = reader()
        fall_due(2)
        subscriptions.unwant(one, Delivery.Kind.FELL_DUE)
        assert send(MORNING) == 0
        assert Mail.objects.get().dropped_because == "not wanted"

    def test_tried_again_says_the_same_under_the_same_message_id_less_what_is_no_longer_so(
        self, smtp_sink: SmtpSink
    ) -> None:
        reader()
        settled, waits = fall_due(2)
        smtp_sink.refusal = "451 later"
        assert send(MORNING) == 0
        message_id = Mail.objects.get().message_id
        smtp_sink.refusal = ""
        (late,) = fall_due(1, on=MORNING.date())
        factories.verdict(settled, "no", on=NEXT_DAY)
        Delivery.objects.filter(kind=Delivery.Kind.RESOLVED).delete()
        assert send(MORNING + timedelta(hours=13)) == 1
        (mail,) = smtp_sink.messages
        assert mail["Message-ID"] == message_id
        assert [one.claim in plain(mail) for one in (settled, waits, late)] == [False, True, False]
        assert send(MORNING + timedelta(days=2)) == 1, "what came later goes into the next"

    def test_can_be_ended_by_one_click_and_says_what_is_followed(self, smtp_sink: SmtpSink) -> None:
        reader()
        fall_due(2)
        send(MORNING)
        (mail,) = smtp_sink.messages
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "You get this because you follow every prediction." in " ".join(plain(mail).split())
        assert all(len(line) <= 78 or line.startswith("http") for line in plain(mail).splitlines())

    @pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "Europe"])
    def test_comes_by_the_installation_s_clock_where_the_reader_s_is_not_known(
        self, smtp_sink: SmtpSink, zone: str
    ) -> None:
        """The worker's tables of time zones may be older than those of the web server, where it was chosen."""
        Subscriber.objects.filter(pk=reader().pk).update(time_zone=zone)
        factories.subscription("another@example.org")
        fall_due()
        assert send(NOW) == 1
        eight = datetime(2026, 10, 3, 8, 0, tzinfo=UTC)
        assert [send(eight - timedelta(seconds=1)), send(eight)] == [0, 1]

    def test_a_question_waits_for_no_hour(self, smtp_sink: SmtpSink) -> None:
        one = reader(Rhythm.WEEKLY)
        assert one.email
        subscriptions.ask(one.email, "fusion", at=NOW, on=NEXT_DAY)
        assert send(NOW) == 1
        assert smtp_sink.messages[0]["Subject"].strip() == "Please confirm: mail about a search"


@pytest.mark.django_db
class TestAtOnce:
    def test_a_few_come_as_a_mail_each_and_more_in_one(self, smtp_sink: SmtpSink) -> None:
        """On the morning after New Year's Eve there is one mail, not forty."""
        reader(Rhythm.AT_ONCE)
        fall_due(envelopes.FEW)
        assert send(NOW) == envelopes.FEW
        fall_due(envelopes.FEW + 1)
        assert send(NOW) == 1

    def test_after_a_month_without_a_sweep_there_is_one_mail_to_each(self, smtp_sink: SmtpSink) -> None:
        for name in ("one", "two"):
            reader(Rhythm.AT_ONCE, f"{name}@example.org")
        for days in (0, 9, 30):
            factories.prediction(said_on=date(2025, 10, 1) - timedelta(days=days))
        assert due.flag_due(on=NEXT_DAY, at=NOW) == 3
        assert Event.objects.dates("happened_at", "day").count() == 3
        assert send(NOW) == 2
        assert {mail["Subject"].strip() for mail in smtp_sink.messages} == {"Three predictions fell due"}

    def test_a_bulk_logged_after_its_deadlines_makes_one_mail_that_lists_so_much_and_counts_the_rest(
        self, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(envelopes, "LISTED", 3)
        reader(Rhythm.AT_ONCE)
        for _ in range(8):
            factories.prediction(said_on=date(2020, 1, 1), inked_on=DUE)
        due.flag_due(on=NEXT_DAY, at=NOW)
        assert send(NOW) == 1
        (mail,) = smtp_sink.messages
        assert mail["Subject"].strip() == "Three predictions fell due, and five more"
        assert len(re.findall("/predictions/", plain(mail))) == 3
        assert "And five more" in plain(mail)
        assert not Delivery.objects.outstanding().exists()

    def test_what_came_true_stands_before_what_is_to_come_where_there_is_no_room_for_both(
        self, smtp_sink: SmtpSink, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.NOTICES = [7]
        monkeypatch.setattr(envelopes, "LISTED", 2)
        due.flag_due(on=date(2025, 10, 1), at=noon(date(2025, 10, 1)))
        reader(Rhythm.DAILY)
        for days in (0, 0, 3, 3):
            said = factories.prediction("soon")
            factories.dated(said, DUE + timedelta(days=days), on=date(2025, 10, 2))
        before = DUE - timedelta(days=5)
        due.flag_due(on=before, at=noon(before))
        assert send(noon(before + timedelta(days=1))) == 1, "of the two whose day comes first"
        assert due.flag_due(on=NEXT_DAY, at=NOW) == 2, "and owes the notices of the others first"
        assert send(MORNING) == 1
        assert smtp_sink.messages[1]["Subject"].strip() == "Two predictions fell due, and two more"

    def test_what_is_so_no_longer_takes_no_room_and_is_not_counted(
        self, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(envelopes, "LISTED", 3)
        monkeypatch.setattr(handing, "PORTION", 2)
        reader(Rhythm.AT_ONCE)
        fallen = fall_due(9)
        assert envelopes.fill(NOW) == 1
        for settled in fallen[:2] + fallen[-2:]:
            factories.verdict(settled, "no", on=NEXT_DAY)
        Delivery.objects.filter(kind=Delivery.Kind.RESOLVED).delete()
        smtp_sink.refusal = "451 later"
        assert send(NOW) == 0
        smtp_sink.refusal = ""
        assert send(NOW + timedelta(hours=1)) == 1
        (mail,) = smtp_sink.messages
        assert mail["Subject"].strip() == "Three predictions fell due, and two more"
        assert [one.claim in plain(mail) for one in fallen] == [False] * 2 + [True] * 3 + [False] * 4
        assert Delivery.objects.filter(dropped_because="no longer waiting").count() == 4

    def test_one_made_when_the_rest_was_only_a_number_says_it_still(self, smtp_sink: SmtpSink) -> None:
        reader(Rhythm.DAILY)
        fall_due(2)
        envelopes.fill(MORNING)
        Mail.objects.update(surplus=5)
        assert send(MORNING) == 1
        assert smtp_sink.messages[0]["Subject"].strip() == "Two predictions fell due, and five more"

    def test_what_moved_up_stands_the_same_in_every_copy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(envelopes, "LISTED", 3)
        reader(Rhythm.AT_ONCE)
        first, *_ = fall_due(6)
        envelopes.fill(NOW)
        factories.verdict(first, "no", on=NEXT_DAY)
        # As where sweeps and verdicts are noted by several at once: what came later has a smaller number.
        Delivery.objects.filter(listed=False).update(owed_at=NOW - timedelta(minutes=1))
        copies = [written for _ in range(2) for written in self.written_at(NOW)]
        assert len(copies) == 2
        assert plain(copies[0]) == plain(copies[1])

    def written_at(self, at: datetime) -> list[EmailMessage]:
        Mail.objects.update(held_until=None)
        ready = handing.ready(Mail.objects.to_mailboxes(), at, lambda: at, letters.write)
        return [
            message_from_bytes(letter.message().as_bytes(), policy=policy.default) for _, letter, _ in ready
        ]

    def test_what_is_not_wanted_stays_away(self, smtp_sink: SmtpSink) -> None:
        one = reader(Rhythm.AT_ONCE)
        silent, told = fall_due(2)
        subscriptions.silence(one, silent)
        assert send(NOW) == 1
        assert told.claim in plain(smtp_sink.messages[0])

    def test_nothing_goes_to_an_address_that_nothing_reaches(self, smtp_sink: SmtpSink) -> None:
        one = reader(Rhythm.AT_ONCE)
        fall_due()
        Subscriber.objects.filter(pk=one.pk).update(stopped_at=NOW, stopped_because="bounced")
        assert send(NOW) == 0
        assert Mail.objects.get().dropped_because == "nothing reaches this address"


@pytest.mark.django_db
class TestAnAnnouncement:
    @pytest.fixture(autouse=True)
    def _notices(self, settings: Settings) -> None:
        settings.NOTICES = [30, 7]
        due.flag_due(on=date(2026, 1, 1), at=noon(date(2026, 1, 1)))
        reader(Rhythm.AT_ONCE)
        self.prediction = factories.prediction()

    def sweep_and_send(self, on: date) -> int:
        due.flag_due(on=on, at=noon(on))
        return send(noon(on))

    def test_comes_thirty_and_seven_days_before(self, smtp_sink: SmtpSink) -> None:
        days = [DUE - timedelta(days=days) for days in (30, 29, 28, 7, 6, 5, 0)]
        assert [self.sweep_and_send(day) for day in days] == [0, 1, 0, 0, 1, 0, 0]
        first, second = smtp_sink.messages
        for mail in (first, second):
            assert mail["Subject"].startswith("Last day 1 October 2026: Thing")
            assert "The last day is Thursday, 1 October 2026" in plain(mail)
        assert first["References"] == second["References"]

    def test_late_goes_out_only_once_and_only_while_it_is_true(self, smtp_sink: SmtpSink) -> None:
        assert self.sweep_and_send(DUE - timedelta(days=3)) == 1, "the nearer one"
        assert [item.event.lead for item in Delivery.objects.listed() if item.event] == [7]
        assert Mail.objects.count() == 1

    def test_counts_no_days_for_it_is_read_on_another(self, smtp_sink: SmtpSink) -> None:
        """Who is written to on Mondays gets the notice of seven days before on the very last day; after an outage, so does anybody."""
        due.flag_due(on=DUE - timedelta(days=6), at=noon(DUE - timedelta(days=6)))
        assert send(noon(DUE)) == 1
        (mail,) = smtp_sink.messages
        assert not re.search(r"\bdays?\b left", str(mail["Subject"]) + plain(mail))
        assert "7" not in str(mail["Subject"]).split(":")[0]

    def test_of_what_has_fallen_due_meanwhile_does_not_go_out(self, smtp_sink: SmtpSink) -> None:
        assert self.sweep_and_send(NEXT_DAY + timedelta(days=30)) == 1
        (mail,) = smtp_sink.messages
        assert mail["Subject"].startswith("Fell due") or mail["Subject"].startswith("One prediction fell due")
        assert "The last day is" not in plain(mail)
        because = Delivery.objects.filter(kind="approaching").values_list("dropped_because", flat=True)
        assert list(because) == ["no longer pending"] * 2

    def test_of_what_was_settled_early_does_not_go_out(self, smtp_sink: SmtpSink) -> None:
        factories.verdict(self.prediction, "yes", on=date(2026, 3, 1), happened_on=date(2026, 2, 1))
        assert send(noon(date(2026, 3, 1))) == 1
        assert self.sweep_and_send(DUE - timedelta(days=29)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_that_fill_envelopes_at_once_fill_each_once() -> None:
    for number in range(5):
        reader(Rhythm.AT_ONCE, f"reader-{number}@example.org")
    fall_due(4)
    together = Barrier(4)

    def run() -> None:
        together.wait()
        try:
            envelopes.fill(NOW)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Mail.objects.count() == 20
    assert not Delivery.objects.waiting().exists()
