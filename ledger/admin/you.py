"""The reviewer's own page: the handle they are known by, and where they have a stake."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from ledger.admin.desk import render, seat_of
from ledger.admin.guarding import for_holders_of
from ledger.models import Reviewer, Stake
from predictions.models import Prediction


class HandleForm(forms.ModelForm[Reviewer]):
    class Meta:
        model = Reviewer
        fields = ("handle",)
        labels = {"handle": "Your public handle"}
        widgets = {"handle": forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})}
        error_messages = {"handle": {"unique": "Somebody else goes by this name. Choose another."}}


class StakeForm(forms.ModelForm[Stake]):
    """One of three; ``prediction`` by its number."""

    prediction_id = forms.IntegerField(required=False, min_value=1, label="Or one prediction, by its number")

    class Meta:
        model = Stake
        fields = ("speaker", "topic")
        labels = {"speaker": "A speaker or organisation", "topic": "Or a topic"}


@for_holders_of("ledger.add_resolution")
def you(request: HttpRequest) -> HttpResponse:
    """Handle and stakes. The handle is asked for once."""
    seat = seat_of(request)
    known = getattr(seat.reviewer, "reviewer", None)
    posted: Any = request.POST or None
    naming = "handle" in request.POST
    handle = HandleForm(
        posted if naming and not known else None,
        instance=None if known else Reviewer(user=seat.reviewer, chosen_at=seat.at),
    )
    stake = StakeForm(posted if posted and not naming else None)
    stake.instance.holder, stake.instance.declared_at = seat.reviewer, seat.at
    if handle.is_bound and handle.is_valid():
        handle.save()
        messages.success(request, f"The record calls you {handle.instance.handle}.")
        return redirect("desk_you")
    if stake.is_bound:
        number = stake.data.get("prediction_id", "")
        stake.instance.prediction_id = int(number) if number.isascii() and number.isdecimal() else None
        if stake.is_valid() and _is_whole(stake):
            stake.save()
            messages.success(request, "Declared. Others judge what it touches.")
            return redirect("desk_you")
    context = {
        "title": "You",
        "known": known,
        "handle": handle,
        "stake": stake,
        "stakes": Stake.objects.live()
        .filter(holder=seat.reviewer)
        .select_related("speaker", "topic", "prediction"),
    }
    return render(request, "admin/desk/you.html", context, status=422 if posted else 200)


@require_POST
@for_holders_of("ledger.add_resolution")
def end_stake(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a stake is over. It stays in the books."""
    seat = seat_of(request)
    stake = get_object_or_404(Stake.objects.live(), pk=pk, holder=seat.reviewer)
    stake.ended_at = seat.at
    stake.save(update_fields=["ended_at"])
    return redirect("desk_you")


def _is_whole(form: StakeForm) -> bool:
    """Whether it is in one thing, and that is in the ledger; else the form says what is wrong."""
    stake = form.instance
    if stake.prediction_id and not Prediction.objects.filter(pk=stake.prediction_id).exists():
        form.add_error("prediction_id", "There is no prediction with this number.")
        return False
    try:
        stake.validate_constraints()
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True
