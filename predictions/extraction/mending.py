"""What single words say wrongly, because they mean another thing beside others."""

from __future__ import annotations

import re
from collections.abc import Callable

from predictions.extraction.signs import Sign

Shown = dict[Sign, str]  # the signs of a sentence, each with the words that are it

WOULD = re.compile(r"\bwould|['’]d\b", re.IGNORECASE)
PROBABLY = re.compile(
    r"(?:(?:most|very|quite) )?(?:probably|likely)|presumably|多半|很可能|恐怕", re.IGNORECASE
)
NOT_BARE = frozenset((Sign.COULD, Sign.READER, Sign.HABIT, Sign.PAST, Sign.WILL, Sign.MIGHT))
STILL_AHEAD = frozenset((Sign.WILL, Sign.BOUND, Sign.MIGHT, Sign.COULD, Sign.FORESEE, Sign.DATED))


def dated_plans(shown: Shown) -> None:
    """Beside a date "you will" is an expectation and no habit, "should" no advice."""
    if Sign.DATED not in shown:
        return
    for sign in (Sign.LISTENER, Sign.MYSELF):
        if sign in shown and not WOULD.search(shown[sign]):
            shown.setdefault(Sign.WILL, shown.pop(sign))
            shown.pop(Sign.READER, None)
    if shown.get(Sign.ADVICE, "").lower() == "should":
        shown.setdefault(Sign.BOUND, shown.pop(Sign.ADVICE))


def expected_moves(shown: Shown) -> None:
    """ "Margins should improve" gives no advice."""
    if shown.get(Sign.ADVICE, "").lower() == "should" and "should" in shown.get(Sign.BOUND, "").lower():
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
    if (past == "了" and past in coming) or (past in ("最後", "最后") and Sign.FORESEE in shown):
        del shown[Sign.PAST]


def promised_duties(shown: Shown) -> None:
    """ "I promise that nobody has to wait" gives no advice."""
    if Sign.FORESEE in shown:
        shown.pop(Sign.ADVICE, None)


def one_future(shown: Shown) -> None:
    """ "Will inevitably" is one future, said surely."""
    if Sign.WILL in shown and Sign.BOUND in shown:
        shown[Sign.SURE] = shown.pop(Sign.BOUND)


MENDS: tuple[Callable[[Shown], None], ...] = (
    dated_plans,
    expected_moves,
    likely_changes,
    bare_changes,
    polite_requests,
    old_outcomes,
    unreal_consequences,
    outcomes_to_come,
    promised_duties,
    one_future,
)


def mend(shown: Shown) -> None:
    """Take from the signs of a sentence what its other signs deny."""
    for each in MENDS:
        each(shown)
