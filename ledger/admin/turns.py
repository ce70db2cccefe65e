"""What one does at the desk beside signing: take an entry, leave it, let it rest, take a verdict back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from ledger.admin.desk import seat_of
from ledger.admin.guarding import for_holders_of
from ledger.admin.verdict import LookAgainForm
from ledger.house_rules import HouseRules
from ledger.judging import balloting, desk, leases, postponing, resolution
from ledger.models import Ballot, Resolution
from predictions.models import Prediction

REASON = forms.CharField(
    max_length=500, error_messages={"required": "Say why it is taken back, for everybody to read."}
)


@require_POST
@for_holders_of("ledger.add_resolution")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Hold the entry, or leave it if it is held by whoever asks."""
    seat, prediction = seat_of(request), get_object_or_404(Prediction, pk=pk)
    lease = getattr(prediction, "lease", None)
    if lease and lease.is_of(seat.reviewer) and lease.held_until > seat.at:
        leases.release(prediction, by=seat.reviewer)
    elif not leases.take(prediction, by=seat.reviewer, at=seat.at):
        messages.error(request, "Somebody else took it a moment ago.")
    return redirect("desk_entry", pk)


@require_POST
@for_holders_of("ledger.add_resolution")
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the first entry of the queue that nobody holds."""
    seat = seat_of(request)
    prediction = leases.take_next(seat.waiting, by=seat.reviewer, at=seat.at)
    if prediction is None:
        messages.info(request, "Nothing is left that nobody is at.")
        return redirect("desk")
    return redirect("desk_entry", prediction.pk)


@require_POST
@for_holders_of("ledger.add_resolution")
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the entry rest until a day, with the reason."""
    seat, prediction = seat_of(request), get_object_or_404(Prediction, pk=pk)
    form = LookAgainForm(request.POST, prefix="again")
    if not form.is_valid():
        messages.error(request, "It does not rest. Give a day and the reason.")
        return redirect("desk_entry", pk)
    try:
        postponing.look_again(
            prediction,
            day=form.cleaned_data["until"],
            reason=form.cleaned_data["reason"],
            at=seat.at,
            on=seat.on,
            by=seat.reviewer,
            rules=HouseRules.here(),
        )
    except ValidationError as error:
        messages.error(request, f"It does not rest. {' '.join(error.messages)}")
        return redirect("desk_entry", pk)
    leases.release(prediction, by=seat.reviewer)
    messages.success(request, f"Number {pk} rests until {form.cleaned_data['until']:%-d %B %Y}.")
    following = desk.after(prediction, seat)
    return redirect("desk_entry", following.pk) if following else redirect("desk")


@require_POST
@for_holders_of("ledger.add_resolution")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one's own sealed verdict, or the announced one that is not final yet."""
    seat = seat_of(request)
    ballot = Ballot.objects.sealed().filter(prediction=pk, made_by=seat.reviewer).first()
    try:
        if ballot:
            balloting.undo(ballot, at=seat.at, by=seat.reviewer)
        else:
            verdict = get_object_or_404(Resolution, prediction=pk, pk__in=resolution.announced())
            reason = REASON.clean(request.POST.get("reason", ""))
            resolution.retract(verdict, reason=reason, at=seat.at, by=seat.reviewer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"The verdict on number {pk} is taken back; it waits again.")
    return redirect("desk_entry", pk)
