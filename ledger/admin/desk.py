"""The resolution desk: the queue, one entry at a time, and its verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from ledger import claims, desk
from ledger.admin.foretelling import foretell
from ledger.admin.verdict import (
    OF_VERDICT,
    EvidenceForm,
    EvidenceForms,
    VerdictForm,
    pieces,
    present_all,
    sign,
)
from ledger.context import review_mode
from ledger.models import Evidence, Resolution
from ledger.standing import latest_verdict, with_standing
from predictions.admin.base import row_number, signed_in
from predictions.models import Prediction, Speaker

LINES = 50
RAIL = 30

View = Callable[..., HttpResponse]


def for_holders_of(permission: str) -> Callable[[View], View]:
    """Let only staff with ``permission`` see a view; send others to the log-in, or away."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return admin.site.admin_view(guarded)

    return guard


@for_holders_of("ledger.add_resolution")
def overview(request: HttpRequest) -> HttpResponse:
    """All that waits, oldest first; with a search, also what else holds the words."""
    on = timezone.localdate()
    words = request.GET.get("q", "").replace("\x00", "").strip()
    speaker = row_number(request.GET.get("speaker", ""))
    waiting = Paginator(desk.waiting(on, words, speaker), LINES).get_page(request.GET.get("page"))
    others = desk.elsewhere(on, words, speaker)[:LINES] if words else []
    context = {
        "title": "Resolution desk",
        "words": words,
        "speaker": speaker,
        "speakers": Speaker.objects.filter(statements__isnull=False).distinct(),
        "page": waiting,
        "entries": [claims.entry(prediction, on) for prediction in waiting],
        "others": [claims.entry(prediction, on) for prediction in others],
    }
    return render(request, "admin/desk/overview.html", context)


@for_holders_of("ledger.add_resolution")
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with all that a verdict rests on; on POST, the verdict signed, then the next in the queue."""
    at, prediction = datetime.now(UTC), _prediction(pk)
    on = timezone.localdate(at)
    form = _verdict_form(request.POST or None, prediction, on)
    evidence = EvidenceForms(request.POST or None, prefix="evidence", form_kwargs={"on": on})
    if request.method == "POST" and (verdict := sign(form, evidence, at=at, on=on, by=signed_in(request))):
        messages.success(request, _signed(verdict))
        following = desk.after(prediction, on)
        return redirect("desk_entry", following.pk) if following else redirect("desk")
    return _entry_page(request, prediction, on, form, evidence)


@for_holders_of("ledger.add_evidence")
def evidence_alone(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence presented without a verdict."""
    at, prediction = datetime.now(UTC), _prediction(pk)
    on = timezone.localdate(at)
    evidence = EvidenceForms(request.POST or None, prefix="evidence", form_kwargs={"on": on})
    if request.method == "POST" and evidence.is_valid() and (given := pieces(evidence)):
        present_all(prediction, given, at=at, on=on, by=signed_in(request))
        messages.success(request, "The evidence is in the ledger.")
        return redirect("desk_entry", pk)
    if evidence.is_bound and evidence.is_valid():
        messages.error(request, "Give the address of a piece of evidence first.")
    return _entry_page(request, prediction, on, _verdict_form(None, prediction, on, request.POST), evidence)


@for_holders_of("ledger.add_resolution")
def preview(request: HttpRequest, pk: int) -> JsonResponse:
    """What the verdict as typed so far would make of the entry."""
    on, prediction = timezone.localdate(), _prediction(pk)
    form = _verdict_form(request.POST, prediction, on)
    form.is_valid()
    foretold = foretell(prediction, form.verdict, on)
    return JsonResponse({"html": render_to_string("admin/desk/foretold.html", {"foretold": foretold})})


def _verdict_form(
    data: Mapping[str, Any] | None, prediction: Prediction, on: date, typed: Mapping[str, Any] | None = None
) -> VerdictForm:
    latest = latest_verdict(prediction)
    form = VerdictForm(data, prediction=prediction, on=on, seen=latest.pk if latest else None)
    form.initial.update({name: typed[name] for name in OF_VERDICT if typed and name in typed})
    return form


def _entry_page(
    request: HttpRequest,
    prediction: Prediction,
    on: date,
    form: VerdictForm,
    evidence: forms.BaseFormSet[EvidenceForm],
) -> HttpResponse:
    verdicts = sorted(prediction.resolutions.all(), key=lambda verdict: -verdict.pk)
    context = {
        "title": prediction.foretold,
        "prediction": prediction,
        "entry": claims.entry(prediction, on),
        "verdicts": verdicts,
        "evidence": prediction.evidence.all(),
        "form": form,
        "pieces": evidence,
        "foretold": foretell(prediction, form.verdict, on) if form.is_bound else None,
        "rail": [claims.entry(other, on) for other in desk.waiting(on)[:RAIL]],
        "following": desk.after(prediction, on),
    }
    status = 422 if form.is_bound or evidence.is_bound else 200
    return render(request, "admin/desk/entry.html", context, status=status)


def render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the desk, with what its frame shows."""
    today = timezone.localdate()
    frame = {
        "n_waiting": desk.waiting(today).count(),
        "review_mode": review_mode(settings.REVIEWERS, settings.NOTICE_HOURS),
        "today": today,
    }
    return TemplateResponse(request, template, frame | context, status=status)


def _prediction(pk: int) -> Prediction:
    known = with_standing(Prediction.objects.all()).prefetch_related(
        "restatements__statement", Prefetch("evidence", Evidence.objects.select_related("added_by"))
    )
    return get_object_or_404(known.select_related("says_again__statement", "inked_by"), pk=pk)


def _signed(verdict: Resolution) -> str:
    return format_html(
        'Number {} is signed: {}. <a href="{}">See its public page</a>.',
        verdict.prediction_id,
        verdict.get_happened_display(),
        reverse("prediction", args=[verdict.prediction_id]),
    )
