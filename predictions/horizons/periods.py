"""Stretches of the calendar: "Q3 2027", "the second half of next year", "2030年代末", "the 20th of next month"."""

from __future__ import annotations

from datetime import date

from dateutil.easter import easter

from predictions.horizons.calendar import (
    CENTURY,
    DAY,
    DECADE,
    HALF_YEAR,
    MONTH,
    QUARTER,
    WEEK,
    YEAR,
    Period,
    Unit,
    add_days,
    coming,
    day_of,
    month_of,
    months_from,
    moved,
    nth_in,
    period_around,
    week_of,
    weekday_in,
    year_of,
    years_from,
)
from predictions.horizons.dates import WEEKLY, YEARLY, day_of_month

MID_CENTURY = 50


# parts of years ---------------------------------------------------------------------------------


def anchored(said_on: date, period: Period, year: Period) -> Period | None:
    """Q3 2027, June next year, the spring of 2028: a yearly period in the year that is named."""
    if period.cycle != YEARLY or year.unit is not YEAR or year.cycle:
        return None
    found = moved(period, year.first.year - period.first.year)
    return found._replace(cycle=None) if found.first.day == period.first.day else None


def together(said_on: date, first: Period, second: Period) -> Period | None:
    """Two periods that name one: June next year, 2027 Q3, Friday next week, Friday 7 June."""
    found = anchored(said_on, first, second) or anchored(said_on, second, first)
    if found:
        return found
    if first.unit is WEEK and second.cycle == WEEKLY:
        return weekday_of(said_on, second.first.weekday(), first)
    if first.cycle == WEEKLY:
        if second.unit is WEEK:
            return weekday_of(said_on, first.first.weekday(), second)
        if second.unit is DAY and second.cycle != WEEKLY:
            return second
    return None


def quarter(said_on: date, number: int, year: int | None = None) -> Period | None:
    """Q3, Q3 2027: without a year the next one, or this one while it lasts."""
    return part_of_year(said_on, number, QUARTER, year)


def half_year(said_on: date, number: int, year: int | None = None) -> Period | None:
    """H2, 1H27."""
    return part_of_year(said_on, number, HALF_YEAR, year)


def part_of_year(said_on: date, number: int, unit: Unit, year: int | None) -> Period | None:
    """The ``number``-th quarter or half of a year, or of the year that makes it the coming one."""
    if not 1 <= number <= 12 // unit.months:
        return None
    start = (number - 1) * unit.months + 1
    if year is not None:
        return months_from(year + 2000 if year < 100 else year, start, unit.months, unit)
    return coming(months_from(said_on.year, start, unit.months, unit)._replace(cycle=YEARLY), said_on)


def season(said_on: date, start: int, year: int | None = None) -> Period:
    """Spring is March to May; the winter of a year begins in its December."""
    if year is not None:
        return months_from(year, start, 3, QUARTER)
    found = months_from(said_on.year - 1, start, 3, QUARTER)._replace(cycle=YEARLY)
    return coming(found, said_on)


def next_season(said_on: date, start: int) -> Period:
    """Next winter, said in winter: the one after."""
    found = season(said_on, start)
    return moved(found, 1) if found.first <= said_on else found


def season_after_next(said_on: date, start: int) -> Period:
    """The summer after next."""
    return moved(next_season(said_on, start), 1)


def short_year(said_on: date, year: int) -> Period:
    """CY27."""
    return year_of(year + 2000 if year < 100 else year)


def holiday(said_on: date, when: tuple[int, ...], year: int | None = None) -> Period | None:
    """A holiday, of a year or the next to come; for ``when`` see :func:`feast`."""
    for candidate in (year,) if year else (said_on.year, said_on.year + 1):
        found = feast(candidate, *when)
        if found and (year or found >= said_on):
            # what wanders cannot be moved by whole years
            return Period(found, found, DAY, None if year or len(when) == 1 else YEARLY)
    return None


def holiday_next(said_on: date, when: tuple[int, ...], unit: Unit) -> Period | None:
    """Thanksgiving next year."""
    return holiday(said_on, when, said_on.year + 1) if unit is YEAR else None


def feast(year: int, *when: int) -> date | None:
    """A feast of a year: so many days after Easter; a month and a day; or month, n, weekday and days after it."""
    match when:
        case (after_easter,):
            return add_days(easter(year), after_easter)
        case (month, day):
            return date(year, month, day)
        case (month, position, number, *days):
            found = weekday_in(month_of(year, month), number, position)
            return add_days(found, sum(days)) if found else None
    return None


def decade(said_on: date, start: int) -> Period:
    """The 2030s."""
    return years_from(start, 100 if start % 100 == 0 and start < said_on.year - 100 else 10, DECADE)


def century_decade(said_on: date, start: int) -> Period | None:
    """20年代: of the century in which it was said."""
    return (
        years_from(said_on.year // 100 * 100 + start, 10, DECADE)
        if start < 100 and start % 10 == 0
        else years_from(start, 10, DECADE)
    )


def decade_of_relative(said_on: date, which: tuple[Unit, int], start: int) -> Period | None:
    """本世紀20年代."""
    century = period_around(said_on, *which)
    return years_from(century.first.year + start, 10, DECADE) if century.unit is CENTURY else None


# relative to the day it was said ---------------------------------------------------------------


def this(said_on: date, unit: Unit) -> Period:
    """This year."""
    return period_around(said_on, unit)


def next_(said_on: date, unit: Unit) -> Period:
    """Next year."""
    return period_around(said_on, unit, 1)


def named_year(said_on: date, unit: Unit, year: int) -> Period | None:
    """The year 2030."""
    return year_of(year) if unit is YEAR else None


def after_next(said_on: date, unit: Unit) -> Period:
    """The year after next."""
    return period_around(said_on, unit, 2)


def relative(said_on: date, which: tuple[Unit, int]) -> Period:
    """後年, 下個月: so many periods on."""
    return period_around(said_on, *which)


def years_ahead(said_on: date, which: tuple[int, int]) -> Period:
    """今明兩年: this year and the next."""
    first, last = (said_on.year + offset for offset in which)
    return Period(date(first, 1, 1), date(last, 12, 31), YEAR, ranged=True)


def rest(said_on: date, unit: Unit) -> Period:
    """The rest of the year."""
    return period_around(said_on, unit)._replace(first=said_on)


def day_word(said_on: date, offset: int) -> Period:
    """Tomorrow."""
    return day_of(add_days(said_on, offset))


def weekday(said_on: date, number: int) -> Period:
    """Friday: the next one after today."""
    return day_of(add_days(said_on, (number - said_on.weekday() - 1) % 7 + 1))._replace(cycle=WEEKLY)


def this_weekday(said_on: date, number: int) -> Period:
    """This Friday: of this week, or the next one when that is past."""
    found = add_days(said_on, number - said_on.weekday())
    return day_of(found if found >= said_on else add_days(found, 7))


def next_weekday(said_on: date, number: int) -> Period:
    """Next Friday: of next week."""
    return day_of(add_days(said_on, number - said_on.weekday() + 7))


def weekday_week(said_on: date, number: int, unit: Unit) -> Period | None:
    """Friday week: a week after the coming Friday."""
    return day_of(add_days(weekday(said_on, number).first, 7)) if unit is WEEK else None


def weekday_after_next(said_on: date, number: int) -> Period:
    """The Friday after next: of the week after next week."""
    return day_of(add_days(next_weekday(said_on, number).first, 7))


def weekday_of(said_on: date, number: int, period: Period) -> Period | None:
    """Friday of next week; None of a longer period, which has several."""
    day = weekday_in(period, number)
    return day_of(day) if day and period.unit is WEEK else None


def week_weekday(said_on: date, period: Period, number: int) -> Period | None:
    """Next week Friday; the first week of October on Friday."""
    return weekday_of(said_on, number, period)


def nth_weekday(said_on: date, position: int, number: int, period: Period) -> Period | None:
    """The first Friday of July; the last Monday of next month."""
    day = weekday_in(period, number, position)
    if day is not None and day < said_on and period.cycle:
        day = weekday_in(months_from(period.first.year + 1, period.first.month, 1, MONTH), number, position)
    return day_of(day)._replace(cycle=period.cycle) if day else None


def weekday_with(said_on: date, number: int, period: Period) -> Period | None:
    """Friday next week; Friday, 7 June (the date decides)."""
    return period if period.unit is DAY else weekday_of(said_on, number, period)


def weekday_day(said_on: date, number: int, day: int) -> Period | None:
    """Tuesday the 13th: the first such Tuesday."""
    candidate = day_of_month(said_on, day)
    for _ in range(48):
        if candidate is None or candidate.first.weekday() == number:
            return candidate
        candidate = day_of_month(add_days(candidate.first, 1), day)
    return None


def week_with(said_on: date, unit: Unit, day: Period) -> Period | None:
    """The week of 30 November."""
    return week_of(day.first) if unit is WEEK and day.unit is DAY else None


def week_number(said_on: date, unit: Unit, number: int, period: Period | None = None) -> Period | None:
    """Week 31, week 3 of 2027."""
    if unit is not WEEK or not 1 <= number <= 53:
        return None
    return nth_in(period or year_of(said_on.year), number, WEEK)


def relative_weekday(said_on: date, which: tuple[Unit, int], number: int) -> Period | None:
    """下週三: Wednesday of next week."""
    unit, offset = which
    if unit is not WEEK or not 1 <= number <= 7:
        return None
    return day_of(add_days(period_around(said_on, unit, offset).first, number - 1))


def week_with_day(said_on: date, unit: Unit, day: int) -> Period | None:
    """The week of the 18th."""
    found = day_of_month(said_on, day)
    return found and week_with(said_on, unit, found)
