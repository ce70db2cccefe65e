"""Transcripts in the admin: what was imported, how far it is, and the way to the desk."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path

from predictions import finding
from predictions.admin.base import ModelAdmin
from predictions.models import Transcript
from predictions.review.arrival import arrive, within_limits
from predictions.tasks import begin_search


@admin.register(Transcript)
class TranscriptAdmin(ModelAdmin[Transcript]):
    """The list; a row opens the desk, and adding one is importing it."""

    list_display = ("source", "said", "speaker", "format", "found", "searched", "imported_at")
    list_select_related = ("source", "speaker")
    list_per_page = 50
    search_fields = ("source__title", "name")
    actions = ("search_again", "stop_searching")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Transcript | None = None) -> bool:
        return request.user.has_perm("predictions.add_prediction")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Transcript | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Transcript | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        add = within_limits(self.admin_site.admin_view(arrive))
        return [path("add/", add, name="predictions_transcript_add"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Transcript]:
        rows = super().get_queryset(request).prefetch_related("searches")
        return rows.annotate(n_found=Count("candidates", filter=~Q(candidates__finder="person")))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return redirect(get_object_or_404(Transcript, pk=int(object_id) if object_id.isdecimal() else 0))

    @admin.action(description="Search again: what failed, and by finders that are new here")
    def search_again(self, request: HttpRequest, chosen: QuerySet[Transcript]) -> None:
        for transcript in chosen:
            finding.ask_again(transcript, at=datetime.now(UTC))
        begin_search()

    @admin.action(description="Stop searching; what was found stays")
    def stop_searching(self, request: HttpRequest, chosen: QuerySet[Transcript]) -> None:
        for transcript in chosen:
            finding.stop(transcript, at=datetime.now(UTC))

    @admin.display(ordering="said_on")
    def said(self, transcript: Transcript) -> str:
        return transcript.said

    @admin.display(description="candidates")
    def found(self, transcript: Any) -> int:
        return int(transcript.n_found)

    @admin.display
    def searched(self, transcript: Transcript) -> str:
        return "; ".join(
            search.failure or ("done" if search.finished_at else str(search))
            for search in transcript.searches.all()
        )
