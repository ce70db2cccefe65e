"""Where a developer reads the mails that went into a folder."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from ledger import due
from ledger.log import sealing
from ledger.models import Subscription
from ledger.post import mailroom, outbox, subscriptions
from ledger.verifier.witness import kept_checkpoints
from tests import factories
from tests.factories import noon

DAY = date(2026, 10, 1)
READER = "reader@example.org"


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def superuser(client: Client) -> Client:
    client.force_login(User.objects.create(username="root", is_superuser=True, is_staff=True))
    return client


def post(subject: str, body: str = "Words.") -> None:
    EmailMessage(subject, body, to=[READER]).send()


def age(file: Path, day: int) -> None:
    moment = datetime(2026, 1, day, tzinfo=UTC).timestamp()
    os.utime(file, (moment, moment))


class TestTheFolder:
    def test_is_read_newest_first_within_and_across_files(self, folder: Path) -> None:
        post("one")
        for file in folder.iterdir():
            file.rename(folder / "first.log")
        post("two")
        second = next(file for file in folder.iterdir() if file.name != "first.log")
        second.write_bytes(second.read_bytes() + second.read_bytes().replace(b"two", b"three"))
        age(folder / "first.log", 1)
        age(second, 2)
        assert [letter.subject for letter in mailroom.letters(folder)] == ["three", "two", "one"]

    @pytest.mark.parametrize(
        "odd",
        [
            b"",
            b"\x00\xff\xfe",
            b"no header at all",
            b"-" * 79 + b"\n",
            b"Subject: =?utf-8?b?????=\nContent-Type: text/plain; charset=nonsense\n\n\xff",
            b"Content-Type: multipart/mixed; boundary=x\n\nnever closed",
            b"Subject: a\n" * 50,
        ],
    )
    def test_survives_odd_files(self, folder: Path, odd: bytes) -> None:
        post("good")
        (folder / "odd.log").write_bytes(odd)
        (folder / "notes.txt").write_text("none of ours")
        (folder / "folder.log").mkdir()
        found = mailroom.letters(folder)
        assert "good" in {letter.subject for letter in found}
        for letter in found:
            assert isinstance(letter.text + letter.html + letter.to + str(letter.headers), str)

    def test_that_is_not_there_is_empty(self, folder: Path) -> None:
        assert mailroom.letters(folder) == []

    @pytest.mark.parametrize("file", ["../secret_key", "/etc/passwd", "..", "", "good.log\x00"])
    def test_gives_nothing_but_its_mails(self, folder: Path, file: str) -> None:
        post("good")
        (folder.parent / "secret_key").write_text("Subject: secret\n\nsecret")
        assert mailroom.letter(folder, file, 0) is None


@pytest.mark.django_db
class TestThePage:
    def test_is_for_superusers_for_it_holds_addresses_and_links_that_act(
        self, client: Client, folder: Path
    ) -> None:
        post("hello")
        (letter,) = mailroom.letters(folder)
        pages = [
            reverse("mailroom"),
            reverse("mailroom_letter", args=[letter.file, 0]),
            reverse("mailroom_html", args=[letter.file, 0]),
            reverse("mailroom_whole", args=[letter.file, 0]),
        ]
        reviewer = User.objects.create(username="reviewer", is_staff=True)
        for user in (None, reviewer):
            if user:
                client.force_login(user)
            for page in pages:
                answer = client.get(page)
                assert answer.status_code == 302
                assert "/admin/login/" in answer["Location"]
        superuser(client)
        assert [client.get(page).status_code for page in pages] == [200] * 4

    def test_shows_text_and_headers_as_they_are_and_html_shut_in(self, client: Client, folder: Path) -> None:
        subscriptions.ask(READER, None, at=noon(DAY), on=DAY)
        assert outbox.send(at=lambda: noon(DAY)) == 1
        (letter,) = mailroom.letters(folder)
        at = reverse("mailroom_letter", args=[letter.file, letter.number])
        superuser(client)
        assert "Please confirm" in client.get(reverse("mailroom")).content.decode()
        shown = client.get(at).content.decode()
        assert "auto-generated" in shown
        assert "Yes, tell me" in shown
        assert f'src="{at}html/" sandbox=' in shown
        framed = client.get(f"{at}html/")
        assert framed["X-Frame-Options"] == "SAMEORIGIN"
        policy = framed["Content-Security-Policy"]
        assert policy.startswith("sandbox ")
        assert "allow-scripts" not in policy
        assert "default-src 'none'" in policy

    def test_saves_a_mail_that_witnesses_for_the_log(
        self, client: Client, folder: Path, tmp_path: Path
    ) -> None:
        """What is kept today shows a checkpoint tomorrow."""
        factories.subscription()
        factories.prediction()
        due.flag_due(on=DAY + timedelta(days=1), at=noon(DAY + timedelta(days=1)))
        sealing.seal(at=noon(DAY + timedelta(days=1)))
        outbox.send(at=lambda: noon(DAY + timedelta(days=1)))
        (kept,) = mailroom.letters(folder)
        saved = superuser(client).get(reverse("mailroom_whole", args=[kept.file, kept.number]))
        assert saved.headers["Content-Type"] == "message/rfc822"
        (tmp_path / "mail.eml").write_bytes(saved.content)
        assert kept_checkpoints(tmp_path / "mail.eml")

    def test_escapes_what_a_mail_says(self, client: Client, folder: Path) -> None:
        post("<script>alert(1)</script>", "<script>alert(2)</script>")
        (letter,) = mailroom.letters(folder)
        superuser(client)
        for page in (reverse("mailroom"), reverse("mailroom_letter", args=[letter.file, 0])):
            assert "<script>alert" not in client.get(page).content.decode()

    @pytest.mark.parametrize("args", [("nobody.log", 0), ("..", 3), ("%2e%2e", 0)])
    def test_of_no_mail_is_not_found(self, client: Client, folder: Path, args: tuple[str, int]) -> None:
        post("hello")
        assert superuser(client).get(reverse("mailroom_letter", args=args)).status_code == 404

    def test_says_where_mail_is_sent_that_it_is_not_kept(self, client: Client, settings: Settings) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        superuser(client)
        assert "Mail is sent from here" in client.get(reverse("mailroom")).content.decode()
        assert client.get(reverse("mailroom_letter", args=["any.log", 0])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_developer_confirms_by_the_button_in_the_mail(admin_page: Page, folder: Path) -> None:
    ada = factories.prediction(said={"speaker": factories.speaker("Ada Byron")}).statement.speaker
    subscriptions.ask(READER, ada, at=noon(DAY), on=DAY)
    outbox.send(at=lambda: noon(DAY))
    admin_page.goto("/admin/mail/")
    admin_page.get_by_role("link", name="Please confirm: mail about Ada Byron").click()
    admin_page.frame_locator("iframe").get_by_role("link", name="Yes, tell me").click()
    admin_page.get_by_role("button", name="Yes, tell me").click()
    expect(admin_page.get_by_role("heading", level=1)).to_contain_text("You will hear")
    assert Subscription.objects.live().exists()
