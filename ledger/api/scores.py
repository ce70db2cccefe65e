"""The published figures as JSON: the very values that pages show and the export holds."""

from __future__ import annotations

from typing import Any

import msgspec
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ledger.counting import figures
from ledger.house_rules import HouseRules
from ledger.judging.agreement import agreement
from ledger.models import Score
from ledger.scoring.groups import EVEN, Ink
from ledger.scoring.intervals import LEVEL
from ledger.scoring.lexicons import LEXICONS
from ledger.scoring.outcome import CELL, TRUTH
from ledger.scoring.published import Figures, Ranking, Reading
from ledger.scoring.showing import MOST_WAITING, RULES
from predictions.models import Speaker, Topic

SHAPES, COMPONENTS = msgspec.json.schema_components(
    (Figures, Ranking), ref_template="#/components/schemas/{name}"
)
FIGURES, RANKING = (OpenApiResponse(shape) for shape in SHAPES)


def add_components(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Put the shapes of the figures into the schema, which refers to them."""
    result["components"]["schemas"].update(COMPONENTS)
    return result


class ChoiceSerializer(serializers.Serializer[Any]):
    """Which entries, and against which day they are held."""

    ink = serializers.ChoiceField(
        choices=[ink.value for ink in Ink],
        default=Ink.BEFOREHAND.value,
        help_text="Entries written down before their deadline, after it (hindsight), or all.",
    )
    reading = serializers.ChoiceField(
        choices=[reading.value for reading in Reading],
        default=Reading.DEADLINE.value,
        help_text="Held against the best estimate (strict), the deadline, or the latest day the words admit.",
    )


def chosen(request: Request) -> tuple[Ink, Reading]:
    """The choice in the address. Raises ``ValidationError``, which names what can be chosen."""
    asked = ChoiceSerializer(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return Ink(asked.validated_data["ink"]), Reading(asked.validated_data["reading"])


class Public(APIView):
    """What anybody may read."""

    queryset = Score.objects.none()


class ScoresView(Public):
    """The figures of everybody: due cohort, delivery, odds. Null means not known, or not to be shown of so few."""

    @extend_schema(parameters=[ChoiceSerializer], responses={200: FIGURES})
    def get(self, request: Request) -> Response:
        return Response(msgspec.to_builtins(figures.of_all(*chosen(request))))


class SpeakerScoresView(Public):
    """The figures of one speaker."""

    @extend_schema(parameters=[ChoiceSerializer], responses={200: FIGURES})
    def get(self, request: Request, slug: str) -> Response:
        speaker = get_object_or_404(Speaker, slug=slug)
        return Response(msgspec.to_builtins(figures.of_speaker(speaker, *chosen(request))))


class TopicScoresView(Public):
    """The figures of one topic."""

    @extend_schema(parameters=[ChoiceSerializer], responses={200: FIGURES})
    def get(self, request: Request, slug: str) -> Response:
        topic = get_object_or_404(Topic, slug=slug)
        return Response(msgspec.to_builtins(figures.of_topic(topic, *chosen(request))))


class RankingView(Public):
    """Speakers by the 5 % quantile of what their share on time may be, the best first."""

    @extend_schema(parameters=[ChoiceSerializer], responses={200: RANKING})
    def get(self, request: Request) -> Response:
        return Response(msgspec.to_builtins(figures.ranking(*chosen(request))))


class MethodologyView(Public):
    """The constants that figures are made by, how far reviewers agree, and the lexicons that read words as probabilities."""

    @extend_schema(responses={200: {"type": "object", "additionalProperties": True}})
    def get(self, request: Request) -> Response:
        return Response(
            {
                "level": LEVEL,
                "even": EVEN,
                "most_waiting": MOST_WAITING,
                "cells": {outcome.value: cell for outcome, cell in CELL.items()},
                "truth": {outcome.value: worth for outcome, worth in TRUTH.items()},
                "shown_from": {piece.value: msgspec.to_builtins(rule) for piece, rule in RULES.items()},
                "house_rules": msgspec.to_builtins(HouseRules.here()),
                "agreement": msgspec.to_builtins(agreement()),
                "lexicons": [msgspec.to_builtins(lexicon) for lexicon in LEXICONS],
            }
        )
