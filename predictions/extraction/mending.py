"""What single words say wrongly, because they mean another thing beside others."""

from __future__ import annotations

import re
from collections.abc import Callable

from predictions.extraction.signs import Sign

Shown = dict[Sign, str]  # the signs of a sentence, each with the words that are it

WOULD = re.compile(r"\bwould|['’]d\b", re.IGNORECASE)
PROBABLY = re.compile(
    r"(?:(?:most|very|quite) )?(?:probably|likely)|presumably|多半|很可能|恐怕|大概|八成|有機會|有可能",
    re.IGNORECASE,
)
NEXT = re.compile("[明後后下]")  # 明年就不用了
CANNOT = re.compile(".*不(?:住|起來|上來|回來)$")  # 擋不住了
NOT_BARE = frozenset((Sign.COULD, Sign.READER, Sign.HABIT, Sign.PAST, Sign.WILL, Sign.MIGHT))
NOUNS_TOO = frozenset(["ships", "launches", "shortages", "orders"])
PARTICLED = frozenset(["go", "get", "come", "fall", "run", "dry", "catch", "die"])  # "go under" and the like
AHEAD = frozenset((Sign.AHEAD, Sign.SPAN))
GENERAL = frozenset((Sign.DEFINITION, Sign.ADVICE, Sign.QUESTION, Sign.UNREAL, Sign.TITLE))
STILL_AHEAD = frozenset((Sign.WILL, Sign.BOUND, Sign.MIGHT, Sign.COULD, Sign.FORESEE, Sign.DATED))


def dated_plans(shown: Shown) -> None:
    """Beside a date "you will" is an expectation and no habit, "should" and "has to" no advice."""
    if not {Sign.DATED, Sign.SOMEDAY} & shown.keys():
        return
    for sign in (Sign.LISTENER, Sign.MYSELF):
        if sign in shown and not WOULD.search(shown[sign]):
            shown.setdefault(Sign.WILL, shown.pop(sign))
            shown.pop(Sign.READER, None)
    if shown.get(Sign.ADVICE, "").lower() in ("should", "has to", "have to", "must"):
        shown.setdefault(Sign.BOUND, shown.pop(Sign.ADVICE))


def expected_moves(shown: Shown) -> None:
    """ "Margins should improve" gives no advice."""
    advice, bound = shown.get(Sign.ADVICE, "").lower(), shown.get(Sign.BOUND, "").lower()
    if advice in ("should", "應該", "应该") and advice in bound:
        del shown[Sign.ADVICE]


def likely_changes(shown: Shown) -> None:
    """ "Probably it collapses" needs no "will"."""
    if Sign.CHANGE in shown and Sign.WILL not in shown and PROBABLY.fullmatch(shown.get(Sign.LIKELY, "")):
        shown[Sign.BOUND] = shown.pop(Sign.LIKELY)


def bare_changes(shown: Shown) -> None:
    """Nor do "if we build it, the queue disappears" and "I think turnout drops"; in Chinese such words are nouns as well."""
    changes = shown.get(Sign.CHANGE, "").isascii() and not NOT_BARE & shown.keys()
    before = shown.get(Sign.OPINION) or (
        shown.get(Sign.TRIGGER) if shown.get(Sign.TRIGGER, "").lower() == "if" else None
    )
    if Sign.CHANGE in shown and changes and before:
        shown.setdefault(Sign.LIKELY, before)


def goes_on(shown: Shown) -> bool:
    """Nor does "the office survives" near a forecast, with which it goes on; says whether it is such a sentence."""
    change = shown.get(Sign.CHANGE, "").lower()
    verb = change.split(" ")[0]
    present = (
        verb.isascii()
        and verb not in NOUNS_TOO
        and (verb.endswith("s") or (verb in PARTICLED and verb != change))
    )
    if not present or (NOT_BARE | GENERAL) & shown.keys():
        return False
    shown.setdefault(Sign.LIKELY, change)
    shown.pop(Sign.FRAGMENT, None)
    return True


def changes_ahead(shown: Shown) -> None:
    """Nor does "turnout collapses this time", nor "the money decides early next year"."""
    if AHEAD & shown.keys():
        goes_on(shown)


def polite_requests(shown: Shown) -> None:
    """請將手機關機: the 將 is a 把."""
    if shown.get(Sign.ADVICE) in ("請", "请") and shown.get(Sign.WILL) in ("將", "将"):
        del shown[Sign.WILL]


def old_outcomes(shown: Shown) -> None:
    """ "Eventually they managed" tells how it went."""
    if Sign.PAST in shown and not STILL_AHEAD & shown.keys():
        shown.pop(Sign.SOMEDAY, None)


def unreal_consequences(shown: Shown) -> None:
    """ "Otherwise they would not be here"."""
    if shown.get(Sign.CONSEQUENCE, "").lower() == "otherwise" and WOULD.match(shown.get(Sign.COULD, "")):
        shown[Sign.UNREAL] = shown.pop(Sign.CONSEQUENCE)


def outcomes_to_come(shown: Shown) -> None:
    """ "快到頭了" is a change to come, and beside "I bet" 最後 is how it will end."""
    coming = shown.get(Sign.NEAR, "") + shown.get(Sign.BOUND, "")
    past = shown.get(Sign.PAST)
    turned = past in coming or CANNOT.match(coming) or NEXT.match(shown.get(Sign.DATED, "")) if past else None
    if (past == "了" and turned) or (
        past in ("最後", "最后") and (Sign.FORESEE in shown or shown.get(Sign.BOUND, "").startswith("最"))
    ):
        del shown[Sign.PAST]


def promised_duties(shown: Shown) -> None:
    """ "I promise that nobody has to wait" gives no advice."""
    if Sign.FORESEE in shown:
        shown.pop(Sign.ADVICE, None)


def one_future(shown: Shown) -> None:
    """ "Will inevitably" is one future, said surely."""
    if Sign.WILL in shown and Sign.BOUND in shown:
        shown[Sign.SURE] = shown.pop(Sign.BOUND)


def elliptic_answers(shown: Shown) -> None:
    """ "I don't think they will" is short and whole."""
    if Sign.OPINION in shown and Sign.WILL in shown:
        shown.pop(Sign.FRAGMENT, None)


MENDS: tuple[Callable[[Shown], None], ...] = (
    dated_plans,
    expected_moves,
    likely_changes,
    bare_changes,
    changes_ahead,
    polite_requests,
    old_outcomes,
    unreal_consequences,
    outcomes_to_come,
    promised_duties,
    elliptic_answers,
    one_future,
)


def mend(shown: Shown) -> None:
    """Take from the signs of a sentence what its other signs deny."""
    for each in MENDS:
        each(shown)
