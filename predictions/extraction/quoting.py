"""Words in quotation marks that running text gives to somebody: “It will rain,” said Ann Lee.

What is looked for is written English; in Chinese whoever is reported stands before the words.
"""

from __future__ import annotations

import re

FAR = 3_000  # characters back to where somebody may have been named
LEAD = 12  # characters before a name, as in "And then Ann Lee said: “…”"
LONGEST_TAIL = 240  # characters of "said Ann Lee, who …"
OPENING, CLOSING = '“"', '”"'
OPENS, CLOSES = re.compile(f"[{OPENING}]"), re.compile(f"(?<! )[{CLOSING}]")
TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov)\.? |(?:President|Professor|Minister|Senator|Mayor|Sir|Dame) )?"
WORD = r"[A-Z](?:\.|[\w'’-]+)"
NAME = rf"{WORD}(?: (?:{WORD}|van|von|de|der|da|al|bin)){{0,3}}"
SAYS = (
    r"(?:said|says|told \w+|tells \w+|added|adds|warned|warns|predicted|predicts|argued|argues|insisted|insists|promised|"
    r"recalled|replied|wrote|writes|explained|explains|announced|noted|notes|admitted|claimed|claims|concluded|expects|expected|believes|believed|doubts|doubted|fears|hopes|thinks)\b"
)
PRONOUN = r"(?:he|she|they)"
SOME = "(?:my|our|his|her|their|the|a|an|one)"
ASIDE = r"(?:, [^,“\"\n]{1,80},)?"  # Ann Lee, who heads the port, said
AFTER = re.compile(
    rf"\s*(?:{SAYS} {TITLE}(?P<first>{NAME})|{TITLE}(?P<second>{NAME}){ASIDE} (?:\w+ly )?{SAYS}"
    rf"|{SAYS} {PRONOUN}\b|{PRONOUN} (?:\w+ly )?{SAYS}|(?P<nobody>(?:{SAYS} )?{SOME} \w+(?: \w+)?(?: {SAYS}|(?=[.,]))))"
)
BEFORE = re.compile(rf"{TITLE}(?P<name>{NAME}){ASIDE} (?:\w+ly )?{SAYS}(?: that)?[,:]?\s*[{OPENING}]?$")
NAMED = re.compile(
    rf"[{CLOSING}]\s*{SAYS} {TITLE}(?P<first>{NAME})|\b{TITLE}(?P<second>{NAME}){ASIDE} (?:\w+ly )?{SAYS}"
)
NO_NAME = "The This That It He She They We You But And So In On At If When What There Who Then Later Yesterday Today"
NO_NAMES = frozenset(NO_NAME.split())


def words_said(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where in a sentence the words stand, if the rest of it only says who said them; else None.

    The sentence may begin or end in the middle of a quotation.
    """
    opening = first_of(OPENS, text, start, end)
    led = opening is not None and BEFORE.search(text, start, opening + 1)
    first = opening + 1 if opening is not None and (led or opening == start) else start
    closing = first_of(CLOSES, text, first, end)
    if led and led.start() - start < LEAD:
        return (first - 1, end) if closing is None or end - closing <= 2 else None
    if closing is None or end - closing > LONGEST_TAIL or not AFTER.match(text, closing + 1, end):
        return None
    if any(mark in text[closing + 1 : end] for mark in OPENING):
        return None  # the words go on: “It will,” she said, “rain.”
    return max(start, *(text.rfind(mark, start, closing) for mark in OPENING)), closing + 1


def first_of(mark: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    found = mark.search(text, start, end)
    return found.start() if found else None


def named(text: str, start: int, end: int) -> str | None:
    """Who is said to have said the quotation in which the words from ``start`` to ``end`` stand; None if nobody is.

    Whoever is only "she" or "Mr. Lee" gets the name that the text gave before.
    """
    closing = next(
        (at for at in range(max(end - 1, start), min(end + FAR, len(text))) if text[at] in CLOSING), end
    )
    after, before = AFTER.match(text, closing + 1), BEFORE.search(text, max(start - 200, 0), start)
    if after and after["nobody"]:
        return None
    who = _name((after["first"] or after["second"]) if after else before["name"] if before else None)
    if who is None:
        paragraph = max(text.rfind("\n\n", 0, start), start - FAR, 0)
        who = _last_named(text, max(start - FAR, 0) if after else paragraph, start)
    return full_name(text, who, start) if who else None


def _last_named(text: str, start: int, end: int) -> str | None:
    names = [_name(match["first"] or match["second"]) for match in NAMED.finditer(text, start, end)]
    return next((name for name in reversed(names) if name), None)


def _name(written: str | None) -> str | None:
    """The name without a word that only begins the sentence; None if nothing else is left."""
    words = (written or "").split()
    return " ".join(words[words[0] in NO_NAMES :]) or None if words else None


def full_name(text: str, name: str, before: int) -> str:
    """The name with the first name that the text has given it before, as "Ann Lee" for "Lee"."""
    if " " in name:
        return name
    longer = re.search(
        rf"({WORD}(?: {WORD}){{0,2}}) {re.escape(name)}\b", text[max(before - 2 * FAR, 0) : before]
    )
    titled = longer is None or re.match(TITLE + "$", longer[1] + " ")
    return name if titled or longer is None else f"{longer[1]} {name}"
