"""The addresses of the API, below ``/api/v1/``."""

from __future__ import annotations

from typing import Any

from django.urls import include, path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import APIRootView, DefaultRouter

from ledger.api import views


class PublicRecord(APIRootView):
    """The public record, read-only. What ``schema`` leads to describes it all in OpenAPI."""

    api_root_dict: dict[str, str]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        self.api_root_dict = {**self.api_root_dict, "schema": "schema"}
        return super().get(request, *args, **kwargs)


class Router(DefaultRouter):
    APIRootView = PublicRecord
    include_format_suffixes = False


router = Router()
router.register("speakers", views.SpeakerViewSet)
router.register("sources", views.SourceViewSet)
router.register("predictions", views.PredictionViewSet)
router.register("forecasts", views.ForecastViewSet)

urlpatterns = [
    path("", include(router.urls)),
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
]
