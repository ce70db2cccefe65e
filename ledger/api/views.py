"""The resources of the API. All of them only answer; nothing is changed here."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema
from rest_framework.filters import SearchFilter
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet

from ledger.api.filters import ForecastFilter, PredictionFilter
from ledger.api.serializers import (
    AgreementSerializer,
    AnswerSerializer,
    ForecastSerializer,
    PredictionSerializer,
    SourceSerializer,
    SpeakerSerializer,
    TopicSerializer,
)
from ledger.judging import agreement
from ledger.models import Answer
from ledger.moments import day_of
from ledger.standing import with_standing
from predictions.models import Forecast, Prediction, Source, Speaker, Topic
from predictions.spelling import SLUG


class SpeakerViewSet(ReadOnlyModelViewSet[Speaker]):
    """Whoever gave a prediction or a probability: people, organisations, markets, crowds."""

    queryset = Speaker.objects.select_related("organisation")
    serializer_class = SpeakerSerializer
    filter_backends = (DjangoFilterBackend, SearchFilter)
    filterset_fields = ("kind",)
    search_fields = ("name",)
    lookup_field = "slug"
    lookup_value_regex = SLUG


class TopicViewSet(ReadOnlyModelViewSet[Topic]):
    """What predictions are about."""

    queryset = Topic.objects.all()
    serializer_class = TopicSerializer
    lookup_field = "slug"
    lookup_value_regex = SLUG


class SourceViewSet(ReadOnlyModelViewSet[Source]):
    """Where the words were found."""

    queryset = Source.objects.all()
    serializer_class = SourceSerializer
    filter_backends = (DjangoFilterBackend, SearchFilter)
    filterset_fields = ("kind", "language")
    search_fields = ("title",)
    lookup_value_regex = "[0-9]+"


class PredictionViewSet(ReadOnlyModelViewSet[Prediction]):
    """Claims read out of what was said, with every deadline, forecast, event, verdict and piece of evidence."""

    queryset = with_standing(Prediction.objects.all()).prefetch_related(
        "evidence", "ballots__made_by__reviewer"
    )
    serializer_class = PredictionSerializer
    filter_backends = (DjangoFilterBackend, SearchFilter)
    filterset_class = PredictionFilter
    search_fields = ("claim", "criteria", "statement__quote", "statement__speaker__name")
    lookup_value_regex = "[0-9]+"

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "on": day_of(datetime.now(UTC))}


class ForecastViewSet(ReadOnlyModelViewSet[Forecast]):
    """Probabilities, by whoever gave them: the speaker, a market, a crowd."""

    queryset = Forecast.objects.select_related("by")
    serializer_class = ForecastSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_class = ForecastFilter
    lookup_value_regex = "[0-9]+"


class CorrectionViewSet(ReadOnlyModelViewSet[Answer]):
    """Corrections that readers filed and editors answered."""

    queryset = Answer.objects.select_related("correction", "made_by__reviewer")
    serializer_class = AnswerSerializer
    filter_backends = (DjangoFilterBackend,)
    filterset_fields = ("accepted",)
    lookup_value_regex = "[0-9]+"


class AgreementView(APIView):
    """How far the reviewers agree, over the first two blind verdicts of each round."""

    @extend_schema(responses=AgreementSerializer)
    def get(self, request: Request) -> Response:
        return Response(AgreementSerializer(agreement.agreement()).data)
