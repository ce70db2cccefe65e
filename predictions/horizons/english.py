"""English: what its words and phrases are to the grammar.

One line per meaning: the kind of token, its value if it has one, and the phrases, separated by
commas. To teach the engine another way to say something, add it to the line of its meaning.
"""

from __future__ import annotations

from typing import Any

from predictions.horizons import calendar

# a meaning a line, however long
# fmt: off

# Words that say nothing about time: left out before anything is read.
FILLERS = (
    "=, exactly, precisely, at the end of the day, i don't know, i dunno, um, uh, er, erm, hmm, mm, you know, i mean, sort of, kind of, kinda, sorta, basically, literally, even, actually, "
    "honestly, just, let's say, let us say, lets say, say, if you will, if you like, really, easily, likely, very, "
    "only, still, the course of, the space of, the period of, the span of, a period of, a span of, a space of, "
    "the matter of, a matter of, definitely, certainly, surely, for sure, at all, as it were, shall we say, "
    "hopefully, ideally, realistically, right, calendar, full calendar, the coming of, a whole, good, whole entire"
)

# Words around a horizon that show nothing else is being measured: "it will take three years, I think".
CARRIERS = (
    "i, i'd, i'll, i'm, it, it's, it'll, that, that's, that'll, this is, we, we'll, we're, we'd, they, they'll, he, she, you, "
    "will, would, 'll, be, is, think, guess, believe, expect, suspect, reckon, predict, hope, happen, happens, happening, "
    "going to, gonna, give it, so, but, well, yeah, yes, no, okay, oh, then, "
    "estimate, prediction, forecast, bet, mine, answer, sure, think that, arrive, come, come true, "
    "also, too, as well, need, needs, done, ready, here, might, may be, could, should, can"
)

NUMBERS: tuple[tuple[str, Any, str], ...] = (
    *(
        ("ONES", value, word)
        for value, word in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], start=1
        )
    ),
    *(
        ("TEEN", value, word)
        for value, word in enumerate(
            [
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
            ],
            start=10,
        )
    ),
    *(
        ("TENS", value, word)
        for value, word in zip(
            range(20, 100, 10),
            ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
            strict=True,
        )
    ),
    ("TENS", 40, "fourty"),
    ("HUNDRED", 100, "hundred"),
    ("HUNDRED", 12, "dozen"),
    ("SCALE", 10**3, "thousand"),
    ("SCALE", 10**6, "million"),
    ("SCALE", 10**9, "billion"),
    ("SCALE", 10**12, "trillion"),
    ("NUM", 2, "couple, a couple, couple of, a couple of, couple more, a couple more, a couple of more, pair of, a pair of, a couple or"),
    ("NUM", 3, "few, a few, few more, a few more, a few short, a few of"),
    ("NUM", 5, "several, several more, a handful of, handful of, half dozen"),
    ("SOME", 3, "some"),
    *(
        ("ORD", value, word)
        for value, word in enumerate(
            [
                "first",
                "second",
                "third",
                "fourth",
                "fifth",
                "sixth",
                "seventh",
                "eighth",
                "ninth",
                "tenth",
                "eleventh",
                "twelfth",
                "thirteenth",
                "fourteenth",
                "fifteenth",
                "sixteenth",
                "seventeenth",
                "eighteenth",
                "nineteenth",
                "twentieth",
            ],
            start=1,
        )
    ),
    ("ORD", 30, "thirtieth"),
    ("FINAL", -1, "last, final"),
)

TIME_WORDS: tuple[tuple[str, Any, str], ...] = (
    ("UNIT", calendar.HOUR, "hour, hours, hour's, hr, hrs"),
    ("UNIT", calendar.DAY, "day, days, day's"),
    ("UNIT", calendar.WORKDAY, "business day, business days, working day, working days, workday, workdays, trading days, trading day"),
    ("UNIT", calendar.WEEK, "week, weeks, week's, wk, wks, w/c"),
    ("UNIT", calendar.WEEKEND, "weekend, weekends"),
    ("UNIT", calendar.WORKWEEK, "workweek, working week, work week"),
    ("UNIT", calendar.FORTNIGHT, "fortnight, fortnights"),
    ("UNIT", calendar.MONTH, "month, months, month's, mo, mos, mth, mths"),
    ("UNIT", calendar.QUARTER, "quarter, quarters, quarter's, qtr, qtrs"),
    ("UNIT", calendar.YEAR, "year, years, year's, yr, yrs"),
    ("UNIT", calendar.DECADE, "decade, decades, decade's"),
    ("UNIT", calendar.CENTURY, "century, centuries, century's"),
    ("UNIT", calendar.MILLENNIUM, "millennium, millennia, millenniums"),
    *(
        ("MONTH", month, names)
        for month, names in (
            (1, "january, jan"),
            (2, "february, feb, febuary"),
            (3, "mar"),
            (4, "april, apr"),
            (6, "june, jun"),
            (7, "july, jul"),
            (8, "august, aug"),
            (9, "september, sept, sep"),
            (10, "october, oct"),
            (11, "november, nov"),
            (12, "december, dec"),
        )
    ),
    ("MODAL_MONTH", 3, "march"),
    ("MODAL_MONTH", 5, "may"),
    *(
        ("WEEKDAY", number, f"{name}day, {name}days")
        for number, name in enumerate(["mon", "tues", "wednes", "thurs", "fri", "satur", "sun"])
    ),
    *(
        ("WEEKDAY_ABBR", number, names)
        for number, names in enumerate(
            ("mon", "tue, tues", "wed, weds", "thu, thur, thurs", "fri", "sat", "sun")
        )
    ),
    ("SEASON", 3, "springtime"),
    ("SEASON", 6, "summer, summertime"),
    ("SEASON", 9, "autumn"),
    ("SEASON", 12, "winter, wintertime"),
    ("WEAK_SEASON", 3, "spring"),
    ("WEAK_SEASON", 9, "fall"),
    ("HOLIDAY", (1, 1), "new year, new years, new year's, new year day, new year's day, new years day"),
    ("HOLIDAY", (2, 14), "valentine's day, valentines day"),
    ("HOLIDAY", (5, 1), "may day, international workers' day, international workers day, workers' day"),
    ("HOLIDAY", (7, 4), "independence day"),
    ("HOLIDAY", (10, 31), "halloween"),
    ("HOLIDAY", (12, 24), "christmas eve"),
    ("HOLIDAY", (12, 25), "christmas, christmas day, xmas"),
    ("HOLIDAY", (12, 31), "new year's eve, new years eve"),
    ("HOLIDAY", (11, 4, 3), "thanksgiving, thanksgiving day"),
    ("HOLIDAY", (11, 4, 3, 1), "black friday"),
    ("HOLIDAY", (11, 4, 3, 4), "cyber monday"),
    ("HOLIDAY", (1, 3, 0), "martin luther king day, mlk day"),
    ("HOLIDAY", (2, 3, 0), "presidents' day, presidents day"),
    ("HOLIDAY", (5, 2, 6), "mother's day, mothers day"),
    ("HOLIDAY", (5, -1, 0), "memorial day"),
    ("HOLIDAY", (6, 3, 6), "father's day, fathers day"),
    ("HOLIDAY", (9, 1, 0), "labor day, labour day"),
    ("HOLIDAY", (3, 17), "st patrick's day, saint patrick's day"),
    ("HOLIDAY", (4, 1), "april fools, april fools', april fools' day, april fools day, april fool's, april fool's day"),
    ("HOLIDAY", (6, 19), "juneteenth"),
    ("HOLIDAY", (11, 11), "veterans day, veterans' day, singles' day, singles day"),
    ("HOLIDAY", (12, 26), "boxing day"),
    ("FEAST", None, "chinese new year, lunar new year, passover, ramadan, eid, diwali, hanukkah, rosh hashanah, yom kippur"),
    ("HOLIDAY", (0,), "easter, easter sunday, easter day"),
    ("HOLIDAY", (-2,), "good friday"),
    ("HOLIDAY", (1,), "easter monday"),
    ("TODAY", 0, "today, tonight, this morning, this afternoon, this evening, end of day, eod"),
    ("DAYWORD", 1, "tomorrow, tmrw, tmr, tomorow, tomorrow morning, tomorrow night, the day after, the following day"),
    ("DAYWORD", 2, "the day after tomorrow, day after tomorrow, the day after tmrw, day after tmrw"),
    ("EDGE", calendar.YEAR, "eoy, year-end, year end, yearend, years end, year's end, end-of-year, calendar year end"),
    ("EDGE", calendar.MONTH, "eom, month-end, month end, month's end"),
    ("EDGE", calendar.QUARTER, "eoq, quarter-end, quarter end, quarter's end"),
    ("EDGE", calendar.WEEK, "eow, week's end"),
    ("EDGE", calendar.DECADE, "decade's end, decade end"),
    ("EDGE", calendar.CENTURY, "century's end"),
    *(
        ("NEXT_EDGE", unit, f"next {unit.name}'s end, following {unit.name}'s end, coming {unit.name}'s end")
        for unit in (calendar.WEEK, calendar.MONTH, calendar.QUARTER, calendar.YEAR, calendar.DECADE, calendar.CENTURY)
    ),
    ("TURN", calendar.YEAR, "turn of the year"),
    ("TURN", calendar.DECADE, "turn of the decade"),
    ("TURN", calendar.CENTURY, "turn of the century"),
    ("TURN", calendar.MILLENNIUM, "turn of the millennium"),
)

RELATIONS: tuple[tuple[str, Any, str], ...] = (
    ("A", None, "a, an"),
    ("THE", None, "the, my, our"),
    ("OF", None, "of"),
    ("AND", None, "and, plus, &"),
    ("OR", None, "or, and or, and/or, or else"),
    ("TO", None, "to, through, thru"),
    ("HALF", 0.5, "half, half of, ½"),
    ("BETWEEN", None, "between, anywhere between, somewhere between, anytime between, any time between, sometime between, anywhere from, somewhere from"),
    ("FROM", None, "from, starting, starting from, beginning, as from, starting on, beginning on, commencing, commencing on"),
    ("NOW", None, "now, right now, the present, today's date"),
    ("IF", None, "if, unless, assuming, assuming that, provided, provided that"),
    ("IN", None, "in, in about the, sometime in, some time in, at some point in, somewhere in, anytime in, any time in, into, in the course of, at any point in"),
    ("WITHIN", None, "within, inside, inside of, in the space of, over a period of, over the period of, over a span of, over the span of, over the space of"),
    ("OVER", None, "over, during, throughout, across, sometime over, sometime during, at some point over, at some point during, some time during, some time over"),
    ("AT", None, "at, on"),
    ("FOR", None, "for"),
    ("NEXT", None, "next, upcoming"),
    ("COMING", None, "coming"),
    ("FOLLOWING", None, "following, subsequent"),
    ("LATER", 4, "later, later on, later in, later on in"),
    ("THIS", None, "this, the current, current, this current, this very, this same, the present, this coming, this upcoming"),
    ("REST", None, "rest, rest of, the rest of, remainder of, the remainder of, remaining of, remaining, what's left of, what is left of, balance of"),
    ("ANOTHER", None, "another, one more"),
    ("ALL", None, "all, full, whole, entire"),
    ("TIME", None, "time, timeline, timeframe, time frame, timescale, time scale, window, timespan, time span, time horizon, horizon, range, period"),
    ("TIME_AGAIN", None, "this time, this point, same time, the same time, around this time, about this time, by this time"),
    ("PART", 0, "early, early in, early on in, beginning, beginning of, the beginning of, start, start of, the start of, the early part of, early part of, the first part of, the opening of, the dawn of, the first months of, the opening months of, the early months of, the first weeks of, the early days of"),
    ("PART", 1, "mid, middle, middle of, the middle of, in the middle of, halfway through, midway through, mid way through, the mid"),
    ("PART", 2, "late, late in, latter part of, the latter part of, the later part of, latest part of, the late"),
    ("PART", 3, "end, end of, the end of, the very end of, the tail end of, tail end of, the close of, close of, toward the end of, towards the end of, toward the end, towards the end, near the end of, before the close of, ending of, the back end of, the ending of, conclusion of, the conclusion of, the last day of, the last months of, the final months of, the closing months of, the last weeks of, the final weeks of, the closing weeks of"),
    ("HALF_PART", 1, "front half, the front half, early half"),
    ("HALF_PART", 2, "back half, latter half, later half, the back half, the latter half, last half, the last half"),
    ("APPROX", None, "about, around, roughly, approximately, approx, circa, ca, some where around, somewhere around, like, close to, nearly, almost, more or less, more like, something like, in the region of, in the order of, something on the order of, on the order of, of the order of, in the neighborhood of, in the neighbourhood of, in the ballpark of, ≈, c, near, nearly about, round about, roundabout, pretty much, near enough, just about, order of, by around, give or take about"),
    ("TILDE", None, "~"),
    ("APPROX_POST", None, "or so, or thereabouts, thereabouts, give or take, plus or minus, plus minus, plus-minus, +/-, ±, more or less, ballpark, or something, or something like that, or whatever, roughly speaking, approximately speaking"),
    ("ISH", None, "ish, odd"),
    ("MORE_THAN", None, "more than, longer than, greater than, much more than, many more than, much longer than"),
    ("MORE", None, "more, additional, extra"),
    ("CY", None, "cy"),
    ("UPPER", None, "less than, at most, at the most, under, no more than, not more than, fewer than, no longer than, not longer than, up to, at the outside, a maximum of, maximum, max, <, <=, ≤, sub, well under, just under, a little under, a little less than, a bit under, a bit less than, slightly under, slightly less than, shy of, just shy of, as few as, well within, no greater than, as little as, not over, shorter than, at the very most, not much more than, as much as"),
    ("UPPER_POST", None, "or less, or fewer, or sooner, or under, or shorter, or earlier, at most, at the most, max, maximum, tops, at the outside, or quicker, or faster, if not sooner, if not less, if not earlier, at the very most, at the very outside, or even less, or even sooner, or better, and under"),
    ("LOWER", None, "at least, no less than, not less than, no fewer than, not fewer than, upwards of, upward of, a minimum of, minimum, min, >, >=, ≥, north of, in excess of, well over, just over, a little over, a little more than, a bit over, a bit more than, slightly over, slightly more than, at the very least, beyond, not under, at a minimum"),
    ("LOWER_POST", None, "or more, or longer, or later, at least, at the least, minimum, at a minimum, at the very least, plus years, and up, and beyond, or beyond, and change, or further, if not more, if not longer, +"),
    ("FROM_NOW", None, "from now, from today, out, hence, away, off, down the road, down the line, down the track, ahead, from here, from this point, from this moment, into the future, in the future, after now, after today, from then, from right now, from this day, out from now, out from today, from the present, up the road, from present, to go, from here on, from here on out"),
    ("AGO", None, "ago, back, earlier, before now, prior, old"),
    ("BY", None, "by, by the time, no later than, not later than, on or before, before or in, before or on, at or before, as late as, by no later than, in or before, by or before, come, not after, until and including, in time for, up until the end of"),
    ("BY", None, "at the latest by, by the latest, latest by, at latest by, or sooner than the end of"),
    ("BEFORE", None, "before, prior to, ahead of, sooner than, earlier than, well before, by before, sometime before, some time before, any time before, anytime before, just before, preceding, this side of"),
    ("IS_OVER", 3, "is out, is over, ends, is through, closes, comes to an end, is up, runs out, is done, finishes, comes to a close, concludes"),
    ("UNTIL", None, "until, till, til, 'til, up until, up till"),
    ("THROUGH", None, "all the way to, all the way through"),
    ("AFTER", None, "after, past, following on, later than, post"),
    ("AT_LATEST", None, "at the latest, at latest, latest, or before, or earlier, or sooner, at the very latest, the latest"),
    ("AT_EARLIEST", None, "at the earliest, at earliest, at the very earliest, at the soonest, onward, onwards, or after, or later, and beyond, and after, or beyond"),
    ("EARLIEST", None, "no sooner than, no earlier than, not before, not until, as early as, as soon as, not sooner than, not earlier than, the earliest is, earliest, starting in, beginning in, starting as early as, as of"),
    ("SINCE", None, "since, ever since"),
    ("EVERY", None, "every, each, per, once every, every other, once a, once in a, once per, twice a, times a, every single"),
    ("LAST", None, "past, previous, prior, the past, the previous, these last, these past, over the past, in the past, for the past"),
    ("MAYBE", None, "maybe, perhaps, probably, possibly, my best guess, best guess, most likely, more likely, my guess, i'd guess, my guess is, i would guess, quite possibly, could be, might be, best estimate, my best estimate, potentially, ideally, best case, closer to"),
    ("FALLBACK", None, "if not, otherwise, worst case, failing that, at worst, in the worst case, or failing that, if it doesn't happen, if that doesn't happen, if it slips, slipping to, worst-case"),
    ("NOT", None, "not, won't, never, don't, doesn't, isn't, can't, cannot, wouldn't, didn't, aren't, wont, couldn't, shouldn't"),
    ("TAKE", None, "take, takes, looking at, talking, talking about, taking, give me, it takes, it's going to take, still needs"),
    ("FISCAL", None, "fy, fiscal, fiscal year, financial year, tax year, school year, academic year"),
)

VAGUE = (
    "soon, very soon, pretty soon, real soon, quite soon, sooner or later, eventually, someday, some day, one day, at some point, in our lifetime, in our lifetimes, "
    "in my lifetime, in your lifetime, in their lifetime, within our lifetime, within our lifetimes, within my lifetime, in the future, in future, in the near future, "
    "in the not too distant future, in the not so distant future, in the not that far future, in the not distant future, in the foreseeable future, for the foreseeable future, in the long run, long term, long-term, in the long term, near term, near-term, "
    "in the near term, medium term, in the medium term, short term, in the short term, before long, in due course, any day now, any moment now, any minute now, ultimately, "
    "at some stage, sometime, some time, in no time, shortly, imminently, "
    "in the years to come, in the years ahead, in years to come, for years to come, for decades to come, in the decades to come, over the years, over time, down the road, down the line, "
    "within a generation, in a generation, in this generation, one of these days, in the new year, a matter of months, a matter of weeks, a matter of years, a matter of days, when the time comes, within living memory, "
    "in the distant future, in the immediate future, as soon as possible, asap, in the next few generations, about to, quickly, ages, forever, indefinitely, "
    "many years, many decades, many months, a long time, a short while, a while, in a while, in a bit, for a long time, long time, a number of years, a number of months"
)

# not "the coming year", which is twelve months
IN_COMING_YEARS = ", ".join(
    f"{preposition} {coming} {units}"
    for preposition in ("in", "in the", "over", "over the", "during the", "for the")
    for coming in ("coming", "upcoming")
    for units in ("days", "weeks", "months", "years", "decades")
)

# times that hang on something said before
EVENTS = (
    "after that, afterwards, thereafter, that year, that day, that month, that week, that summer, that decade"
)

# Verbs that tell what was: a weekday or a month beside one of them is not the next one.
PAST = (
    "was, were, had, did, said, told, met, came, went, took, became, began, spoke, wrote, saw, knew, gave, grew, rose, flew, drove, chose, "
    "died, resigned, happened, tweeted, testified, argued, worked, lived, stayed, spent, waited, lasted, "
    "have been, has been, had been, i've been, we've been, you've been, they've been, he's been, she's been, it's been"
)

# Past forms that are participles too: the past only right after a subject ("is announced on Tuesday" is not).
TOLD = (
    "announced, launched, unveiled, revealed, reported, claimed, confirmed, released, published, filed, signed, raised, "
    "bought, sold, joined, decided, started, posted"
)

# What they did in three years is over.
DONE = ", ".join(
    f"{who} {did}"
    for who in ("i", "we", "they", "he", "she", "you")
    for did in ("built", "finished", "completed", "did it", "made it", "managed it", "constructed", "erected", "designed")
)

# "It comes back this year" is no year back.
RETURNS = ", ".join(
    f"{verb} back"
    for verb in ["be", "come", "comes", "coming", "go", "goes", "going", "get", "gets", "getting", "bounce", "bounces", "bring", "brings", "bringing", "hand", "hands", "fall", "falls", "scale", "scales", "pay", "pays", "buy", "buys", "win", "wins"]
)

LEXICON: tuple[tuple[str, Any, str], ...] = (
    ("FILLER", None, FILLERS),
    ("SAY", None, CARRIERS),
    *NUMBERS,
    *TIME_WORDS,
    *RELATIONS,
    ("PAST", None, PAST),
    ("TOLD", None, TOLD),
    ("DONE", None, DONE),
    ("WORD", None, RETURNS),
    ("WINDOW", calendar.Span(calendar.measure(1, calendar.YEAR), unit=calendar.YEAR), "the year ahead, year ahead of us, the year ahead of us"),
    ("VAGUE", "vague", f"{VAGUE}, {IN_COMING_YEARS}"),
    ("EVENT", "event", EVENTS),
)
