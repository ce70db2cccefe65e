"""Calendar arithmetic agrees with dateutil, and parts of periods are where people put them."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from predictions.horizons import calendar
from predictions.horizons.calendar import Amount, Period

days = st.dates(min_value=date(1600, 1, 1), max_value=date(2900, 12, 31))


@given(days, st.integers(-2000, 2000), st.integers(-5000, 5000))
def test_adding_agrees_with_dateutil(day: date, months: int, extra: int) -> None:
    assert calendar.add(day, Amount(months, extra)) == day + relativedelta(months=months, days=extra)


@given(days, st.integers(1, 40))
def test_working_days_skip_the_weekend(day: date, count: int) -> None:
    after = calendar.add_workdays(day, count)
    assert after.weekday() < 5
    between = (date.fromordinal(n) for n in range(day.toordinal() + 1, after.toordinal() + 1))
    assert sum(d.weekday() < 5 for d in between) == count


@given(
    days,
    st.sampled_from(
        [
            calendar.WEEK,
            calendar.MONTH,
            calendar.QUARTER,
            calendar.HALF_YEAR,
            calendar.YEAR,
            calendar.DECADE,
            calendar.CENTURY,
        ]
    ),
)
def test_a_period_holds_its_day_and_the_next_one_follows(day: date, unit: calendar.Unit) -> None:
    period, following = calendar.period_around(day, unit), calendar.period_around(day, unit, 1)
    assert period.first <= day <= period.last
    assert calendar.add_days(period.last, 1) == following.first


@given(
    days,
    st.sampled_from(
        [calendar.WEEK, calendar.MONTH, calendar.QUARTER, calendar.YEAR, calendar.DECADE, calendar.CENTURY]
    ),
)
def test_thirds_begin_and_end_with_the_period_and_are_in_order(day: date, unit: calendar.Unit) -> None:
    period = calendar.period_around(day, unit)
    early, middle, late = (calendar.third_of(period, n) for n in range(3))
    assert (early.first, late.last) == (period.first, period.last)
    assert early.last < middle.last < late.last
    assert early.first < middle.first < late.first


@pytest.mark.parametrize(
    ("period", "third", "first", "last"),
    [
        (calendar.year_of(2027), 0, "2027-01-01", "2027-04-30"),
        (calendar.year_of(2027), 1, "2027-05-01", "2027-08-31"),
        (calendar.month_of(2028, 2), 2, "2028-02-21", "2028-02-29"),
        (calendar.years_from(2030, 10, calendar.DECADE), 0, "2030-01-01", "2033-12-31"),
        (calendar.years_from(2030, 10, calendar.DECADE), 1, "2034-01-01", "2036-12-31"),
        (calendar.week_of(date(2026, 2, 5)), 0, "2026-02-02", "2026-02-04"),
    ],
)
def test_thirds_are_cut_in_whole_months_years_and_days(
    period: Period, third: int, first: str, last: str
) -> None:
    part = calendar.third_of(period, third)
    assert (part.first.isoformat(), part.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("count", "unit", "amount"),
    [
        (2.5, calendar.YEAR, Amount(30)),
        (1.5, calendar.MONTH, Amount(1, 15)),
        (0.5, calendar.MONTH, Amount(0, 15)),
        (2.5, calendar.DAY, Amount(0, 2)),
        (25, calendar.HOUR, Amount(0, 2)),
        (0.5, calendar.CENTURY, Amount(600)),
    ],
)
def test_fractions_become_months_then_days(count: float, unit: calendar.Unit, amount: Amount) -> None:
    assert calendar.measure(count, unit) == amount
