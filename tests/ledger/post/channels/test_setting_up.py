"""Editors set channels up in the admin: an address goes in, and never comes out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from pytest_django import Settings

from ledger import due, export
from ledger.models import Channel, Delivery, Mail, Subscriber
from ledger.post.channels import addresses, posting
from tests import factories
from tests.chat_servers import Services, services
from tests.factories import noon

pytestmark = pytest.mark.django_db

SECRET = "s3cret-t0ken"
ADD = "/admin/ledger/channel/add/"
LIST = "/admin/ledger/channel/"


@pytest.fixture
def there(settings: Settings) -> Iterator[Services]:
    settings.CHANNELS_PRIVATE = True
    with services() as there:
        yield there


def form(there: Services, **kwargs: Any) -> dict[str, Any]:
    return {
        "name": "The team",
        "address": f"ntfy://:{SECRET}@{there.host}/topic",
        "wanted": ["fell_due", "resolved"],
        "rhythm": "daily",
        "hour": "7",
        "time_zone": "Asia/Taipei",
        "language": "zh-hant",
        **kwargs,
    }


def change(channel: Channel) -> str:
    return f"/admin/ledger/channel/{channel.pk}/change/"


def test_a_channel_is_set_up_in_one_form(admin_client: Client, there: Services) -> None:
    ada, topic = factories.speaker("Ada"), factories.prediction(topics=["Energy"]).topics.get()
    given = form(there, speakers=[ada.pk], topics=[topic.pk], words="fusion power\n\n quantum  computer ")
    assert admin_client.post(ADD, given).status_code == 302
    reader = Channel.objects.get().reader
    assert (reader.rhythm, reader.hour, str(reader.zone), reader.language) == (
        "daily",
        7,
        "Asia/Taipei",
        "zh-hant",
    )
    assert reader.unwanted == ["approaching", "corrected", "intended", "retracted"]
    followed = {one.subject for one in reader.subscriptions.live()}
    assert followed == {"Ada", "Energy", "“fusion power”", "“quantum computer”"}
    listed = admin_client.get(LIST).content.decode()
    assert "The team" in listed
    assert "ntfy" in listed

    shown = admin_client.get(change(reader.channel)).content.decode()  # type: ignore[arg-type]
    assert "Ada" in shown
    assert "fusion power\nquantum computer" in shown


def test_nothing_chosen_is_every_prediction(admin_client: Client, there: Services) -> None:
    admin_client.post(ADD, form(there))
    (one,) = Channel.objects.get().reader.subscriptions.live()
    assert one.subject == "every prediction"


def test_its_address_is_shown_nowhere_and_in_no_export(
    admin_client: Client, there: Services, tmp_path: Any, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = admin_client.post(ADD, form(there, name=""))
    assert wrong.status_code == 200
    admin_client.post(ADD, form(there))
    channel = Channel.objects.get()
    pages = [wrong, admin_client.get(change(channel)), admin_client.get(LIST), admin_client.get("/admin/")]
    export.write(tmp_path / "record", noon(date(2026, 10, 1)))
    files = [file.read_text() for file in (tmp_path / "record").rglob("*") if file.is_file()]
    for text in [*(page.content.decode() for page in pages), *files, caplog.text, channel.sealed]:
        assert SECRET not in text
        assert channel.sealed not in text or text == channel.sealed
    assert "The team" not in "".join(files)


def test_left_empty_the_address_stays_and_given_anew_it_is_replaced(
    admin_client: Client, there: Services
) -> None:
    admin_client.post(ADD, form(there))
    channel = Channel.objects.get()
    kept = channel.sealed
    admin_client.post(change(channel), form(there, address="", name="Another name"))
    channel.refresh_from_db()
    assert (channel.name, channel.sealed) == ("Another name", kept)
    admin_client.post(change(channel), form(there, address=f"json://{there.host}/hook"))
    channel.refresh_from_db()
    assert channel.service == "json"
    assert addresses.opened(channel.sealed) == f"json://{there.host}/hook"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"address": ""}, "Give the address"),
        ({"address": "mailto://a:b@example.org"}, "no address of Slack"),
        ({"address": "discord://1/x?template=/etc/passwd"}, "cannot be said"),
        ({"words": "x" * 101}, "at most 100"),
        ({"hour": "25"}, "valid choice"),
        ({"wanted": ["reminder"]}, "valid choice"),
        ({"time_zone": "Mars/Olympus"}, "valid choice"),
    ],
)
def test_a_mistake_is_told_beside_its_field(
    admin_client: Client, there: Services, wrong: dict[str, Any], says: str
) -> None:
    answer = admin_client.post(ADD, form(there, **wrong))
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not Channel.objects.exists()
    assert not Subscriber.objects.exists()


def test_without_the_extra_the_form_says_what_to_install(
    admin_client: Client, there: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    monkeypatch.delitem(sys.modules, "ledger.post.channels.by_apprise", raising=False)
    monkeypatch.delattr("ledger.post.channels.by_apprise", raising=False)
    answer = admin_client.post(ADD, form(there))
    assert "requirements-extra.txt" in answer.content.decode()
    assert not Channel.objects.exists()


def test_what_is_owed_waits_for_the_extra(
    admin_client: Client, there: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin_client.post(ADD, form(there, rhythm="at_once"))
    factories.prediction()
    day = date(2026, 10, 2)
    due.flag_due(on=day, at=noon(day))
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "apprise", None)
        without.delitem(sys.modules, "ledger.post.channels.by_apprise", raising=False)
        without.delattr("ledger.post.channels.by_apprise", raising=False)
        assert posting.send(at=lambda: noon(day)) == 0
    assert "requirements-extra.txt" in admin_client.get(LIST).content.decode()
    assert posting.send(at=lambda: noon(day) + timedelta(hours=1)) == 1


def test_a_trial_says_whether_it_was_taken(admin_client: Client, there: Services) -> None:
    admin_client.post(ADD, form(there, language="en"))
    chosen = {"action": "try_out", "_selected_action": [Channel.objects.get().pk]}
    taken = admin_client.post(LIST, chosen, follow=True).content.decode()
    assert "the trial was taken" in taken
    assert "What the channel “The team” follows" in there.texts()[0]
    there.mood = lambda path: 403
    refused = admin_client.post(LIST, chosen, follow=True).content.decode()
    assert "the service answered 403" in refused
    assert SECRET not in refused


def test_a_channel_that_is_deleted_takes_along_what_it_was_owed(
    admin_client: Client, there: Services
) -> None:
    admin_client.post(ADD, form(there, rhythm="at_once"))
    factories.prediction()
    day = date(2026, 10, 2)
    due.flag_due(on=day, at=noon(day))
    posting.send(at=lambda: noon(day))
    assert Mail.objects.exists()
    gone = admin_client.post(f"{LIST}{Channel.objects.get().pk}/delete/", {"post": "yes"})
    assert gone.status_code == 302
    assert not Channel.objects.exists()
    assert not Mail.objects.exists()
    assert not Delivery.objects.filter(kind=Delivery.Kind.FELL_DUE).exists()


def test_whoever_may_not_is_let_nowhere_near(client: Client, there: Services) -> None:
    somebody = User.objects.create_user("somebody", is_staff=True)
    client.force_login(somebody)
    assert client.get(LIST).status_code == client.post(ADD, form(there)).status_code == 403
    somebody.user_permissions.add(
        *Permission.objects.filter(
            content_type__app_label="ledger", codename__in=["add_channel", "view_channel"]
        )
    )
    assert client.post(ADD, form(there)).status_code == 302
    channel = Channel.objects.get()
    assert channel.made_by == somebody
    chosen = {"action": "try_out", "_selected_action": [channel.pk]}
    client.post(LIST, chosen)
    assert not there.taken, "a trial takes who may change it"
