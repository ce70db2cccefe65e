"""What lists can be narrowed down by."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django_filters import rest_framework as filters

from ledger.models import Words
from ledger.selection import LONGEST_SEARCH, typed
from predictions.models import (
    Deadline,
    DeadlineQuerySet,
    Forecast,
    Prediction,
    PredictionQuerySet,
    Source,
    Speaker,
    Topic,
)


class PredictionFilter(filters.FilterSet):
    """Everything about a due day speaks of the binding deadline."""

    q = filters.CharFilter(
        method="holding",
        max_length=LONGEST_SEARCH,
        label="Words that all stand in the claim, the quote, or the names of the speaker and the source.",
    )
    speaker = filters.ModelChoiceFilter(
        field_name="statement__speaker", queryset=Speaker.objects.all(), to_field_name="slug"
    )
    source = filters.ModelChoiceFilter(field_name="statement__source", queryset=Source.objects.all())
    topic = filters.ModelChoiceFilter(field_name="topics", queryset=Topic.objects.all(), to_field_name="slug")
    polarity = filters.ChoiceFilter(choices=Prediction.Polarity.choices)
    said_after = filters.DateFilter(
        field_name="statement__said_on", lookup_expr="gt", label="Said after this day."
    )
    said_before = filters.DateFilter(
        field_name="statement__said_on", lookup_expr="lt", label="Said before this day."
    )
    due_after = filters.DateFilter(method="due_later", label="The last day is after this one.")
    due_before = filters.DateFilter(method="due_earlier", label="The last day is before this one.")
    undated = filters.BooleanFilter(method="without_date", label="Whether no deadline is known.")
    in_hindsight = filters.BooleanFilter(
        method="inked_afterwards", label="Whether it, or its deadline, was entered after that deadline."
    )

    class Meta:
        model = Prediction
        fields: tuple[str, ...] = ()

    def holding(self, found: PredictionQuerySet, name: str, words: str) -> PredictionQuerySet:
        held = Words.objects.holding(typed(words)).order_by()
        return found.filter(pk__in=held.values("pk"))

    def due_later(self, found: PredictionQuerySet, name: str, day: date) -> PredictionQuerySet:
        return found.filter(Exists(_binding().filter(last_day__gt=day)))

    def due_earlier(self, found: PredictionQuerySet, name: str, day: date) -> PredictionQuerySet:
        return found.filter(Exists(_binding().passed(day)))

    def without_date(self, found: PredictionQuerySet, name: str, wanted: bool) -> PredictionQuerySet:  # noqa: FBT001 (django-filter's call)
        return found.undated() if wanted else found.dated()

    def inked_afterwards(self, found: PredictionQuerySet, name: str, wanted: bool) -> PredictionQuerySet:  # noqa: FBT001 (django-filter's call)
        return found.inked_in_hindsight() if wanted else found.inked_beforehand()


class ForecastFilter(filters.FilterSet):
    prediction = filters.ModelChoiceFilter(queryset=Prediction.objects.all())
    by = filters.ModelChoiceFilter(queryset=Speaker.objects.all(), to_field_name="slug")

    class Meta:
        model = Forecast
        fields: tuple[str, ...] = ()


def _binding() -> DeadlineQuerySet:
    return Deadline.objects.first_readings().filter(prediction=OuterRef("pk"))
