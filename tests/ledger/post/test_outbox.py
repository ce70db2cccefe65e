"""Nothing owed is lost, nothing is said twice, and nothing goes out that is no longer true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from ledger import due
from ledger.judging.withdrawal import withdraw
from ledger.models import Delivery, Event, Mail
from ledger.moments import end_of
from ledger.post import envelopes, handing, outbox, subscriptions
from ledger.post.links import Ending, ending
from ledger.post.subscriptions import Subject
from tests import factories
from tests.factories import noon
from tests.ledger.post.owed import DUE, NEXT_DAY, NOW, fall_due, send, the_mail
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.usefixtures("no_notices")


@pytest.mark.django_db
class TestOwing:
    def test_every_reader_of_the_speaker_and_of_everything_is_owed_one_mail(self) -> None:
        who = factories.speaker("Ada Byron")
        prediction = factories.prediction(said={"speaker": who})
        factories.subscription("both@example.org", who)
        factories.subscription("both@example.org")
        factories.subscription("all@example.org")
        factories.subscription("other@example.org", factories.speaker("Somebody Else"))
        ended = factories.subscription("ended@example.org", who)
        subscriptions.end(ended, at=NOW)
        subscriptions.ask("unconfirmed@example.org", who, at=NOW, on=NEXT_DAY)

        due.flag_due(on=NEXT_DAY, at=NOW)

        owed = Delivery.objects.filter(event__prediction=prediction)
        emails = owed.order_by("subscriber__email").values_list("subscriber__email", flat=True)
        assert list(emails) == ["all@example.org", "both@example.org"]

    @pytest.mark.parametrize(
        ("follows", "hears"),
        [
            ("its speaker", 1),
            ("its source", 1),
            ("its topic", 1),
            ("the prediction", 1),
            ("ROBOT byron", 1),
            ("rowboats", 0),
            ("another speaker", 0),
            ("another source", 0),
            ("another topic", 0),
            ("another prediction", 0),
        ],
    )
    def test_a_reader_hears_of_what_they_follow(
        self,
        follows: str,
        hears: int,
        smtp_sink: SmtpSink,
    ) -> None:
        other = factories.prediction("in ten years", topics=["Energy"])
        prediction = factories.prediction(
            said={"speaker": factories.speaker("Ada Byron")},
            topics=["Machines", "Mind"],
            claim="A robot plays chess.",
        )
        subjects: dict[str, Subject] = {
            "its speaker": prediction.statement.speaker,
            "its source": prediction.statement.source,
            "its topic": prediction.topics.get(name="Mind"),
            "the prediction": prediction,
            "another speaker": other.statement.speaker,
            "another source": other.statement.source,
            "another topic": other.topics.get(),
            "another prediction": other,
        }
        asked = subscriptions.ask("reader@example.org", subjects.get(follows, follows), at=NOW, on=NEXT_DAY)
        subscriptions.confirm(asked, at=NOW)
        assert due.flag_due(on=NEXT_DAY, at=NOW) == 1
        assert Delivery.objects.exclude(event=None).count() == hears
        assert send() == hears, "what the database found, the look before sending finds too"

    def test_owing_the_same_again_changes_nothing(self) -> None:
        factories.subscription()
        fall_due()
        outbox.owe(Event.objects.all())
        outbox.owe(Event.objects.all())
        assert Delivery.objects.count() == 1

    def test_a_verdict_owes_word_of_itself(self) -> None:
        factories.subscription()
        factories.verdict(factories.prediction(), "yes", on=date(2026, 3, 1), happened_on=date(2026, 2, 1))
        assert Delivery.objects.get().kind == Delivery.Kind.RESOLVED

    def test_the_message_id_belongs_to_the_mail_and_to_no_other(self) -> None:
        factories.subscription("one@example.org")
        factories.subscription("two@example.org")
        fall_due(2)
        envelopes.fill(NOW)
        ids = {mail.message_id for mail in Mail.objects.all()}
        assert len(ids) == 4
        assert ids == {mail.message_id for mail in Mail.objects.all()}


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
        assert not Mail.objects.outstanding().exists()
        assert not Delivery.objects.outstanding().exists()

    def test_a_round_begins_no_mail_after_its_time(self, smtp_sink: SmtpSink) -> None:
        """A server that takes half a minute a mail is left after a minute; the next round goes on."""
        factories.subscription()
        fall_due(5)
        assert envelopes.FEW >= 5
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
        mail, item = Mail.objects.get(), Delivery.objects.get(event__kind=Event.Kind.FELL_DUE)
        assert mail.sent_at is None
        assert mail.dropped_at == item.dropped_at == NOW
        assert mail.dropped_because == item.dropped_because
        return mail.dropped_because

    def test_a_verdict_came_first(self, smtp_sink: SmtpSink) -> None:
        factories.verdict(self.prediction, "no", on=NEXT_DAY)
        Delivery.objects.filter(kind=Delivery.Kind.RESOLVED).delete()
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
        assert mail["List-Unsubscribe"].strip(" <>") == ending(
            everything.subscriber, Ending.SUBSCRIPTION, everything.pk
        )

    def test_the_reader_left_while_the_server_took_the_mail_before(self, smtp_sink: SmtpSink) -> None:
        """The next one was written by then, and is not what goes out."""
        factories.prediction(said={"speaker": self.who})
        due.flag_due(on=NEXT_DAY, at=NOW)
        smtp_sink.pause = 0.3

        def clock() -> datetime:
            if not smtp_sink.messages:
                return NOW
            subscriptions.end(self.subscription, at=NOW)
            return NOW + 2 * handing.FRESH

        assert outbox.send(at=clock) == 1
        assert len(smtp_sink.messages) == 1
        assert Mail.objects.get(sent_at=None).dropped_because == "unsubscribed"

    def test_a_resolved_one_counts_as_dropped_even_if_it_failed_before(self, smtp_sink: SmtpSink) -> None:
        smtp_sink.refusal = "451 later"
        assert send() == 0
        smtp_sink.refusal = ""
        factories.verdict(self.prediction, "no", on=NEXT_DAY)
        Delivery.objects.filter(kind=Delivery.Kind.RESOLVED).delete()
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
        Delivery.objects.filter(kind=Delivery.Kind.RESOLVED).delete()
        assert send(self.REALLY_DUE) == 0
        assert the_mail().dropped_because == "no longer waiting"
