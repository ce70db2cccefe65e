"""The page on which transcripts arrive, through real posts: what is wrong is said beside its field, and nothing half is stored."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from kombu.exceptions import OperationalError
from pytest_django.live_server_helper import LiveServer

from predictions.models import Original, Search, Source, Speaker, Transcript
from predictions.tasks import find_candidates
from tests import drafts, factories
from tests.drafts import FERRIES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]

ADD = "/admin/predictions/transcript/add/"


@pytest.fixture
def ada(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("ada"))
    return client


def bring(client: Client, data: bytes | None = None, name: str = "ferries.vtt", **fields: str) -> Any:
    typed = {
        "title": "Ferries of the harbour",
        "said_on": "2025-10-01",
        "said_precision": "day",
        "kind": "podcast",
        "language": "en",
        "words": "",
        **fields,
    }
    return client.post(ADD, typed | ({"file": SimpleUploadedFile(name, data)} if data is not None else {}))


def wrong(answer: Any) -> dict[str, str]:
    assert answer.status_code in {413, 422}
    return {name: " ".join(said) for name, said in answer.context_data["form"].errors.items()}


def test_an_upload_is_stored_and_its_desk_opened(ada: Client) -> None:
    answer = bring(ada, FERRIES.encode(), url="https://example.org/talk", speaker="Mira Solano")
    stored = Transcript.objects.get()
    assert answer["Location"] == f"/admin/review/{stored.pk}/"
    assert bytes(Original.objects.get(transcript=stored).data) == FERRIES.encode()
    assert (stored.source.title, stored.source.url) == ("Ferries of the harbour", "https://example.org/talk")
    assert (stored.said, stored.speaker) == ("1 October 2025", Speaker.objects.get(name="Mira Solano"))
    assert stored.imported_by == User.objects.get(username="ada")


def test_it_is_stored_although_no_worker_can_be_woken(ada: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(**options: object) -> None:
        raise OperationalError("nobody there")

    monkeypatch.setattr(find_candidates, "apply_async", unreachable)
    assert bring(ada, FERRIES.encode()).status_code == 302
    assert Search.objects.unfinished().count() == 1


def test_pasted_words_are_stored_as_they_were_pasted(ada: Client) -> None:
    words = "  The pier will be closed by 2031.\n\n碼頭將於2031年關閉。"
    bring(ada, words=words)
    assert Original.objects.get().text == words


def test_what_was_uploaded_is_known_when_it_is_pasted(ada: Client) -> None:
    bring(ada, FERRIES.encode())
    assert "were imported" in wrong(bring(ada, words=FERRIES.replace("\n", "\r\n")))["words"]


def test_a_known_source_and_speaker_are_used_again(ada: Client) -> None:
    known, mira = factories.source("Ferries of the harbour"), factories.speaker("Mira Solano")
    bring(ada, FERRIES.encode(), speaker="mira solano")
    stored = Transcript.objects.get()
    assert (stored.source, stored.speaker) == (known, mira)


def test_the_same_file_leads_to_the_desk_it_has(ada: Client) -> None:
    stored = drafts.transcript()
    said = wrong(bring(ada, FERRIES.encode(), name="copy.vtt"))
    assert f'href="/admin/review/{stored.pk}/"' in said["file"]
    assert Transcript.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "fields", "field"),
    [
        (None, {}, "file"),
        (b"", {}, "file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), {}, "file"),
        (b"PK\x03\x04" + bytes(99), {}, "file"),
        (b"caf\xe9 will open", {"name": "old.txt"}, "file"),
        (b"The pier closes by 2031.", {"words": "And more."}, "words"),
        (b"The pier closes by 2031.", {"name": "a.txt", "title": ""}, "title"),
        (b"The pier closes by 2031.", {"name": "a.txt", "title": "x" * 301}, "title"),
        (b"The pier closes by 2031.", {"name": "a.txt", "url": "not an address"}, "url"),
        (b"The pier closes by 2031.", {"name": "a.txt", "said_on": ""}, "said_on"),
        (b"The pier closes by 2031.", {"name": "a.txt", "said_on": "9999-12-31"}, "said_on"),
        (b"The pier closes by 2031.", {"name": "a.txt", "said_on": "0001-01-01"}, "said_on"),
        (b"The pier closes by 2031.", {"name": "a.txt", "speaker": "x" * 121}, "speaker"),
        (b"The pier closes by 2031.", {"name": "a.txt", "speaker": "a\x00b"}, "speaker"),
        (None, {"words": "a\x00b"}, "words"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    ada: Client, data: bytes | None, fields: dict[str, str], field: str
) -> None:
    assert list(wrong(bring(ada, data, **fields))) == [field]
    assert not Transcript.objects.exists()
    assert not Source.objects.exists()
    assert not Speaker.objects.exists()


def test_a_paste_that_is_too_long_is_to_be_uploaded(ada: Client) -> None:
    assert "upload" in wrong(bring(ada, words="The pier will be closed. " * 120_000))["words"]


def test_a_hundred_megabytes_are_refused_without_being_read(live_server: LiveServer, ada: Client) -> None:
    where = urlsplit(live_server.url)
    head = (
        f"POST {ADD} HTTP/1.1\r\nHost: {where.netloc}\r\nCookie: sessionid={ada.cookies['sessionid'].value}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000000\r\n\r\n--x\r\n"
    )
    with socket.create_connection((where.hostname, where.port or 80), timeout=20) as line:
        line.sendall(head.encode())  # and not a byte more
        answer = b""
        while b"at most 32 MB" not in answer and (more := line.recv(65_536)):
            answer += more
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"at most 32 MB" in answer


def test_only_loggers_import(client: Client) -> None:
    client.force_login(User.objects.create_user("rex", is_staff=True))
    assert client.get(ADD).status_code == 403
    assert bring(client, FERRIES.encode()).status_code == 403
    assert client.post(ADD, b"x", content_type="text/plain", CONTENT_LENGTH="100000000").status_code == 403
    assert not Transcript.objects.exists()


def test_the_form_s_token_is_checked(ada: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ada.cookies
    assert bring(strict, FERRIES.encode()).status_code == 403
    assert not Transcript.objects.exists()


def test_a_search_is_stopped_in_the_list(ada: Client) -> None:
    stored = drafts.transcript()
    chosen = {"action": "stop_searching", "_selected_action": [stored.pk]}
    assert ada.post("/admin/predictions/transcript/", chosen).status_code == 302
    assert "An editor stopped it after 0 of" in ada.get("/admin/predictions/transcript/").content.decode()


def test_the_list_leads_to_the_desks(ada: Client) -> None:
    stored = drafts.searched(source=factories.source("Ferries of the harbour"))
    page = ada.get("/admin/predictions/transcript/").content.decode()
    assert "Ferries of the harbour" in page
    assert "done" in page
    again = ada.post(
        "/admin/predictions/transcript/", {"action": "search_again", "_selected_action": [stored.pk]}
    )
    assert again.status_code == 302
    answer = ada.get(f"/admin/predictions/transcript/{stored.pk}/change/")
    assert answer["Location"] == f"/admin/review/{stored.pk}/"
