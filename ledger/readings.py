"""How words became a date, or why they did not, in the language of the page.

The ink keeps both in English. What a rule does is the same in any language, so it is said anew; what a
person wrote stays as it was written.
"""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ledger.wording import day, sentence
from predictions.horizons import Horizon, retold, rule_in_words
from predictions.models import Deadline, Prediction

UNSAID = ("", "no date was stated")
"""What stands where no words said when."""


def in_words(deadline: Deadline) -> str:
    """What was done to the words of ``deadline``, as a sentence."""
    if deadline.reading == Deadline.Reading.PERSON:
        return _("The dates were set by a person.")
    if deadline.counted_from != deadline.prediction.statement.anchor:
        return _("Counted from %(day)s, the day of the event.") % {"day": day(deadline.counted_from)}
    return _by_rule(deadline.rule) or deadline.explanation


def of(horizon: Horizon) -> str:
    """The same of words that are not in the ledger."""
    return _by_rule(horizon.rule)


def undated_because(prediction: Prediction) -> str:
    """Why there is no date, as a sentence."""
    why = prediction.undated_because
    return _("No date was stated.") if why in UNSAID else sentence(retold(why, _language()))


def _by_rule(rule: str) -> str:
    words = rule_in_words(rule, _language())
    return f"{sentence(words)}{_('.')}" if words else ""


def _language() -> str:
    return (get_language() or "")[:2]
