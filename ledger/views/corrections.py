"""Corrections: anybody says what is wrong, and everybody reads what became of it."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from ledger.house_rules import HouseRules
from ledger.judging import corrections
from ledger.models import Correction
from ledger.views.language import there
from ledger.views.senders import sender_of
from predictions.models import Prediction

LINES = 50
MOST_WORDS = 2_000


class CorrectionForm(forms.Form):
    says = forms.CharField(
        label=gettext_lazy("What is wrong"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Say what is wrong.")},
    )
    url = forms.URLField(
        label=gettext_lazy("Where one can see it, if it is on the web"),
        max_length=1_000,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": gettext_lazy("This is no address. One looks like https://example.org/report.")
        },
    )
    homepage = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_by_a_robot(self) -> bool:
        """Whether the box was filled in that people do not see."""
        return bool(self.cleaned_data.get("homepage"))


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class Correct(View):
    """The form about one prediction, and its thanks."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._page(request, pk, CorrectionForm(label_suffix=""))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = CorrectionForm(request.POST, label_suffix="")
        if not form.is_valid():
            return self._page(request, pk, form)
        try:
            if not form.is_by_a_robot:
                file(request, get_object_or_404(Prediction, pk=pk), form)
        except ValidationError as error:
            for name, found in error.update_error_dict({}).items():
                form.add_error(name if name in form.fields else None, found)
            return self._page(request, pk, form)
        return there(request, "corrected", pk)

    def _page(self, request: HttpRequest, pk: int, form: CorrectionForm) -> HttpResponse:
        prediction = get_object_or_404(Prediction.objects.select_related("statement__speaker"), pk=pk)
        return render(
            request,
            "ledger/correct.html",
            {"form": form, "prediction": prediction},
            status=422 if form.is_bound else 200,
        )


def file(request: HttpRequest, prediction: Prediction, form: CorrectionForm) -> Correction:
    """Take the correction down. Of where it came from only today's fingerprint is kept, until tomorrow."""
    at = datetime.now(UTC)
    sender = sender_of(request, "corrections", at)
    return corrections.file(
        prediction,
        says=form.cleaned_data["says"],
        url=form.cleaned_data["url"],
        at=at,
        sender=sender,
        rules=HouseRules.here(),
    )


@require_safe
def corrected(request: HttpRequest, pk: int) -> HttpResponse:
    """Thanks, and what happens next."""
    prediction = get_object_or_404(Prediction, pk=pk)
    return render(request, "ledger/corrected.html", {"prediction": prediction})


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """All corrections, with day and reason."""
    page = Paginator(corrections.listed(), LINES).get_page(request.GET.get("page"))
    found = corrections.notices(page.object_list)
    return render(request, "ledger/corrections.html", {"page": page, "notices": found})
