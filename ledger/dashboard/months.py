"""What falls due month by month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ledger.models import Event
from predictions.models import Deadline, DeadlineQuerySet

MONDAY = calendar.Calendar(firstweekday=calendar.MONDAY)


@dataclass(frozen=True)
class Month:
    """A calendar month. ``text`` is how addresses name it: "2026-11"."""

    first: date

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.replace(day=1))

    @classmethod
    def read(cls, text: str) -> Month | None:
        """The month that ``text`` names, None if it names none."""
        try:
            return cls(date.fromisoformat(f"{text}-01"))
        except ValueError:
            return None

    @property
    def last(self) -> date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def text(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def weeks(self) -> list[list[date | None]]:
        """Its days in weeks from Monday on; None for what belongs to another month."""
        weeks = MONDAY.monthdayscalendar(self.first.year, self.first.month)
        return [[self.first.replace(day=day) if day else None for day in week] for week in weeks]


def falling_due(first: date, last: date) -> QuerySet[Deadline, int]:
    """The numbers of predictions whose deadline lies between two days, both included, the earliest first."""
    days = _deadlines().filter(last_day__range=(first, last)).order_by("last_day", "prediction_id")
    return days.values_list("prediction_id", flat=True)


def ahead(on: date) -> QuerySet[Deadline, int]:
    """The numbers of predictions that stand and whose day is still to come on the day ``on``, the next first."""
    days = _deadlines().filter(last_day__gte=on).order_by("last_day", "prediction_id")
    return days.values_list("prediction_id", flat=True)


def passed(on: date) -> QuerySet[Deadline, int]:
    """The numbers of all predictions whose day has passed on the day ``on``, withdrawn ones too, the last first."""
    days = Deadline.objects.first_readings().passed(on).order_by("-last_day", "-prediction_id")
    return days.values_list("prediction_id", flat=True)


def nearest(year: int) -> tuple[date | None, date | None]:
    """The last day before ``year`` and the first after it on which anything falls due; two short queries."""
    before = _deadlines().filter(last_day__lt=date(year, 1, 1)).order_by("-last_day")
    after = _deadlines().filter(last_day__gt=date(year, 12, 31)).order_by("last_day")
    return before.values_list("last_day", flat=True).first(), after.values_list("last_day", flat=True).first()


def opened_with(on: date) -> Month:
    """The month of the day ``on``, or, if nothing falls due in the rest of it, that in which something does next."""
    ahead = (
        _deadlines().filter(last_day__gte=on).order_by("last_day").values_list("last_day", flat=True).first()
    )
    return Month.of(ahead or on)


def _deadlines() -> DeadlineQuerySet:
    return Deadline.objects.first_readings().filter(_standing("prediction"))


def _standing(prediction: str) -> Q:
    """Not withdrawn. ``prediction`` names the column that holds its number."""
    return Q(~Exists(Event.objects.of_kind(Event.Kind.WITHDRAWN).filter(prediction=OuterRef(prediction))))
