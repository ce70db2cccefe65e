"""Speakers, sources and topics: the card index. It may be corrected; what is in use cannot be deleted."""

from __future__ import annotations

from itertools import chain, count
from typing import Any

from django import forms
from django.contrib import admin

from predictions.admin.base import HTTPS, ModelAdmin, Row
from predictions.models import Source, Speaker, Topic
from predictions.spelling import slug as as_slug

LONGEST_SLUG = 50


class CardForm(forms.ModelForm[Any]):
    """Makes the last part of the public address where none was typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = (
                "The last part of the public address. Left empty, it is made from the name, or numbered."
            )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        name = typed.get("name") or typed.get("title")
        if name and typed.get("slug") == "":
            typed["slug"] = self.instance.slug or free_slug(type(self.instance), name)
        return typed


def free_slug(kind: type[Speaker | Source | Topic], name: str) -> str:
    """``name`` as a part of an address; with a number where that is taken, or has neither letters nor figures."""
    slug = as_slug(name)[:LONGEST_SLUG].strip("-")
    numbered = (f"{slug or kind.__name__.lower()}-{number}" for number in count(1))
    tried = chain([slug] if slug else [], numbered)
    return next(slug for slug in tried if not kind.objects.filter(slug=slug).exists())


class CardAdmin(ModelAdmin[Row]):
    """A card: editable, and deletable as long as nothing rests on it (the database refuses the rest)."""

    form = CardForm
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
