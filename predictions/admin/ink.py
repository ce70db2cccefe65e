"""Ink: predictions, statements, deadlines and forecasts, to be read and answered, never edited."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import Truncator

from predictions.admin import log, reading
from predictions.admin.base import ModelAdmin, RecordAdmin, row_number
from predictions.models import Deadline, Forecast, Prediction, PredictionQuerySet, Statement

TEMPLATE = "admin/predictions/entry.html"


class InkFilter(admin.SimpleListFilter):
    """Dated or not, and inked before or after the deadline."""

    title = "ink"
    parameter_name = "ink"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("beforehand", "inked beforehand"),
            ("hindsight", "logged in hindsight"),
            ("undated", "without a date"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Prediction]) -> QuerySet[Prediction]:
        kinds = {
            "beforehand": Prediction.objects.inked_beforehand,
            "hindsight": Prediction.objects.inked_in_hindsight,
            "undated": Prediction.objects.undated,
        }
        chosen = kinds.get(self.value() or "")
        return queryset.filter(pk__in=chosen().values("pk")) if chosen else queryset


@admin.register(Prediction)
class PredictionAdmin(RecordAdmin[Prediction]):
    """The list of what is in ink; logging is the one way to add to it."""

    list_display = ("claim", "speaker", "said", "falls_due", "polarity")
    list_filter = (InkFilter, "polarity", "statement__speaker")
    list_display_links = ("claim",)
    list_per_page = 50
    search_fields = ("claim", "statement__quote", "statement__speaker__name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return ModelAdmin.has_add_permission(self, request)

    def get_queryset(self, request: HttpRequest) -> PredictionQuerySet:
        return Prediction.objects.with_reading()

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Prediction], search_term: str
    ) -> tuple[QuerySet[Prediction], bool]:
        """For "says again", only what the same speaker said earlier."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        speaker = row_number(request.GET.get("speaker", ""))
        if request.GET.get("field_name") == "says_again" and speaker is not None:
            found = found.filter(statement__speaker=speaker)
        return found, duplicates

    @admin.display(ordering="statement__speaker__name")
    def speaker(self, prediction: Prediction) -> str:
        return prediction.statement.speaker.name

    @admin.display(ordering="statement__said_on")
    def said(self, prediction: Prediction) -> str:
        return prediction.statement.said

    @admin.display(description="deadline", empty_value="no date")
    def falls_due(self, prediction: Prediction) -> str | None:
        deadline = prediction.deadline
        if deadline is None:
            return None
        return f"{deadline}, logged in hindsight" if prediction.in_hindsight else str(deadline)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("reading/", view(self.reading_view), name="predictions_prediction_reading"),
            *super().get_urls(),
        ]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return log.log(request)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Everything about one entry, and the ways to answer it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        prediction = self.get_object(request, object_id)
        if prediction is None:
            raise Http404
        target = prediction.target_number
        context = {
            **self.admin_site.each_context(request),
            "title": f"Number {prediction.pk}",
            "prediction": prediction,
            "target": "" if target is None else f"{target.normalize():f} {prediction.target_unit}",
            "others": prediction.statement.predictions.exclude(pk=prediction.pk),
        }
        return TemplateResponse(request, TEMPLATE, context)

    def reading_view(self, request: HttpRequest) -> JsonResponse:
        if not (self.has_add_permission(request) or request.user.has_perm("predictions.add_deadline")):
            raise PermissionDenied
        return reading.answer(request)


@admin.register(Statement)
class StatementAdmin(RecordAdmin[Statement]):
    list_display = ("speaker", "words", "said", "source")
    list_filter = ("attribution", "language")
    list_select_related = ("speaker", "source")
    search_fields = ("quote", "speaker__name", "source__title")

    @admin.display(description="quote")
    def words(self, statement: Statement) -> str:
        return Truncator(statement.quote).chars(90)


@admin.register(Deadline)
class DeadlineAdmin(RecordAdmin[Deadline]):
    list_display = ("last_day", "prediction", "ordinal", "reading", "rule")
    list_filter = ("reading", "approximate")
    list_select_related = ("prediction",)
    search_fields = ("prediction__claim",)


@admin.register(Forecast)
class ForecastAdmin(RecordAdmin[Forecast]):
    list_display = ("prediction", "by", "stated", "stated_on", "source")
    list_select_related = ("prediction", "by", "source")
    search_fields = ("prediction__claim", "by__name")
