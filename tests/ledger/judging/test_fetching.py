"""Hashing what is at an address, against servers and names that would lead elsewhere or never end."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from ledger.judging import resolution, snapshots
from ledger.judging.fetching import NotFetched, Way, fetch
from ledger.models import Snapshot
from ledger.reach import is_public
from tests import factories

LOOPBACK = "127.0.0.1"
PAGE = b"It is there."


class Server(BaseHTTPRequestHandler):
    """Answers by path: a page, a redirect to what the query names, far too much, far too slowly."""

    heard_out = False
    """Whether anybody stayed to the end of what is too much or too slow."""

    def do_GET(self) -> None:
        path, _, to = self.path.partition("?")
        answer = {"/page": self.page, "/to": self.redirect, "/long": self.endless, "/slow": self.drip}
        answer.get(path, self.nothing)(to)

    def page(self, to: str) -> None:
        self.begin(200, ("Content-Length", str(len(PAGE))))
        self.wfile.write(PAGE)

    def redirect(self, to: str) -> None:
        self.begin(302, ("Location", to), ("Content-Length", "0"))

    def endless(self, to: str) -> None:
        self.begin(200, ("Content-Length", str(10**9)))
        self.pour(b"x" * 100_000, 10_000, 0)

    def drip(self, to: str) -> None:
        if to == "headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self.pour(b"x", 400, 0.05)
        else:
            self.begin(200, ("Content-Length", str(10**6)))
            self.pour(b"x", 400, 0.05)

    def nothing(self, to: str) -> None:
        self.begin(404, ("Content-Length", "0"))

    def begin(self, status: int, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def pour(self, what: bytes, times: int, pause: float) -> None:
        try:
            for _ in range(times):
                self.wfile.write(what)
                time.sleep(pause)
            Server.heard_out = True
        except OSError:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer((LOOPBACK, 0), Server)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


class Names:
    """A name server of our own; what it was asked is kept."""

    def __init__(self, **known: list[list[str]]) -> None:
        self.known, self.asked = known, 0

    def look_up(self, host: str, port: int) -> list[str]:
        self.asked += 1
        answers = self.known.get(host.partition(".")[0], [[host]])
        return answers.pop(0) if len(answers) > 1 else answers[0]


def way(port: int, names: Names | None = None, **bounds: float) -> Way:
    """Out to the test's server, as if loopback were public; nothing else inside is."""
    return Way(
        look_up=(names or Names(site=[[LOOPBACK]])).look_up,
        permits=lambda address: address == LOOPBACK or is_public(address),
        ports=frozenset({port, 80, 443}),
        most_bytes=int(bounds.get("most_bytes", 1_000_000)),
        seconds=bounds.get("seconds", 5),
    )


def test_what_is_there_is_hashed(port: int) -> None:
    seen = fetch(f"http://site.example:{port}/page", way(port))
    assert (seen.sha256, seen.size) == (hashlib.sha256(PAGE).hexdigest(), len(PAGE))
    assert fetch(f"http://site.example:{port}/to?/page", way(port)) == seen


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::]/",
        "http://0.0.0.0/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://192.168.0.1/",
        "http://100.64.0.1/",
        "http://[fd00::1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[::7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://224.0.0.1/",
        "https://127.0.0.1/",
    ],
)
def test_no_private_address_is_looked_at_however_it_is_spelled(address: str) -> None:
    with pytest.raises(NotFetched, match="no public address"):
        fetch(address)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org/",
        "data:text/plain,x",
        "//example.org/",
        "http:///x",
        "http://name:word@example.org/",
        "",
    ],
)
def test_only_plain_addresses_of_the_web_are(address: str) -> None:
    with pytest.raises(NotFetched, match="only plain addresses"):
        fetch(address)


def test_nor_is_another_port_of_it() -> None:
    with pytest.raises(NotFetched, match="port 22"):
        fetch("http://example.org:22/")


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("http://169.254.169.254/", "no public address"),
        ("http://[::1]/", "no public address"),
        ("http://inside.example/", "no public address"),
        ("file:///etc/passwd", "only plain addresses"),
        ("//10.0.0.1/", "no public address"),
    ],
)
def test_no_redirect_leads_there(port: int, to: str, says: str) -> None:
    names = Names(site=[[LOOPBACK]], inside=[["10.0.0.5"]])
    with pytest.raises(NotFetched, match=says):
        fetch(f"http://site.example:{port}/to?{to}", way(port, names))


def test_no_name_leads_there_nor_one_that_leads_to_both(port: int) -> None:
    for answers in (["192.168.1.1"], ["93.184.215.14", "192.168.1.1"], []):
        with pytest.raises(NotFetched, match="no public address"):
            fetch("http://site.example/", way(port, Names(site=[answers])))


def test_a_name_is_looked_up_once_so_that_it_cannot_be_another_the_second_time(port: int) -> None:
    names = Names(site=[[LOOPBACK], ["10.0.0.5"]])
    fetch(f"http://site.example:{port}/page", way(port, names))
    assert names.asked == 1


def test_going_in_circles_has_an_end(port: int) -> None:
    with pytest.raises(NotFetched, match="without end"):
        fetch(f"http://site.example:{port}/to?/to?/to?/to?/to?/to?/to?/page", way(port))


def test_a_body_of_a_gigabyte_is_left(port: int) -> None:
    with pytest.raises(NotFetched, match="longer than 1,000,000 bytes"):
        fetch(f"http://site.example:{port}/long", way(port))
    assert not Server.heard_out


@pytest.mark.parametrize("what", ["headers", "body"])
def test_a_slow_drip_is_left(port: int, what: str) -> None:
    with pytest.raises(NotFetched, match="too long"):
        fetch(f"http://site.example:{port}/slow?{what}", way(port, seconds=0.5))
    assert not Server.heard_out


def test_an_answer_that_is_none_is_told(port: int) -> None:
    with pytest.raises(NotFetched, match="answered 404"):
        fetch(f"http://site.example:{port}/missing", way(port))
    with pytest.raises(NotFetched, match="could not be read"):
        fetch("http://site.example/", way(port, Names(site=[[LOOPBACK]])))  # nobody listens on port 80


@pytest.mark.django_db
def test_each_piece_of_evidence_that_can_be_read_is_looked_at_once(port: int) -> None:
    day = date(2026, 3, 1)
    about = factories.prediction()
    for url in (f"http://site.example:{port}/page", "http://10.0.0.1/"):
        resolution.present(about, factories.evidence(url=url), at=factories.noon(day), on=day)

    def now() -> datetime:
        return datetime(2026, 3, 2, tzinfo=UTC)

    assert snapshots.take_missing(now, way(port)) == 2
    assert snapshots.take_missing(now, way(port)) == 0
    good, bad = Snapshot.objects.order_by("evidence")
    assert (good.sha256, good.failure) == (hashlib.sha256(PAGE).hexdigest(), "")
    assert (bad.sha256, bad.failure) == ("", "it is no public address")


def evidence_at(*urls: str) -> None:
    day, about = date(2026, 3, 1), factories.prediction()
    for url in urls:
        resolution.present(about, factories.evidence(url=url), at=factories.noon(day), on=day)


@pytest.mark.django_db
def test_what_was_away_for_a_while_is_looked_at_again_on_the_next_day(port: int) -> None:
    evidence_at(f"http://site.example:{port}/page")
    names = Names(site=[[], [LOOPBACK]])
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    looked = [
        snapshots.take_missing(lambda after=after: moment + timedelta(hours=after), way(port, names))  # type: ignore[misc]
        for after in (0, 23, 24, 48, 96)
    ]
    assert looked == [1, 0, 1, 0, 0]
    found = Snapshot.objects.get()
    assert (found.sha256, found.failure, found.looks) == (hashlib.sha256(PAGE).hexdigest(), "", 2)
    assert found.taken_at == moment + timedelta(hours=24)


@pytest.mark.django_db
def test_what_stays_away_is_left_after_three_looks(port: int) -> None:
    evidence_at("http://10.0.0.1/")
    for day, looked in ((2, 1), (3, 1), (4, 1), (5, 0), (9, 0)):
        moment = datetime(2026, 3, day, tzinfo=UTC)
        assert snapshots.take_missing(lambda moment=moment: moment, way(port)) == looked  # type: ignore[misc]
    assert Snapshot.objects.get().looks == 3


@pytest.mark.django_db
def test_slow_addresses_are_left_to_a_later_turn_so_that_searches_need_not_wait(port: int) -> None:
    evidence_at(*["http://10.0.0.1/"] * 5)
    ticks = iter(datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=6 * n) for n in range(100))
    assert snapshots.take_missing(lambda: next(ticks), way(port)) == 2
    assert snapshots.take_missing(lambda: next(ticks), way(port)) == 2
    assert Snapshot.objects.count() == 4
