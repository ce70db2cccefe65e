"""Lengths of time: "two and a half years", "six to twelve months", "五六年", and what softens them."""

from __future__ import annotations

from datetime import date

from predictions.horizons import dates, numerals
from predictions.horizons.calendar import (
    CENTURY,
    MONTH,
    QUARTER,
    Amount,
    Period,
    Span,
    Unit,
    measure,
)
from predictions.horizons.cascade import Layer, Rule

MOST_OR = 12  # "a year or two" is said of small numbers only

NUMBERS = Layer(
    (
        Rule("ORDINAL_PREFIX NUM", "ORD", lambda _, number: number),
        Rule("[TENS TEEN] DASH? (TENS (DASH? ONES)? | TEEN) (?! <U>)", "YEAR", numerals.spoken_year),
        Rule("TENS DASH? ORD", "ORD", numerals.ordinal),
        Rule(
            "ONES SCALE (AND? (HUNDRED | <BELOW100> HUNDRED?) (AND? <BELOW100>)?)?",
            "NUM",
            numerals.spell_thousands,
        ),
        Rule("(A | <BELOW100> | NUM)? HUNDRED (AND? <BELOW100>)? (SCALE)?", "NUM", numerals.spell_thousands),
        Rule("HALF DASH? A? DASH? (HUNDRED | SCALE)", "NUM", lambda _, half, scale: int(half * scale)),
        Rule("(A | <BELOW100> | NUM | DECIMAL) SCALE (AND? <SPELLED>)?", "NUM", numerals.spell),
        Rule("TENS DASH? ONES", "NUM", numerals.spell),
    )
)


def span(said_on: date, count: float, unit: Unit) -> Span:
    """So many units."""
    return Span(measure(count, unit), unit=unit)


def counted(said_on: date, count: float, unit: Unit) -> Span | None:
    """So many units, if there is one: none of them is no time to come."""
    return span(said_on, count, unit) if count else None


def one(said_on: date, unit: Unit) -> Span:
    """A unit, named without a number."""
    return Span(measure(1, unit), unit=unit)


def one_or(said_on: date, unit: Unit, count: float) -> Span | None:
    """A year or two; not "next year or 28"."""
    if count > MOST_OR:
        return None
    return Span(measure(count, unit), measure(1, unit), unit)


def between(said_on: date, low: float, high: float, unit: Unit) -> Span | None:
    """From so many to so many units; not "in 2027, two months late"."""
    if low == high:
        return span(said_on, high, unit)
    if low > high:
        return None
    return Span(measure(high, unit), measure(low, unit), unit)


def between_units(said_on: date, low: float, low_unit: Unit, high: float, high_unit: Unit) -> Span:
    """From six months to two years."""
    return Span(measure(high, high_unit), measure(low, low_unit), high_unit)


def pair(said_on: date, numbers: tuple[int, int], unit: Unit) -> Span:
    """三五年: three to five."""
    return between(said_on, *numbers, unit) or span(said_on, numbers[1], unit)


def and_half(said_on: date, count: float, unit: Unit, half: float) -> Span:
    """A year and a half; 一年半."""
    return span(said_on, count + half, unit)


def one_and_half(said_on: date, unit: Unit, half: float) -> Span:
    """A year and a half, without a number."""
    return span(said_on, 1 + half, unit)


def half_unit(said_on: date, half: float, unit: Unit) -> Span:
    """Half a year."""
    return span(said_on, half, unit)


def number_and_half(said_on: date, count: float, half: float, unit: Unit) -> Span:
    """Two and a half years."""
    return span(said_on, count + half, unit)


def about(said_on: date, count: float, unit: Unit) -> Span:
    """Five-ish years, five or so years, 十来年."""
    return span(said_on, count, unit)._replace(approximate=True)


def some_number(said_on: date, some: float, count: float, unit: Unit) -> Span:
    """Some five years: about five."""
    return about(said_on, count, unit)


def one_to_one_and_half(said_on: date, low: Unit, high: Unit, half: float) -> Span | None:
    """A year, year and a half."""
    return between_units(said_on, 1, low, 1 + half, high) if low is high else None


def numbered_century(said_on: date, number: int, unit: Unit) -> Period | None:
    """二十一世纪后半."""
    return dates.century(number) if unit is CENTURY else None


def between_and_half(said_on: date, low: float, high: float, half: float, unit: Unit) -> Span | None:
    """One to one and a half years."""
    return between(said_on, low, high + half, unit)


def half_to(said_on: date, low: float, half: float, high: float, unit: Unit) -> Span | None:
    """Two and a half to three years."""
    return between(said_on, low + half, high, unit)


def to_and_half(said_on: date, low: float, high: float, unit: Unit, half: float) -> Span | None:
    """一到一年半: one to one and a half."""
    return between(said_on, low, high + half, unit)


def number_and_fraction(said_on: date, count: float, part: float, whole: float, unit: Unit) -> Span | None:
    """Two 1/2 years."""
    return span(said_on, count + part / whole, unit) if whole and part < whole else None


def number_and_quarter(said_on: date, count: float, quarter: Unit, unit: Unit) -> Span | None:
    """One and a quarter years."""
    return span(said_on, count + 0.25, unit) if quarter is QUARTER else None


def quarters_of(said_on: date, count: float, quarter: Unit, unit: Unit) -> Span | None:
    """Three quarters of a year."""
    return span(said_on, count / 4, unit) if quarter is QUARTER and unit.months > QUARTER.months else None


def quarter_of(said_on: date, quarter: Unit, unit: Unit) -> Span | None:
    """A quarter of a century."""
    return quarters_of(said_on, 1, quarter, unit)


def and_a_quarter(said_on: date, count: float, unit: Unit, quarter: Unit) -> Span | None:
    """One year and a quarter: of a year, that is three months."""
    return span(said_on, count + 0.25, unit) if quarter is QUARTER and unit.months else None


def year_or_length(said_on: date, *values: object) -> str | None:
    """116年: a year to come in Taiwan, or that many years; nothing beside it tells which."""
    numbers = [value for value in values if isinstance(value, int)]
    to_come = all(n in dates.MINGUO_YEARS and dates.in_full(n) >= said_on.year for n in numbers)
    return "year or length" if to_come else None


# what shows a number of years to be a length, before it or after it, and what shows it to be a year
MEASURED = "[TAKE AHEAD_PRE NEXT_PRE UPPER LOWER MORE_THAN APPROX LAST PAST EVERY]"
MEASURING = "[FROM_NOW LATER WITHIN_POST BEFORE_POST LAI AGO UPPER UPPER_POST LOWER_POST APPROX_POST HALF ONLY_THEN TIMES]"
DATING = "[TO DASH QTR HALF_POST SEASON] | NUM YUE"

SPANS = Layer(
    (
        Rule(
            "(?<= YEAR NIAN [TO DASH]) NUM NIAN (?! [FROM_NOW LATER WITHIN_POST])", "PERIOD", dates.short_year
        ),
        Rule(
            f"(?<! {MEASURED}) (FROM | BETWEEN)? (NUM NIAN? [TO DASH])? NUM NIAN (?! OF? {MEASURING} | OF? {DATING})",
            "REFUSED",
            year_or_length,
        ),
        Rule("BETWEEN <N> AND <N> DASH? UNIT", "SPAN", between),
        Rule("BETWEEN <N> <U> AND <N> DASH? <U>", "SPAN", between_units),
        Rule(
            "(FROM | BETWEEN)? (<N> ISH? DASH? UNIT | <C> NIAN) <RANGE> (<N> ISH? DASH? UNIT | <C> NIAN) (?! HALF | COMMA? [UPPER UPPER_POST AT_LATEST] <ENDS>)",
            "SPAN",
            between_units,
        ),
        Rule(
            "(BETWEEN | FROM)? (A | THE)? <N> ISH? <RANGE> (APPROX | A)? <N> ISH? DASH? UNIT", "SPAN", between
        ),
        Rule("<N> <RANGE> <N> AND? A? HALF <U>", "SPAN", between_and_half),
        Rule("<N> AND? A? HALF <RANGE> <N> <U>", "SPAN", half_to),
        Rule("<C> <RANGE> <C> <U> HALF (?! [UNIT NIAN])", "SPAN", to_and_half),
        Rule("(BETWEEN | FROM)? <C> <RANGE> <C> NIAN (?! NUM YUE)", "SPAN", between),
        Rule("A (UNIT | NIAN) (OR | DASH? TO DASH?) <N> (?! DASH? [UNIT NIAN MONTH])", "SPAN", one_or),
        Rule("<N> DASH? <U> AND? A? HALF (?! A? [UNIT NIAN])", "SPAN", and_half),
        Rule("A UNIT COMMA A? UNIT AND A HALF", "SPAN", one_to_one_and_half),
        Rule("A <U> AND A? HALF (?! A? [UNIT NIAN])", "SPAN", one_and_half),
        Rule("<N> DASH? AND? DASH? A? DASH? HALF DASH? OF? A? <U>", "SPAN", number_and_half),
        Rule("<N> AND A UNIT <U>", "SPAN", number_and_quarter),
        Rule("<N> <U> AND A UNIT", "SPAN", and_a_quarter),
        Rule("<N> UNIT OF? A <U>", "SPAN", quarters_of),
        Rule("A? UNIT OF? A? UNIT", "SPAN", quarter_of),
        Rule("<N> NUM SLASH NUM DASH? <U>", "SPAN", number_and_fraction),
        Rule("(?<! ORD) (?<! ORD DASH) HALF DASH? OF? (A | THE)? DASH? <U>", "SPAN", half_unit),
        Rule("<N> GE_BAN", "SPAN", lambda said_on, count, unit: span(said_on, count + 0.5, unit)),
        Rule("PAIR <U>", "SPAN", pair),
        Rule("PAIR RI (?= [WITHIN_POST FROM_NOW BEFORE_POST])", "SPAN", pair),
        Rule("<N> RI (?= [WITHIN_POST FROM_NOW])", "SPAN", counted),
        Rule("(?<! [TO DASH UNTIL AND FROM OF]) <N> DASH? [NEXT COMING FOLLOWING] UNIT", "WINDOW", counted),
        Rule("NUM UNIT (?= OF? [PART_POST HALF_POST])", "PERIOD", numbered_century),
        Rule(
            "(?<! <LASTING>) (?<! AHEAD_PRE) NUM NIAN (?= OF? [QTR HALF_POST SEASON])",
            "PERIOD",
            dates.short_year,
        ),
        Rule("<C> DASH? <U> (?! NUM YUE)", "SPAN", counted),
        Rule("<N> UNIT", "SPAN", counted),
        Rule("<N> DASH? [ISH LAI APPROX_POST] DASH? <U>", "SPAN", about),
        Rule("ISH_NUM DASH? <U>", "SPAN", about),
        Rule("SOME <N> DASH? <U>", "SPAN", some_number),
        # more than that many, and nobody says how many more
        Rule("<C> DASH? SOME DASH? <U>", "REFUSED", lambda *_: "vague"),
        Rule("SOME YUE", "SPAN", lambda said_on, count: span(said_on, count, MONTH)),
        Rule("SOME RI (?= [WITHIN_POST FROM_NOW])", "SPAN", counted),
        Rule("<N> MORE UNIT", "SPAN", counted),
        Rule("SOME <U>", "SPAN", counted),
        Rule("ANOTHER <N> <U>", "SPAN", counted),
        Rule("[ANOTHER ALL] DASH? UNIT", "SPAN", one),
        Rule("A UNIT", "WSPAN", one),
        Rule("THE [NEXT COMING] UNIT AND A? HALF", "WINDOW", one_and_half),
        Rule("THE [NEXT COMING] UNIT UNIT", "WINDOW", quarter_of),
        Rule("(?<! [OF PART LATER]) THE? [NEXT COMING] UNIT OR <N> (?! <U>)", "WINDOW", one_or),
        Rule("(?<! [OF PART LATER]) THE [NEXT COMING] UNIT", "WINDOW", one),
    )
)


def sum_of(said_on: date, *spans: Span) -> Span | None:
    """One year, two months and three days; None when a unit comes twice, or one of them is a range."""
    units = {span.unit for span in spans}
    if len(spans) == 2 and len(units) == 1 and spans[0].high != spans[1].high:
        return spread(said_on, *spans)  # 十年八年
    if len(units) < len(spans) or any(span.low for span in spans):
        return None
    total = Amount(sum(span.high.months for span in spans), sum(span.high.days for span in spans))
    return Span(total, unit=max(units, key=lambda unit: (unit.months, unit.days)))


def spread(said_on: date, first: Span, second: Span) -> Span:
    """Six months to two years."""
    low, high = sorted((first.high, second.high), key=lambda a: a.months * 30 + a.days)
    return Span(high, low if low != high else None, second.unit)


def toward(said_on: date, first: Span, count: float) -> Span:
    """Five years, maybe six: the unit is understood."""
    high = measure(count, first.unit)
    low = first.low or first.high
    if weight(high) >= weight(low):
        return first._replace(low=low, high=high)
    return first._replace(estimate=high)


def capped(said_on: date, likely: Span, most: float | Span) -> Span | None:
    """Two years, three at most: an estimate and its outer bound."""
    high = most.high if isinstance(most, Span) else measure(most, likely.unit)
    if weight(high) <= weight(likely.high):
        return None
    return Span(high, unit=likely.unit, approximate=likely.approximate, upper=True, estimate=likely.high)


def weight(amount: Amount) -> int:
    """An amount in days, near enough to compare amounts."""
    return amount.months * 30 + amount.days + amount.workdays


COMPOUNDS = Layer(
    (
        Rule("<S> COMMA (<N> | <S>) COMMA? [UPPER UPPER_POST AT_LATEST] <ENDS>", "SPAN", capped),
        Rule("<S> COMMA [UPPER AT_LATEST] <N> <ENDS>", "SPAN", capped),
        Rule("WINDOW COMMA? MAYBE <N> <ENDS>", "WINDOW", toward),
        Rule("[SPAN WSPAN] DASH? TO DASH? [SPAN WSPAN]", "SPAN", spread),
        Rule("[SPAN WSPAN] COMMA? OR COMMA? MAYBE? [SPAN WSPAN]", "SPAN", spread),
        Rule("BETWEEN [SPAN WSPAN] AND [SPAN WSPAN]", "SPAN", spread),
        Rule("SPAN ((AND | AGAIN | COMMA)? SPAN){1,4}", "SPAN", sum_of),
        Rule(
            "[SPAN WSPAN] COMMA? (OR? [MAYBE FALLBACK] COMMA? | OR COMMA?) <N> (?! DASH? [UNIT NIAN WORD SPAN PERIOD MONTH])",
            "SPAN",
            toward,
        ),
    )
)


def approximately(said_on: date, measured: Span) -> Span:
    """About, or so, give or take: near the number said."""
    return measured._replace(approximate=True)


def at_most(said_on: date, measured: Span) -> Span:
    """Or less, at most, within: no longer than the number said."""
    return measured._replace(upper=True)


def tolerant(said_on: date, measured: Span, tolerance: Span) -> Span:
    """Ten years, give or take two."""
    return measured._replace(approximate=True, tolerance=tolerance.high)


def tolerant_count(said_on: date, measured: Span, count: float) -> Span:
    """Ten years, plus or minus two."""
    return measured._replace(approximate=True, tolerance=measure(count, measured.unit))


S = "[SPAN WSPAN]"

SOFTENED = Layer(
    (
        Rule(f"NOT [SAY TAKE]{{0,4}} MORE_THAN THE? {S}", "SPAN", at_most),
        Rule(
            f"[LOWER MORE_THAN] [THE TAKE SAY AHEAD_PRE]{{0,2}} {S} (UPPER_POST | LOWER_POST)? ([FROM_NOW LATER WITHIN_POST TIME])? ([FROM_NOW])?",
            "REFUSED",
            lambda *_: "at least",
        ),
        Rule(f"{S} LOWER_POST ([FROM_NOW LATER WITHIN_POST])?", "REFUSED", lambda *_: "at least"),
        Rule(f"[APPROX MAYBE]{{0,3}} {S} COMMA? APPROX_POST {S}", "SPAN", tolerant),
        Rule(f"{S} COMMA? APPROX_POST <N> (?! <U>)", "SPAN", tolerant_count),
        Rule(
            f"UPPER THE? APPROX? {S} APPROX_POST",
            "SPAN",
            lambda said_on, s: approximately(said_on, at_most(said_on, s)),
        ),
        Rule(
            f"UPPER THE? APPROX {S}", "SPAN", lambda said_on, s: approximately(said_on, at_most(said_on, s))
        ),
        Rule(f"APPROX UPPER {S}", "SPAN", lambda said_on, s: approximately(said_on, at_most(said_on, s))),
        Rule(f"UPPER THE? {S}", "SPAN", at_most),
        Rule(
            f"APPROX {S} COMMA? UPPER_POST",
            "SPAN",
            lambda said_on, s: approximately(said_on, at_most(said_on, s)),
        ),
        Rule(f"{S} COMMA? UPPER_POST", "SPAN", at_most),
        Rule(f"{S} COMMA? UPPER (?! COMMA? [NUM ONES TEEN TENS SPAN WSPAN])", "SPAN", at_most),
        Rule(f"APPROX COMMA? THE? {S} (COMMA? APPROX_POST)?", "SPAN", approximately),
        Rule("LAST SPAN (?= FROM_NOW)", "SPAN", approximately),  # 近十年后
        Rule(f"{S} COMMA? APPROX_POST", "SPAN", approximately),
        Rule(f"{S} DASH? ISH", "SPAN", approximately),
        Rule("APPROX THE? (WINDOW)", "WINDOW", approximately),
        Rule("WINDOW COMMA? APPROX_POST", "WINDOW", approximately),
        Rule(f"APPROX_POST APPROX? {S}", "REFUSED", lambda *_: "tolerance"),
    )
)
