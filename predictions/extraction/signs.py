"""What the words of a sentence can be a sign of, and how much each sign counts for or against a prediction."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Meaning(NamedTuple):
    """A kind of sign: its weight in the score, and how a reason names it to a reader."""

    weight: float
    says: str


class Sign(Enum):
    """Everything that is looked for. The words are in ``english`` and ``chinese``, what is seen in the shape of a sentence in ``features``."""

    # for: the sentence asserts something about the time after it
    WILL = Meaning(3.0, "says what will be")
    BOUND = Meaning(2.8, "calls it likely or bound to happen")
    FORESEE = Meaning(2.7, "announces a forecast")
    SOMEDAY = Meaning(2.7, "puts it at an unnamed time to come")
    AHEAD = Meaning(1.2, "points ahead")
    NEAR = Meaning(2.7, "says that something is near")
    SURE = Meaning(0.9, "is sure of it")
    LIKELY = Meaning(1.4, "says how likely it is")
    MIGHT = Meaning(1.2, "calls it possible")
    COULD = Meaning(0.6, "says what can be")
    CONSEQUENCE = Meaning(2.2, "says what follows")
    TRIGGER = Meaning(0.3, "names a condition")
    CHANGE = Meaning(1.1, "speaks of a change to come")
    AIM = Meaning(1.4, "states an aim")
    OPINION = Meaning(0.6, "gives an opinion")
    REPORTED = Meaning(0.8, "reports what somebody says")
    DATED = Meaning(2.7, "names a date")
    SPAN = Meaning(1.6, "names a span of time")
    ODDS = Meaning(1.8, "puts a number on the chance")
    COMPANY = Meaning(0.9, "stands beside another forecast")
    PROMISED = Meaning(2.0, "tells what somebody said would be")
    QUANTITY = Meaning(0.3, "has numbers in it")

    # against: it only sounds like one
    QUESTION = Meaning(-5.0, "asks")
    PAST = Meaning(-1.2, "tells the past")
    UNREAL = Meaning(-0.8, "imagines what is not")
    ADVICE = Meaning(-0.9, "gives advice")
    READER = Meaning(-0.3, "speaks to the listener")
    UNKNOWN = Meaning(-3.3, "says that it is not known")
    PAGE = Meaning(-3.0, "speaks of the document itself")
    ADVERT = Meaning(-3.2, "is advertising or boilerplate")
    SELLING = Meaning(-1.2, "stands beside advertising")
    HABIT = Meaning(-0.8, "describes a habit")
    DEFINITION = Meaning(-0.3, "defines")
    WISH = Meaning(0.0, "wishes")
    TITLE = Meaning(-3.2, "is a heading")
    CUT = Meaning(-2.5, "breaks off")
    FRAGMENT = Meaning(-1.1, "is very short")
    STORY = Meaning(-2.8, "stands in the middle of a story")
    LISTENER = Meaning(0.3, "says what anybody would do")
    MYSELF = Meaning(1.0, "says what the speaker is about to do")
    SOMEBODY = Meaning(-0.3, "speaks of people without a name")
    PLAYED = Meaning(-1.2, "plays what somebody says")
    PERSONAL = Meaning(-1.4, "speaks of what the speaker does in the conversation")

    VETO = Meaning(-30.0, "is a fancy, a hope, a habit or an old forecast")  # outweighs everything

    # neither: words that contain a sign's word and mean something else
    NOTHING = Meaning(0.0, "")

    __hash__ = object.__hash__  # there is one of each: as good as the hash of its name, and much faster

    @property
    def weight(self) -> float:
        return self.value.weight

    @property
    def says(self) -> str:
        return self.value.says


BIAS = -3.6  # what a sentence without any sign scores
POINTERS = frozenset(
    (
        Sign.WILL,
        Sign.FORESEE,
        Sign.SOMEDAY,
        Sign.AHEAD,
        Sign.NEAR,
        Sign.SURE,
        Sign.LIKELY,
        Sign.MIGHT,
        Sign.COULD,
        Sign.BOUND,
        Sign.CONSEQUENCE,
        Sign.MYSELF,
        Sign.LISTENER,
        Sign.CHANGE,
        Sign.AIM,
        Sign.PROMISED,
        Sign.DATED,
        Sign.SPAN,
        Sign.ODDS,
    )
)  # without one of these nothing is a candidate
