"""The mails themselves: what a delivery says, as text and as HTML."""

from __future__ import annotations

import textwrap
import unicodedata
import uuid
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from ledger.links import Purpose, token
from ledger.models import Delivery, Subscription
from ledger.moments import day_of
from predictions.dates import Precision, spelled
from predictions.models import Deadline, Prediction, Statement

LINE = 72
"""Columns of a text mail."""
LONGEST_SUBJECT = 140
LONGEST_QUOTE = 600
LONGEST_FACT = 900
"""Characters; whoever wants more of a long passage reads it on the prediction's page."""

BIDI_CONTROLS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""They could make a subject line read other than it is."""


def write(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail of ``delivery``, unsent, under its own Message-ID. Copies of it are the same to the letter."""
    words = _question(delivery) if delivery.event is None else _fell_due(delivery, delivery.event.prediction)
    mail = EmailMultiAlternatives(
        subject=words["subject"],
        body=render_to_string(f"mail/{delivery.kind}.txt", words),
        to=[delivery.subscriber.email],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"} | _list(delivery),
    )
    mail.attach_alternative(render_to_string(f"mail/{delivery.kind}.html", words), "text/html")
    return mail


def thread(prediction: Prediction) -> str:
    """The id that all mails about ``prediction`` refer to, so that mailboxes keep them together."""
    return f"<{uuid.uuid5(uuid.NAMESPACE_OID, f'prediction:{prediction.pk}')}@{_host()}>"


def _list(delivery: Delivery) -> dict[str, str]:
    """The headers by which mail programs file, thread and end what is sent to many."""
    if delivery.event is None:
        return {}
    speaker = delivery.subscription.speaker
    return {
        "References": thread(delivery.event.prediction),
        "List-ID": f"<{speaker.slug if speaker else 'everything'}.{_host()}>",
        "List-Unsubscribe": f"<{_link('unsubscribe', delivery.subscription, Purpose.END)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _question(delivery: Delivery) -> dict[str, Any]:
    subscription = delivery.subscription
    return {
        "subject": _one_line(f"Please confirm: mail about {subscription.subject}", LONGEST_SUBJECT),
        "speaker": _speaker(subscription),
        "asked_on": _day(day_of(delivery.owed_at)),
        "asked_at": f"{settings.SITE_URL}{reverse('subscribe')}",
        "confirm_url": _link("confirm", subscription, Purpose.CONFIRM),
    }


def _fell_due(delivery: Delivery, prediction: Prediction) -> dict[str, Any]:
    subscription, statement = delivery.subscription, prediction.statement
    deadline = prediction.deadlines.get(ordinal=1)
    who = f" ({_one_line(str(statement.speaker), 60)})"
    claim, quote = _one_line(prediction.foretold), _one_line(statement.quote, LONGEST_QUOTE)
    facts = _facts(prediction, deadline)
    return {
        "subject": _one_line(f"Fell due: {claim}", LONGEST_SUBJECT - len(who)) + who,
        "speaker": _speaker(subscription),
        "confirmed_on": _day(day_of(subscription.confirmed_at)) if subscription.confirmed_at else "",
        "prediction": prediction,
        "byline": _byline(statement),
        "plain_byline": _wrapped(_byline(statement), indent=2),
        "last_day": f"{deadline.last_day:%A}, {_day(deadline.last_day)}",
        "claim": claim,
        "quote": quote,
        "facts": facts,
        "plain_claim": _wrapped(claim),
        "plain_quote": _wrapped(f"“{quote}”", indent=2),
        "plain_facts": "\n".join(_wrapped(f"{name}: {fact}", indent=2, hang=2) for name, fact in facts),
        "page_url": f"{settings.SITE_URL}{prediction.get_absolute_url()}",
        "end_url": _link("unsubscribe", subscription, Purpose.END),
        "end_all_url": _link("unsubscribe_all", subscription, Purpose.END),
    }


def _byline(statement: Statement) -> str:
    """Who said it, when, and where it stands: "Ada Byron, June 2025, in Episode 7"."""
    own_words = statement.attribution == Statement.Attribution.SAID
    parts = [str(statement.speaker), statement.said, "" if own_words else statement.get_attribution_display()]
    return _one_line(", ".join([part for part in parts if part] + [f"in {statement.source}"]))


def _facts(prediction: Prediction, deadline: Deadline) -> list[tuple[str, str]]:
    """What a reader needs in order to judge the deadline, as pairs of a name and a fact."""
    words = f"“{prediction.horizon_text}”" if prediction.horizon_text else ""
    first = prediction.says_again.statement if prediction.says_again else None
    given = [
        ("Said again", f"first said {_on(first)}" if first else ""),
        ("Words that say when", "" if words in deadline.explanation else words),
        ("How they became a date", deadline.explanation),
        ("Why that date", deadline.reason),
        ("Only if", prediction.condition),
        ("What counts", prediction.criteria),
        ("Logged", _logged(prediction, deadline)),
    ]
    return [(name, _one_line(fact, LONGEST_FACT)) for name, fact in given if fact]


def _logged(prediction: Prediction, deadline: Deadline) -> str:
    day, too_late = _day(prediction.inked_on), "in hindsight: after its day had passed"
    if deadline.last_day < prediction.inked_on:
        return f"{day}, {too_late}"
    return f"{day}; dated on {_day(deadline.made_on)}, {too_late}" if prediction.in_hindsight else day


def _on(statement: Statement) -> str:
    """As "on 1 October 2025", or "in October 2025" where the day is not known."""
    return f"{'on' if statement.said_precision == Precision.DAY else 'in'} {statement.said}"


def _speaker(subscription: Subscription) -> str:
    """The name of whom the subscription is about; empty if it is about everything."""
    return _one_line(str(subscription.speaker)) if subscription.speaker else ""


def _link(name: str, subscription: Subscription, purpose: Purpose) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[token(subscription, purpose)])}"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _day(day: date) -> str:
    return spelled(day, Precision.DAY)


def _one_line(text: str, longest: int | None = None) -> str:
    """``text`` on one line without characters that steer instead of showing, cut off after ``longest`` characters."""
    shown = " ".join("".join(char for char in text if not _steers(char)).split())
    return shown if longest is None or len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def _steers(char: str) -> bool:
    return char in BIDI_CONTROLS or (unicodedata.category(char) in {"Cc", "Cs"} and not char.isspace())


def _wrapped(text: str, *, indent: int = 0, hang: int = 0) -> str:
    """``text`` in lines of at most ``LINE`` columns where its words allow."""
    first, rest = " " * indent, " " * (indent + hang)
    return textwrap.fill(
        text,
        LINE,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
