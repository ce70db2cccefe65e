"""Where an address of a channel may lead: it was typed by somebody, and this machine can reach more than they may."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from threading import Event, Thread

import pytest
import requests
from pytest_django import Settings

from ledger.post.channels import by_apprise, guarded
from ledger.post.channels.answers import NotAnAddress, NotTaken
from tests.chat_servers import Services
from tests.chat_servers import services as real_server

HERE = [
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "10.1.2.3",
    "169.254.169.254",
    "0.0.0.0",  # noqa: S104 (nobody listens there)
]


@pytest.fixture
def there() -> Iterator[Services]:
    with real_server() as there:
        yield there


class TestAnAddress:
    @pytest.mark.parametrize(
        ("address", "why"),
        [
            ("", "no address"),
            ("nonsense", "no address"),
            ("https://example.org/hook", "no address"),
            ("mailto://me:pass@example.org", "no address"),
            ("syslog://", "no address"),
            ("file:///etc/passwd", "no address"),
            ("discord://123456/abcdef?template=/etc/passwd", "“template”"),
            ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ?template=/etc/passwd", "“template”"),
            ("ntfy://topic?attach=file:///etc/passwd", "“attach”"),
            ("json://example.org/?redirect=yes", "“redirect”"),
            ("json://example.org/?rto=9999", "“rto”"),
            ("ntfy://example.org/topic?retry=50", "“retry”"),
            ("ntfy://example.org/one/two", "Name one place"),
            ("matrix://me:pass@example.org", "Name one place"),
            ("discord://123456", "missing"),
        ],
    )
    def test_that_is_not_taken_is_told_why_without_a_word_of_it(self, address: str, why: str) -> None:
        with pytest.raises(NotAnAddress, match=why) as refused:
            by_apprise.service_of(address)
        assert not address or address not in str(refused.value)
        assert "passwd" not in str(refused.value)


class TestThisMachineAndItsNetwork:
    @pytest.mark.parametrize("host", HERE)
    def test_are_out_of_reach(self, there: Services, host: str) -> None:
        with guarded.watched() as watch, pytest.raises(requests.RequestException):
            requests.post(f"http://{host}:{there.port}/", timeout=5)
        assert watch.kept_out
        assert there.asked == 0

    def test_are_in_reach_where_the_installation_says_so(self, there: Services, settings: Settings) -> None:
        settings.CHANNELS_PRIVATE = True
        assert requests.get(f"http://{there.host}/", timeout=5).status_code == 200

    def test_are_out_of_reach_by_a_name_that_changes(
        self, there: Services, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The address that was checked is the one that is connected to: a name is looked up once."""
        answers = iter([["93.184.216.34", "127.0.0.1"]])
        monkeypatch.setattr(guarded, "look_up", lambda host, port: next(answers))
        with guarded.watched() as watch, pytest.raises(requests.RequestException):
            requests.post(f"http://changing.example:{there.port}/", timeout=5)
        assert watch.kept_out

    def test_no_proxy_leads_there(
        self, there: Services, monkeypatch: pytest.MonkeyPatch, settings: Settings
    ) -> None:
        monkeypatch.setenv("HTTP_PROXY", f"http://{there.host}")
        with pytest.raises(requests.RequestException):
            requests.get("http://localhost:1/", timeout=5)
        assert there.asked == 0


class TestAnAnswer:
    @pytest.fixture(autouse=True)
    def _private(self, settings: Settings) -> None:
        settings.CHANNELS_PRIVATE = True

    def test_that_leads_elsewhere_is_the_answer(self, there: Services) -> None:
        there.mood, there.headers = lambda path: 307, {"Location": f"http://{there.host}/other"}
        assert requests.post(f"http://{there.host}/", timeout=5).status_code == 307
        assert there.asked == 1

    def test_without_end_is_not_read_to_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guarded, "MOST_BYTES", 1_000)
        with dripping(b"x" * 100_000, pieces=1) as host:
            assert len(requests.get(f"http://{host}/", timeout=5).content) == 1_000

    def test_that_comes_a_byte_at_a_time_is_cut_off(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(guarded, "SECONDS", 0.6)
        with dripping(b"y" * 200, pieces=200) as host, pytest.raises(NotTaken) as cut:
            by_apprise.post(f"json://{host}/", "Title", "Text")
        assert not cut.value.is_about_the_post

    def test_is_not_waited_for_once_the_time_is_up(self, there: Services) -> None:
        """Matrix is asked more than once for a post: a later question must not begin the wait anew."""
        with guarded.watched() as watch:
            assert requests.get(f"http://{there.host}/", timeout=5).status_code == 200
            watch.hang_up()
            with pytest.raises(requests.ConnectionError):
                requests.get(f"http://{there.host}/", timeout=5)

    @pytest.mark.parametrize(
        ("status", "about_it"),
        [(400, True), (413, True), (404, False), (401, False), (500, False), (429, False)],
    )
    def test_says_whether_it_is_about_the_post(self, there: Services, status: int, about_it: object) -> None:
        there.mood = lambda path: status
        with pytest.raises(NotTaken) as refused:
            by_apprise.post(f"json://{there.host}/", "Title", "Text")
        assert (refused.value.status, refused.value.is_about_the_post) == (status, about_it)

    @pytest.mark.parametrize(
        ("said", "wait"), [("7", 7.0), ("-3", 0.0), ("99999999", 3_600.0), ("tomorrow", 0.0)]
    )
    def test_says_how_long_to_wait_and_is_obeyed_for_an_hour(
        self, there: Services, said: str, wait: float
    ) -> None:
        there.mood, there.headers = lambda path: 429, {"Retry-After": said}
        with pytest.raises(NotTaken) as refused:
            by_apprise.post(f"ntfy://{there.host}/topic", "Title", "Text")
        assert refused.value.wait.total_seconds() == wait


class dripping:  # noqa: N801 (it is called like a function)
    """A server that sends ``body`` in so many ``pieces``, a twentieth of a second apart."""

    def __init__(self, body: bytes, *, pieces: int) -> None:
        self.body, self.size = body, len(body) // pieces
        self.door = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> str:
        Thread(target=self._serve, daemon=True).start()
        return f"127.0.0.1:{self.door.getsockname()[1]}"

    def __exit__(self, *args: object) -> None:
        self.door.close()

    def _serve(self) -> None:
        line, _ = self.door.accept()
        with line:
            line.recv(65_536)
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(self.body))
            for start in range(0, len(self.body), self.size):
                try:
                    line.sendall(self.body[start : start + self.size])
                except OSError:
                    return
                if self.size < len(self.body):
                    Event().wait(0.05)
