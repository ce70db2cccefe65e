"""Calendar arithmetic: months that clip, periods, and spans of time.

Everything here is pure and cheap: a reading of a phrase does a handful of these operations.
A date past year 9999 raises ``OverflowError`` or ``ValueError``, which the grammar takes as
"beyond the calendar".
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DAYS_IN_WEEK = 7
MONTHS_IN_YEAR = 12
DAYS_IN_MONTH = 30  # only to turn a fraction of a month into days


class Unit(NamedTuple):
    """A unit people count in: so many months, or so many days."""

    name: str
    months: int = 0
    days: float = 0


HOUR = Unit("hour", days=1 / 24)
DAY = Unit("day", days=1)
WORKDAY = Unit("working day", days=1)
WEEK = Unit("week", days=7)
WEEKEND = Unit("weekend", days=7)
WORKWEEK = Unit("working week", days=7)
FORTNIGHT = Unit("fortnight", days=14)
MONTH = Unit("month", months=1)
QUARTER = Unit("quarter", months=3)
HALF_YEAR = Unit("half-year", months=6)
YEAR = Unit("year", months=12)
DECADE = Unit("decade", months=120)
CENTURY = Unit("century", months=1200)
MILLENNIUM = Unit("millennium", months=12000)


class Amount(NamedTuple):
    """A length of time. Working days are counted apart, because weekends do not count."""

    months: int = 0
    days: int = 0
    workdays: int = 0


class Span(NamedTuple):
    """What "three to five years" measures: from ``low`` to ``high``, with what was said about it."""

    high: Amount
    low: Amount | None = None  # None: no range was given
    unit: Unit = DAY  # the largest unit named
    approximate: bool = False
    upper: bool = False  # "or less", "at most"
    estimate: Amount | None = None  # "36 months or less, maybe 30"
    tolerance: Amount | None = None  # "give or take two"


class Period(NamedTuple):
    """A stretch of the calendar, both days included.

    ``cycle`` tells how far a period without a year may be moved to fit ("Q1" after "Q4");
    ``edge`` that the words name the end of something, so that "before" it includes it.
    """

    first: date
    last: date
    unit: Unit = DAY
    cycle: Amount | None = None
    edge: bool = False
    approximate: bool = False
    ranged: bool = False  # from one period to another


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return MONTH_DAYS[month - 1]


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    if day.day > 28:
        return date(year, month, min(day.day, month_length(year, month)))
    return date(year, month, day.day)


def add_days(day: date, days: int) -> date:
    """``days`` later (earlier when negative)."""
    return date.fromordinal(day.toordinal() + days)


def add_workdays(day: date, days: int) -> date:
    """``days`` Mondays to Fridays later."""
    day = add_days(day, -max(0, day.weekday() - 4))  # from a weekend one counts as from its Friday
    weeks, rest = divmod(days, 5)
    return add_days(day, 7 * weeks + rest + (2 if day.weekday() + rest > 4 else 0))


def add(day: date, amount: Amount) -> date:
    """``day`` plus an amount: months first, then days."""
    months, days, workdays = amount
    if months:
        day = add_months(day, months)
    if days:
        day = date.fromordinal(day.toordinal() + days)
    if workdays:
        day = add_workdays(day, workdays)
    return day


def subtract(day: date, amount: Amount) -> date:
    """``day`` less an amount: months first, then days."""
    return add_days(add_months(day, -amount.months), -amount.days - amount.workdays)


def measure(count: float, unit: Unit) -> Amount:
    """``count`` units as months and days: whole months as far as they go, the rest in days, rounded down."""
    if unit is WORKDAY:
        return Amount(workdays=int(count))
    if not unit.months:
        days = count * unit.days
        return Amount(days=int(days) if unit.days >= 1 else -int(-days // 1))
    months = count * unit.months
    whole = int(months)
    return Amount(whole, int((months - whole) * DAYS_IN_MONTH + 1e-6))


def month_of(year: int, month: int) -> Period:
    """A calendar month."""
    return Period(date(year, month, 1), date(year, month, month_length(year, month)), MONTH)


def months_from(year: int, month: int, count: int, unit: Unit) -> Period:
    """``count`` whole months from the first of ``month`` (which may run past December)."""
    year, month = divmod(year * 12 + month - 1, 12)
    end_year, end_month = divmod(year * 12 + month + count - 1, 12)
    return Period(
        date(year, month + 1, 1), date(end_year, end_month + 1, month_length(end_year, end_month + 1)), unit
    )


def year_of(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), YEAR)


def years_from(year: int, count: int, unit: Unit) -> Period:
    """``count`` whole calendar years from 1 January of ``year``."""
    return Period(date(max(year, 1), 1, 1), date(year + count - 1, 12, 31), unit)


def day_of(day: date) -> Period:
    """One day."""
    return Period(day, day, DAY)


def week_of(day: date, unit: Unit = WEEK) -> Period:
    """The week that holds ``day``, Monday to Sunday (its weekend, or its working days)."""
    monday = day.toordinal() - day.weekday()
    first, last = {WEEKEND: (5, 6), WORKWEEK: (0, 4)}.get(unit, (0, 6))
    return Period(date.fromordinal(monday + first), date.fromordinal(monday + last), unit)


def period_around(day: date, unit: Unit, offset: int = 0) -> Period:
    """The calendar period of a kind that holds ``day``, or the one ``offset`` later."""
    if unit.months == 0:
        if unit.days < DAYS_IN_WEEK:
            return day_of(add_days(day, offset))
        if unit is FORTNIGHT:
            monday = add_days(day, -day.weekday() + 14 * offset)
            return Period(monday, add_days(monday, 13), unit)
        return week_of(add_days(day, DAYS_IN_WEEK * offset), unit)
    if unit.months < MONTHS_IN_YEAR:
        index = (day.month - 1) // unit.months + offset
        return months_from(day.year, index * unit.months + 1, unit.months, unit)
    years = unit.months // MONTHS_IN_YEAR
    return years_from((day.year // years + offset) * years, years, unit)


def nth_in(period: Period, position: int, unit: Unit, count: int = 1) -> Period | None:
    """The ``position``-th (from the end when negative) ``unit`` of a period; None when it has no such part.

    Weeks belong to the period that holds their Thursday.
    """
    if unit.months:
        whole = months_between(period) // unit.months
        start = position - 1 if position > 0 else whole + position - (count - 1)
        if not 0 <= start < whole or start + count > whole:
            return None
        first = period.first
        return months_from(first.year, first.month + start * unit.months, unit.months * count, unit)
    if unit.days < DAYS_IN_WEEK:
        start = (
            position - 1 if position > 0 else (period.last - period.first).days + 1 + position - (count - 1)
        )
        first = add_days(period.first, start)
        last = add_days(first, count - 1)
        return Period(first, last, unit) if period.first <= first and last <= period.last else None
    if position > 0:
        anchor = add_days(period.first, (3 - period.first.weekday()) % 7 + 7 * (position - 1))
    else:
        anchor = add_days(period.last, -((period.last.weekday() - 3) % 7) + 7 * (position + 1 - (count - 1)))
    first, last = week_of(anchor, unit).first, week_of(add_days(anchor, 7 * (count - 1)), unit).last
    return Period(first, last, unit)


def months_between(period: Period) -> int:
    """How many calendar months a period touches."""
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1


def weekday_in(period: Period, weekday: int, position: int = 1) -> date | None:
    """The ``position``-th given weekday (0 is Monday) within a period; from the end when negative."""
    if position > 0:
        day = add_days(period.first, (weekday - period.first.weekday()) % 7 + 7 * (position - 1))
    else:
        day = add_days(period.last, -((period.last.weekday() - weekday) % 7) + 7 * (position + 1))
    return day if period.first <= day <= period.last else None


def third_of(period: Period, third: int) -> Period:
    """The early (0), middle (1) or late (2) third of a period.

    Years and decades are cut in whole months and years, the longer thirds of a decade first; a week,
    which has no thirds, in Monday to Wednesday, Tuesday to Friday and Thursday to Sunday.
    """
    first, last, unit = period.first, period.last, period.unit
    if unit.months in (DECADE.months, CENTURY.months):
        length = 10 if unit.months == DECADE.months else 100
        cuts = (0, length // 3 + 1, 2 * length // 3 + 1, length)
        start = first.year - first.year % length
        return Period(
            date(max(start + cuts[third], 1), 1, 1), date(start + cuts[third + 1] - 1, 12, 31), YEAR
        )
    months = months_between(period)
    if first.day == 1 and months >= 3:
        cut = [months * n // 3 for n in range(4)]
        return months_from(first.year, first.month + cut[third], cut[third + 1] - cut[third], MONTH)
    length = (last - first).days + 1
    if length == DAYS_IN_WEEK:
        start_day, end_day = ((0, 2), (1, 4), (3, 6))[third]
        return Period(add_days(first, start_day), add_days(first, end_day), DAY)
    if MONTH_DAYS[1] <= length <= MONTH_DAYS[0]:
        return Period(
            add_days(first, 10 * third), last if third == 2 else add_days(first, 10 * third + 9), DAY
        )
    start_day, end_day = length * third // 3, length * (third + 1) // 3 - 1
    return Period(add_days(first, start_day), add_days(first, max(start_day, end_day)), DAY)


def half_of(period: Period, half: int) -> Period | None:
    """The first (1) or second (2) half; None for what has no halves (a day)."""
    first, last = period.first, period.last
    months = months_between(period)
    if first.day == 1 and months % 2 == 0:
        return months_from(first.year, first.month + (months // 2) * (half - 1), months // 2, HALF_YEAR)
    length = (last - first).days + 1
    if length < 2:
        return None
    middle = add_days(
        first, 14 if MONTH_DAYS[1] <= length <= MONTH_DAYS[0] else length // 2 - (length != DAYS_IN_WEEK)
    )
    if length == DAYS_IN_WEEK:
        middle = add_days(first, 2)
    return Period(first, middle, DAY) if half == 1 else Period(add_days(middle, 1), last, DAY)


def moved(period: Period, times: int) -> Period:
    """A period without a year (or month, or week) of its own, ``times`` cycles later."""
    cycle = period.cycle
    if cycle is None or times == 0:
        return period
    if cycle.months:
        first, last = (
            add_months(period.first, cycle.months * times),
            add_months(period.last, cycle.months * times),
        )
        if period.unit.months and period.first.day == 1:
            last = date(last.year, last.month, month_length(last.year, last.month))
    else:
        first, last = add_days(period.first, cycle.days * times), add_days(period.last, cycle.days * times)
    return period._replace(first=first, last=last)


def coming(period: Period, after: date) -> Period:
    """A period without a year, moved to its first occurrence that is not over on ``after``."""
    while period.last < after:
        period = moved(period, 1)
    return period
