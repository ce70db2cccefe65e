"""The reading box: what the words typed so far will be read as, before they are ink."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from predictions import horizons, ink
from predictions.dates import Precision
from predictions.models import LONGEST_QUOTE, PRECISIONS, Deadline, Statement

TEMPLATE = "admin/predictions/reading.html"
MOST_OFFERED = 3
AXIS_WIDTH, AXIS_MARGIN = 300, 6


class AskForm(forms.Form):
    """What the box needs to know. Anything may be missing while somebody types."""

    quote = forms.CharField(required=False, max_length=LONGEST_QUOTE)
    horizon_text = forms.CharField(required=False, max_length=LONGEST_QUOTE)
    said_on = forms.DateField(required=False)
    said_precision = forms.ChoiceField(required=False, choices=PRECISIONS)
    event = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Reading:
    """How words read on the day ``on``.

    ``deadline`` is unsaved; None if the words give no date, and then ``why_not`` says so. ``found``
    are horizons offered from the quote. With ``event`` the words are counted from an event since.
    """

    phrase: str
    statement: Statement
    deadline: Deadline | None
    why_not: str
    found: list[str]
    on: date
    event: bool = False

    @property
    def is_over(self) -> bool:
        return self.deadline is not None and self.deadline.last_day < self.on

    @property
    def in_hindsight(self) -> bool:
        """Whether what is inked now is inked after its deadline."""
        return self.is_over and not self.event

    @property
    def elsewhere(self) -> bool:
        """Whether the phrase does not stand in the quote, if there is one to look in."""
        quote = self.statement.quote
        return bool(self.phrase and quote) and self.phrase.casefold() not in quote.casefold()

    @property
    def axis(self) -> dict[str, int]:
        """Where the dates lie on a line of ``AXIS_WIDTH``, by name."""
        if self.deadline is None:
            return {}
        row = self.deadline
        days = {
            "counted_from": row.counted_from,
            "earliest": row.earliest,
            "nominal": row.nominal,
            "deadline": row.last_day,
            "latest": row.latest,
        }
        first, last = min(days.values()), max(days.values())
        scale = (AXIS_WIDTH - 2 * AXIS_MARGIN) / max((last - first).days, 1)
        return {name: round(AXIS_MARGIN + (day - first).days * scale) for name, day in days.items()}


def of(typed: Mapping[str, Any], on: date) -> Reading | None:
    """The reading of what was typed, on the day ``on``; None as long as no day is given."""
    said_on = typed.get("said_on")
    if said_on is None:
        return None
    statement = Statement(
        quote=typed.get("quote") or "",
        said_on=said_on,
        said_precision=typed.get("said_precision") or Precision.DAY.value,
    )
    phrase: str = typed.get("horizon_text") or ""
    deadline = ink.reading(statement, phrase)
    return Reading(
        phrase=phrase,
        statement=statement,
        deadline=deadline,
        why_not="" if deadline or not phrase else ink.undated_because(statement, phrase),
        found=[] if phrase else _found(statement),
        on=on,
    )


def of_event(phrase: str, day: date | None, on: date) -> Reading | None:
    """The reading of ``phrase`` counted from an event; None as long as its day is not given."""
    if day is None:
        return None
    return Reading(
        phrase=phrase,
        statement=Statement(quote="", said_on=day),
        deadline=counted_from_event(phrase, day),
        why_not=horizons.why_not(phrase, day) if phrase else "",
        found=[],
        on=on,
        event=True,
    )


def counted_from_event(phrase: str, day: date) -> Deadline | None:
    """The unsaved deadline of ``phrase`` counted from an event on ``day``; None if it gives no date."""
    horizon = horizons.read(phrase, day)
    if horizon is None:
        return None
    deadline = Deadline.from_horizon(horizon, day)
    deadline.explanation = f"“{horizon.text}”, counted from {day:%Y-%m-%d}, the day of the event. Due on {horizon.deadline:%Y-%m-%d}."
    return deadline


def answer(request: HttpRequest) -> JsonResponse:
    """The box for what was posted, as ``html``, and the phrases ``found`` in the quote."""
    form = AskForm(request.POST)
    form.is_valid()
    asked, on = form.cleaned_data, timezone.localdate()
    if asked.get("event"):
        reading = of_event(asked.get("horizon_text", ""), asked.get("said_on"), on)
    else:
        reading = of(asked, on)
    html = render_to_string(TEMPLATE, {"reading": reading})
    return JsonResponse({"html": html, "found": reading.found if reading else []})


def _found(statement: Statement) -> list[str]:
    """The first few different phrases of the quote that say when."""
    horizons_in_quote = horizons.find(statement.quote, statement.anchor)
    return list(dict.fromkeys(horizon.text for horizon in horizons_in_quote))[:MOST_OFFERED]
