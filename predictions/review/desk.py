"""The review desk: the page a logger lives in, and what its script asks for and sends."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from predictions import deciding
from predictions.admin import reading
from predictions.admin.base import signed_in
from predictions.deciding import AlreadyDecided
from predictions.models import Candidate, Decision, Speaker, Statement, Transcript
from predictions.passages import passage
from predictions.review.access import View, for_loggers
from predictions.review.card import card
from predictions.review.form import DeskForm
from predictions.review.progress import progress, searches, version


def moment() -> datetime:
    return datetime.now(UTC)


def answered(view: View) -> View:
    """Say in JSON what stands against a decision: 409 with who was quicker, 422 with what is wrong."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except AlreadyDecided as already:
            return JsonResponse({"message": str(already)}, status=409)
        except ValidationError as error:
            return JsonResponse({"message": " ".join(error.messages)}, status=422)

    return answer


@require_safe
@for_loggers
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The page. ``#candidate`` in the address opens at that one."""
    transcript = get_object_or_404(Transcript.objects.select_related("source"), pk=pk)
    context = {
        "transcript": transcript,
        "name": deciding.name(signed_in(request)),
        "user_id": request.user.pk,
        "progress": progress(transcript, request.user.pk, at=moment()),
        "speakers": Speaker.objects.values_list("name", flat=True),
        "reasons": REASON_KEYS,
    }
    return render(request, "review/desk.html", context)


REASON_KEYS = [
    ("q", Decision.Reason.QUESTION.value, "Question"),
    ("p", Decision.Reason.PAST.value, "Past"),
    ("h", Decision.Reason.HABIT.value, "Habit"),
    ("v", Decision.Reason.ADVICE.value, "Advice"),
    ("y", Decision.Reason.HYPOTHETICAL.value, "Hypothetical"),
    ("j", Decision.Reason.JOKE.value, "Joke"),
    ("n", Decision.Reason.NO_HORIZON.value, "No horizon"),
    ("c", Decision.Reason.NOT_CHECKABLE.value, "Uncheckable"),
    ("d", Decision.Reason.DUPLICATE.value, "Said before"),
]
"""The key that, after r, gives each reason, and the words on its button."""


@require_safe
@for_loggers
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed since ``?version=``: only how the searches go, or everything that the script keeps."""
    transcript = get_object_or_404(Transcript, pk=pk)
    if request.GET.get("version") == version(transcript):
        return JsonResponse({"searches": searches(transcript, at=moment())})
    return JsonResponse(progress(transcript, request.user.pk, at=moment()))


@require_safe
@for_loggers
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate: the passage round it and the card to decide it with, as HTML."""
    shown = _candidate(pk)
    parts = {
        "paragraphs": passage(shown.transcript, shown.start, shown.end),
        "candidate": shown,
        "reasons": REASON_KEYS,
        "card": card(shown, timezone.localdate()),
    }
    return JsonResponse(
        {
            "id": shown.pk,
            "version": version(shown.transcript),
            "passage": render_to_string("review/passage.html", parts, request),
            "card": render_to_string("review/card.html", parts, request),
        }
    )


@require_POST
@for_loggers
def read(request: HttpRequest) -> HttpResponse:
    """The reading of what is typed so far, as HTML; ``dated`` says whether the words give a date."""
    form = reading.AskForm(request.POST)
    form.is_valid()
    found = reading.of(form.cleaned_data, timezone.localdate())
    html = render_to_string("review/reading.html", {"reading": found}, request)
    return JsonResponse({"html": html, "dated": bool(found and found.deadline)})


@require_POST
@for_loggers
@answered
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    form = DeskForm(request.POST, candidate=_candidate(pk), on=timezone.localdate())
    decision = form.decide(at=moment(), by=signed_in(request))
    if decision is None:
        errors = {
            ("" if name == NON_FIELD_ERRORS else name): list(said) for name, said in form.errors.items()
        }
        return JsonResponse({"message": "Not logged yet.", "errors": errors}, status=422)
    return JsonResponse({"decision": decision.pk, "prediction": decision.prediction_id})


@require_POST
@for_loggers
@answered
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    decision = deciding.reject(_candidate(pk), reason, at=moment(), by=signed_in(request))
    return JsonResponse({"decision": decision.pk})


@require_POST
@for_loggers
@answered
def recast(request: HttpRequest, pk: int) -> HttpResponse:
    """Cut candidates ``ids`` of the transcript ``pk`` into ``spans``; both JSON."""
    ids, spans = _lists(request.POST.get("ids", "")), _lists(request.POST.get("spans", ""))
    chosen = list(
        Candidate.objects.filter(transcript=pk, pk__in=[one for one in ids if _is_key(one)])
        .select_related("transcript")
        .order_by("start")
    )
    if not chosen or len(chosen) != len(ids) or not all(_is_span(span) for span in spans):
        raise ValidationError("This cannot be cut like that. Reload the page and try again.")
    made = deciding.recast(chosen, [(start, end) for start, end in spans], at=moment(), by=signed_in(request))
    cut = Decision.objects.standing().filter(candidate=chosen[0]).get()
    return JsonResponse({"made": [one.pk for one in made], "decision": cut.pk})


@require_POST
@for_loggers
@answered
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    deciding.undo(get_object_or_404(Decision, pk=pk), at=moment(), by=signed_in(request))
    return JsonResponse({})


@require_POST
@for_loggers
@answered
def who(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who speaks where a candidate stands: in this segment, or wherever the file has the same label."""
    everywhere = request.POST.get("everywhere") == "1"
    certainty = request.POST.get("certainty", Statement.Certainty.LIKELY)
    deciding.attribute(_candidate(pk), request.POST.get("speaker", ""), certainty, everywhere=everywhere)
    return JsonResponse({})


def _candidate(pk: int) -> Candidate:
    rows = Candidate.objects.select_related(
        "transcript__source", "transcript__speaker", "repeats", "repeats_prediction__statement__speaker"
    )
    return get_object_or_404(rows.prefetch_related("decisions__made_by"), pk=pk)


def _lists(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return found if isinstance(found, list) else []


def _is_key(number: object) -> bool:
    return type(number) is int and 0 < number < 2**63


def _is_span(span: object) -> bool:
    return isinstance(span, list) and len(span) == 2 and all(type(edge) is int for edge in span)
