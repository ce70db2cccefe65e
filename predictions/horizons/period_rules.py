"""The rules that find stretches of the calendar, in the order in which they are put together."""

from __future__ import annotations

from predictions.horizons import calendar, dates, parts, periods
from predictions.horizons.cascade import Layer, Rule, Token

ATOMS = Layer(
    (
        Rule("DATE8", "PERIOD", dates.digits8),
        Rule("YEAR <SEP> <D> <SEP> <D>", "PERIOD", dates.year_month_day),
        Rule("YEAR <SEP> <MON> <SEP> <D>", "PERIOD", dates.year_month_day),
        Rule("YEAR <SEP> <D> <SEP> <MON>", "PERIOD", dates.year_month_day),
        Rule("<MON> <SEP> <D> <SEP> YEAR", "PERIOD", dates.month_day_year),
        Rule("<MON> <SEP> YEAR <SEP> <D>", "PERIOD", dates.month_year_day),
        Rule("<D> <SEP> <MON> <SEP> YEAR", "PERIOD", dates.day_month_year),
        Rule("<D> <SEP> YEAR <SEP> <MON>", "PERIOD", dates.day_year_month),
        Rule("<MON> STOP? THE? <D> COMMA? (OF | IN)? YEAR", "PERIOD", dates.month_day_year),
        Rule("THE? <D> STOP? OF? <MON> STOP? COMMA? (OF | IN)? YEAR", "PERIOD", dates.day_month_year),
        Rule("NUM SLASH NUM SLASH [YEAR NUM]", "PERIOD", dates.month_day_year),
        Rule("NUM DASH NUM DASH [YEAR NUM]", "PERIOD", dates.month_day_year),
        Rule("[YEAR NUM] NIAN NUM YUE NUM RI?", "PERIOD", dates.chinese_date),
        Rule("[YEAR NUM] NIAN NUM YUE", "PERIOD", dates.chinese_month),
        Rule("NUM YUE NUM RI?", "PERIOD", dates.chinese_day),
        Rule("NUM YUE", "PERIOD", dates.month),
        Rule("(?<! <LASTING>) NUM EDGE_POST", "PERIOD", parts.month_edge),
        Rule("NEXT_PRE NUM EDGE_POST", "PERIOD", parts.next_month_edge),
        Rule("NUM MONTH_PART", "PERIOD", parts.month_part),
        Rule("NUM RI", "PERIOD", lambda said_on, day, _: dates.day_of_month(said_on, day)),
        Rule("[QTR HALFYEAR] OF? FISCAL UNIT? (NUM | YEAR)?", "REFUSED", parts.fiscal),
        Rule(
            "(ORD UNIT OF?)? (THIS | NEXT | THE)? FISCAL UNIT? (NUM | YEAR)? (QTR | HALFYEAR | ORD UNIT)?",
            "REFUSED",
            parts.fiscal,
        ),
        Rule("THE UNIT OF YEAR (?! DASH)", "PERIOD", periods.named_year),
        Rule("(THE | THIS)? UNIT YEAR (?! DASH)", "PERIOD", periods.named_year),
        Rule(
            "[YEAR NUM RELATIVE] NIAN? OF? FISCAL OF? (QTR | HALFYEAR | HALF_POST | ORD UNIT)?",
            "REFUSED",
            parts.fiscal,
        ),
        Rule("QTR [SLASH DASH] NUM (?! [SLASH DASH QTR])", "PERIOD", periods.quarter),
        Rule("CY [YEAR NUM]", "PERIOD", periods.short_year),
        Rule("QTR (NUM (?! <U>))?", "PERIOD", periods.quarter),
        Rule("HALFYEAR (NUM (?! <U>))?", "PERIOD", periods.half_year),
        Rule(
            "(THE | NEXT | THIS)? <MON> STOP? [DASH SLASH COMMA]? THE? (ORD | NUM | <BELOW100>) (?! [WORD])",
            "PERIOD",
            dates.month_day,
        ),
        Rule("MONTH STOP? THE? ORD", "PERIOD", dates.month_day),
        Rule("(THE | NEXT | THIS)? <D> STOP? UNIT? OF? <MON>", "PERIOD", dates.day_month),
        Rule("YEAR [DASH SLASH] NUM (?! [DASH SLASH NUM])", "PERIOD", dates.year_month),
        Rule("NUM [DASH SLASH] YEAR (?! [DASH SLASH])", "PERIOD", dates.month_year),
        Rule(
            "((?<! [SLASH DASH]) | (?<= NUM SLASH NUM DASH)) NEXT? NUM SLASH NUM (?! [WORD SLASH]) (?! DASH YEAR)",
            "WPERIOD",
            dates.numeric_day,
        ),
        Rule("(?<! [FROM BETWEEN TO]) NUM DASH NUM (?! [WORD SLASH DASH])", "WPERIOD", dates.numeric_day),
        Rule("(THIS | NEXT | COMING) MONTH", "PERIOD", dates.month),
        Rule("MONTH", "PERIOD", dates.month),
        Rule("[THIS NEXT COMING] MODAL_MONTH (?! [WORD SAY NOT MAYBE])", "PERIOD", dates.month),
        # "may" and "march" are months only in the company of a preposition or a year, or alone
        Rule(
            "((?<= [IN BY BEFORE UNTIL AFTER OF PART LATER TO APPROX BETWEEN FROM SINCE EARLIEST THROUGH]) | (?<= PART DASH)) MODAL_MONTH",
            "WPERIOD",
            dates.month,
        ),
        Rule(
            "MODAL_MONTH (?= [COMMA OF IN]? YEAR | [OR TO AND DASH] MONTH | OF? NEXT UNIT)",
            "WPERIOD",
            dates.month,
        ),
        Rule("(?<! .) MODAL_MONTH (?! .)", "WPERIOD", dates.month),
        Rule("(THE | THIS)? DECADES", "PERIOD", periods.decade),
        Rule("(?<= [THE PART DASH]) SHORT_DECADES", "PERIOD", periods.decade),
        Rule("[YEAR NUM] DECADE_POST", "PERIOD", periods.century_decade),
        Rule("RELATIVE OF? NUM DECADE_POST", "PERIOD", periods.decade_of_relative),
        Rule("THE? [SEASON WEAK_SEASON] AFTER THE? NEXT", "PERIOD", periods.season_after_next),
        Rule("NEXT [SEASON WEAK_SEASON]", "PERIOD", periods.next_season),
        Rule("(THIS | NEXT | COMING | FOLLOWING) [SEASON WEAK_SEASON]", "PERIOD", periods.season),
        Rule("SEASON", "PERIOD", periods.season),
        Rule("WEAK_SEASON", "WPERIOD", periods.season),
        Rule("HOLIDAY [OF IN COMMA]? YEAR", "PERIOD", periods.holiday),
        Rule("HOLIDAY [OF IN COMMA]? NEXT UNIT", "PERIOD", periods.holiday_next),
        Rule("(THIS | NEXT | COMING)? HOLIDAY", "PERIOD", periods.holiday),
        Rule("REST OF? (THE | THIS)? UNIT", "PERIOD", periods.rest),
        Rule("THE? <WD> AFTER THE? NEXT", "PERIOD", periods.weekday_after_next),
        Rule("THE? UNIT AFTER THE? NEXT (?! [UNIT WEEKDAY MONTH SPAN])", "PERIOD", periods.after_next),
        Rule("THIS [NEXT COMING]? UNIT", "PERIOD", periods.this),
        Rule("THIS [WEEKDAY WEEKDAY_ABBR]", "PERIOD", periods.this_weekday),
        Rule("(THIS)? [COMING] <WD>", "PERIOD", periods.weekday),
        Rule("THIS NEXT <WD>", "PERIOD", periods.weekday),
        Rule("[NEXT FOLLOWING] <WD>", "PERIOD", periods.next_weekday),
        Rule("THE? FOLLOWING UNIT", "PERIOD", periods.next_),
        Rule("[NEXT COMING] UNIT", "PERIOD", periods.next_),
        Rule("RELATIVE OF? NUM RI", "PERIOD", parts.relative_day),
        Rule("RELATIVE RI", "PERIOD", lambda said_on, which, _: periods.relative_weekday(said_on, which, 7)),
        Rule("RELATIVE NUM (?! [UNIT NIAN YUE RI])", "PERIOD", periods.relative_weekday),
        Rule("YEARS", "PERIOD", periods.years_ahead),
        Rule("LAI NIAN", "PERIOD", periods.next_),
        Rule("RELATIVE", "PERIOD", periods.relative),
        Rule("DAYWORD", "PERIOD", periods.day_word),
        Rule("(?<= [BY BEFORE UNTIL FROM AFTER TO BETWEEN AND]) TODAY", "WPERIOD", periods.day_word),
        Rule("TODAY (?= [TO UNTIL AND])", "WPERIOD", periods.day_word),
        Rule("<ALONE> TODAY <ENDS>", "WPERIOD", periods.day_word),
        Rule("THE? TURN", "PERIOD", parts.turn),
        Rule("YEAR NIAN (WITHIN_POST)?", "PERIOD", dates.calendar_year),
        Rule("NIAN WITHIN_POST", "PERIOD", periods.this),
        Rule("YEAR", "WPERIOD", dates.calendar_year),
        Rule(
            "<WD> COMMA? THE? [ORD NUM] (?! [UNIT NIAN SLASH DASH OF MONTH MODAL_MONTH STOP])",
            "PERIOD",
            periods.weekday_day,
        ),
    )
)

ANCHORED = Layer(
    (
        Rule("THE? [ORD NUM] OF <P>", "PERIOD", parts.day_in),
        Rule("THE ORD OF THE UNIT", "PERIOD", parts.day_in_unit),
        Rule("THE? ORD UNIT OF <P>", "PERIOD", parts.nth_of),
        Rule("<P> [DASH SLASH COMMA STOP OF IN]{0,2} THE? AT? <P>", "PERIOD", periods.together),
    )
)

WEEKDAYS = Layer(
    (
        Rule("<NTH> <WD> <IN_IT> <P>", "PERIOD", periods.nth_weekday),
        Rule(
            "<P> OF? <NTH> <WD>",
            "PERIOD",
            lambda said_on, period, nth, number: periods.nth_weekday(said_on, nth, number, period),
        ),
        Rule("<WD> [COMMA AT OF IN]{0,2} THE? <P>", "PERIOD", periods.weekday_with),
        Rule("<P> AT? <WD>", "PERIOD", periods.week_weekday),
        Rule("WEEKDAY UNIT", "PERIOD", periods.weekday_week),
        Rule("A WEEKDAY", "WORD", lambda *_: Token("WORD", None)),  # "on a Tuesday" says which day, not when
        Rule("WEEKDAY", "PERIOD", periods.weekday),
        # "sun" and "sat" are days only in the company of a preposition, or alone
        Rule(
            "(?<= [AT BY BEFORE UNTIL TO AND OR FROM BETWEEN COMMA]) WEEKDAY_ABBR (?! WORD)",
            "PERIOD",
            periods.weekday,
        ),
        Rule("(?<! .) WEEKDAY_ABBR (?= <P> | [TO AND COMMA DASH])", "PERIOD", periods.weekday),
        Rule("(?<! .) WEEKDAY_ABBR (?! .)", "PERIOD", periods.weekday),
    )
)

WITHIN_PERIODS = Layer(
    (
        # the first quarter of the game
        Rule("THE? <NTH> DASH? (UNIT | HALF) OF? THE WORD", "WORD", lambda *_: Token("WORD", None)),
        Rule(
            "THE? ORD DASH? HALF <IN_IT> <P>",
            "PERIOD",
            lambda said_on, half, _, period: parts.half_of_period(said_on, half, period),
        ),
        Rule("HALF_PART <IN_IT> <P>", "PERIOD", parts.half_of_period),
        Rule(
            "THE? ORD DASH? HALF <IN_IT> UNIT",
            "PERIOD",
            lambda said_on, half, _, unit: parts.half_alone(said_on, half, unit),
        ),
        Rule("HALF_PART <IN_IT> UNIT", "PERIOD", parts.half_alone),
        Rule("THE? ORD DASH? HALF", "PERIOD", lambda said_on, half, _: parts.half_alone(said_on, half)),
        Rule("HALF_PART", "PERIOD", parts.half_alone),
        Rule("HALF_THIS", "PERIOD", lambda said_on, which: parts.half_alone(said_on, *which)),
        Rule(
            "<P> OF? HALF_THIS",
            "PERIOD",
            lambda said_on, period, which: parts.half_of_period(said_on, which[0], period),
        ),
        Rule("<P> OF? HALF_POST", "PERIOD", parts.half_after),
        Rule("HALF_POST", "PERIOD", parts.half_alone),
        Rule("THE? <NTH> DASH? UNIT <IN_IT> <P>", "PERIOD", parts.nth_of),
        Rule("THE? <NTH> SPAN <IN_IT> <P>", "PERIOD", parts.nths_of),
        Rule("THE? <NTH> UNIT <IN_IT> UNIT", "PERIOD", parts.nth_of_unit),
        Rule("<P> OF? <NTH> UNIT", "PERIOD", parts.of_nth),
        Rule("<P> OF? <NTH> SPAN", "PERIOD", parts.of_nths),
        Rule(
            "<P> OF? BEFORE_POST SPAN",
            "PERIOD",
            lambda said_on, period, span: parts.of_nths(said_on, period, 1, span),
        ),
        Rule("UNIT NUM (OF <P>)?", "PERIOD", periods.week_number),
        Rule("UNIT (OF | FROM | AT | BETWEEN)+ THE? [ORD NUM]", "PERIOD", periods.week_with_day),
        Rule("UNIT OF? (FROM | AT)? <P>", "PERIOD", periods.week_with),
        Rule("THE? <NTH> UNIT", "PERIOD", parts.nth_alone),
    )
)

PARTS = Layer(
    (
        Rule("[PART LATER] DASH? <IN_IT> <P>", "PERIOD", parts.part_of),
        Rule("PART DASH? OF? UNIT DASH? [NUM ONES TEEN TENS] (?! SCALE)", "REFUSED", parts.numbered),
        Rule("[PART LATER] DASH? <IN_IT> UNIT", "PERIOD", parts.part_of_unit),
        Rule("PART DASH? [TO OR] DASH? PART <IN_IT> <P>", "PERIOD", parts.part_to_part),
        Rule(
            "PART PART <IN_IT> <P>",
            "PERIOD",
            lambda said_on, _, part, period: parts.part_of(said_on, part, period),
        ),
        Rule(
            "PART <IN_IT> NEXT  <ENDS>",
            "PERIOD",
            lambda said_on, part: parts.part_of(said_on, part, periods.next_(said_on, calendar.YEAR)),
        ),
        Rule(
            "(THE | THIS)? UNIT IS_OVER",
            "PERIOD",
            lambda said_on, unit, part: parts.part_of_unit(said_on, part, unit),
        ),
        Rule("<P> IS_OVER", "PERIOD", parts.part_after),
        Rule(
            "<P> OF? PART_THIS",
            "PERIOD",
            lambda said_on, period, which: parts.part_of(said_on, which[0], period),
        ),
        Rule("(?<! <LASTING>) (?<! [AHEAD_PRE THE]) NUM PART_THIS", "PERIOD", parts.part_of_short_year),
        # a number, or "next", that no rule has read makes it another year or month than the present one
        Rule(
            "[NUM YEAR ONES TEEN TENS HUNDRED SCALE PAIR ORD NEXT COMING FOLLOWING LAI] [EDGE_POST PART_THIS MONTH_PART]",
            "REFUSED",
            lambda *_: "part",
        ),
        # but before an English one a number may be anything: the S&P 500 year-end target
        Rule("ORD DASH? EDGE <IN_IT> <P>", "PERIOD", parts.nth_edge_of),
        Rule("ORD DASH? EDGE", "PERIOD", parts.nth_edge),
        Rule("[ORD NEXT COMING FOLLOWING] DASH? EDGE", "REFUSED", lambda *_: "part"),
        Rule(
            "NUM EDGE",
            "PERIOD",
            lambda said_on, number, unit: parts.edge_of_short_year(said_on, unit, number),
        ),
        Rule("THE? NEXT_EDGE", "PERIOD", parts.next_edge),
        Rule("PART_THIS", "PERIOD", lambda said_on, which: parts.part_of_unit(said_on, *which)),
        Rule("MONTH_PART", "PERIOD", lambda said_on, part: parts.part_of_unit(said_on, part, calendar.MONTH)),
        Rule("<P> OF? PART_POST", "PERIOD", parts.part_after),
        Rule("<P> DASH? OF? <EDGES>", "PERIOD", parts.edge_after),
        Rule("THE? <EDGES> OF? <P>", "PERIOD", parts.edge_of),
        Rule("THE? EDGE NUM (?! [UNIT WORD])", "PERIOD", parts.edge_of_short_year),
        Rule("THE? <EDGES>", "PERIOD", parts.edge),
        Rule("<P> TODAY", "POINT", lambda said_on, period, _: parts.same_day(said_on, period)),
        Rule("TIME_AGAIN [OF IN]? <P>", "POINT", parts.same_time),
        Rule("<P> OF? TIME_AGAIN", "POINT", parts.same_time),
    )
)

# "P to P": both ends included
RANGES = Layer(
    (
        Rule(
            "(FROM | BETWEEN)? THE? <D> (DASH | TO | AND | UNTIL) THE? <D> <IN_IT> <P>",
            "PERIOD",
            parts.days_of,
        ),
        Rule("<P> (FROM | BETWEEN) THE? <D> (DASH | TO | AND | UNTIL) THE? <D>", "PERIOD", parts.of_days),
        Rule(
            "(BETWEEN NOW | FROM NOW | FROM_NOW | AHEAD_PRE) (TO | UNTIL | AND | DASH) <P>",
            "PERIOD",
            parts.from_now_to,
        ),
        Rule("NOW (TO | UNTIL | DASH) <P>", "PERIOD", parts.from_now_to),
        Rule(
            "<P> (FROM | BETWEEN) <P> (DASH? TO DASH? | AND | DASH | UNTIL) <P>", "PERIOD", parts.within_week
        ),
        Rule(
            "(BETWEEN | FROM | IN)? THE? <P> (DASH? TO DASH? | AND | DASH | UNTIL | BY) THE? <P>",
            "PERIOD",
            parts.from_to,
        ),
        Rule("<P> COMMA? OR (COMMA? [MAYBE BY IN]{1,2} | BY)? <P>", "PERIOD", parts.either),
        Rule("(BETWEEN | FROM)? <P> (TO | AND | DASH | UNTIL) THE? <D> (?! [WORD])", "PERIOD", parts.to_day),
        Rule("<P> COMMA? (OR SAY? | SAY) THE? NEXT <ENDS>", "PERIOD", parts.or_next),
        Rule(
            "<P> COMMA? OR THE UNIT [AFTER EVENT] <ENDS>",
            "PERIOD",
            lambda said_on, period, *_: parts.or_next(said_on, period),
        ),
        Rule("ALL OF? <P>", "PERIOD", lambda _, period: period),
        Rule("APPROX{1,4} THE? <P>", "PERIOD", parts.approximately),
        Rule("<P> APPROX_POST", "PERIOD", parts.approximately),
        Rule("<P> DASH? ISH", "PERIOD", parts.approximately),
    )
)
