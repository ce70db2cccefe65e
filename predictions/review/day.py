"""The page on which the day of a transcript is corrected, before anything of it is ink."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from predictions import redating
from predictions.admin.base import signed_in
from predictions.admin.widgets import DayInput
from predictions.dates import Precision
from predictions.models import PRECISIONS, Transcript
from predictions.review.access import for_loggers
from predictions.spelling import spelled

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TEMPLATE = "review/day.html"


class DayForm(forms.Form):
    """The day on which the words of a transcript were said."""

    said_on = forms.DateField(widget=DayInput, help_text="The day of the words, not that of the file.")
    said_precision = forms.ChoiceField(choices=PRECISIONS, initial=Precision.DAY.value, label="Known")

    def correct(self, transcript: Transcript, *, on: date, by: User) -> int | None:
        """Correct the day; None if something stands against it, which is then beside its field. Who did it is kept."""
        if not self.is_valid():
            return None
        before = transcript.said
        day, precision = self.cleaned_data["said_on"], self.cleaned_data["said_precision"]
        try:
            moved = redating.correct_day(transcript, day, precision, on=on)
        except ValidationError as error:
            self.add_error("said_on", error.messages)
            return None
        words = f"Said {spelled(day, precision)}, not {before}."
        LogEntry.objects.log_actions(by.pk, [transcript], CHANGE, words, single_object=True)
        return moved


@for_loggers
def correct_day(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; on POST the day is corrected, the dates of the candidates are read anew, and the desk opened."""
    transcript = get_object_or_404(Transcript.objects.select_related("source"), pk=pk)
    initial: dict[str, Any] = {"said_on": transcript.said_on, "said_precision": transcript.said_precision}
    form = DayForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST":
        moved = form.correct(transcript, on=timezone.localdate(), by=signed_in(request))
        if moved is not None:
            messages.success(
                request, f"It was said {transcript.said}. Candidates with another date now: {moved}."
            )
            return redirect(transcript)
    context = {
        **admin.site.each_context(request),
        "title": "When was it said?",
        "form": form,
        "transcript": transcript,
    }
    return TemplateResponse(request, TEMPLATE, context, status=422 if form.errors else 200)
