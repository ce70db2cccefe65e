"""The public pages, and what else the public reads."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ledger.views import due, front, methodology, predictions, sources, speakers

pages: list[URLPattern | URLResolver] = [
    path("", front.dashboard, name="dashboard"),
    path("speakers/", speakers.speakers, name="speakers"),
    path("speakers/<slug:slug>/", speakers.speaker, name="speaker"),
    path("predictions/<int:pk>/", predictions.prediction, name="prediction"),
    path("sources/", sources.sources, name="sources"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("due/", due.due, name="due"),
    path("methodology/", methodology.methodology, name="methodology"),
]

# What has an address book of its own: one include a line.
included: list[URLPattern | URLResolver] = [
    path("", include("ledger.subscribing_urls")),
    path("api/v1/", include("ledger.api.urls")),
]

urlpatterns = [*pages, *included]
