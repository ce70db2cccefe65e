"""How many there are: read where the database keeps count, never counted while somebody waits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, IntegerField, Q, Sum
from django.db.models.functions import Cast, Coalesce

from ledger.models import Tally

Scope = Tally.Scope


@dataclass(frozen=True, slots=True)
class Count:
    """``logged`` predictions of a subject, ``withdrawn`` ones among them."""

    logged: int = 0
    withdrawn: int = 0


def of(scope: str, subjects: Collection[int]) -> Mapping[int, Count]:
    """Those of sources, speakers or topics, by number; one query. What nothing was logged of is left out."""
    rows = Tally.objects.filter(scope=scope, subject__in=subjects)
    return {one: Count(*counts) for one, *counts in rows.values_list("subject", "logged", "withdrawn")}


def of_one(scope: str, subject: int) -> Count:
    """That of one subject; one query."""
    return of(scope, (subject,)).get(subject, Count())


@dataclass(frozen=True, slots=True)
class Calendar:
    """First deadlines: ``ahead`` are those to come that stand, ``gone`` those that passed, ``withdrawn`` those of the latter that were withdrawn."""

    ahead: int
    gone: int
    withdrawn: int


def of_calendar(on: date) -> Calendar:
    """The calendar as it stands on the day ``on``; one query over days, however much falls due on each."""
    ahead = Q(subject__gte=Tally.of_day(on))
    rows = Tally.objects.filter(scope=Scope.DAY).aggregate(
        ahead=Coalesce(Sum(F("logged") - F("withdrawn"), filter=ahead), 0),
        gone=Coalesce(Sum("logged", filter=~ahead), 0),
        withdrawn=Coalesce(Sum("withdrawn", filter=~ahead), 0),
    )
    return Calendar(**{name: int(n) for name, n in rows.items()})


def of_months(year: int) -> Mapping[int, int]:
    """How many fall due and stand in each month of ``year`` in which any does; one query."""
    days = Tally.objects.of_days(date(year, 1, 1), date(year, 12, 31))
    months = days.annotate(month=Cast(F("subject") / 100, IntegerField())).order_by("month").values("month")
    counts = months.annotate(n=Sum(F("logged") - F("withdrawn"))).values_list("month", "n")
    return {month % 100: int(n) for month, n in counts if n}
