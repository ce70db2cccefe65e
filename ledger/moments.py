"""Between calendar days and moments, in the installation's time zone (``TIME_ZONE``)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def end_of(day: date) -> datetime:
    """The moment ``day`` is over: 24:00 of it in the installation's time zone."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())


def day_after(day: date) -> date:
    """The day after ``day``; on the last day of the calendar, that day."""
    return day + timedelta(days=1) if day < date.max else day


def day_of(moment: datetime) -> date:
    """The calendar day of ``moment`` in the installation's time zone."""
    return moment.astimezone(timezone.get_default_timezone()).date()
