"""Taking an entry back with a reason, and logging it anew."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from ledger import entries, standing
from ledger.admin.desk import render
from ledger.admin.guarding import for_holders_of
from ledger.admin.verdict import WithdrawForm, lay_beside
from ledger.house_rules import HouseRules
from ledger.judging import withdrawal
from ledger.standing import with_standing
from predictions.admin.base import signed_in
from predictions.admin.log import log
from predictions.models import Prediction


@for_holders_of("ledger.add_event")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason; on POST, the entry taken back."""
    prediction = get_object_or_404(with_standing(Prediction.objects.all()), pk=pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _withdrawn(form, request, prediction):
        messages.success(
            request,
            format_html(
                'Number {} is withdrawn; it stays readable with the reason. <a href="{}">Log it anew</a>.',
                pk,
                reverse("desk_anew", args=[pk]),
            ),
        )
        return redirect("admin:predictions_prediction_change", pk)
    context = {
        "title": "Withdraw an entry",
        "prediction": prediction,
        "entry": entries.entry(prediction, timezone.localdate()),
        "form": form,
    }
    return render(request, "admin/desk/withdraw.html", context, status=422 if form.is_bound else 200)


def _withdrawn(form: WithdrawForm, request: HttpRequest, prediction: Prediction) -> bool:
    try:
        withdrawal.withdraw(
            prediction,
            reason=form.cleaned_data["reason"],
            at=datetime.now(UTC),
            by=signed_in(request),
            rules=HouseRules.here(),
        )
    except ValidationError as error:
        lay_beside(form, error)
        return False
    return True


@for_holders_of("predictions.add_prediction")
def anew(request: HttpRequest, pk: int) -> HttpResponse:
    """The log form, begun with a withdrawn entry, to put it right."""
    prediction = get_object_or_404(with_standing(Prediction.objects.all()), pk=pk)
    if not standing.withdrawn(prediction):
        messages.error(request, "Withdraw the entry first; then it can be logged anew.")
        return redirect("desk_withdraw", pk)
    if newer := Prediction.objects.filter(replaces=prediction).first():
        messages.info(request, f"It was logged anew already, as number {newer.pk}.")
        return redirect("admin:predictions_prediction_change", newer.pk)
    return log(request, replaces=prediction)
