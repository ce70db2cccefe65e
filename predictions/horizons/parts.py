"""Parts of calendar periods: halves, thirds, ends, the n-th week, the last three months."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from predictions.horizons.calendar import (
    CENTURY,
    DAY,
    MONTH,
    QUARTER,
    WEEK,
    YEAR,
    Period,
    Span,
    Unit,
    add_days,
    add_months,
    day_of,
    half_of,
    month_length,
    moved,
    nth_in,
    period_around,
    third_of,
    weekday_in,
    year_of,
    years_from,
)
from predictions.horizons.dates import SHORT_YEARS, WEEKLY, YEARLY, century, month, short_year
from predictions.horizons.periods import MID_CENTURY, quarter

# parts of periods -------------------------------------------------------------------------------


MOST_NUMBERED = 20  # "by end of year 40 of them" has its own number
END, LATER = 3, 4  # "the end of", "later in"


def to_come(said_on: date, period: Period, cut: Callable[[Period], Period | None]) -> Period | None:
    """A part of a period; when that part is over, of the next such period if the words name no year."""
    found = cut(period)
    if found and period.cycle and found.last < said_on:
        return cut(moved(period, 1))
    return found


def part_of(said_on: date, part: int, period: Period) -> Period | None:
    """Early, mid, late: the thirds of a period; "later" starts today; the end is the last third."""
    if part == 1 and period.unit is CENTURY:
        return year_of(period.first.year + MID_CENTURY)
    if part == LATER and period.first <= said_on <= period.last:
        return period._replace(first=said_on)
    third = to_come(said_on, period, lambda whole: third_of(whole, min(part, 2)))
    return third and third._replace(edge=part == END, cycle=period.cycle)


def part_of_unit(said_on: date, part: int, unit: Unit) -> Period | None:
    """The end of the year, mid-century: of the current one."""
    period = period_around(said_on, unit)
    found = part_of(said_on, part, period)
    if found and found.last < said_on:
        found = part_of(said_on, part, period_around(said_on, unit, 1))
    return found


def part_after(said_on: date, period: Period, part: int) -> Period | None:
    """2027年底, 三月中旬."""
    return part_of(said_on, part, period)


def edge(said_on: date, unit: Unit) -> Period:
    """Year-end."""
    return third_of(period_around(said_on, unit), 2)._replace(edge=True)


def nth_edge(said_on: date, number: int, unit: Unit) -> Period | None:
    """Fourth-quarter end."""
    whole = quarter(said_on, number) if unit is QUARTER else None
    return whole and edge_of(said_on, unit, whole)


def nth_edge_of(said_on: date, number: int, unit: Unit, period: Period) -> Period | None:
    """Fourth-quarter end 2027."""
    whole = nth_of(said_on, number, unit, period)
    return whole and edge_of(said_on, unit, whole)


def next_edge(said_on: date, unit: Unit) -> Period:
    """Next year's end."""
    return edge_of(said_on, unit, period_around(said_on, unit, 1))


def numbered(said_on: date, _: int, unit: Unit, number: int) -> str | None:
    """The end of year 3: of what, the words do not say."""
    return "event" if number <= MOST_NUMBERED else None


def edge_of(said_on: date, unit: Unit, period: Period) -> Period:
    """明年年底, year-end next year."""
    return third_of(period, 2)._replace(edge=True)


def month_edge(said_on: date, number: int, unit: Unit) -> Period | None:
    """三月底; 28年底, 116年底; 22世紀末."""
    if unit in (YEAR, CENTURY):
        whole = short_year(said_on, number) if unit is YEAR else century(number)
        return whole and edge_of(said_on, unit, whole)
    found = month(said_on, number) if unit is MONTH else None
    return third_of(found, 2)._replace(edge=True, cycle=YEARLY) if found else None


def next_month_edge(said_on: date, number: int, unit: Unit) -> Period | None:
    """下一个三月底; a year so many years ahead has no end of its own."""
    return month_edge(said_on, number, unit) if unit is MONTH else None


def edge_of_short_year(said_on: date, unit: Unit, number: int) -> Period | None:
    """EOY27, 27 year-end; not "hit 100 year-end"."""
    return month_edge(said_on, number, unit) if unit is YEAR and number in SHORT_YEARS else None


def part_of_short_year(said_on: date, number: int, which: tuple[int, Unit]) -> Period | None:
    """28年初, 116年中."""
    year = short_year(said_on, number)
    return year and part_of(said_on, which[0], year)


def part_to_part(said_on: date, first: int, last: int, period: Period) -> Period | None:
    """Early to mid 2027; the mid-to-late 2030s."""
    start, end = part_of(said_on, first, period), part_of(said_on, last, period)
    return end._replace(first=start.first) if start and end and start.first <= end.last else None


def month_part(said_on: date, number: int, part: int) -> Period | None:
    """六月中旬."""
    found = month(said_on, number)
    return part_of(said_on, part, found) if found else None


def turn(said_on: date, unit: Unit) -> Period:
    """The turn of the century: the end of the current one."""
    period = period_around(said_on, unit)
    return Period(period.last, period.last, DAY, edge=True)


def half_of_period(said_on: date, half: int, period: Period) -> Period | None:
    """The second half of next year."""
    return to_come(said_on, period, lambda whole: half_of(whole, half)) if half in (1, 2) else None


def half_after(said_on: date, period: Period, half: int) -> Period | None:
    """明年下半年."""
    if period.unit.months < YEAR.months and period.unit is not MONTH and period.unit is not WEEK:
        return None
    return half_of(period, half)


def half_alone(said_on: date, half: int, unit: Unit = YEAR) -> Period | None:
    """The second half: of this year, or of next year when it is over."""
    if half not in (1, 2):
        return None
    found = half_of(period_around(said_on, unit), half)
    if found and found.last < said_on:
        found = half_of(period_around(said_on, unit, 1), half)
    return found and found._replace(cycle=YEARLY)


def nth_of(said_on: date, position: int, unit: Unit, period: Period) -> Period | None:
    """The third quarter of 2027, the first week of October."""
    return to_come(said_on, period, lambda whole: nth_in(whole, position, unit))


def nths_of(said_on: date, position: int, length: Span, period: Period) -> Period | None:
    """The first two weeks of 2027, the last four months of next year."""
    unit = length.unit
    count = length.high.months // unit.months if unit.months else length.high.days // max(int(unit.days), 1)
    return nth_in(period, position, unit, count) if count else None


def of_nth(said_on: date, period: Period, position: int, unit: Unit) -> Period | None:
    """2021年的第三個月."""
    return nth_in(period, position, unit)


def of_nths(said_on: date, period: Period, position: int, length: Span) -> Period | None:
    """2021年的最後四個月."""
    return nths_of(said_on, position, length, period)


def nth_of_unit(said_on: date, position: int, unit: Unit, whole: Unit) -> Period | None:
    """The first quarter of the year, the 15th day of the month: the next one to come."""
    for offset in (0, 1):
        found = nth_in(period_around(said_on, whole, offset), position, unit)
        if found and found.last >= said_on:
            return found
    return None


def nth_alone(said_on: date, position: int, unit: Unit) -> Period | None:
    """The 21st century; the third quarter."""
    if unit is CENTURY and position > 0:
        return years_from((position - 1) * 100, 100, CENTURY)
    if unit is QUARTER and position > 0:
        return quarter(said_on, position)
    return None


def day_in(said_on: date, day: int, period: Period) -> Period | None:
    """The 20th of next month."""
    return nth_in(period, day, DAY) if period.unit is MONTH else None


def relative_day(said_on: date, which: tuple[Unit, int], day: int, _: Unit) -> Period | None:
    """下个月十五号."""
    return day_in(said_on, day, period_around(said_on, *which))


def day_in_unit(said_on: date, day: int, unit: Unit) -> Period | None:
    """The first of the year, the 20th of the month: the next one to come."""
    return nth_of_unit(said_on, day, DAY, unit) if unit in (MONTH, YEAR) else None


def edge_after(said_on: date, period: Period, unit: Unit) -> Period:
    """明年年底."""
    return edge_of(said_on, unit, period)


def same_time(said_on: date, period: Period) -> Period | None:
    """This time next year."""
    if period.unit is DAY:
        return period
    if period.unit.months:
        return day_of(
            add_months(
                said_on,
                period.unit.months * round((period.first - said_on).days / (period.unit.months * 30.4) + 0.5),
            )
        )
    return day_of(add_days(said_on, 7 * ((period.last - said_on).days // 7 + 0)))


def same_day(said_on: date, period: Period) -> Period | None:
    """明年今天."""
    return same_time(said_on, period) if period.unit.months else None


def from_to(said_on: date, first: Period, second: Period) -> Period | None:
    """From one period to another: what has no year of its own is moved to make them follow."""
    if second.cycle and (not first.cycle or first.unit is not DAY or second.cycle != first.cycle):
        while second.last < first.first:
            second = moved(second, 1)
    while first.cycle and first.first > second.last:
        first = moved(first, -1)
    while (
        first.cycle == YEARLY
        and not second.cycle
        and moved(first, 1).last <= second.last
        and first.last < said_on
    ):
        first = moved(first, 1)
    if second.last < first.last:
        return None
    return Period(
        first.first,
        second.last,
        second.unit,
        cycle=second.cycle if first.cycle == second.cycle else None,
        edge=second.edge,
        approximate=second.approximate,
        ranged=True,
    )


def either(said_on: date, first: Period, second: Period) -> Period | None:
    """One period or another: the later one sets the end."""
    while second.cycle and second.last < first.first:
        second = moved(second, 1)
    if second.last < first.last:
        first, second = second, first
    return Period(
        first.first, second.last, second.unit, edge=second.edge, approximate=second.approximate, ranged=True
    )


def or_next(said_on: date, period: Period) -> Period:
    """This year or next."""
    following = period_around(period.last, period.unit, 1)
    return Period(period.first, following.last, period.unit, ranged=True)


def within_week(said_on: date, week: Period, first: Period, second: Period) -> Period | None:
    """Next week, from Wednesday to Friday."""
    if week.unit is not WEEK or first.cycle != WEEKLY or second.cycle != WEEKLY:
        return None
    start, end = (weekday_in(week, day.first.weekday()) for day in (first, second))
    return Period(start, end, DAY, ranged=True) if start and end and start <= end else None


def from_now_to(said_on: date, second: Period) -> Period | None:
    """Between now and the end of the decade."""
    return (
        Period(said_on, second.last, second.unit, edge=True, approximate=second.approximate, ranged=True)
        if second.last >= said_on
        else None
    )


def days_of(said_on: date, low: int, high: int, period: Period) -> Period | None:
    """From the 4th to the 23rd of next month."""
    if period.unit is not MONTH:
        return None
    first, last = nth_in(period, low, DAY), nth_in(period, high, DAY)
    return (
        Period(first.first, last.last, DAY, ranged=True)
        if first and last and first.first <= last.last
        else None
    )


def of_days(said_on: date, period: Period, low: int, high: int) -> Period | None:
    """November between 19 and 20."""
    return days_of(said_on, low, high, period)


def to_day(said_on: date, first: Period, day: int) -> Period | None:
    """November 19 to 20."""
    if first.unit is not DAY:
        return None
    month = first.first.replace(day=1)
    for _ in range(2):
        if day <= month_length(month.year, month.month) and month.replace(day=day) > first.first:
            return Period(first.first, month.replace(day=day), DAY, ranged=True)
        month = add_months(month, 1)
    return None


def approximately(said_on: date, period: Period) -> Period:
    """Around 2030."""
    return period._replace(approximate=True)


def fiscal(*_: object) -> str:
    """A fiscal period: no date without its calendar."""
    return "fiscal"
