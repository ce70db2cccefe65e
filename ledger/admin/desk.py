"""The resolution desk: the queue, one entry at a time, and its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from ledger import entries, queue
from ledger.admin.foretelling import contradicting, foretell
from ledger.admin.guarding import for_holders_of
from ledger.admin.verdict import (
    EvidenceForm,
    EvidenceForms,
    LookAgainForm,
    VerdictForm,
    pieces,
    present_all,
    sign,
)
from ledger.house_rules import HouseRules
from ledger.judging import balloting, desk, leases, rounds
from ledger.judging.desk import Choice, Seat
from ledger.judging.impartiality import conflicts
from ledger.models import OF_JUDGEMENT, Ballot, Correction, Evidence, Judgement, Resolution
from ledger.standing import Fate, fate, is_open, last_signed, with_standing
from predictions.admin.base import row_number, signed_in
from predictions.models import Prediction, Speaker, Topic
from predictions.passages import Paragraph, passages

LINES = 50
RAIL = 30
ROUND = 700
"""Code points of a transcript shown before and after the passage."""


@for_holders_of("ledger.add_resolution")
def overview(request: HttpRequest) -> HttpResponse:
    """All that waits, oldest first; with a search, also what else holds the words."""
    seat, choice = seat_of(request), _choice(request)
    on = seat.on
    waiting = Paginator(choice.of(seat.waiting, seat), LINES).get_page(request.GET.get("page"))
    here = [entries.entry(prediction, on) for prediction in waiting]
    others = [entries.entry(one, on) for one in desk.elsewhere(seat, choice)[:LINES]] if choice.words else []
    plain = not choice and waiting.number == 1
    first = next(iter(waiting), None) if plain else seat.waiting.first()
    context = {
        "title": "Resolution desk",
        "choice": choice,
        "longest": entries.entry(first, on) if first else None,
        "not_theirs": seat.not_theirs,
        "colleagues": seat.colleagues,
        "differing": rounds.differing(entry.prediction for entry in [*here, *others]),
        "speakers": Speaker.objects.filter(statements__isnull=False).distinct(),
        "topics": Topic.objects.filter(predictions__isnull=False).distinct(),
        "page": waiting,
        "entries": here,
        "others": others,
        "resting": [entries.entry(prediction, on) for prediction in queue.resting(on)[:LINES]],
        "disputed": [entries.entry(prediction, on) for prediction in queue.disputed(on)[:LINES]],
        "now": seat.at,
    }
    return render(request, "admin/desk/overview.html", context)


@for_holders_of("ledger.add_resolution")
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry with all that a verdict rests on; on POST, the verdict signed, then the next in the queue."""
    seat, prediction = seat_of(request), _prediction(pk)
    form = _verdict_form(request.POST or None, prediction, seat.on)
    evidence = EvidenceForms(request.POST or None, prefix="evidence", form_kwargs={"on": seat.on})
    if request.method == "POST" and (
        verdict := sign(form, evidence, rules=HouseRules.here(), at=seat.at, on=seat.on, by=seat.reviewer)
    ):
        leases.release(prediction, by=seat.reviewer)
        messages.success(request, _signed(verdict, prediction))
        following = desk.after(prediction, seat)
        return redirect("desk_entry", following.pk) if following else redirect("desk")
    return _entry_page(request, seat, prediction, form, evidence)


@for_holders_of("ledger.add_evidence")
def evidence_alone(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence presented without a verdict."""
    seat, prediction = seat_of(request), _prediction(pk)
    evidence = EvidenceForms(request.POST or None, prefix="evidence", form_kwargs={"on": seat.on})
    if request.method == "POST" and evidence.is_valid() and (given := pieces(evidence)):
        present_all(prediction, given, at=seat.at, on=seat.on, by=seat.reviewer)
        messages.success(request, "The evidence is in the ledger.")
        return redirect("desk_entry", pk)
    if evidence.is_bound and evidence.is_valid():
        messages.error(request, "Give the address of a piece of evidence first.")
    form = _verdict_form(None, prediction, seat.on, request.POST)
    return _entry_page(request, seat, prediction, form, evidence)


@for_holders_of("ledger.add_resolution")
def preview(request: HttpRequest, pk: int) -> JsonResponse:
    """What the verdict as typed so far would make of the entry."""
    on, prediction = timezone.localdate(), _prediction(pk)
    form = _verdict_form(request.POST, prediction, on)
    form.is_valid()
    context = {
        "foretold": foretell(prediction, form.verdict, on),
        "contradicted": contradicting(form.verdict, _said_elsewhere(prediction)),
    }
    return JsonResponse({"html": render_to_string("admin/desk/foretold.html", context)})


def seat_of(request: HttpRequest) -> Seat:
    """Who sits there, now: the one place of the desk where the clock is read."""
    at = datetime.now(UTC)
    return Seat(signed_in(request), at, timezone.localdate(at), HouseRules.here().blind)


def _choice(request: HttpRequest) -> Choice:
    asked = request.GET
    whose = asked.get("whose", "")
    known = whose in (desk.MINE, desk.FREE) or row_number(whose) is not None
    return Choice(
        words=asked.get("q", "").replace("\x00", "").strip(),
        speaker=row_number(asked.get("speaker", "")),
        topic=row_number(asked.get("topic", "")),
        whose=whose if known else "",
    )


def _verdict_form(
    data: Mapping[str, Any] | None, prediction: Prediction, on: date, typed: Mapping[str, Any] | None = None
) -> VerdictForm:
    latest = last_signed(prediction)
    form = VerdictForm(data, prediction=prediction, on=on, seen=latest.pk if latest else None)
    form.initial.update({name: typed[name] for name in OF_JUDGEMENT if typed and name in typed})
    return form


def _entry_page(
    request: HttpRequest,
    seat: Seat,
    prediction: Prediction,
    form: VerdictForm,
    evidence: forms.BaseFormSet[EvidenceForm],
) -> HttpResponse:
    on, others = seat.on, _said_elsewhere(prediction)
    verdicts = sorted(prediction.resolutions.all(), key=lambda verdict: -verdict.pk)
    ballots = list(prediction.ballots.all())
    sealed = [ballot for ballot in ballots if not _ended(ballot)]
    lease = getattr(prediction, "lease", None)
    context = {
        "title": prediction.foretold,
        "prediction": prediction,
        "entry": entries.entry(prediction, on),
        "verdicts": [(verdict, fate(verdict)) for verdict in verdicts if fate(verdict) is not Fate.RETRACTED],
        "retracted": sum(fate(verdict) is Fate.RETRACTED for verdict in verdicts),
        "opened": [ballot for ballot in ballots if is_open(ballot)],
        "n_sealed": len(sealed),
        "own_ballot": next((ballot for ballot in sealed if ballot.made_by_id == seat.reviewer.pk), None),
        "differ": rounds.differ(sealed),
        "why_not": list(balloting.why_not(prediction, seat.reviewer, seat.at)) if seat.blind else [],
        "conflicts": list(conflicts(prediction, seat.reviewer)) if seat.blind else [],
        "now": seat.at,
        "blind": seat.blind,
        "lease": lease if lease and lease.held_until > seat.at else None,
        "evidence": prediction.evidence.all(),
        "form": form,
        "pieces": evidence,
        "looking": LookAgainForm(prefix="again"),
        "foretold": foretell(prediction, form.verdict, on) if form.is_bound else None,
        "contradicted": contradicting(form.verdict, others) if form.is_bound else [],
        "others": [entries.entry(other, on) for other in others],
        "paragraphs": _in_its_transcript(prediction),
        "corrections": Correction.objects.unanswered().filter(prediction=prediction),
        "rail": [entries.entry(other, on) for other in seat.waiting[:RAIL]],
        "following": desk.after(prediction, seat),
    }
    status = 422 if form.is_bound or evidence.is_bound else 200
    return render(request, "admin/desk/entry.html", context, status=status)


def render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page of the desk, with what its frame shows."""
    seat = seat_of(request)
    frame = {
        "n_waiting": seat.waiting.count(),
        "n_corrections": Correction.objects.unanswered().count(),
        "review_mode": str(HouseRules.here()),
        "today": seat.on,
    }
    return TemplateResponse(request, template, frame | context, status=status)


def _prediction(pk: int) -> Prediction:
    known = with_standing(Prediction.objects.all()).prefetch_related(
        "says_again__resolutions",
        "says_again__events",
        "says_again__deadlines",
        Prefetch("restatements", with_standing(Prediction.objects.all())),
        Prefetch("ballots", Ballot.objects.select_related("made_by__reviewer").prefetch_related("events")),
        Prefetch("evidence", Evidence.objects.select_related("added_by__reviewer")),
    )
    return get_object_or_404(
        known.select_related("says_again__statement", "inked_by", "lease__holder__reviewer"), pk=pk
    )


def _said_elsewhere(prediction: Prediction) -> list[Prediction]:
    """The other statements of the same claim that hang on this one directly, the first before all."""
    first = prediction.says_again
    return [*([first] if first else []), *prediction.restatements.all()]


def _in_its_transcript(prediction: Prediction) -> list[Paragraph]:
    """The passage that it was read out of, if it came from a transcript."""
    decision = getattr(prediction, "decision", None)
    if decision is None:
        return []
    candidate = decision.candidate
    return passages(candidate.transcript, [(candidate.start, candidate.end)], around=ROUND)[0]


def _ended(ballot: Ballot) -> bool:
    """Whether a ballot was opened or taken back; its events are fetched."""
    return any(event.kind in ("ballot_opened", "retracted") for event in ballot.events.all())


def _signed(verdict: Judgement, prediction: Prediction) -> str:
    page = reverse("prediction", args=[prediction.pk])
    if isinstance(verdict, Resolution):
        says = f"Number {prediction.pk} is signed: {verdict.get_happened_display()}."
        if verdict.notice_hours:
            says += f" It is final on {timezone.localtime(verdict.final_at):%-d %B at %H:%M}; until then you can take it back."
    else:
        latest = last_signed(Prediction.objects.get(pk=prediction.pk))
        is_open = Ballot.objects.opened().filter(pk=verdict.pk).exists()
        says = f"Number {prediction.pk} is signed and sealed. It opens when the round is over."
        if is_open:
            says = f"Number {prediction.pk} is signed, and its round is over: " + (
                f"{latest.get_happened_display()}." if latest else "no two agree."
            )
    back = reverse("desk_entry", args=[prediction.pk])
    return format_html(
        '{} <a href="{}">See its public page</a>, or <a href="{}" data-back>go back to it</a>.',
        says,
        page,
        back,
    )
