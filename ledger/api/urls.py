"""The addresses of the API, below ``/api/v1/``."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import APIRootView, DefaultRouter

from ledger.api import log, scores, views


class PublicRecord(APIRootView):
    """The public record, read-only. What ``schema`` leads to describes it all in OpenAPI."""

    api_root_dict: dict[str, str]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        ours = {name: f"{name}-api" for name in ("log", "scores", "ranking", "methodology")}
        more = {name: name for name in ("agreement", "schema")}
        self.api_root_dict = {**self.api_root_dict, **ours, **more}
        return super().get(request, *args, **kwargs)


class Router(DefaultRouter):
    APIRootView = PublicRecord
    include_format_suffixes = False


router = Router()
router.register("speakers", views.SpeakerViewSet)
router.register("topics", views.TopicViewSet)
router.register("sources", views.SourceViewSet)
router.register("predictions", views.PredictionViewSet)
router.register("forecasts", views.ForecastViewSet)
router.register("corrections", views.CorrectionViewSet)

urlpatterns = [
    path("", include(router.urls)),
    path("log/", log.LogView.as_view(), name="log-api"),
    path("log/leaves/<int:index>/", log.LeafView.as_view(), name="log-leaf"),
    path("log/inclusion/", log.InclusionView.as_view(), name="log-inclusion"),
    path("log/consistency/", log.ConsistencyView.as_view(), name="log-consistency"),
    path("scores/", scores.ScoresView.as_view(), name="scores-api"),
    path("speakers/<name:slug>/scores/", scores.SpeakerScoresView.as_view(), name="speaker-scores-api"),
    path("topics/<name:slug>/scores/", scores.TopicScoresView.as_view(), name="topic-scores-api"),
    path("ranking/", scores.RankingView.as_view(), name="ranking-api"),
    path("methodology/", scores.MethodologyView.as_view(), name="methodology-api"),
    path("agreement/", views.AgreementView.as_view(), name="agreement"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
]
