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


THOSE = {Ink.BEFOREHAND: "", Ink.HINDSIGHT: " logged in hindsight", Ink.ALL: ""}
"""How a finding names what it is made of, where that is not the usual."""


def of_all(record: Record) -> str:
    """The finding of the front page."""
    if not record.claims:
        return "Nothing has been logged yet"
    return sentence(_of_cohort(record, "") if record.cohort.due else _of_nothing_due(record, ""))


def of_speaker(name: str, record: Record) -> str:
    """The finding of a speaker's page."""
    if not record.claims:
        return f"Nothing that {name} said is logged"
    if record.cohort.due:
        return sentence(_of_cohort(record, f"{possessive(name)} "))
    return sentence(_of_nothing_due(record, f" by {name}"))


def possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _of_cohort(record: Record, whose: str) -> str:
    """What became of the promises that fell due; there is at least one."""
    cohort, those = record.cohort, THOSE[record.ink]
    if not cohort.counted:
        return f"{_some(cohort.due, whose)}{those} fell due, and none can be counted"
    if not cohort.settled:
        has, them = ("has", "it") if cohort.waiting == 1 else ("have", "them")
        return f"{_some(cohort.waiting, whose)}{those} {has} come due, and no verdict settles {them}"
    if cohort.counted >= ENOUGH_FOR_A_RATE and cohort.rate:
        return f"between {percents(cohort.rate, 'and')} of {whose}dated promises{those} came true on time"
    if cohort.counted == 1:
        came = "came true on time" if cohort.on_time else "did not come true on time"
        return f"{whose or 'the '}one dated promise{those} {came}"
    kept = "none" if cohort.on_time == 0 else number(cohort.on_time)
    open_ones = f", {number(cohort.waiting)} left open" if cohort.waiting else ""
    return f"{kept} of {whose}{number(cohort.counted)} dated promises{those} came true on time{open_ones}"


def _some(n: int, whose: str) -> str:
    return f"{number(n)} of {whose}promises" if whose else counted(n, "promise")


def _of_nothing_due(record: Record, by: str) -> str:
    """Nothing of the chosen ink has come due: say so, and what comes first."""
    if record.ink is Ink.HINDSIGHT:
        return f"no promise{by} was logged in hindsight"
    if record.next_day:
        those = " written down beforehand" if record.passed else ""
        first = (
            "the first does" if len(record.next_up) == 1 else f"the first {number(len(record.next_up))} do"
        )
        return f"no promise{by}{those} has come due yet; {first} on {day(record.next_day)}"
    if record.due_in_hindsight:
        return f"every promise{by} whose day has passed was logged after it"
    if record.passed:
        return f"nothing{by} that fell due was said as more than possible"
    if not record.entries:
        return f"everything logged{by} has been withdrawn"
    return f"nothing{by} came with a date"


def standfirst(record: Record) -> str:
    """What stands behind the finding: how sure it is, and what it leaves out."""
    return " ".join(part for part in (_behind(record), _apart(record)) if part)


def _behind(record: Record) -> str:
    cohort = record.cohort
    if cohort.settled and cohort.rate:
        share = percents(cohort.rate)
        return (
            f"{sentence(k_of_n(cohort))} came true by the day named; the share may lie anywhere from {share}."
        )
    if cohort.waiting:
        waited = (
            f" Half of them have waited {span(record.days_waited)} or more." if record.days_waited else ""
        )
        return f"Until somebody looks, the share on time may be anything.{waited}"
    if record.next_day and record.next_day > record.on:
        return f"That is in {span((record.next_day - record.on).days)}."
    return ""


def _apart(record: Record) -> str:
    """What was logged in hindsight, if the finding leaves it out."""
    hindsight = record.of(Ink.HINDSIGHT)
    if record.ink is not Ink.BEFOREHAND or not hindsight.due:
        return ""
    are, their = ("is", "its") if hindsight.due == 1 else ("are", "their")
    none = (
        ""
        if hindsight.settled
        else "; no verdict settles it"
        if hindsight.due == 1
        else "; no verdict settles them"
    )
    return f"{sentence(counted(hindsight.due, 'promise'))} logged after {their} day had passed {are} counted apart{none}."


def k_of_n(cohort: Cohort) -> str:
    """As "nine of 50", or, as long as something waits, "nine to 16 of 50"."""
    most = f" to {number(cohort.at_best)}" if cohort.waiting else ""
    return f"{number(cohort.on_time)}{most} of {number(cohort.counted)}"


def of_timeline(record: Record) -> str:
    """The title of the timeline: what waits and what comes."""
    waiting, coming, parts = len(record.waiting), len(record.next_up), []
    if waiting:
        are = "is" if waiting == 1 else "are"
        parts.append(f"{counted(waiting, 'claim')} {are} past the day named and without a verdict")
    if record.next_day:
        parts.append(f"{number(coming)} {'falls' if coming == 1 else 'fall'} due on {day(record.next_day)}")
    return sentence("; ".join(parts)) or "Everything that had a day has been judged"


def of_bar(record: Record) -> str:
    """The title of the due cohort's bar."""
    cohort = record.cohort
    if not cohort.due:
        whose = {
            Ink.BEFOREHAND: " written down beforehand",
            Ink.HINDSIGHT: " logged in hindsight",
            Ink.ALL: "",
        }
        return f"No promise{whose[record.ink]} has come due"
    if not cohort.counted:
        return f"{sentence(counted(cohort.due, 'promise'))} came due, and none can be counted"
    if not cohort.settled:
        them = "it" if cohort.waiting == 1 else "them"
        return f"{sentence(counted(cohort.waiting, 'promise'))} came due, and no verdict settles {them}"
    return f"{sentence(k_of_n(cohort))} came true on time"
