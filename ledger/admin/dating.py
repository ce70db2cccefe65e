"""Dating an entry from an event, or reading it anew: the ledger can tell whether it still stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from ledger import standing
from ledger.admin.guarding import for_holders_of
from ledger.standing import with_standing
from predictions.admin import dating
from predictions.models import Prediction


@for_holders_of("predictions.add_deadline")
def date_from_event(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, unless the entry was withdrawn: what fell due no more would fall due again."""
    prediction = get_object_or_404(with_standing(Prediction.objects.all()), pk=pk)
    if standing.withdrawn(prediction):
        messages.error(request, "This entry was withdrawn; there is nothing to date. Log it anew instead.")
        return redirect("admin:predictions_prediction_change", pk)
    return dating.date_from_event(request, prediction)


@for_holders_of("predictions.add_deadline")
def read_anew(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for another reading beside the first, unless there is none yet or the entry was withdrawn."""
    prediction = get_object_or_404(with_standing(Prediction.objects.all()), pk=pk)
    if standing.withdrawn(prediction):
        messages.error(request, "This entry was withdrawn; log it anew instead.")
        return redirect("admin:predictions_prediction_change", pk)
    if prediction.deadline is None:
        return redirect("desk_date", pk)
    return dating.read_anew(request, prediction)
