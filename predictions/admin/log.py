"""Logging: the page on which an entry is typed, read and put into ink."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from predictions.admin import reading
from predictions.admin.base import row_number, signed_in
from predictions.admin.entry import LogForm
from predictions.models import Prediction, Statement

TEMPLATE = "admin/predictions/log.html"


def log(request: HttpRequest, replaces: Prediction | None = None) -> HttpResponse:
    """The log form; on POST, the entry in ink or what stands against it.

    ``?statement=`` reads a further claim out of one that is in the ledger. ``replaces`` is the
    withdrawn entry that the new one puts right; whoever passes it has seen that it is withdrawn.
    """
    at = datetime.now(UTC)
    on = timezone.localdate(at)
    kept = _kept(request)
    form = LogForm(request.POST or None, on=on, statement=kept, replaces=replaces)
    if request.method == "POST" and (entry := form.write(at=at, by=signed_in(request))):
        messages.success(request, _done(entry, at))
        return redirect(_next(request, entry))
    context = {
        **admin.site.each_context(request),
        "title": "Log it anew" if replaces else "Log a prediction",
        "form": form,
        "kept": kept,
        "replaces": replaces,
        "reading": _reading(form, on) if form.is_bound else None,
    }
    return TemplateResponse(request, TEMPLATE, context, status=422 if form.is_bound else 200)


def _kept(request: HttpRequest) -> Statement | None:
    asked = request.GET.get("statement")
    if asked is None:
        return None
    return get_object_or_404(Statement.objects.select_related("speaker", "source"), pk=row_number(asked))


def _reading(form: LogForm, on: date) -> reading.Reading | None:
    typed = form.cleaned_data
    if form.kept:
        said = form.kept
        typed = typed | {"quote": said.quote, "said_on": said.said_on, "said_precision": said.said_precision}
    return reading.of(typed, on, form)


def _done(entry: Prediction, at: datetime) -> str:
    deadline = entry.deadline
    fate = f"It falls due after {deadline.last_day:%Y-%m-%d}" if deadline else "It has no date"
    if entry.in_hindsight:
        fate = "Its deadline had passed already: it is marked “logged in hindsight”"
    return format_html(
        'Number {} is in ink{}. {}. <a href="{}">See its public page</a>.',
        entry.pk,
        "" if entry.inked_at == at else "; it was sent twice and is there once",
        fate,
        entry.get_absolute_url(),
    )


def _next(request: HttpRequest, entry: Prediction) -> str:
    if "same_statement" in request.POST:
        return f"{reverse('admin:predictions_prediction_add')}?statement={entry.statement_id}"
    if "another" in request.POST:
        return reverse("admin:predictions_prediction_add")
    return reverse("admin:predictions_prediction_change", args=[entry.pk])
