"""What channels are owed is posted to real web servers that take it, refuse it, dawdle, or want to be left alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.slack import NotifySlack
from pytest_django import Settings

from ledger import due
from ledger.models import Channel, Delivery, Mail, Resolution
from ledger.moments import end_of
from ledger.post import outbox, subscriptions
from ledger.post.channels import addresses, guarded, posting, setting_up
from ledger.post.subscriptions import Subject
from ledger.rhythm import Rhythm
from predictions.models import Prediction
from tests import factories
from tests.chat_servers import Services, services
from tests.factories import noon
from tests.smtp_sink import SmtpSink

pytestmark = pytest.mark.django_db

DUE = date(2026, 10, 1)
NOW = end_of(DUE) + timedelta(minutes=1)
TOKEN = "T0KENofTHEchannel"
SITE = "https://hindsight.example"


@pytest.fixture
def there(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    settings.CHANNELS_PRIVATE, settings.NOTICES, settings.SITE_URL = True, [], SITE
    with services() as there:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://{there.host}/services")
        monkeypatch.setattr(NotifyDiscord, "notify_url", f"http://{there.host}/api/webhooks")
        yield there


def channel(there: Services, *follows: Subject, name: str = "team", address: str = "") -> Channel:
    one = Channel(name=name)
    address = address or f"ntfy://:{TOKEN}@{there.host}/{name}"
    setting_up.set_up(one, address=address, follows=follows or [None], at=noon(DUE), by=None)
    return one


def fall_due(how_many: int = 1, **kwargs: Any) -> list[Prediction]:
    made = [factories.prediction(**kwargs) for _ in range(how_many)]
    due.flag_due(on=DUE + timedelta(days=1), at=NOW)
    return made


def send(at: datetime = NOW) -> int:
    return posting.send(at=lambda: at)


def owed() -> Mail:
    return Mail.objects.to_channels().latest("pk")


class TestAPost:
    ADDRESSES = {
        "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ",
        "discord": "https://discord.com/api/webhooks/123456/abcdef",
        "ntfy": "ntfy://{host}/topic",
        "json": "json://{host}/hook?+X-Key=1",
        "matrix": "matrix://token@{host}/!room:there",
    }

    @pytest.mark.parametrize("service", ADDRESSES)
    def test_arrives_at_each_service_and_says_who_what_when_and_where(
        self, there: Services, service: str
    ) -> None:
        made = channel(there, address=self.ADDRESSES[service].format(host=there.host))
        assert made.service == service
        (prediction,) = fall_due(claim="The engine weaves", said={"speaker": factories.speaker("Ada")})
        assert send() == 1
        said = there.texts()[-1]
        for words in (
            "Fell due: The engine weaves (Ada)",
            "Ada, 1 October 2025, in",
            "Thursday, 1 October 2026",
            f"{SITE}/predictions/{prediction.pk}/",
        ):
            assert words in said
        assert send(NOW + timedelta(days=1)) == 0

    def test_has_no_link_that_acts_and_no_address(self, there: Services) -> None:
        factories.subscription("reader@example.org")
        channel(there)
        fall_due()
        send()
        (said,) = there.texts()
        assert not any(part in said for part in ("/unsubscribe/", "/mail/", "reader@", "List-", "signed"))

    def test_calls_nobody_whatever_was_said(self, there: Services) -> None:
        channel(there, address=self.ADDRESSES["discord"])
        fall_due(claim="@everyone and <@123> hear this", said={"quote": "@here it is"})
        send()
        said = there.texts()[0]
        assert "everyone" in said
        assert not any(call in said for call in ("@everyone", "@here", "<@1"))

    def test_is_word_for_word_where_signs_are_orders(self, there: Services) -> None:
        channel(there, address=self.ADDRESSES["discord"])
        (prediction,) = fall_due(said={"quote": "It ~~will~~ *might* [come](https://a_b.example/c_d) <#1>"})
        send()
        said = there.texts()[0]
        assert r"It \~\~will\~\~ \*might\* \[come](https://a_b.example/c_d) \<#1>" in said.replace(
            "\\\\", "\\"
        )
        assert f"{SITE}/predictions/{prediction.pk}/" in said

    def test_of_more_signs_than_there_is_room_for_none_is_marked(self, there: Services) -> None:
        channel(there, address=self.ADDRESSES["discord"])
        fall_due(said={"quote": "*" * 399})
        send()
        assert "*" * 300 in there.texts()[0]

    def test_is_in_the_channel_s_language_and_quotes_in_their_own(self, there: Services) -> None:
        reader = channel(there).reader
        reader.language = "zh-hant"
        reader.save()
        (prediction,) = fall_due(claim="The engine weaves", said={"quote": "It will weave."})
        send()
        said = there.texts()[0]
        assert "到期：The engine weaves" in said
        assert "“It will weave.”" in said
        assert f"{SITE}/predictions/{prediction.pk}/?lang=zh-hant" in said

    @pytest.mark.parametrize("letter", ["x", "機"])
    def test_of_many_lists_what_there_is_room_for_and_counts_the_rest(
        self, there: Services, letter: str
    ) -> None:
        channel(there)
        fall_due(40, claim=letter * 335, said={"speaker": factories.speaker(letter * 110)})
        assert send() == 1
        (said,) = there.texts()
        assert len(said) < 2_000, "which is all that Discord takes"
        assert len(said.encode()) < 4_096, "and that, ntfy"
        listed = said.count(f"{SITE}/predictions/")
        assert 1 < listed < 40
        assert f"{40 - listed} more: {SITE}/due/" in said

    def test_comes_once_a_day_if_that_was_chosen(self, there: Services) -> None:
        reader = channel(there).reader
        subscriptions.choose(reader, rhythm=Rhythm.DAILY, hour=8, time_zone="Asia/Taipei", unwanted=[])
        fall_due(2)
        eight_in_taipei = datetime(2026, 10, 3, tzinfo=UTC)
        assert send(eight_in_taipei - timedelta(minutes=1)) == 0
        assert send(eight_in_taipei) == 1
        assert "Two predictions fell due" in there.texts()[0]


class TestWhatAChannelFollows:
    def test_is_what_it_is_told_of(self, there: Services) -> None:
        ada = factories.speaker("Ada")
        channel(there, ada, "engine")
        fall_due(said={"speaker": ada}, claim="One")
        fall_due(claim="The engine weaves")
        fall_due(claim="Neither")
        assert send() == 2
        assert not any("Neither" in said for said in there.texts())

    def test_can_be_changed_and_what_was_owed_for_the_old_is_not_told(self, there: Services) -> None:
        one = channel(there)
        fall_due()
        setting_up.set_up(one, address="", follows=[factories.speaker("Ada")], at=NOW, by=None)
        assert send() == 0
        assert owed().dropped_because == "unsubscribed"
        assert [follows.subject for follows in one.reader.subscriptions.live()] == ["Ada"]
        setting_up.set_up(one, address="", follows=[None], at=NOW, by=None)
        fall_due()
        assert send() == 1

    def test_leaves_out_kinds_that_are_not_wanted(self, there: Services) -> None:
        subscriptions.unwant(channel(there).reader, Delivery.Kind.FELL_DUE)
        fall_due()
        assert send() == 0
        assert owed().dropped_because == "not wanted"

    def test_is_told_only_if_it_is_still_true(self, there: Services) -> None:
        channel(there)
        (prediction,) = fall_due()
        factories.verdict(prediction, "yes", on=DUE + timedelta(days=1), happened_on=DUE)
        assert Resolution.objects.exists()
        Delivery.objects.filter(kind=Delivery.Kind.RESOLVED).delete()
        assert send() == 0
        assert owed().dropped_because == "no longer waiting"


class TestAServiceThat:
    def test_fails_is_asked_again_within_the_hour_however_long_it_lasts(self, there: Services) -> None:
        channel(there)
        fall_due()
        there.mood = lambda path: 500
        at, waits = NOW, []
        for _ in range(outbox.TRIES + 20):
            assert send(at) == 0
            held = owed().held_until
            assert held is not None
            assert send(held - timedelta(seconds=1)) == 0
            waits.append(held - at)
            at = held
        assert there.asked == len(waits), "no try before its time"
        assert (waits[0], waits[-1]) == (outbox.FIRST_WAIT, posting.LONGEST_WAIT)
        assert owed().last_error == "the service answered 500"
        there.mood = lambda path: 200
        assert send(at) == 1
        assert owed().last_error == ""

    def test_fails_is_asked_for_one_post_at_a_time_and_no_other_channel_waits(self, there: Services) -> None:
        channel(there, name="broken", address=f"json://{there.host}/broken")
        channel(there, name="well")
        fall_due(3)
        there.mood = lambda path: 500 if path == "/broken" else 200
        assert send() == 3
        assert there.asked == 4
        there.mood = lambda path: 200
        assert send(NOW + outbox.FIRST_WAIT) == 3

    @pytest.mark.parametrize("status", [401, 403, 404, 410])
    def test_knows_the_channel_no_more_loses_nothing_and_gets_all_at_its_new_address(
        self, there: Services, status: int
    ) -> None:
        one = channel(there)
        fall_due(2)
        there.mood = lambda path: status
        at = NOW
        for _ in range(outbox.TRIES + 5):
            assert send(at) == 0
            at = owed().held_until or at
        assert owed().last_error == f"the service answered {status}"
        assert there.asked == outbox.TRIES + 5, "one post at a time"
        there.mood = lambda path: 200
        setting_up.set_up(one, address=f"ntfy://{there.host}/new", follows=[None], at=at, by=None)
        assert send(at) == 2

    def test_refuses_a_post_is_asked_for_it_ten_times_and_then_it_is_given_up_visibly(
        self, there: Services
    ) -> None:
        channel(there)
        fall_due()
        there.mood = lambda path: 400
        at = NOW
        for _ in range(outbox.TRIES):
            send(at)
            at = owed().held_until or at
        assert owed().dropped_because == f"refused {outbox.TRIES} times"
        assert owed().last_error == "the service answered 400"
        assert there.asked == outbox.TRIES

    @pytest.mark.parametrize("service", ["discord", "matrix", "ntfy"])
    def test_wants_to_be_left_alone_is(self, there: Services, service: str) -> None:
        """Apprise by itself would try again at once, or sleep for as long as it is told."""
        channel(there, address=TestAPost.ADDRESSES[service].format(host=there.host))
        fall_due(2)
        there.mood, there.headers = lambda path: 429, {"Retry-After": "1800"}
        assert send() == 0
        assert there.asked <= 2, "Matrix is first asked where it is"
        there.mood = lambda path: 200
        assert send(NOW + timedelta(seconds=1_799)) == 0
        assert send(NOW + timedelta(seconds=1_800)) == 2
        assert not Mail.objects.outstanding().exists()

    def test_is_slow_gets_what_it_takes_and_loses_nothing(self, there: Services) -> None:
        channel(there)
        fall_due(2)
        there.pause = 0.3
        assert send() == 2

    def test_never_answers_is_not_waited_for(self, there: Services, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guarded, "SECONDS", 0.5)
        channel(there)
        fall_due()
        there.pause = 3
        assert send() == 0
        assert owed().last_error == "the service did not answer"

    def test_is_not_there_costs_nothing(self, there: Services) -> None:
        channel(there, address=f"ntfy://127.0.0.1:{1}/topic")
        fall_due()
        for hour in range(72):
            assert send(NOW + timedelta(hours=hour)) == 0
        assert Mail.objects.outstanding().count() == 1

    def test_leads_elsewhere_is_not_followed(self, there: Services) -> None:
        channel(there)
        fall_due()
        there.mood, there.headers = lambda path: 302, {"Location": f"http://{there.host}/elsewhere"}
        assert send() == 0
        assert there.asked == 1


class TestMailAndChannels:
    def test_go_out_each_on_its_own(self, there: Services, smtp_sink: SmtpSink) -> None:
        factories.subscription()
        channel(there)
        fall_due()
        there.mood = lambda path: 500
        assert outbox.send(at=lambda: NOW) == 1
        assert send() == 0
        smtp_sink.refusal = "421 away"
        there.mood = lambda path: 200
        assert send(NOW + timedelta(hours=1)) == 1
        assert len(smtp_sink.messages) == len(there.taken) == 1

    def test_without_a_channel_apprise_is_not_even_looked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(posting, "post", None)
        factories.subscription()
        fall_due()
        assert send() == 0


class TestTheAddressOfAChannel:
    def test_is_in_no_log_no_row_and_no_error(
        self, there: Services, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.INFO)
        made = channel(there)
        fall_due()
        for status in (200, 500, 404, 429):
            there.mood = lambda path, status=status: status  # type: ignore[misc]
            fall_due()
            send(NOW)
        rows = [str(row) for model in (Channel, Mail, Delivery) for row in model.objects.values()]
        assert TOKEN not in "".join([caplog.text, *rows, repr(made), str(made)])
        assert addresses.opened(made.sealed).startswith(f"ntfy://:{TOKEN}@")

    def test_kept_under_another_key_is_told_and_loses_nothing(
        self, there: Services, settings: Settings
    ) -> None:
        one = channel(there)
        fall_due()
        settings.SECRET_KEY = "another " * 10
        assert send() == 0
        assert "give it again" in owed().last_error
        setting_up.set_up(one, address=f"ntfy://{there.host}/x", follows=[None], at=NOW, by=None)
        assert send() == 1, "at once, for it was given anew"

    def test_of_this_machine_s_network_takes_a_setting(self, there: Services, settings: Settings) -> None:
        channel(there)
        fall_due()
        settings.CHANNELS_PRIVATE = False
        assert send() == 0
        assert there.asked == 0
        assert "CHANNELS_PRIVATE" in owed().last_error
        settings.CHANNELS_PRIVATE = True
        assert send(NOW + timedelta(hours=1)) == 1
