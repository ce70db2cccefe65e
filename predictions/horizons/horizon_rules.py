"""The rules that turn spans and periods into horizons, and those that refuse to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from predictions.horizons import readings
from predictions.horizons.calendar import Period
from predictions.horizons.cascade import Layer, Rule


def refuse(reason: str) -> Callable[..., str]:
    """A maker that gives the reason why these words give no date."""
    return lambda *_: reason


def past_unless_dated(said_on: date, period: Period) -> str | None:
    """On Tuesday he said: what names no year, beside a verb that tells what was, is over."""
    return "past" if period.cycle else None


REFUSALS = Layer(
    (
        Rule("(?<! .) DONE [SAY THE A WORD NUM]{0,4} IN <S> <ENDS>", "REFUSED", refuse("past")),
        Rule(
            "(?<! [NUM ONES TEEN TENS HUNDRED SCALE PAIR HALF A SOME DASH]) FOR? UNIT [FROM_NOW LATER]",
            "REFUSED",
            refuse("vague"),
        ),
        Rule(
            "EVERY (<N> | OF | THE | SOME | ANOTHER)* ([SPAN WSPAN UNIT NIAN YUE RI PERIOD WPERIOD])",
            "REFUSED",
            refuse("rate"),
        ),
        Rule("<S> FROM_NOW COMMA? [WORD SAY]{0,3} AGAIN WORD", "REFUSED", refuse("past")),
        Rule("<S> TIMES", "REFUSED", refuse("rate")),
        Rule("[LAST FINAL] THE? [SPAN WSPAN PERIOD WPERIOD UNIT NIAN WINDOW]", "REFUSED", refuse("past")),
        Rule("AGO IN? THE? (<P> | UNIT)", "REFUSED", refuse("past")),
        Rule("<S> [AGO LAI BEFORE_POST] (?! <P>)", "REFUSED", refuse("past")),
        Rule("PAST APPROX? <S> (?! [FROM_NOW LATER WITHIN_POST])", "REFUSED", refuse("past")),
        Rule("PAST [SAY WORD]{0,3} FOR <S>", "REFUSED", refuse("past")),
        Rule("<S> LATER COMMA? (SAY PAST | [THE A OF WORD]{1,4} [PAST TOLD])", "REFUSED", refuse("past")),
        Rule("PAST WORD? AT <P>", "REFUSED", past_unless_dated),
        Rule("PAST IN THE? <P>", "REFUSED", past_unless_dated),
        Rule(
            "(?<! [^ STOP COMMA AND]) [AT IN]? THE? <P> (PAST | COMMA? SAY PAST | COMMA? [THE A OF WORD COMMA]{0,6} [THE A OF WORD] [PAST TOLD])",
            "REFUSED",
            past_unless_dated,
        ),
        Rule("[IN OVER] THE <S> (?= [WORD SINCE])", "REFUSED", refuse("past")),
        Rule(
            "NOT [SAY WORD PAST TOLD COMMA A THE TAKE]{0,6} [UNTIL BEFORE] THE? <P>",
            "REFUSED",
            refuse("at least"),
        ),
        Rule("[IN BY]? <P> OF? BEFORE_POST SAY? NOT", "REFUSED", refuse("at least")),
        Rule("[IN BY UNTIL TO]? <P> OF? ONLY_THEN", "REFUSED", refuse("at least")),
        Rule("LOWER [UNTIL THROUGH TO] THE? <P>", "REFUSED", refuse("at least")),
        Rule("AT_EARLIEST COMMA? [IN AT BY]? THE? (<P> | <S>)", "REFUSED", refuse("at least")),
        Rule(
            "EARLIEST [IN AT BY TO TAKE SAY]{0,2} THE? [PERIOD WPERIOD READING SPAN WSPAN POINT]",
            "REFUSED",
            refuse("at least"),
        ),
        Rule("[IN AT BY]? THE? <P> COMMA? AT_EARLIEST", "REFUSED", refuse("at least")),
        Rule("IN? <S> (FROM_NOW)? COMMA? AT_EARLIEST", "REFUSED", refuse("at least")),
        Rule(
            "(?<! <S>) (?<! <S> [COMMA TIME]) [AFTER SINCE LOWER MORE_THAN] THE? <P> (?! COMMA? [TO UNTIL BY])",
            "REFUSED",
            refuse("at least"),
        ),
        Rule("(?<! <N>) <P> [AFTER_POST FROM_NOW LOWER_POST] (?! <S>)", "REFUSED", refuse("at least")),
        Rule("(?<! <S>) (?<! <S> [COMMA TIME]) FROM <P> (?! [TO UNTIL])", "REFUSED", refuse("at least")),
        Rule("OVER <S> (FROM_NOW | LATER)", "REFUSED", refuse("at least")),
        Rule("OVER <S> (?! FROM)", "REFUSED", refuse("at least")),
        Rule(
            "(?<= [WORD NUM DECIMAL SCALE HUNDRED ONES TEEN TENS]) WSPAN (?! [FROM_NOW LATER FROM AFTER WITHIN_POST APPROX_POST])",
            "REFUSED",
            refuse("rate"),
        ),
        Rule("[IN WITHIN]? <S> [OF AFTER FROM BEFORE] THE? [WORD A SAY]", "REFUSED", refuse("event")),
        Rule("(?<= WORD) FROM_NOW OF? <S> WITHIN_POST", "REFUSED", refuse("event")),
        Rule("<S> [EVENT OTHER_YEAR]", "REFUSED", refuse("event")),
        Rule("OTHER_YEAR OF? <P>", "REFUSED", refuse("event")),
        Rule("(<P> OF?)? OTHER_CALENDAR OF? <P>", "REFUSED", refuse("calendar")),
        Rule("(<P> OF?)? FEAST (OF? <P>)?", "REFUSED", lambda *_: "event"),
    )
)

HORIZONS = Layer(
    (
        Rule("(IN)? <S> FROM_NOW COMMA? AT? THE? <P>", "READING", readings.span_on_weekday),
        Rule("IN <S> COMMA? AT <P>", "READING", readings.span_on_weekday),
        Rule("<S> AT <P>", "READING", readings.week_on),
        Rule("<P> COMMA? IN? <S> FROM_NOW", "READING", readings.weekday_span),
        Rule("<N> PERIOD [FROM_NOW LATER]", "READING", readings.nth_weekday_on),
        Rule("[IN FOR WITHIN]? <S> TIME? COMMA? [FROM AFTER] THE? <P>", "READING", readings.span_from),
        Rule(
            "FROM? <P> TO <S> (LATER | FROM_NOW)?",
            "READING",
            lambda said_on, period, span, *_: readings.span_from(said_on, span, period),
        ),
        Rule("FROM_NOW TO <S> (LATER | FROM_NOW)?", "READING", readings.within),
        Rule(
            "IN? <P> FROM_NOW <S>",
            "READING",
            lambda said_on, period, span: readings.span_from(said_on, span, period),
        ),
        Rule("<S> BEFORE THE? <P>", "READING", readings.span_before),
        Rule("[IN OVER WITHIN FOR]? THE? <NXT> THE? <S> COMMA? WITHIN_POST", "READING", readings.within),
        Rule(
            "[IN OVER WITHIN FOR AT]{1,2} THE? <NXT> THE? <S> (FROM_NOW | TIME)?",
            "READING",
            readings.next_span,
        ),
        Rule("[IN OVER WITHIN FOR]{1,2} WINDOW (FROM_NOW)?", "READING", readings.next_span),
        Rule("THE? <NXT> THE? <S>", "READING", readings.next_periods),
        Rule("WINDOW", "READING", readings.next_periods),
        Rule("(IN)? NEXT_PRE OF? <S> OF? WITHIN_POST", "READING", readings.within),
        Rule("(IN)? NEXT_PRE OF? <S> (FROM_NOW)?", "READING", readings.next_span),
        Rule("<ALONE> FROM_NOW <S> <ENDS>", "READING", readings.next_span),
        Rule("WITHIN THE? <S> (FROM_NOW | TIME)*", "READING", readings.within),
        Rule("[IN AHEAD_PRE]{0,2} <S> OF? WITHIN_POST", "READING", readings.within),
        Rule("[IN AHEAD_PRE TAKE]* AHEAD_PRE [TAKE]? <S> (FROM_NOW)?", "READING", readings.from_now),
        Rule("<S> AHEAD_PRE", "READING", readings.from_now),
        Rule("<S> FROM_NOW COMMA? (OR? MAYBE | OR) <N> <ENDS>", "READING", readings.toward_from_now),
        Rule("BY <S> FROM_NOW", "READING", readings.by_span),
        Rule("(IN COMMA? | FOR | APPROX){0,2} <S> COMMA? FROM_NOW TIME_AGAIN?", "READING", readings.from_now),
        Rule(
            "IN COMMA? (APPROX | MAYBE)? COMMA? (THE)? <S> (TIME)? (FROM_NOW)?", "READING", readings.from_now
        ),
        Rule("<S> TIME", "READING", readings.from_now),
        Rule("TAKE (THE? WORD | SAY)? [MAYBE COMMA]{0,2} <S>", "READING", readings.from_now),
        Rule("NOT SAY{0,2} FOR <S>", "READING", readings.within),
        Rule("<ALONE> FOR? <S> LATER? <ENDS>", "READING", readings.from_now),
        Rule("BY COMMA? THE? <P> (COMMA? AT_LATEST | BEFORE_POST)?", "READING", readings.by),
        Rule("BY THE? POINT", "READING", readings.same_time),
        Rule("[UNTIL THROUGH] THE? <P>", "READING", readings.by),
        Rule("TO THE? <P> <ENDS>", "READING", readings.by),
        Rule("[IN AT]? THE? <P> [AT_LATEST OR_BEFORE]", "READING", readings.by),
        Rule(
            "[IN AT]? THE? <P> COMMA [AT_LATEST OR_BEFORE] (?! COMMA? [IN BY AT]? THE? <P>)",
            "READING",
            readings.by,
        ),
        Rule("AT_LATEST <S> (WITHIN_POST | FROM_NOW)?", "READING", readings.within),
        Rule("AT_LATEST COMMA? [IN BY AT]? THE? <P>", "READING", readings.by),
        Rule("BEFORE THE? <P>", "READING", readings.before),
        Rule("(IN | BY | AT)* <P> OF? BEFORE_POST", "READING", readings.before),
        Rule("UPPER THE? <P>", "READING", readings.by),
        Rule(
            "([IN AT] THE? <P> | THE? PERIOD | <ALONE> WPERIOD) COMMA? [UPPER UPPER_POST] (?! COMMA? [SPAN WSPAN])",
            "READING",
            readings.by,
        ),
        Rule("[WITHIN OVER] A <S> TIME", "READING", readings.within),
        Rule("[IN AT] A <S> TIME", "READING", readings.from_now),
        Rule("[IN AT WITHIN OVER FOR]{0,3} COMMA? APPROX? THE? POINT", "READING", readings.same_time),
        Rule("[IN AT WITHIN OVER]{1,2} COMMA? THE? PERIOD (WITHIN_POST)?", "READING", readings.at),
        Rule("AT? [IN WITHIN OVER] COMMA? THE? WPERIOD (WITHIN_POST)?", "READING", readings.at),
        Rule("AT THE? WPERIOD <ENDS>", "READING", readings.at),
        Rule("THE? PERIOD (WITHIN_POST)?", "READING", readings.at),
        Rule("<ALONE> (AND)? THE? WPERIOD <ENDS>", "READING", readings.at),
        Rule("[IN WITHIN OVER]{1,2} THE UNIT <ENDS>", "READING", readings.at_unit),
        Rule("<ALONE> THE UNIT <ENDS>", "READING", readings.at_unit),
        Rule("(?<! .) UNIT (?! .)", "READING", readings.at_weekend),
        Rule("BEFORE THE [ORD NUM] (?! WORD)", "READING", readings.before_day_of_month),
        Rule("BY THE ORD (?! WORD)", "READING", readings.by_day_of_month),
        Rule("<ALONE> THE <N> <ENDS>", "READING", readings.at_day_of_month),
        Rule("<ALONE> AT? THE ORD <ENDS> | (?<! .) ORD (?! .)", "READING", readings.at_day_of_month),
    )
)
