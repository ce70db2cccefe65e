"""The sentences at the head of a page: what the figures say, computed each time, never written by hand.

Nothing is claimed that the counts do not hold: little is called little, and where nothing is known
the sentence says what is missing.
"""

from __future__ import annotations

from ledger.claims import Ink
from ledger.dashboard import Record
from ledger.scoring.cohort import Cohort
from ledger.wording import counted, day, number, percents, sentence, span

ENOUGH_FOR_A_RATE = 10
"""Below so many due claims a headline counts; from here on it gives the rate."""


def of_all(record: Record) -> str:
    """The finding of the front page."""
    if not record.claims:
        return "Nothing has been logged yet"
    if record.cohort.due:
        return sentence(_of_cohort(record.cohort, "dated promise", whose=""))
    return _nothing_counted(record, "Nothing", "")


def of_speaker(name: str, record: Record) -> str:
    """The finding of a speaker's page."""
    if not record.entries:
        return f"Nothing that {name} said is logged"
    if record.cohort.due:
        return sentence(_of_cohort(record.cohort, "dated promise", whose=f"{possessive(name)} "))
    return _nothing_counted(record, f"Nothing {name} said", name)


def possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _of_cohort(cohort: Cohort, noun: str, whose: str) -> str:
    if not cohort.counted:
        return f"nothing can be counted yet: {counted(cohort.due, 'promise')} fell due, all void or beyond telling"
    if not cohort.settled:
        have = "has" if cohort.waiting == 1 else "have"
        wait = "waits" if cohort.waiting == 1 else "wait"
        return (
            f"{number(cohort.waiting)} of {whose}promises {have} come due and {wait} for a verdict"
            if whose
            else (f"{counted(cohort.waiting, 'promise')} {have} come due and {wait} for a verdict")
        )
    if cohort.counted >= ENOUGH_FOR_A_RATE and cohort.rate:
        return f"between {percents(cohort.rate)} of {whose}{noun}s came true on time".replace(
            " to ", " and ", 1
        )
    on_time = "none" if cohort.on_time == 0 else number(cohort.on_time)
    kept = f"{on_time} of {whose}{counted(cohort.counted, noun)} came true on time"
    if cohort.waiting:
        return f"{kept}, {number(cohort.waiting)} still to be judged"
    return kept


def _nothing_counted(record: Record, nothing: str, name: str) -> str:
    """Nothing of the chosen ink has come due: say so, and what comes next."""
    if record.ink is Ink.HINDSIGHT:
        return (
            f"{nothing} logged in hindsight counts here" if not name else f"{nothing} was logged in hindsight"
        )
    if record.next_day:
        first = (
            "the first does" if len(record.next_up) == 1 else f"the first {number(len(record.next_up))} do"
        )
        return f"{nothing} written down beforehand has come due yet; {first} on {day(record.next_day)}"
    if record.due_in_hindsight:
        return (
            f"{nothing} was written down before its day"
            if name
            else f"{nothing} was written down before its day had passed"
        )
    return f"{nothing} came with a date" if name else "Many words, and no date among them"


def standfirst(record: Record) -> str:
    """What stands behind the finding: how sure it is, and what it leaves out."""
    cohort, parts = record.cohort, []
    if cohort.settled and cohort.rate:
        parts.append(
            f"{sentence(_k_of_n(cohort))} came true by the day named; the true share may be anywhere from {percents(cohort.rate)}."
        )
    elif cohort.waiting:
        parts.append(f"Until somebody looks, their share on time may be anything. {_waited(record)}".strip())
    elif record.next_day:
        parts.append(f"That is in {span((record.next_day - record.on).days)}.")
    return " ".join([*parts, *_left_out(record)])


def _k_of_n(cohort: Cohort) -> str:
    if cohort.waiting:
        most = cohort.on_time + cohort.waiting
        return f"{number(cohort.on_time)} to {number(most)} of {number(cohort.counted)}"
    return f"{number(cohort.on_time)} of {number(cohort.counted)}"


def _waited(record: Record) -> str:
    return f"Half of them have waited {span(record.days_waited)} or more." if record.days_waited else ""


def _left_out(record: Record) -> list[str]:
    """What the rate does not hold, in a sentence."""
    if record.ink is Ink.BEFOREHAND and record.due_in_hindsight:
        n = record.due_in_hindsight
        was, their = ("is", "its") if n == 1 else ("are", "their")
        return [f"{sentence(counted(n, 'promise'))} logged after {their} day had passed {was} counted apart."]
    return []


def of_timeline(record: Record) -> str:
    """The title of the timeline: what waits and what comes."""
    waiting, coming = len(record.waiting), len(record.next_up)
    parts = []
    if waiting:
        parts.append(
            f"{counted(waiting, 'promise')} {'is' if waiting == 1 else 'are'} past the day named and without a verdict"
        )
    if coming and record.next_day:
        falls = "falls" if coming == 1 else "fall"
        parts.append(f"{number(coming)} {falls} due on {day(record.next_day)}")
    return sentence("; ".join(parts)) or "Every promise that had a day has been judged"


def of_bar(record: Record) -> str:
    """The title of the due cohort's bar."""
    cohort = record.cohort
    if not cohort.due:
        return (
            "No promise written down beforehand has come due"
            if record.ink is Ink.BEFOREHAND
            else "No promise was logged in hindsight"
        )
    if not cohort.counted:
        return f"Of {counted(cohort.due, 'promise')} that came due, none can be counted"
    if not cohort.settled:
        return f"{sentence(counted(cohort.waiting, 'promise'))}, and no verdict yet"
    return f"{sentence(_k_of_n(cohort))} came true on time"
