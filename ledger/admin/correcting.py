"""Corrections that readers filed, and the editors' answers."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from ledger.admin.desk import render, seat_of
from ledger.admin.guarding import for_holders_of
from ledger.house_rules import HouseRules
from ledger.judging import corrections
from ledger.judging.impartiality import why_another_editor
from ledger.models import Correction

LINES = 50


class AnswerForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        label="Your reason",
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text="For everybody to read.",
        error_messages={"required": "Give the reason, for everybody to read."},
    )


@for_holders_of("ledger.add_event")
def overview(request: HttpRequest) -> HttpResponse:
    """What was filed and has no answer, the oldest first."""
    return _page(request)


@for_holders_of("ledger.add_event")
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline one, with the reason."""
    correction, form = get_object_or_404(Correction, pk=pk), AnswerForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, failed=pk, form=form if form.is_bound else None)
    seat, accepted = seat_of(request), request.POST.get("answer") == "accept"
    try:
        corrections.answer(
            correction,
            accepted=accepted,
            reason=form.cleaned_data["reason"],
            at=seat.at,
            by=seat.reviewer,
            rules=HouseRules.here(),
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Accepted: it is in the record." if accepted else "Declined.")
    return redirect("desk_corrections")


def _page(request: HttpRequest, failed: int | None = None, form: AnswerForm | None = None) -> HttpResponse:
    waiting = Correction.objects.unanswered().select_related("prediction__statement__speaker")[:LINES]
    seat, rules = seat_of(request), HouseRules.here()
    lines = [
        (
            one,
            form if form and one.pk == failed else AnswerForm(auto_id=f"id_{one.pk}_%s"),
            why_another_editor(one.prediction, seat.reviewer, rules),
        )
        for one in waiting
    ]
    context = {"title": "Corrections", "lines": lines}
    return render(request, "admin/desk/corrections.html", context, status=422 if form else 200)
