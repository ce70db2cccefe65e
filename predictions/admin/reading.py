"""The reading box: what the words typed so far will be read as, before they are ink."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from predictions import horizons, ink
from predictions.admin.hand import ByHandForm
from predictions.dates import Precision
from predictions.models import LONGEST_QUOTE, PRECISIONS, Deadline, Statement

TEMPLATE = "admin/predictions/reading.html"
MOST_OFFERED = 3
AXIS_WIDTH, AXIS_MARGIN = 300, 6


class AskForm(ByHandForm):
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
    ``in_place_of`` is what the words alone would give where a person set the dates, and ``amiss``
    what is wrong with such dates, so that they do not hold.
    """

    phrase: str
    statement: Statement
    deadline: Deadline | None
    why_not: str
    found: list[str]
    on: date
    event: bool = False
    in_place_of: Deadline | None = None
    amiss: Sequence[str] = ()

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
        return bool(self.phrase and self.statement.quote) and not stands_in(self.phrase, self.statement.quote)

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


def stands_in(phrase: str, quote: str) -> bool:
    """Whether the words stand in the quote, up to spacing and capitals; a number only as a whole."""
    words, among = (" ".join(text.split()).casefold() for text in (phrase, quote))
    return re.search(rf"(?<!\d){re.escape(words)}(?!\d)", among) is not None


def of(typed: Mapping[str, Any], on: date, hand: ByHandForm | None = None) -> Reading | None:
    """The reading of what was typed on the day ``on``, or of the dates set by ``hand``; None as long as no day is given."""
    said_on = typed.get("said_on")
    if said_on is None:
        return None
    statement = Statement(
        quote=typed.get("quote") or "",
        said_on=said_on,
        said_precision=typed.get("said_precision") or Precision.DAY.value,
    )
    phrase: str = typed.get("horizon_text") or ""
    by_rule, dates = ink.reading(statement, phrase), hand and hand.by_hand(statement.anchor)
    return Reading(
        phrase=phrase,
        statement=statement,
        deadline=ink.reading(statement, phrase, dates) if dates else by_rule,
        why_not="" if by_rule or not phrase else ink.undated_because(statement, phrase),
        found=[] if phrase else _found(statement),
        on=on,
        in_place_of=by_rule if dates else None,
        amiss=hand.amiss if hand else (),
    )


def of_event(phrase: str, day: date | None, on: date, hand: ByHandForm) -> Reading | None:
    """The reading of ``phrase`` counted from an event, or of the dates by ``hand``; None as long as its day is not given."""
    if day is None:
        return None
    by_rule, dates = counted_from_event(phrase, day), hand.by_hand(day)
    return Reading(
        phrase=phrase,
        statement=Statement(quote="", said_on=day),
        deadline=set_by_hand(dates, phrase, day) if dates else by_rule,
        why_not=horizons.why_not(phrase, day) if phrase else "",
        found=[],
        on=on,
        event=True,
        in_place_of=by_rule if dates else None,
        amiss=hand.amiss,
    )


def set_by_hand(dates: ink.Override, phrase: str, day: date) -> Deadline | None:
    """The unsaved deadline that a person set after an event on ``day``."""
    return ink.reading(Statement(said_on=day), phrase, dates)


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
        reading = of_event(asked.get("horizon_text", ""), asked.get("said_on"), on, form)
    else:
        reading = of(asked, on, form)
    html = render_to_string(TEMPLATE, {"reading": reading})
    return JsonResponse({"html": html, "found": reading.found if reading else []})


def _found(statement: Statement) -> list[str]:
    """The first few different phrases of the quote that say when."""
    horizons_in_quote = horizons.find(statement.quote, statement.anchor)
    return list(dict.fromkeys(horizon.text for horizon in horizons_in_quote))[:MOST_OFFERED]
