"""Taking back at the review desk what is in ink already: the entry is withdrawn and the candidate open again, both or neither."""

from __future__ import annotations

from datetime import UTC, datetime

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from ledger.house_rules import HouseRules
from ledger.judging import withdrawal
from ledger.judging.resolution import ONE_REVIEWER
from ledger.models import Event
from predictions import deciding
from predictions.admin.base import RecordAdmin, signed_in
from predictions.models import Decision

REASON = forms.CharField(
    max_length=500, error_messages={"required": "Say what was wrong with the entry, for everybody to read."}
)


@transaction.atomic
def take_back(
    decision: Decision, *, reason: str, at: datetime, by: User, rules: HouseRules = ONE_REVIEWER
) -> None:
    """Withdraw what ``decision`` logged, unless it was withdrawn already, and undo the decision. Raises ``ValidationError``."""
    entry = decision.prediction
    if entry is None:
        raise ValidationError("This is not in ink.")
    deciding.release(decision, at=at, by=by)
    if not Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(prediction=entry).exists():
        withdrawal.withdraw(entry, reason=reason, at=at, by=by, rules=rules)


@admin.register(Decision)
class DecisionAdmin(RecordAdmin[Decision]):
    """Who decided what about which candidate, the undone ones included."""

    list_display = ("candidate", "in_words", "made_by", "made_at", "undone_by", "undone_at")
    list_filter = ("verdict", "reason")
    list_select_related = ("candidate", "made_by", "undone_by")
    search_fields = ("candidate__quote",)

    def get_urls(self) -> list[URLPattern]:
        undo = require_POST(self.admin_site.admin_view(self.undo_view))
        return [path("<int:pk>/undo/", undo, name="predictions_decision_undo"), *super().get_urls()]

    def undo_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        if not request.user.has_perms(("predictions.add_prediction", "ledger.add_event")):
            raise PermissionDenied
        decision = get_object_or_404(Decision.objects.select_related("prediction"), pk=pk)
        try:
            take_back(
                decision,
                reason=REASON.clean(request.POST.get("reason", "")),
                at=datetime.now(UTC),
                by=signed_in(request),
                rules=HouseRules.here(),
            )
        except ValidationError as error:
            return JsonResponse({"message": " ".join(error.messages)}, status=422)
        return JsonResponse({})
