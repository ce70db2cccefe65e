"""A transcript arrives: the page on which it is uploaded or pasted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_exempt

from predictions import importing
from predictions.admin.base import signed_in
from predictions.admin.widgets import DayInput
from predictions.dates import Precision
from predictions.models import PRECISIONS, Language, Source, Speaker, Transcript
from predictions.review.form import SpeakerField
from predictions.tasks import begin_search
from predictions.transcripts import LARGEST, Unreadable

if TYPE_CHECKING:
    from django.contrib.auth.models import User

TEMPLATE = "review/import.html"
ENVELOPE = 200_000  # bytes that the other fields of the form may come to
TOO_LARGE = f"A file may have at most {LARGEST / 1e6:.0f} MB. Import it in parts."
TOO_LONG = "This is too long to be pasted. Save it as a file and upload that."

View = Callable[..., HttpResponse]


class ArrivalForm(forms.Form):
    """A file or pasted words, and where and when they were said."""

    file = forms.FileField(
        required=False,
        help_text="Plain text, Markdown, WebVTT, SRT, Podcasting 2.0 JSON, or a saved web page.",
        widget=forms.ClearableFileInput(attrs={"data-largest": LARGEST, "data-refusal": TOO_LARGE}),
    )
    words = forms.CharField(
        required=False,
        label="… or paste it",
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    title = forms.CharField(
        max_length=300,
        label="Title of the source",
        help_text="A source of the same address or, without one, of the same title is used again. The title is public at once, with how much of it is undecided.",
        widget=forms.TextInput(attrs={"list": "titles", "dir": "auto"}),
    )
    url = forms.URLField(
        required=False,
        max_length=1_000,
        assume_scheme="https",
        label="Address",
        help_text="Of the recording, so that passages link to their moment in it.",
    )
    kind = forms.ChoiceField(choices=Source.Kind.choices, initial=Source.Kind.PODCAST)
    language = forms.ChoiceField(choices=Language.choices, initial=Language.ENGLISH)
    said_on = forms.DateField(widget=DayInput, help_text="The day of the words, not that of the file.")
    said_precision = forms.ChoiceField(choices=PRECISIONS, initial=Precision.DAY.value, label="Known")
    speaker = SpeakerField(
        required=False,
        widget=forms.TextInput(attrs={"list": "speakers", "dir": "auto"}),
        help_text="Who speaks where the file does not say.",
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)

    def clean_said_on(self) -> date:
        said_on: date = self.cleaned_data["said_on"]
        importing.check_day(said_on, Precision.DAY, self.on)
        return said_on

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if {"file", "words"} & set(self.errors):
            return typed
        if not typed.get("file") and not typed.get("words", "").strip():
            self.add_error("file", "Choose a file, or paste the words below.")
        elif typed.get("file") and typed.get("words", "").strip():
            self.add_error("words", "There is a file already. Empty this, or leave the file out.")
        return typed

    def store(self, *, at: datetime, by: User) -> Transcript | None:
        """Keep what came; None if something stands against it, which is then beside its field."""
        if not self.is_valid():
            return None
        typed, file = self.cleaned_data, self.cleaned_data["file"]
        data, name, field = (
            (file.read(), file.name, "file") if file else (pasted(typed["words"]), "", "words")
        )
        source = importing.source_named(
            typed["title"], typed["url"], kind=typed["kind"], language=typed["language"]
        )
        occasion = importing.Occasion(source, typed["said_on"], typed["said_precision"], typed["speaker"])
        try:
            return importing.store(data, name, occasion, at=at, by=by)
        except Unreadable as unreadable:
            self.add_error(field, str(unreadable))
        except importing.AlreadyImported as known:
            link = format_html(
                '{} <a href="{}">Open its desk</a>.', str(known), known.transcript.get_absolute_url()
            )
            self.add_error(field, ValidationError(link))
        except ValidationError as error:
            self._lay_beside(error)
        return None

    def _lay_beside(self, error: ValidationError) -> None:
        beside = {"name": "speaker"}
        for name, said in error.update_error_dict({}).items():
            field = beside.get(name, name)
            self.add_error(field if field in self.fields and field != NON_FIELD_ERRORS else None, said)


def pasted(words: str) -> bytes:
    """The words as they were pasted: on its way a browser gives every line another end."""
    return words.replace("\r\n", "\n").encode()


def arrive(request: HttpRequest) -> HttpResponse:
    """The form; on POST the transcript is stored, its search begun, and its desk opened."""
    if not request.user.has_perm("predictions.add_prediction"):
        raise PermissionDenied
    post = request.method == "POST"
    form = ArrivalForm(
        request.POST if post else None, request.FILES if post else None, on=timezone.localdate()
    )
    transcript = form.store(at=datetime.now(UTC), by=signed_in(request)) if post else None
    if transcript is None:
        return _page(request, form, status=422 if post else 200)
    begin_search()
    messages.success(request, f"“{transcript}” is stored. Its candidates come in as they are found.")
    return redirect(transcript)


def within_limits(view: View) -> View:
    """Refuse what is too large before any of it is read, which checking the form's token would do."""

    @csrf_exempt  # the view below checks the token itself, once the size is known
    @wraps(view)
    def weighed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + ENVELOPE:
            return _refusal(request, "file", TOO_LARGE)
        try:
            return view(request, *args, **kwargs)
        except RequestDataTooBig:
            return _refusal(request, "words", TOO_LONG)

    return weighed


def _refusal(request: HttpRequest, field: str, message: str) -> HttpResponse:
    if not request.user.has_perm("predictions.add_prediction"):
        raise PermissionDenied
    form = ArrivalForm({}, on=timezone.localdate())
    form.errors.clear()
    form.add_error(field, message)
    return _page(request, form, status=413).render()


def _page(request: HttpRequest, form: ArrivalForm, *, status: int) -> TemplateResponse:
    context = {
        **admin.site.each_context(request),
        "title": "Import a transcript",
        "form": form,
        "titles": Source.objects.values_list("title", flat=True),
        "speakers": Speaker.objects.values_list("name", flat=True),
    }
    return TemplateResponse(request, TEMPLATE, context, status=status)
