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


@dataclass(frozen=True)
class Reading:
    """``deadline`` is unsaved; None if the words give no date, and then ``why_not`` says so. ``found`` are horizons offered from the quote."""

    phrase: str
    statement: Statement
    deadline: Deadline | None
    why_not: str
    found: list[str]
    on: date

    @property
    def in_hindsight(self) -> bool:
        return self.deadline is not None and self.deadline.last_day < self.on

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


def answer(request: HttpRequest) -> JsonResponse:
    """The box for what was posted, as ``html``, and the phrases ``found`` in the quote."""
    form = AskForm(request.POST)
    form.is_valid()
    reading = of(form.cleaned_data, timezone.localdate())
    html = render_to_string(TEMPLATE, {"reading": reading})
    return JsonResponse({"html": html, "found": reading.found if reading else []})


def _found(statement: Statement) -> list[str]:
    """The first few different phrases of the quote that say when."""
    horizons_in_quote = horizons.find(statement.quote, statement.anchor)
    return list(dict.fromkeys(horizon.text for horizon in horizons_in_quote))[:MOST_OFFERED]
