"""Rows for tests, written through the same verbs as everybody's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from django.contrib.auth.models import User

from ledger.house_rules import HouseRules
from ledger.judging import balloting, resolution
from ledger.judging.resolution import ONE_REVIEWER
from ledger.models import Ballot, Evidence, Resolution, Reviewer, Subscriber, Subscription
from ledger.standing import last_signed
from predictions import ink
from predictions.models import Deadline, Forecast, Prediction, Source, Speaker, Statement, Topic

number = count(1)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def speaker(name: str = "", **kwargs: Any) -> Speaker:
    name = name or f"Speaker {next(number)}"
    slug = kwargs.pop("slug", name.lower().replace(" ", "-"))
    return Speaker.objects.get_or_create(slug=slug, defaults={"name": name, **kwargs})[0]


def source(title: str = "", **kwargs: Any) -> Source:
    n = next(number)
    return Source.objects.create(
        title=title or f"Episode {n}", slug=kwargs.pop("slug", f"source-{n}"), **kwargs
    )


def statement(**kwargs: Any) -> Statement:
    """An unsaved statement; any field can be given."""
    return Statement(
        **{
            "speaker": kwargs.pop("speaker", None) or speaker(),
            "source": kwargs.pop("source", None) or source(),
            "quote": f"It will be there in about a year, number {next(number)}.",
            "said_on": date(2025, 10, 1),
            **kwargs,
        }
    )


def prediction(
    horizon: str = "in about a year",
    *,
    said_on: date = date(2025, 10, 1),
    inked_on: date = date(2025, 10, 2),
    by: User | None = None,
    said: dict[str, Any] | None = None,
    odds: float | None = None,
    topics: list[str] | None = None,
    override: ink.Override | None = None,
    **kwargs: Any,
) -> Prediction:
    """A prediction in ink: ``said`` goes to its statement, ``odds`` become the speaker's own forecast, the rest to its own row."""
    words = statement(said_on=said_on, **(said or {}))
    row = Prediction(
        **{
            "claim": f"Thing number {next(number)} is there.",
            "criteria": "Anybody can see it.",
            "horizon_text": horizon,
            **kwargs,
        }
    )
    forecasts = [_own_odds(words, odds)] if odds is not None else []
    named = [
        Topic.objects.get_or_create(name=name, defaults={"slug": name.lower().replace(" ", "-")})[0]
        for name in topics or []
    ]
    draft = ink.Draft(statement=words, prediction=row, override=override, topics=named, forecasts=forecasts)
    return ink.write(draft, at=noon(inked_on), on=inked_on, by=by)


def dated(undated: Prediction, last_day: date, *, on: date, by: User | None = None) -> Deadline:
    """The first deadline of ``undated``, given it on the day ``on`` from an event on the day it was said."""
    row = Deadline(
        counted_from=undated.statement.anchor,
        earliest=undated.statement.anchor,
        nominal=last_day,
        last_day=last_day,
        latest=last_day,
        kind="by",
        rule="person",
        explanation="The dates were set by a person.",
        reading=Deadline.Reading.PERSON,
    )
    return ink.date_from_event(undated, row, reason="The contract was signed.", at=noon(on), on=on, by=by)


def _own_odds(words: Statement, odds: float) -> Forecast:
    stated = Decimal(str(odds))
    return Forecast(by=words.speaker, low=stated, high=stated, stated_on=words.said_on)


def evidence(**kwargs: Any) -> Evidence:
    """An unsaved piece of evidence."""
    return Evidence(**{"url": "https://example.org/evidence", "kind": "primary", "bearing": "for", **kwargs})


def verdict(
    about: Prediction,
    happened: str,
    *,
    on: date,
    by: User | None = None,
    rules: HouseRules = ONE_REVIEWER,
    **kwargs: Any,
) -> Resolution:
    """A verdict given at noon of ``on`` with one piece of evidence."""
    row = Resolution(**{"happened": happened, "looked_until": on, "note": "Looked it up.", **kwargs})
    latest = last_signed(Prediction.objects.get(pk=about.pk))
    return resolution.resolve(
        about, row, [evidence()], seen=latest.pk if latest else None, at=noon(on), on=on, by=by, rules=rules
    )


def reviewer(handle: str = "", **kwargs: Any) -> User:
    """Somebody with a public handle; their login is another word."""
    handle = handle or f"reviewer-{next(number)}"
    user = User.objects.create_user(f"login-of-{handle}", **kwargs)
    Reviewer.objects.create(user=user, handle=handle, chosen_at=noon(date(2025, 1, 1)))
    return user


BLIND = HouseRules(reviewers=2)


def ballot(
    about: Prediction,
    happened: str,
    *,
    on: date,
    by: User,
    rules: HouseRules = BLIND,
    at: datetime | None = None,
    turn: int | None = None,
    **kwargs: Any,
) -> Ballot:
    """A blind verdict given at noon of ``on`` with one piece of evidence."""
    row = Ballot(**{"happened": happened, "looked_until": on, "note": "Looked it up.", **kwargs})
    latest = last_signed(Prediction.objects.get(pk=about.pk))
    return balloting.cast(
        about,
        row,
        [evidence()],
        seen=latest.pk if latest else None,
        at=at or noon(on),
        on=on,
        by=by,
        rules=rules,
        turn=turn or balloting.open_round(about),
    )


def subscription(
    email: str = "reader@example.org", to: Speaker | None = None, *, on: date = date(2025, 1, 1)
) -> Subscription:
    """A confirmed subscription."""
    reader = Subscriber.objects.get_or_create(email=email, defaults={"created_at": noon(on)})[0]
    return Subscription.objects.create(
        subscriber=reader, speaker=to, created_at=noon(on), confirmed_at=noon(on)
    )


def counted(on: date) -> None:
    """Have the figures of all that is logged made, as of the day ``on``."""
    from ledger.counting import reckoning  # noqa: PLC0415  (SciPy: a second that only who counts pays)

    reckoning.reckon(on, lambda: datetime.now(UTC))
