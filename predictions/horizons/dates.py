"""Days and months by name or number: "September 23, 2027", "23/9", "2028-06", "三月五日"."""

from __future__ import annotations

from datetime import date

from predictions.horizons.calendar import (
    CENTURY,
    DAY,
    YEAR,
    Amount,
    Period,
    add_months,
    day_of,
    month_length,
    month_of,
    year_of,
    years_from,
)
from predictions.horizons.cascade import Token
from predictions.horizons.numerals import ERAS, MINGUO

LAST_PLAIN_YEAR = 2999
CENTURIES = range(18, 31)  # the centuries people number; fewer or more are a length
SHORT_YEARS = range(20, 100)  # the years of this century that are said with two figures
MINGUO_YEARS = range(100, 151)  # those of Taiwan that are said without their era
NO_SUCH_DAY = Token("REFUSED", "no such day")
YEARLY, MONTHLY, WEEKLY = Amount(months=12), Amount(months=1), Amount(days=7)


def day_of_year(said_on: date, month: int, day: int) -> Period | None:
    """A day without a year: the next such day (29 February waits for a leap year)."""
    if not 1 <= month <= 12:
        return None
    for year in range(said_on.year, said_on.year + 9):
        if 1 <= day <= month_length(year, month):
            found = date(year, month, day)
            if found >= said_on:
                return Period(found, found, DAY, YEARLY)
        elif day != 29:
            return None
    return None


def full_date(said_on: date, year: int, month: int, day: int) -> Period | None:
    """A day with its year."""
    if 1 <= month <= 12 and 1 <= day <= month_length(year, month):
        return day_of(date(year, month, day))
    return None


def year_month_day(said_on: date, year: int, *rest: int) -> Period | None:
    """2027-09-23; also with the day before the month when it can be no month."""
    month, day = rest
    return full_date(said_on, year, month, day) or full_date(said_on, year, day, month)


def month_day_year(said_on: date, month: int, day: int, year: int) -> Period | Token | None:
    """September 23, 2027; 9/23/2027, or 23/9/2027 when 23 can be no month."""
    if year < 100:
        year += 2000
    found = full_date(said_on, year, month, day) or full_date(said_on, year, day, month)
    return found or (NO_SUCH_DAY if 1 <= day <= 31 and 1 <= month <= 12 else None)


def month_day(said_on: date, month: int, day: int) -> Period | Token | None:
    """September 23; a day that the month does not have is refused."""
    if month_length(2024, month) < day <= 31:
        return NO_SUCH_DAY
    return day_of_year(said_on, month, day)


def numeric_day(said_on: date, month: int, day: int) -> Period | None:
    """4/22, or 22/4 when 22 can be no month; 24/7 is no date at all."""
    if (month, day) == (24, 7):
        return None
    return day_of_year(said_on, month, day) or day_of_year(said_on, day, month)


def day_month(said_on: date, day: int, *rest: object) -> Period | Token | None:
    """23 September; the 23rd day of September."""
    month = rest[-1]
    if (len(rest) == 2 and rest[0] is not DAY) or not isinstance(month, int):
        return None
    return month_day(said_on, month, day)


def digits8(said_on: date, digits: int) -> Period | None:
    """20270923."""
    return full_date(said_on, digits // 10_000, digits // 100 % 100, digits % 100)


def month(said_on: date, number: int) -> Period | None:
    """June: the next one, or this one while it lasts."""
    if not 1 <= number <= 12:
        return None
    return month_of(said_on.year + (number < said_on.month), number)._replace(cycle=YEARLY)


def day_of_month(said_on: date, day: int) -> Period | None:
    """The 27th: of this month or of the first one after that has such a day not yet over."""
    if not 1 <= day <= 31:
        return None
    first = said_on.replace(day=1)
    while True:
        if day <= month_length(first.year, first.month) and first.replace(day=day) >= said_on:
            return day_of(first.replace(day=day))._replace(cycle=MONTHLY)
        first = add_months(first, 1)


def day_month_year(said_on: date, day: int, month: int, year: int) -> Period | Token | None:
    """23 September 2027; a day that the month does not have is refused."""
    return full_date(said_on, year, month, day) or (NO_SUCH_DAY if 1 <= day <= 31 else None)


def day_year_month(said_on: date, day: int, year: int, month: int) -> Period | None:
    """23-2027-September."""
    return full_date(said_on, year, month, day)


def month_year_day(said_on: date, month: int, year: int, day: int) -> Period | None:
    """September-2027-23."""
    return full_date(said_on, year, month, day)


def month_year(said_on: date, number: int, year: int) -> Period | None:
    """6/2028."""
    return month_of(year, number) if 1 <= number <= 12 else None


def year_month(said_on: date, year: int, number: int) -> Period | None:
    """2028-06; 2027-28 when it is no month."""
    if 12 < number < 100 and number > year % 100:
        return Period(date(year, 1, 1), date(year - year % 100 + number, 12, 31), YEAR, ranged=True)
    return month_year(said_on, number, year)


def calendar_year(said_on: date, year: int, *_: object) -> Period | None:
    """2030; four figures past 2999 count something else."""
    return year_of(year) if year <= LAST_PLAIN_YEAR else None


def chinese_date(said_on: date, year: int, _: object, month: int, *rest: int) -> Period | Token | None:
    """2019年2月3日; 19年2月3日; a day that the month does not have is refused."""
    found = full_date(said_on, in_full(year), month, rest[0])
    return found or (NO_SUCH_DAY if 1 <= month <= 12 and 1 <= rest[0] <= 31 else None)


def chinese_month(said_on: date, year: int, _: object, number: int) -> Period | None:
    """2019年2月; 19年2月."""
    return month_year(said_on, number, in_full(year))


def in_full(year: int) -> int:
    """A year without its century, or without its era: 27 and 116 are 2027."""
    if year in MINGUO_YEARS:
        return year + ERAS[MINGUO]
    return year + 2000 if year < 100 else year


def short_year(said_on: date, number: int, *_: object) -> Period | None:
    """28年, 116年, beside a word that shows them to be years and no length."""
    return year_of(in_full(number)) if number in SHORT_YEARS or number in MINGUO_YEARS else None


def century(number: int) -> Period | None:
    """The 22nd century."""
    return years_from((number - 1) * 100, 100, CENTURY) if number in CENTURIES else None


def chinese_day(said_on: date, month: int, day: int, *_: object) -> Period | Token | None:
    """2月3日."""
    return month_day(said_on, month, day) if 1 <= month <= 12 else None
