"""The rules that find stretches of the calendar, in the order in which they are put together."""

from __future__ import annotations

from predictions.horizons import dates, parts, periods
from predictions.horizons.cascade import Layer, Rule

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
        Rule("NUM SLASH NUM SLASH [YEAR NUM]", "PERIOD", dates.month_day_year),
        Rule("NUM DASH NUM DASH [YEAR NUM]", "PERIOD", dates.month_day_year),
        Rule("[YEAR NUM] NIAN NUM YUE NUM RI?", "PERIOD", dates.chinese_date),
        Rule("[YEAR NUM] NIAN NUM YUE", "PERIOD", dates.chinese_month),
        Rule("NUM YUE NUM RI?", "PERIOD", dates.chinese_day),
        Rule("NUM YUE", "PERIOD", dates.month),
        Rule("NUM EDGE", "PERIOD", parts.month_edge),
        Rule("NUM RI", "PERIOD", lambda said_on, day, _: dates.day_of_month(said_on, day)),
        Rule("[QTR HALFYEAR] OF? FISCAL UNIT? (NUM | YEAR)?", "REFUSED", parts.fiscal),
        Rule("(ORD UNIT OF?)? (THIS | NEXT | THE)? FISCAL UNIT? (NUM | YEAR)? [QTR HALFYEAR]?", "REFUSED", parts.fiscal),
        Rule("[YEAR NUM] FISCAL", "REFUSED", parts.fiscal),
        Rule("QTR (NUM (?! <U>))?", "PERIOD", periods.quarter),
        Rule("HALFYEAR (NUM (?! <U>))?", "PERIOD", periods.half_year),
        Rule("(THE | NEXT | THIS)? <MON> STOP? [DASH SLASH COMMA]? THE? (ORD | NUM | <BELOW100>) (?! [WORD])", "PERIOD", dates.month_day),
        Rule("MONTH STOP? THE? ORD", "PERIOD", dates.month_day),
        Rule("(THE | NEXT | THIS)? <D> STOP? UNIT? OF? <MON>", "PERIOD", dates.day_month),
        Rule("YEAR [DASH SLASH] NUM (?! [DASH SLASH NUM])", "PERIOD", dates.year_month),
        Rule("NUM [DASH SLASH] YEAR (?! [DASH SLASH])", "PERIOD", dates.month_year),
        Rule("NEXT? NUM [SLASH DASH] NUM (?! [WORD SLASH DASH])", "WPERIOD", dates.numeric_day),
        Rule("(THIS | NEXT | COMING) MONTH", "PERIOD", dates.month),
        Rule("MONTH", "PERIOD", dates.month),
        Rule("(THIS | NEXT | COMING) MODAL_MONTH", "PERIOD", dates.month),
        Rule("MODAL_MONTH", "WPERIOD", dates.month),
        Rule("(THE | THIS)? DECADES", "PERIOD", periods.decade),
        Rule("[YEAR NUM] DECADE_POST", "PERIOD", periods.century_decade),
        Rule("RELATIVE OF? NUM DECADE_POST", "PERIOD", periods.decade_of_relative),
        Rule("(THIS | NEXT | COMING | FOLLOWING) [SEASON WEAK_SEASON]", "PERIOD", periods.season),
        Rule("SEASON", "PERIOD", periods.season),
        Rule("WEAK_SEASON", "WPERIOD", periods.season),
        Rule("(THIS | NEXT | COMING)? HOLIDAY", "PERIOD", periods.holiday),
        Rule("REST OF? (THE | THIS)? UNIT", "PERIOD", periods.rest),
        Rule("THE? UNIT AFTER_NEXT", "PERIOD", periods.after_next),
        Rule("THIS [NEXT COMING]? UNIT", "PERIOD", periods.this),
        Rule("THIS [WEEKDAY WEEKDAY_ABBR]", "PERIOD", periods.this_weekday),
        Rule("(THIS)? [COMING] <WD>", "PERIOD", periods.weekday),
        Rule("THIS NEXT <WD>", "PERIOD", periods.weekday),
        Rule("[NEXT FOLLOWING] <WD>", "PERIOD", periods.next_weekday),
        Rule("THE? FOLLOWING UNIT", "PERIOD", periods.next_),
        Rule("[NEXT COMING] UNIT", "PERIOD", periods.next_),
        Rule("RELATIVE RI", "PERIOD", lambda said_on, which, _: periods.relative_weekday(said_on, which, 7)),
        Rule("RELATIVE NUM (?! [UNIT NIAN YUE RI])", "PERIOD", periods.relative_weekday),
        Rule("RELATIVE", "PERIOD", periods.relative),
        Rule("DAYWORD", "PERIOD", periods.day_word),
        Rule("THE? TURN", "PERIOD", parts.turn),
        Rule("YEAR NIAN (WITHIN_POST)?", "PERIOD", dates.calendar_year),
        Rule("NIAN WITHIN_POST", "PERIOD", periods.this),
        Rule("YEAR", "WPERIOD", dates.calendar_year),
        Rule("<WD> COMMA? THE? [ORD NUM] (?! [UNIT NIAN SLASH DASH OF MONTH MODAL_MONTH STOP])", "PERIOD", periods.weekday_day),
    )
)

ANCHORED = Layer(
    (
        Rule("THE? [ORD NUM] UNIT? OF <P>", "PERIOD", parts.day_in),
        Rule("<NTH> <WD> <IN_IT> <P>", "PERIOD", periods.nth_weekday),
        Rule("<WD> OF? <P>", "PERIOD", periods.weekday_of),
        Rule("<P> AT? <WD>", "PERIOD", periods.week_weekday),
        Rule("<P> [DASH SLASH COMMA STOP OF IN]{0,2} THE? AT? <P>", "PERIOD", periods.together),
        Rule("<WD> COMMA? AT? THE? <P>", "PERIOD", periods.weekday_date),
        Rule("<WD>", "PERIOD", periods.weekday),
    )
)

WITHIN_PERIODS = Layer(
    (
        Rule("THE? ORD DASH? HALF <IN_IT> <P>", "PERIOD", lambda said_on, half, _, period: parts.half_of_period(said_on, half, period)),
        Rule("HALF_PART <IN_IT> <P>", "PERIOD", parts.half_of_period),
        Rule("THE? ORD DASH? HALF <IN_IT> UNIT", "PERIOD", lambda said_on, half, _, unit: parts.half_alone(said_on, half, unit)),
        Rule("HALF_PART <IN_IT> UNIT", "PERIOD", parts.half_alone),
        Rule("THE? ORD DASH? HALF", "PERIOD", lambda said_on, half, _: parts.half_alone(said_on, half)),
        Rule("HALF_PART", "PERIOD", parts.half_alone),
        Rule("<P> OF? HALF_POST", "PERIOD", parts.half_after),
        Rule("HALF_POST", "PERIOD", parts.half_alone),
        Rule("THE? <NTH> DASH? UNIT <IN_IT> <P>", "PERIOD", parts.nth_of),
        Rule("THE? <NTH> SPAN <IN_IT> <P>", "PERIOD", parts.nths_of),
        Rule("THE? <NTH> UNIT <IN_IT> UNIT", "PERIOD", parts.nth_of_unit),
        Rule("<P> OF? <NTH> UNIT", "PERIOD", parts.of_nth),
        Rule("<P> OF? <NTH> SPAN", "PERIOD", parts.of_nths),
        Rule("<P> OF? BEFORE_POST SPAN", "PERIOD", lambda said_on, period, span: parts.of_nths(said_on, period, 1, span)),
        Rule("UNIT NUM (OF <P>)?", "PERIOD", parts.week_number),
        Rule("UNIT (OF | FROM | AT | BETWEEN)+ THE? [ORD NUM]", "PERIOD", periods.week_with_day),
        Rule("UNIT OF? (FROM | AT)? <P>", "PERIOD", periods.week_with),
        Rule("THE? <NTH> UNIT", "PERIOD", parts.nth_alone),
    )
)

PARTS = Layer(
    (
        Rule("PART DASH? <IN_IT> <P>", "PERIOD", parts.part_of),
        Rule("PART DASH? <IN_IT> UNIT", "PERIOD", parts.part_of_unit),
        Rule("PART PART <IN_IT> <P>", "PERIOD", lambda said_on, _, part, period: parts.part_of(said_on, part, period)),
        Rule("<P> OF? PART_POST", "PERIOD", parts.part_after),
        Rule("<P> DASH? OF? EDGE", "PERIOD", parts.edge_after),
        Rule("THE? EDGE OF? <P>", "PERIOD", parts.edge_of),
        Rule("THE? EDGE", "PERIOD", parts.edge),
        Rule("PART_POST (?= [BEFORE_POST WITHIN_POST])", "PERIOD", lambda said_on, part: parts.part_of(said_on, part, periods.this(said_on, periods.YEAR))),
        Rule("TIME_AGAIN OF? <P>", "POINT", parts.same_time),
        Rule("<P> OF? TIME_AGAIN", "POINT", parts.same_time),
    )
)

# "P to P": both ends included
RANGES = Layer(
    (
        Rule("(FROM | BETWEEN)? THE? <D> (DASH | TO | AND | UNTIL) THE? <D> <IN_IT> <P>", "PERIOD", parts.days_of),
        Rule("<P> (FROM | BETWEEN) THE? <D> (DASH | TO | AND | UNTIL) THE? <D>", "PERIOD", parts.of_days),
        Rule("(BETWEEN | FROM) NOW (TO | UNTIL | AND | DASH) <P>", "PERIOD", parts.from_now_to),
        Rule("NOW (TO | UNTIL | DASH) <P>", "PERIOD", parts.from_now_to),
        Rule("(BETWEEN | FROM | IN)? THE? <P> (DASH? TO DASH? | AND | DASH | UNTIL | BY) THE? <P>", "PERIOD", parts.from_to),
        Rule("<P> COMMA? OR (COMMA? [MAYBE BY IN]{1,2} | BY)? <P>", "PERIOD", parts.from_to),
        Rule("(BETWEEN | FROM)? <P> (TO | AND | DASH | UNTIL) THE? <D> (?! [WORD])", "PERIOD", parts.to_day),
        Rule("APPROX+ THE? <P>", "PERIOD", parts.approximately),
        Rule("<P> APPROX_POST", "PERIOD", parts.approximately),
        Rule("<P> DASH? ISH", "PERIOD", parts.approximately),
    )
)
