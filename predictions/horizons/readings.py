"""From spans and periods to dates: in N, within N, by a period, before it, at it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from predictions.horizons.calendar import (
    QUARTER,
    WEEK,
    WEEKEND,
    Amount,
    Period,
    Span,
    Unit,
    add,
    add_days,
    day_of,
    period_around,
    subtract,
)
from predictions.horizons.dates import WEEKLY, day_of_month
from predictions.horizons.spans import toward

VAGUENESS = 5  # "about N" admits a fifth of N more or less


class Reading(NamedTuple):
    """Four dates and how they were come by; a Horizon without its words."""

    earliest: date
    nominal: date
    deadline: date
    latest: date
    kind: str
    rule: str
    approximate: bool = False


def padded(deadline: date, days: int) -> date:
    """A date with its vagueness added, as far as the calendar goes."""
    return deadline + timedelta(days=min(days, date.max.toordinal() - deadline.toordinal()))


def vagueness(said_on: date, deadline: date, tolerance: Amount | None) -> tuple[date, date]:
    """The days that "about" admits before and after a deadline: a fifth of the span, or the tolerance given."""
    if tolerance:
        return max(said_on, subtract(deadline, tolerance)), add(deadline, tolerance)
    days = (deadline - said_on).days // VAGUENESS
    return add_days(deadline, -days), padded(deadline, days)


def from_now(said_on: date, span: Span, *_: object) -> Reading:
    """In N, N from now: on the day N after it was said; in N to M: between the two."""
    if span.upper:
        return within(said_on, span)
    deadline = add(said_on, span.high)
    earliest = add(said_on, span.low) if span.low else deadline
    latest = deadline
    if span.approximate:
        early, latest = vagueness(said_on, deadline, span.tolerance)
        earliest = earliest if span.low else early
    if earliest > deadline:
        earliest = deadline
    nominal = add(said_on, span.estimate) if span.estimate else deadline
    kind, rule = ("range", "N to M") if span.low else ("from_now", "in N")
    return Reading(
        min(earliest, nominal), min(nominal, deadline), deadline, latest, kind, rule, span.approximate
    )


def toward_from_now(said_on: date, span: Span, count: float) -> Reading:
    """Three years from now, maybe four."""
    return from_now(said_on, toward(said_on, span, count))


def within(said_on: date, span: Span, *_: object) -> Reading:
    """Within N, N or less: any day up to N after it was said."""
    deadline = add(said_on, span.high)
    latest = vagueness(said_on, deadline, span.tolerance)[1] if span.approximate else deadline
    nominal = min(add(said_on, span.estimate), deadline) if span.estimate else deadline
    return Reading(said_on, nominal, deadline, latest, "within", "within N", span.approximate)


def next_span(said_on: date, span: Span) -> Reading:
    """Over the next N: any day up to N after it was said; the next N to M: between the two."""
    reading = within(said_on, span)
    if span.low and not span.upper:
        return reading._replace(earliest=add(said_on, span.low), kind="range", rule="N to M")
    return reading._replace(rule="the next N")


def next_periods(said_on: date, span: Span) -> Reading:
    """The next two quarters, named without "in" or "over": whole quarters of the calendar."""
    if span.unit is QUARTER and span.high.months and not span.high.months % 3:
        first = period_around(said_on, QUARTER, 1)
        last = period_around(said_on, QUARTER, span.high.months // 3)
        return Reading(first.first, last.last, last.last, last.last, "at", "the next N quarters")
    return next_span(said_on, span)


def span_from(said_on: date, span: Span, period: Period) -> Reading | None:
    """Two weeks from tomorrow, two years after 2030: counted from the period's last day."""
    if period.last < said_on and not period.cycle:
        return None
    counted = from_now(period.last, span)
    if span.upper:
        return counted._replace(earliest=said_on)
    return counted._replace(rule="N after a day")


def span_before(said_on: date, span: Span, period: Period) -> Reading | None:
    """Five days before New Year."""
    day = subtract(period.last if period.edge else period.first, span.high)
    return Reading(day, day, day, day, "at", "N before a day") if day >= said_on else None


def span_on_weekday(said_on: date, span: Span, period: Period) -> Reading | None:
    """In two weeks, on Monday: of that week; in two months, on Monday: the first one then."""
    if period.cycle != WEEKLY:
        return None
    target = add(said_on, span.high)
    shift = period.first.weekday() - target.weekday()
    if span.unit.months and shift < 0:
        shift += 7
    day = add_days(target, shift)
    return Reading(day, day, day, day, "at", "a weekday of that week")


def week_on(said_on: date, span: Span, period: Period) -> Reading | None:
    """A week on Tuesday: so many weeks after the coming Tuesday."""
    return span_from(said_on, span, period) if span.unit is WEEK and period.cycle == WEEKLY else None


def weekday_span(said_on: date, period: Period, span: Span) -> Reading | None:
    """Monday, two weeks from now."""
    return span_on_weekday(said_on, span, period)


def nth_weekday_on(said_on: date, count: float, period: Period, *_: object) -> Reading | None:
    """Two Sundays from now."""
    if period.cycle != WEEKLY or count != int(count) or count < 1:
        return None
    return at(said_on, day_of(add_days(period.first, 7 * (int(count) - 1))))


def by(said_on: date, period: Period) -> Reading:
    """By, no later than, until: any day up to the period's last."""
    return up_to(said_on, period.last, period, "by")


def by_span(said_on: date, span: Span) -> Reading:
    """By five years from now."""
    return within(said_on, span)._replace(kind="by", rule="by")


def before(said_on: date, period: Period) -> Reading:
    """Before a period: up to the eve of its first day; before the end of one: up to that end."""
    if period.edge:
        return up_to(said_on, period.last, period, "before the end")
    if period.cycle and period.first <= said_on:
        period = period._replace(first=add(period.first, period.cycle), last=add(period.last, period.cycle))
    return up_to(said_on, add_days(period.first, -1), period, "before")


def up_to(said_on: date, deadline: date, period: Period, rule: str) -> Reading:
    """Any day from the one on which it was said to a deadline."""
    latest = (
        padded(deadline, (deadline - said_on).days // VAGUENESS)
        if period.approximate and deadline > said_on
        else deadline
    )
    return Reading(min(said_on, deadline), deadline, deadline, latest, "by", rule, period.approximate)


def at(said_on: date, period: Period) -> Reading:
    """In a period: from its first day to its last."""
    deadline = period.last
    earliest = min(max(period.first, said_on), deadline)
    kind, rule = ("range", "from one period to another") if period.ranged else ("at", "a period")
    if period.first == deadline:
        rule = "a day"
    if not period.approximate or deadline < said_on:
        return Reading(earliest, deadline, deadline, deadline, kind, rule)
    pad = (deadline - said_on).days // VAGUENESS
    return Reading(
        max(said_on, add_days(earliest, -pad)),
        deadline,
        deadline,
        padded(deadline, pad),
        kind,
        rule,
        approximate=True,
    )


def at_unit(said_on: date, unit: Unit) -> Reading | None:
    """In the year, within the decade: the current one."""
    if not unit.months and unit.days < WEEK.days:
        return None  # "during the day" is no horizon
    return at(said_on, period_around(said_on, unit))


def at_weekend(said_on: date, unit: Unit) -> Reading | None:
    """Weekend, and nothing else: this one."""
    return at_unit(said_on, unit) if unit is WEEKEND else None


def at_day_of_month(said_on: date, day: int) -> Reading | None:
    """The 27th; "the first" and "the second" are more often not days."""
    period = day_of_month(said_on, int(day)) if day > 3 else None
    return at(said_on, period) if period else None


def before_day_of_month(said_on: date, day: int) -> Reading | None:
    """Before the 27th."""
    period = day_of_month(said_on, int(day))
    return before(said_on, period) if period else None


def by_day_of_month(said_on: date, day: int) -> Reading | None:
    """By the 27th."""
    period = day_of_month(said_on, int(day))
    return by(said_on, period) if period else None


def same_time(said_on: date, period: Period) -> Reading:
    """This time next year: about then."""
    pad = (period.last - said_on).days // VAGUENESS
    return Reading(
        max(said_on, add_days(period.first, -pad)),
        period.last,
        period.last,
        padded(period.last, pad),
        "from_now",
        "this time again",
        approximate=True,
    )
