"""Whoever watches over an installation is told what is wrong, and what to do about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from config import places
from ledger import pulse, tasks
from ledger.counting import gathering, reckoning
from ledger.models import Channel, Heartbeat, Mail, Subscriber
from ledger.post import envelopes, outbox
from ledger.pulse import SILENT, TRIED_LONG, WAITED_LONG, WATCHED, Alarm
from tests import factories
from tests.ports import free_port

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LONG_UP = NOW - timedelta(days=30)
MOMENT = timedelta(seconds=1)


@pytest.fixture
def well(db: None, broker: str, settings: Settings) -> None:
    """An installation in which all has just been done."""
    settings.REDIS_URL = broker
    for job in WATCHED:
        pulse.beat(job, NOW)


def owe() -> None:
    assert outbox.owe_question(factories.subscription(), at=NOW)
    envelopes.fill(NOW)


def all_done(at: datetime) -> datetime:
    """Let every job have been done at this moment."""
    for job in WATCHED:
        pulse.beat(job, at)
    return at


@pytest.mark.usefixtures("well")
class TestAnAlarmIsRaised:
    def test_not_while_all_is_well(self) -> None:
        assert pulse.alarms(NOW + SILENT, LONG_UP) == []

    @pytest.mark.parametrize("job", WATCHED)
    def test_when_a_job_is_not_done(self, job: str) -> None:
        watch = WATCHED[job]
        later = NOW + watch.silent + MOMENT
        for other in set(WATCHED) - {job}:
            pulse.beat(other, later)
        assert pulse.alarms(NOW + watch.silent, LONG_UP) == []
        assert pulse.alarms(later, LONG_UP) == [watch.alarm]
        pulse.beat(job, later)
        assert pulse.alarms(later, LONG_UP) == []

    def test_not_for_a_job_that_could_not_be_done_yet(self) -> None:
        Heartbeat.objects.all().delete()
        assert pulse.alarms(NOW, NOW - SILENT) == []
        quick = {watch.alarm for watch in WATCHED.values() if watch.silent == SILENT}
        assert set(pulse.alarms(NOW, NOW - SILENT - MOMENT)) == quick
        assert set(pulse.alarms(NOW, LONG_UP)) == {watch.alarm for watch in WATCHED.values()}

    def test_when_the_broker_is_away(self, settings: Settings) -> None:
        settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}"
        assert pulse.alarms(NOW, LONG_UP) == [Alarm.NO_BROKER]

    def test_when_mail_waits(self) -> None:
        owe()
        waited = NOW + WAITED_LONG + MOMENT
        for job in WATCHED:
            pulse.beat(job, waited)
        assert pulse.alarms(waited - 2 * MOMENT, LONG_UP) == []
        assert pulse.alarms(waited, LONG_UP) == [Alarm.MAIL_WAITS]
        Mail.objects.update(sent_at=waited)
        assert pulse.alarms(waited, LONG_UP) == []

    def test_when_the_mail_server_takes_nothing_for_a_day(self) -> None:
        owe()
        later = all_done(NOW + TRIED_LONG + MOMENT)
        Mail.objects.update(failures=3, held_until=later + TRIED_LONG)
        assert pulse.alarms(later - 2 * MOMENT, LONG_UP) == []
        assert pulse.alarms(later, LONG_UP) == [Alarm.MAIL_REFUSED]

    @pytest.mark.parametrize(
        ("in_vain", "reached", "alarmed"),
        [(1, 1, False), (1, 30, False), (2, 1, True), (2, 18, True), (2, 19, False)],
    )
    def test_when_a_tenth_of_the_readers_get_nothing_for_a_day_and_not_for_one_full_mailbox(
        self, in_vain: int, reached: int, *, alarmed: bool
    ) -> None:
        for number in range(in_vain + reached):
            reader = factories.subscription(f"reader-{number}@example.org")
            outbox.owe_question(reader, at=NOW)
        envelopes.fill(NOW)
        later = all_done(NOW + TRIED_LONG + MOMENT)
        Mail.objects.update(sent_at=NOW)
        full = list(Mail.objects.order_by("pk").values_list("pk", flat=True)[:in_vain])
        Mail.objects.filter(pk__in=full).update(sent_at=None, failures=3, held_until=later + TRIED_LONG)
        assert pulse.alarms(later, LONG_UP) == ([Alarm.MAIL_REFUSED] if alarmed else [])

    def test_when_the_server_takes_nothing_any_more_whatever_it_took_before(self) -> None:
        for number in range(40):
            outbox.owe_question(factories.subscription(f"reader-{number}@example.org"), at=NOW)
        envelopes.fill(NOW)
        later = all_done(NOW + TRIED_LONG + MOMENT)
        Mail.objects.update(sent_at=NOW - MOMENT)
        vain = Mail.objects.filter(pk__in=list(Mail.objects.values_list("pk", flat=True)[:2]))
        vain.update(sent_at=None, failures=3, held_until=later + TRIED_LONG)
        assert pulse.alarms(later, LONG_UP) == [Alarm.MAIL_REFUSED]

    @pytest.mark.parametrize("answers", ["refusals", "deferrals"])
    def test_not_when_the_only_mailbox_there_is_is_full(self, answers: str) -> None:
        owe()
        later = all_done(NOW + TRIED_LONG + MOMENT)
        Mail.objects.update(failures=3, held_until=later + TRIED_LONG, **{answers: 1})
        assert pulse.alarms(later, LONG_UP) == []

    def test_when_a_channel_takes_nothing_for_a_day(self) -> None:
        owe()
        channel = Channel.objects.create(name="team", service="json", sealed="x", made_at=NOW)
        Subscriber.objects.update(email=None, channel=channel)
        later = all_done(NOW + TRIED_LONG + MOMENT)
        Mail.objects.update(failures=3, held_until=later + TRIED_LONG)
        assert pulse.alarms(later, LONG_UP) == [Alarm.MAIL_REFUSED]

    def test_when_the_database_is_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def away(*args: object) -> None:
            raise DatabaseError

        monkeypatch.setattr(Heartbeat.objects, "values_list", away)
        assert pulse.alarms(NOW, LONG_UP) == [Alarm.NO_DATABASE]


@pytest.mark.django_db
def test_the_jobs_leave_a_heartbeat_each_and_no_pile(settings: Settings) -> None:
    for _ in range(2):
        for job in WATCHED:
            getattr(tasks, job)()
    assert set(Heartbeat.objects.values_list("job", flat=True)) == set(WATCHED)


@pytest.mark.django_db
def test_counting_that_fails_each_time_gives_no_heartbeat_in_the_turns_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They find that a run is under way, and have nothing to do."""
    with monkeypatch.context() as patch:
        patch.setattr(gathering, "entries", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tasks.reckon()
        assert tasks.reckon() == 0
    assert not Heartbeat.objects.exists()
    monkeypatch.setattr(tasks, "moment", lambda: datetime.now(UTC) + reckoning.LEASE)
    assert tasks.reckon() > 0
    assert Heartbeat.objects.get().job == "reckon"


@pytest.mark.django_db
def test_the_pulse_is_green_or_says_which_alarm(
    client: Client, broker: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = broker
    monkeypatch.setattr("config.health.UP_SINCE", LONG_UP)
    for job in WATCHED:
        pulse.beat(job, datetime.now(UTC))
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    Heartbeat.objects.filter(job="flag_due").delete()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "alarm", "alarms": ["no-sweep"]})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_the_figures_are_such_as_prometheus_reads(client: Client, broker: str, settings: Settings) -> None:
    settings.REDIS_URL = broker
    pulse.beat("flag_due", datetime.now(UTC) - timedelta(minutes=2))
    factories.prediction("in a year", said_on=NOW.date() - timedelta(days=800))
    owe()
    tasks.flag_due.delay()
    answer = client.get("/metrics")
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }
    assert told["hindsight_queue_jobs", "jobs"] == 1
    assert told["hindsight_queue_jobs", "searches"] == 0
    assert 120 <= told["hindsight_job_age_seconds", "flag_due"] < 600
    assert told["hindsight_not_flagged",] == 1
    assert told["hindsight_mails", "owed"] == 1
    assert told["hindsight_mails", "sent"] == told["hindsight_mails", "dropped"] == 0
    assert told["hindsight_oldest_mail_seconds",] > 0
    assert "@" not in answer.content.decode()

    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}"
    assert client.get("/metrics").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "asked", "status"),
    [
        ("", {}, 200),
        ("", {"REMOTE_ADDR": "::1"}, 200),
        ("", {"REMOTE_ADDR": "192.0.2.7"}, 403),
        ("", {"REMOTE_ADDR": ""}, 403),
        ("", {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 403),
        ("", {"HTTP_VIA": "1.1 proxy"}, 403),
        ("", {"HTTP_AUTHORIZATION": "Bearer ", "REMOTE_ADDR": "192.0.2.7"}, 403),
        ("secret", {}, 403),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer other"}, 403),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer é"}, 403),
        ("secret", {"HTTP_AUTHORIZATION": "Bearer secret", "REMOTE_ADDR": "192.0.2.7"}, 200),
    ],
)
def test_the_figures_are_for_this_machine_or_for_whoever_has_the_token(
    client: Client, broker: str, settings: Settings, token: str, asked: dict[str, Any], status: int
) -> None:
    settings.REDIS_URL, settings.METRICS_TOKEN = broker, token
    answer = client.get("/metrics", **asked)
    assert answer.status_code == status
    assert (b"hindsight_" in answer.content) is (status == 200)


def test_for_each_alarm_and_figure_it_is_written_what_to_do() -> None:
    guide = (places.ROOT / "docs" / "operations.md").read_text()
    assert [alarm for alarm in Alarm if f"### `{alarm}`\n" not in guide] == []
    named = set(pulse.Figures.__dataclass_fields__)
    assert named == {
        *("queues", "since_beat", "not_flagged", "unsealed", "last_seal"),
        *("told_later", "owed", "in_vain", "sent", "dropped", "oldest_owed"),
    }, "a new figure gets its line in the guide"
