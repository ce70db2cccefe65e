"""Dating an undated prediction from the event that started its clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from predictions import horizons, ink
from predictions.admin import reading
from predictions.admin.base import signed_in
from predictions.admin.hand import ByHandForm
from predictions.admin.widgets import DayInput
from predictions.models import Deadline, Prediction

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TEMPLATE = "admin/predictions/date.html"


class DateForm(ByHandForm):
    """The event, its day, and the words counted from it; or four dates by hand."""

    event = forms.CharField(
        max_length=500,
        label="What happened",
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text="The event that started the clock, so that readers can check it.",
    )
    event_day = forms.DateField(label="On which day", widget=DayInput({"data-ask": "said_on"}))
    phrase = forms.CharField(
        required=False,
        max_length=300,
        label="The words, counted from that day",
        widget=forms.TextInput(attrs={"dir": "auto", "data-ask": "horizon_text", "autocomplete": "off"}),
        help_text="Such as “within 100 days”.",
    )

    def __init__(self, data: Mapping[str, Any] | None, *, prediction: Prediction, on: date) -> None:
        self.prediction, self.on = prediction, on
        super().__init__(data, initial={"phrase": prediction.horizon_text})

    def clean_event_day(self) -> date:
        day: date = self.cleaned_data["event_day"]
        said = self.prediction.statement
        if day > self.on:
            raise ValidationError("Date it when the event has happened; this day is still to come.")
        if day < said.said_within.first:
            raise ValidationError(f"That is before it was said ({said.said}).")
        return day

    def clean(self) -> dict[str, Any]:
        day, phrase = self.cleaned_data.get("event_day"), self.cleaned_data.get("phrase", "")
        self.dated: Deadline | None = None
        if day is None:
            return self.cleaned_data
        if dates := self.by_hand(day):
            self.dated = reading.set_by_hand(dates, phrase, day)
        elif deadline := reading.counted_from_event(phrase, day):
            self.dated = deadline
        elif not self.errors:
            why = horizons.why_not(phrase, day).rstrip(".") if phrase else "No words say when"
            self.add_error(
                "phrase", f"{why}. Name the span alone, as in “in 100 days”, or set the dates by hand."
            )
        return self.cleaned_data

    def write(self, *, at: datetime, by: User) -> Deadline | None:
        """Give the prediction its deadline; None if something stands against it, which is then beside its field."""
        if not self.is_valid() or self.dated is None:
            return None
        try:
            return ink.date_from_event(
                self.prediction, self.dated, reason=self.cleaned_data["event"], at=at, on=self.on, by=by
            )
        except ValidationError as error:
            self.add_error(None, error.messages)
            return None


class ReadAnewForm(DateForm):
    """Another reading of the same words, and why it stands beside the first."""

    def __init__(self, data: Mapping[str, Any] | None, *, prediction: Prediction, on: date) -> None:
        super().__init__(data, prediction=prediction, on=on)
        self.fields["event"].label = "Why it is read anew"
        self.fields["event"].help_text = "For everybody to read, beside this reading."
        self.fields["event_day"].label = "Counted from"
        if prediction.deadline:
            self.initial["event_day"] = prediction.deadline.counted_from

    def write(self, *, at: datetime, by: User) -> Deadline | None:
        if not self.is_valid() or self.dated is None:
            return None
        try:
            return ink.read_anew(
                self.prediction, self.dated, reason=self.cleaned_data["event"], at=at, on=self.on, by=by
            )
        except ValidationError as error:
            self.add_error(None, error.messages)
            return None


def date_from_event(request: HttpRequest, prediction: Prediction) -> HttpResponse:
    """The form; on POST, the prediction dated."""
    return _dated(request, prediction, DateForm, "Date it from an event", "Number {} falls due after {}.")


def read_anew(request: HttpRequest, prediction: Prediction) -> HttpResponse:
    """The form for another reading; on POST, it stands beside the first."""
    done = "Number {} has another reading beside its deadline: {}."
    return _dated(request, prediction, ReadAnewForm, "Read it anew", done)


def _dated(
    request: HttpRequest, prediction: Prediction, kind: type[DateForm], title: str, done: str
) -> HttpResponse:
    at = datetime.now(UTC)
    on = timezone.localdate(at)
    form = kind(request.POST or None, prediction=prediction, on=on)
    if request.method == "POST" and (deadline := form.write(at=at, by=signed_in(request))):
        messages.success(
            request,
            format_html(
                done + ' <a href="{}">See its public page</a>.',
                prediction.pk,
                deadline,
                prediction.get_absolute_url(),
            ),
        )
        return redirect(reverse("admin:predictions_prediction_change", args=[prediction.pk]))
    context = {
        **admin.site.each_context(request),
        "title": title,
        "form": form,
        "prediction": prediction,
        "anew": kind is ReadAnewForm,
        "reading": _reading(form, on) if form.is_bound else None,
    }
    return TemplateResponse(request, TEMPLATE, context, status=422 if form.is_bound else 200)


def _reading(form: DateForm, on: date) -> reading.Reading | None:
    return reading.of_event(form.cleaned_data.get("phrase", ""), form.cleaned_data.get("event_day"), on, form)
