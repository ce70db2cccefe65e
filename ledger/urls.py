"""The public pages, and what else the public reads."""

from __future__ import annotations

from django.contrib.sitemaps.views import index, sitemap
from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.converters import StringConverter

from ledger.views import (
    calendar,
    compare,
    corrections,
    discovery,
    due,
    embedding,
    front,
    language,
    log,
    methodology,
    numbers,
    predictions,
    search,
    sources,
    speakers,
    tables,
    topics,
)
from predictions.spelling import SLUG


class Name(StringConverter):
    """Part of an address that names somebody or something, in any script."""

    regex = SLUG


register_converter(Name, "name")

pages: list[URLPattern | URLResolver] = [
    path("", front.dashboard, name="dashboard"),
    path("speakers/", speakers.speakers, name="speakers"),
    path("speakers/<name:slug>/", speakers.speaker, name="speaker"),
    path("predictions/<int:pk>/", predictions.prediction, name="prediction"),
    path("predictions/<int:pk>/correct/", corrections.Correct.as_view(), name="correct"),
    path("predictions/<int:pk>/correct/filed/", corrections.corrected, name="corrected"),
    path("corrections/", corrections.notices, name="corrections"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("topics/", topics.topics, name="topics"),
    path("topics/<name:slug>/", topics.topic, name="topic"),
    path("compare/", compare.compare, name="compare"),
    path("due/", due.due, name="due"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("search/", search.search, name="search"),
    path("methodology/", methodology.methodology, name="methodology"),
    path("numbers/", numbers.numbers, name="numbers"),
]

# What charts show, as tables, and what stands for a page where its link is shared.
for_machines: list[URLPattern | URLResolver] = [
    path("figures/<slug:kind>.csv", tables.everybody, name="csv"),
    path("speakers/<name:slug>/<slug:kind>.csv", tables.one, name="speaker-csv"),
    path("topics/<name:slug>/<slug:kind>.csv", tables.topic, name="topic-csv"),
    path("preview.png", tables.preview, name="preview"),
    path("speakers/<name:slug>/preview.png", tables.preview_of_speaker, name="speaker-preview"),
    path("topics/<name:slug>/preview.png", tables.preview_of_topic, name="topic-preview"),
    path("predictions/<int:pk>/preview.png", tables.preview_of_prediction, name="prediction-preview"),
]

# The log grows by itself a moment after the record does: what tells of it is never kept.
of_the_log: list[URLPattern | URLResolver] = [
    path("log/", log.log, name="log"),
    path("log/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("log/key", log.key, name="log-key"),
    path("log/predictions/<int:pk>/", log.entries, name="log-entries"),
]

# What has an address book of its own: one include a line.
included: list[URLPattern | URLResolver] = [
    path("language/", language.language, name="language"),
    path("predictions/<int:pk>/embed/", embedding.embed, name="embed"),
    path("oembed", embedding.oembed, name="oembed"),
    path("robots.txt", discovery.robots, name="robots"),
    path("sitemap.xml", index, {"sitemaps": discovery.MAPS, "sitemap_url_name": "map"}, name="sitemap"),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": discovery.MAPS}, name="map"),
    path("", include("ledger.subscribing_urls")),
    path("", include("ledger.reading_urls")),
    path("api/v1/", include("ledger.api.urls")),
]

# The same for everybody as long as nothing is added to the record: these may be kept once rendered.
KEPT = frozenset(route.name for route in (*pages, *for_machines) if isinstance(route, URLPattern))

RATES = ("ink", "reading")
ASKED = {
    "dashboard": RATES,
    "speakers": (*RATES, "page"),
    "speaker": (*RATES, "lexicon", "topic", "fate", "order", "page"),
    "corrections": ("page",),
    "sources": ("page",),
    "source": ("page",),
    "topics": RATES,
    "topic": (*RATES, "page"),
    "compare": ("a", "b", "ink"),
    "due": ("when", "page"),
    "calendar": ("month",),
    "search": ("q", "speaker", "topic", "outcome", "year", "language", "page"),
    **dict.fromkeys((route.name for route in for_machines if isinstance(route, URLPattern)), RATES),
}
"""What may stand after the "?" of a page that is kept, beside its language; nothing else makes a page another one."""

urlpatterns = [*pages, *for_machines, *of_the_log, *included]
