"""Speakers, sources and topics: the card index. It may be corrected; what is in use cannot be deleted."""

from __future__ import annotations

from django.contrib import admin

from predictions.admin.base import HTTPS, ModelAdmin, Row
from predictions.models import Source, Speaker, Topic


class CardAdmin(ModelAdmin[Row]):
    """A card: editable, and deletable as long as nothing rests on it (the database refuses the rest)."""

    actions = None
    formfield_overrides = HTTPS
    warn_unsaved_form = True
    list_per_page = 50


@admin.register(Speaker)
class SpeakerAdmin(CardAdmin[Speaker]):
    list_display = ("name", "kind", "organisation")
    list_filter = ("kind",)
    list_select_related = ("organisation",)
    search_fields = ("name", "slug", "organisation__name")
    autocomplete_fields = ("organisation",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "kind", "organisation", "note")


@admin.register(Source)
class SourceAdmin(CardAdmin[Source]):
    list_display = ("title", "kind", "published_on", "language")
    list_filter = ("kind", "language")
    search_fields = ("title", "slug", "url")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": ("title", "slug", "kind", "language")}),
        ("Where it can be found", {"fields": ("url", "archive_url", "note")}),
        (
            "When it came out",
            {
                "fields": (("published_on", "published_precision"),),
                "description": "What was said in it may be older: each statement has a day of its own.",
            },
        ),
    )


@admin.register(Topic)
class TopicAdmin(CardAdmin[Topic]):
    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
