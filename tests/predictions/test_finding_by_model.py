"""The second finder against a server of our own that answers well, badly, late, or not at all."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from predictions import finding
from predictions.extraction import Candidate
from predictions.model_finder import LARGEST_ANSWER, Model, Unusable
from predictions.models import Candidate as Row
from predictions.models import Search
from predictions.transcripts import Transcript, read
from tests.drafts import AT, FERRIES, SAID, clock, searched

KEY = "sk-nobody-may-read-this"
PIER = "I expect that the old pier will be closed next year."
FARES = "By 2030 half of all crossings will be electric, I predict, and fares will fall by a third."
FERRY = "The harbour will have its first electric ferry within two years."
Respond = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


@dataclass
class Oracle:
    """A model's server: says what ``respond`` says, and remembers what it was asked."""

    url: str
    respond: Respond
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def model(self, patience: float = 60) -> Model:
        return Model(self.url, KEY, "oracle-1", patience=patience, pause=lambda _: None)


@pytest.fixture
def oracle() -> Iterator[Oracle]:
    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            it.asked.append(asked)
            it.keys.append(self.headers["Authorization"])
            try:
                it.respond(self, asked)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    it = Oracle(f"http://127.0.0.1:{server.server_port}/v1", answering())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield it
    server.shutdown()
    server.server_close()


def entry(quote: str, **fields: Any) -> dict[str, Any]:
    return {
        "quote": quote,
        "speaker": "Mira Solano",
        "attribution": "said",
        "when": "",
        "confidence": "",
        "low": None,
        "high": None,
        "reason": "It says what will be.",
        **fields,
    }


def send(to: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    to.send_response(status)
    for name, value in {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **headers,
    }.items():
        to.send_header(name.replace("_", "-"), value)
    to.end_headers()
    to.wfile.write(body)


def saying(content: Any) -> bytes:
    words = content if isinstance(content, str) else json.dumps(content)
    return json.dumps({"choices": [{"message": {"content": words}}]}).encode()


def answering(*entries: Any) -> Respond:
    return lambda to, asked: send(to, saying({"candidates": list(entries)}))


def failing(status: int, **headers: str) -> Respond:
    return lambda to, asked: send(to, KEY.encode(), status, **headers)


def find(oracle: Oracle, words: str = FERRIES, **kwargs: Any) -> tuple[list[Candidate], int]:
    text: Transcript = read(words.encode(), "f.vtt" if words.startswith("WEBVTT") else "")
    return oracle.model(**kwargs).find(text, SAID, None)


class TestGoodAnswers:
    def test_a_quote_is_placed_where_it_stands_and_its_words_are_read(self, oracle: Oracle) -> None:
        oracle.respond = answering(entry(FERRY, when="within two years", confidence="will"))
        (found,), discarded = find(oracle)
        assert (found.start, found.quote, discarded) == (0, FERRY, 0)
        assert found.horizon
        assert found.horizon.deadline == date(2027, 10, 1)
        assert (found.speaker, found.confidence_words) == ("Mira Solano", "will")

    def test_it_asks_by_a_strict_schema_with_the_key_in_one_header(self, oracle: Oracle) -> None:
        find(oracle)
        (asked,) = oracle.asked
        assert asked["response_format"]["json_schema"]["strict"] is True
        assert asked["model"] == "oracle-1"
        assert FERRY in asked["messages"][1]["content"]
        assert oracle.keys == [f"Bearer {KEY}"]
        assert KEY not in json.dumps(asked)

    def test_the_same_words_twice_are_placed_twice(self, oracle: Oracle) -> None:
        oracle.respond = answering(entry(FERRY[4:]), entry(FERRY[4:].replace("The", "the")), entry(FERRY[4:]))
        found, discarded = find(oracle)
        assert len({one.start for one in found}) == 2
        assert discarded == 1


@pytest.mark.parametrize(
    "bad",
    [
        entry("The harbour will have its first electric boat within two years."),
        entry(FERRY.upper()),
        entry(FERRY, reason="Half a \ud83d character."),
        entry(FERRY, speaker="\udc00"),
        entry(""),
        entry(f" {FERRY}"),
        entry(FERRY, low=0.9, high=0.1),
        entry(FERRY, low=True, high=True),
        entry(FERRY, low=0.5),
        entry(FERRY, low=float("nan"), high=float("nan")),
        entry(FERRY, attribution="dreamt"),
        entry(FERRY, speaker=7),
        entry(FERRY, more="than asked"),
        {"quote": FERRY},
        FERRY,
        None,
        [FERRY],
    ],
    ids=lambda one: json.dumps(one)[-60:],
)
def test_what_is_not_in_the_text_or_not_in_form_is_thrown_away_and_counted(oracle: Oracle, bad: Any) -> None:
    oracle.respond = answering(bad, entry(FERRY))
    found, discarded = find(oracle)
    assert [one.quote for one in found] == [FERRY]
    assert discarded == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>busy</html>",
        b"{}",
        b"[]",
        b'{"choices": []}',
        b"\xff\xfe",
        saying("I would rather not."),
        saying({"candidates": "none"}),
        saying(None),
        saying([]),
        b"[" * 100_000,
        b" " * (LARGEST_ANSWER + 1),
    ],
    ids=[
        "nothing",
        "a page",
        "empty",
        "a list",
        "no choices",
        "bytes",
        "prose",
        "words",
        "null",
        "bare",
        "deep",
        "endless",
    ],
)
def test_a_malformed_answer_is_asked_for_again_and_then_given_up(oracle: Oracle, body: bytes) -> None:
    oracle.respond = lambda to, asked: send(to, body)
    with pytest.raises(Unusable, match="Gave up after 3 tries"):
        find(oracle)
    assert len(oracle.asked) == 3


def test_a_better_second_answer_is_taken(oracle: Oracle) -> None:
    answers = iter([b"busy", saying({"candidates": [entry(FERRY)]})])
    oracle.respond = lambda to, asked: send(to, next(answers))
    assert find(oracle)[0][0].quote == FERRY


@pytest.mark.parametrize(("status", "tries"), [(500, 3), (503, 3), (429, 3), (400, 1), (401, 1), (404, 1)])
def test_a_failing_server_is_tried_again_only_where_that_can_help(
    oracle: Oracle, status: int, tries: int
) -> None:
    oracle.respond = failing(status)
    with pytest.raises(Unusable) as raised:
        find(oracle)
    assert len(oracle.asked) == tries
    assert KEY not in str(raised.value)


@pytest.mark.parametrize("status", [301, 302, 307])
def test_a_redirect_is_not_followed_with_the_key(oracle: Oracle, status: int) -> None:
    oracle.respond = failing(status, Location=f"{oracle.url}/elsewhere")
    with pytest.raises(Unusable, match="sends elsewhere"):
        find(oracle)
    assert len(oracle.asked) == 1


def test_a_slow_server_is_given_up(oracle: Oracle) -> None:
    oracle.respond = lambda to, asked: time.sleep(2)
    with pytest.raises(Unusable, match="took too long"):
        find(oracle, patience=0.2)


def test_a_server_that_trickles_is_given_up(oracle: Oracle) -> None:
    def trickle(to: BaseHTTPRequestHandler, asked: dict[str, Any]) -> None:
        to.send_response(200)
        to.end_headers()
        for _ in range(40):
            to.wfile.write(b" ")
            to.wfile.flush()
            time.sleep(0.05)

    oracle.respond = trickle
    with pytest.raises(Unusable, match="took too long"):
        find(oracle, patience=0.3)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "file:///etc/hostname", "nonsense"])
def test_an_address_that_is_none_is_said_so(url: str) -> None:
    with pytest.raises(Unusable):
        Model(url, KEY, "x", pause=lambda _: None).find(read(FERRIES.encode(), "f.vtt"), SAID, None)


@pytest.mark.django_db
class TestInTheLedger:
    @pytest.fixture
    def switched_on(self, oracle: Oracle, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Oracle:
        settings.LLM_URL, settings.LLM_KEY, settings.LLM_MODEL = oracle.url, KEY, "oracle-1"
        monkeypatch.setattr("predictions.model_finder.time.sleep", lambda _: None)
        monkeypatch.setattr(Model, "pause", staticmethod(lambda _: None))
        return oracle

    def test_it_is_off_unless_set(self) -> None:
        assert [search.finder for search in searched().searches.all()] == ["rules"]

    def test_both_finders_meet_and_the_same_span_is_there_once(self, switched_on: Oracle) -> None:
        mine = "it was always late"
        switched_on.respond = answering(entry(FERRY), entry(mine), entry("Not said at all."))
        stored = searched()
        assert Row.objects.filter(transcript=stored, quote=FERRY).count() == 1
        assert Row.objects.get(transcript=stored, quote=mine).finder == "model"
        search = Search.objects.get(transcript=stored, finder="model")
        assert (search.discarded, search.failure) == (1, "")

    @pytest.mark.parametrize(
        ("proposed", "meets"),
        [
            ("the old pier will be closed next year", "merged"),
            ("I expect that the old pier will be closed", "merged"),
            (f"always late.\n{PIER}", "merged"),
            ("the old pier", "linked"),
            (f"{FARES}\n{PIER}", "linked"),
            ("My grandfather ran the steam ferry here, and it was always late.\nBy 2030", "new"),
        ],
        ids=["without its head", "without its end", "with more", "a part", "two in one", "hardly touching"],
    )
    def test_what_the_rules_have_with_other_edges_is_not_a_second_candidate(
        self, switched_on: Oracle, proposed: str, meets: str
    ) -> None:
        switched_on.respond = answering(entry(proposed))
        row = Row.objects.filter(transcript=searched(), finder="model", quote=proposed).first()
        assert ("merged" if row is None else "linked" if row.repeats else "new") == meets

    def test_a_failure_shows_at_the_desk_without_the_key_and_can_be_tried_again(
        self, switched_on: Oracle, client: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        switched_on.respond = failing(401)
        stored = searched()
        client.force_login(User.objects.create_superuser("ada"))
        page = client.get(f"/admin/review/{stored.pk}/").content.decode()
        assert "refuses the key in LLM_KEY" in page
        assert KEY not in page + caplog.text + repr(switched_on.model())

        switched_on.respond = answering(entry("it was always late"))
        finding.ask_again(stored, at=AT)
        finding.go_on(clock)
        search = Search.objects.get(transcript=stored, finder="model")
        assert (search.failure, search.segments_done) == ("", search.segments_total)
        assert Row.objects.filter(transcript=stored, finder="model").count() == 1


@pytest.mark.parametrize("key", [f"{KEY}\nX-Other: 1", f"{KEY}\u2014", f"{KEY}\ud800", f"{KEY} \x00"])
def test_a_key_that_cannot_be_sent_is_named_and_not_shown(
    oracle: Oracle, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    model = Model(oracle.url, key, "oracle-1", pause=lambda _: None)
    with pytest.raises(Unusable, match="LLM_KEY") as refused:
        model.find(read(FERRIES.encode(), "f.vtt"), SAID, None)
    assert KEY not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    assert KEY not in caplog.text


def test_a_key_pasted_with_a_line_break_is_sent_without_it(oracle: Oracle) -> None:
    Model(oracle.url, f" {KEY}\r\n", "oracle-1").find(read(FERRIES.encode(), "f.vtt"), SAID, None)
    assert oracle.keys == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://a b/v1", "http://harbour:port/v1", "http://" + "h\u00e4" * 80, "harbour"]
)
def test_an_address_that_cannot_be_is_named(url: str) -> None:
    with pytest.raises(Unusable, match="LLM_URL"):
        Model(url, KEY, "oracle-1", pause=lambda _: None).find(read(FERRIES.encode(), "f.vtt"), SAID, None)
