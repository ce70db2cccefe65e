"""The second finder: a language model behind an OpenAI-compatible address. Off unless one is set.

It only proposes. A quote that does not stand in the text word for word is thrown away and
counted, and so is whatever is not in the form that was asked for. The key goes into one header
and nowhere else: not into a log, a message, or another address that the first one points to.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from http.client import HTTPException, HTTPMessage, HTTPResponse, InvalidURL
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from predictions import horizons
from predictions.extraction import Attribution, Candidate
from predictions.models import LONGEST_QUOTE
from predictions.transcripts import Certainty, Transcript

TRIES = 3
LARGEST_ANSWER = 1_000_000  # bytes
SCORE = 1.0  # a model gives no score; its proposals stand among the likelier ones of the rules
WORTH_ANOTHER_TRY = {408, 409, 425, 429, 500, 502, 503, 504}

BAD_URL = "LLM_URL is not an address that can be asked."

TASK = (
    "You find predictions in a transcript: sentences that assert a state of the world after the day they were said. "
    "Not questions, habits, advice, wishes, hypotheticals, definitions, advertising, nor what was the future of a past "
    "that is told. Copy each quote letter for letter, without changing, adding or leaving out anything. One entry for "
    "each claim. `when` are the words in the quote that say when, or empty. `confidence` are the words that say how "
    "sure the speaker is, or empty; `low` and `high` the probability from 0 to 1 if a number was given, else null. "
    "`speaker` is who said it, or null. `reason` is one short sentence for a reader: why this is a prediction."
)
TEXT = {"type": "string"}
NUMBER = {"type": ["number", "null"]}
ENTRY: dict[str, Any] = {
    "quote": TEXT,
    "speaker": {"type": ["string", "null"]},
    "attribution": {"type": "string", "enum": [one.value for one in Attribution]},
    "when": TEXT,
    "confidence": TEXT,
    "low": NUMBER,
    "high": NUMBER,
    "reason": TEXT,
}
SCHEMA = {
    "type": "object",
    "properties": {
        "candidates": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": ENTRY,
                "required": list(ENTRY),
                "additionalProperties": False,
            },
        }
    },
    "required": ["candidates"],
    "additionalProperties": False,
}


class Unusable(Exception):
    """The model cannot be used; the message says why and never holds the key."""


class Garbled(Exception):
    """An answer that is not in the form asked for. Another try may give a better one."""


class NoDetours(HTTPRedirectHandler):
    """A redirect would take the key along to wherever it leads."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


@dataclass(frozen=True)
class Model:
    """A model: the address that ends before ``/chat/completions``, its key and name; ``patience`` in seconds a try."""

    url: str
    key: str = field(repr=False)
    name: str
    patience: float = 30
    pause: Callable[[float], None] = time.sleep

    def find(self, text: Transcript, said_on: date, speaker: str | None) -> tuple[list[Candidate], int]:
        """What the model finds in a short text, and how many of its proposals were thrown away. Raises ``Unusable``."""
        entries = self._entries(text.text, said_on, speaker)
        found: dict[tuple[int, int], Candidate] = {}
        for entry in entries:
            candidate = _candidate(text.text, entry, said_on, speaker, set(found))
            if candidate:
                found[candidate.start, candidate.end] = candidate
        return list(found.values()), len(entries) - len(found)

    def _entries(self, text: str, said_on: date, speaker: str | None) -> list[Any]:
        why = ""
        for attempt in range(TRIES):
            if attempt:
                self.pause(2.0**attempt)
            try:
                return _read(self._asked(self._request(text, said_on, speaker)))
            except Garbled as garbled:
                why = str(garbled)
            except HTTPError as error:
                error.close()
                if error.code not in WORTH_ANOTHER_TRY:
                    raise Unusable(_refusal(error.code)) from None
                why = f"The model's server answered {error.code}."
            except (OSError, HTTPException):
                why = "The model's server cannot be reached, or took too long."
        raise Unusable(f"{why} Gave up after {TRIES} tries.")

    def _request(self, text: str, said_on: date, speaker: str | None) -> Request:
        about = f"Said on {said_on.isoformat()}" + (
            f" by {speaker}, where the text does not say who." if speaker else "."
        )
        body = {
            "model": self.name,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": TASK},
                {"role": "user", "content": f"{about}\n\n{text}"},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "candidates", "strict": True, "schema": SCHEMA},
            },
        }
        try:
            if urlsplit(self.url).scheme not in {"http", "https"}:
                raise Unusable("LLM_URL must begin with http:// or https://.")
            request = Request(  # noqa: S310  (the scheme was looked at)
                f"{self.url.strip().rstrip('/')}/chat/completions",
                data=json.dumps(body).encode(),
                headers={"Content-Type": "application/json", "Accept": "application/json"},
            )
        except ValueError:
            raise Unusable(BAD_URL) from None
        key = self.key.strip()
        if not (key.isascii() and key.isprintable()):
            raise Unusable("LLM_KEY has characters that no key has. Copy it anew.")
        request.add_unredirected_header("Authorization", f"Bearer {key}")
        return request

    def _asked(self, request: Request) -> bytes:
        until = time.monotonic() + self.patience
        try:
            answer = build_opener(NoDetours).open(request, timeout=self.patience)
        except (ValueError, InvalidURL):  # neither may be shown: the message of either can hold what was sent
            raise Unusable(BAD_URL) from None
        with answer:
            return _drained(answer, until)


def _drained(answer: HTTPResponse, until: float) -> bytes:
    """All of an answer; one that trickles in for ever or has no end is given up."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(65_536):
        parts.append(part)
        size += len(part)
        if size > LARGEST_ANSWER:
            raise Garbled("The model's answer has no end.")
        if time.monotonic() > until:
            raise TimeoutError
    return b"".join(parts)


def _read(answer: bytes) -> list[Any]:
    """The entries of an answer, whatever they are."""
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
        entries = json.loads(content)["candidates"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise Garbled("The model's answer is not in the form asked for.") from None
    if not isinstance(entries, list):
        raise Garbled("The model's answer is not in the form asked for.")
    return entries


def _candidate(
    text: str, entry: Any, said_on: date, speaker: str | None, taken: set[tuple[int, int]]
) -> Candidate | None:
    """The candidate that an entry proposes; None if it is not in the form asked for or does not stand in the text."""
    if not _is_in_form(entry):
        return None
    quote = entry["quote"]
    span = _place(text, quote, taken)
    if span is None:
        return None
    when = entry["when"] if entry["when"] in quote else ""
    horizon = horizons.read(when or quote, said_on)
    confidence = entry["confidence"] if entry["confidence"] in quote else ""
    low, high = entry["low"], entry["high"]
    return Candidate(
        start=span[0],
        end=span[1],
        quote=quote,
        speaker=_plain(entry["speaker"] or speaker or "") or None,
        certainty=Certainty.UNSURE,
        attribution=Attribution(entry["attribution"]),
        horizon=horizon,
        confidence_words=confidence,
        probability=(low, high) if low is not None and high is not None else None,
        score=SCORE,
        reason=_plain(entry["reason"]),
    )


def _place(text: str, quote: str, taken: set[tuple[int, int]]) -> tuple[int, int] | None:
    """Where a quote stands word for word, the first place that no other entry has taken."""
    start = text.find(quote)
    while start >= 0:
        if (start, start + len(quote)) not in taken:
            return start, start + len(quote)
        start = text.find(quote, start + 1)
    return None


def _is_in_form(entry: Any) -> bool:
    """Whether an entry is what the schema says; the server may not have held the model to it."""
    if not isinstance(entry, dict) or set(entry) != set(ENTRY):
        return False
    texts = (entry["quote"], entry["when"], entry["confidence"], entry["reason"], entry["speaker"] or "")
    return (
        all(isinstance(one, str) and not _is_broken(one) for one in texts)
        and 0 < len(entry["quote"].strip()) == len(entry["quote"]) <= LONGEST_QUOTE
        and entry["attribution"] in ENTRY["attribution"]["enum"]
        and _are_odds(entry["low"], entry["high"])
    )


def _is_broken(words: str) -> bool:
    """Whether half a character is in the words, which JSON can carry and no database keeps."""
    return any("\ud800" <= letter <= "\udfff" for letter in words)


def _are_odds(low: Any, high: Any) -> bool:
    if low is None or high is None:
        return low is high
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (low, high))
    return numbers and 0 <= low <= high <= 1


def _plain(words: str) -> str:
    return " ".join(words.replace("\x00", "").split())


def _refusal(code: int) -> str:
    if code in {401, 403}:
        return "The model's server refuses the key in LLM_KEY."
    if 300 <= code < 400:
        return "The model's server sends elsewhere; set LLM_URL to where it leads."
    return f"The model's server answered {code}. Check LLM_URL and LLM_MODEL."
