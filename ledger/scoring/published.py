"""What is published of a record: plain values, computed by the rest of this package and stored as JSON.

Shares and probabilities lie between 0 and 1. None always means "not known" or "not to be shown",
never nought. This module imports no NumPy and no SciPy, so that pages can read figures cheaply; and
a million of these values are made a night, so they are ``Struct``, which is quicker than a dataclass.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct, field
from msgspec.structs import replace

from ledger.scoring.intervals import Proportion, Range

PLACES = 6
"""Figures are published rounded to so many decimals, so that every machine publishes the same."""


class Reading(StrEnum):
    """Against which day of a horizon promises are held. All are counted only once the deadline is over."""

    STRICT = "strict"
    """The speaker's best estimate: the nominal day."""
    DEADLINE = "deadline"
    """The last day on which it still comes true as said. The default."""
    LATEST = "latest"
    """The deadline and the vagueness that the words admit."""


# -- the due cohort --------------------------------------------------------------------------------


class Due(Struct, frozen=True, gc=False):
    """The due cohort with its bounds. ``due`` = the seven cells added up; each is a number of claims.

    ``rate`` is the headline: from the lower end of ``at_least`` to the upper end of ``at_most``.
    ``naive`` leaves out what waits and what came in part; it flatters, and is only ever shown greyed.
    """

    due: int = 0
    on_time: int = 0
    late: int = 0
    missed: int = 0
    partly: int = 0
    waiting: int = 0
    cannot_tell: int = 0
    void: int = 0
    withdrawn_late: int = 0
    """Entries taken back after their deadline; the claims keep their cells."""
    already_true: int = 0
    """Claims that came true and whose deadline is still to come: they count from that day on."""
    days_waited: int | None = None
    """The median age of what waits, in days after its deadline; None when nothing does."""
    at_least: Proportion | None = None
    """On time if nothing that waits was."""
    at_most: Proportion | None = None
    """On time if all that waits was."""
    rate: Range | None = None
    lenient: Proportion | None = None
    """As ``at_most``, with what came true in part counted as on time."""
    naive: Proportion | None = None

    @property
    def counted(self) -> int:
        """What the rate is a share of: all but void and cannot tell."""
        return self.due - self.void - self.cannot_tell

    @property
    def settled(self) -> int:
        """What counts and waits for nothing more."""
        return self.counted - self.waiting

    @property
    def at_best(self) -> int:
        """How many are on time if all that waits is."""
        return self.on_time + self.waiting


# -- delivery --------------------------------------------------------------------------------------


class Step(Struct, frozen=True, gc=False):
    """The delivery curve from ``slip`` (multiples of the promised time) up to the next step."""

    slip: float
    share: float
    """Delivered by then."""
    low: float
    high: float
    given_up: float
    """Given up by then, as a share of the same whole."""
    at_risk: int
    """How many were neither delivered nor given up, and still followed, just before."""


class ByThen(Struct, frozen=True, gc=False):
    """The share delivered by ``multiple`` times the promised time; None where nobody was followed so far."""

    multiple: float
    share: float | None
    low: float | None
    high: float | None
    followed: int = 0
    """How many were neither delivered nor given up, and still followed, just before it."""


class Slips(Struct, frozen=True, gc=False):
    """How many claims ended later than ``low`` and no later than ``high`` times the promised time, by what ended them.

    The first bin holds what took no time too; of the last ``high`` is None: however late.
    """

    low: float
    high: float | None
    delivered: int
    open: int
    """Not delivered when they were looked at last."""
    given_up: int


class Delivery(Struct, frozen=True, gc=False):
    """How long promises took, in multiples of the promised time (Kaplan-Meier; given up as a competing event).

    ``n`` = ``delivered`` + ``given_up`` + ``open``: those in the curve, one a claim. Beside it stand
    those that are not, each counted: ``never_looked``, ``cannot_tell``, ``void``, ``not_to_happen``.
    """

    n: int = 0
    delivered: int = 0
    given_up: int = 0
    open: int = 0
    """Not delivered up to the day until which the last verdict looked."""
    never_looked: int = 0
    cannot_tell: int = 0
    void: int = 0
    not_to_happen: int = 0
    """Said not to happen: there is nothing to deliver."""
    curve: tuple[Step, ...] = ()
    by: tuple[ByThen, ...] = ()
    """At 1, 1.5, 2, 3 and 4 times the promised time."""
    in_the_end: ByThen | None = None
    """The curve's last value, at the largest slip that was followed."""
    median: float | None = None
    """Slip by which half was delivered; None if half never was: then it is more than ``followed_to``."""
    followed_to: float | None = None
    """The largest slip of any claim in the curve."""
    mean_to_4: float | None = None
    """Restricted mean: slip, with everything beyond 4 counted as 4."""
    slips: tuple[Slips, ...] = ()
    """The ``n`` claims by slip, in bins of a quarter of the promised time; those that hold none are left out."""


# -- odds ------------------------------------------------------------------------------------------


class Stated(Struct, frozen=True, gc=False):
    """All claims given the same odds: a dot of the diagram. ``share`` counts partly as nothing came true."""

    probability: float
    n: int
    came_true: int
    partly: int
    share: Proportion | None


class Bin(Struct, frozen=True, gc=False):
    """One of ten bins of stated odds, ``low`` included, ``high`` left out but in the last: ``came_true`` of ``n`` statements."""

    low: float
    high: float
    n: int
    came_true: int
    partly: int
    mean_probability: float | None


class Decomposition(Struct, frozen=True, gc=False):
    """``mean`` = ``mcb`` - ``dsc`` + ``unc``: miscalibration, discrimination, uncertainty (CORP)."""

    mean: float
    mcb: float
    dsc: float
    unc: float


class Point(Struct, frozen=True, gc=False):
    """At a stated probability: the recalibrated one, and the 90 % band in which a calibrated speaker's would lie.

    ``recalibrated`` is None where there are claims enough for the band but not for the line.
    """

    probability: float
    recalibrated: float | None
    low: float | None
    high: float | None


class Luck(Struct, frozen=True, gc=False):
    """What a perfectly calibrated speaker with the same statements would show, by resampling.

    ``p_value``: how often such a speaker is at least as miscalibrated.
    """

    mean_mcb: float
    p_value: float
    draws: int
    n: int
    """Claims resampled; fewer than there are when there are more than ``corp.MOST``."""


class Against(Struct, frozen=True, gc=False):
    """The speaker against a crowd asked the same within a week: squared distances from the truth, theirs taken from the speaker's.

    ``mean`` below 0: the speaker was closer. No interval below ``showing.INTERVAL_ON_A_MEAN`` claims:
    then ``closer`` of ``n`` tells.
    """

    n: int
    closer: int
    mean: float
    interval: Range | None


class Odds(Struct, frozen=True, gc=False):
    """How somebody's odds fared. ``n`` counts claims, ``statements`` how often odds were given of them.

    Whatever is not to be shown with so few claims is None or empty already (``showing``); ``why_not``
    says why the decomposition is missing.
    """

    n: int = 0
    statements: int = 0
    base_rate: float | None = None
    mean_probability: float | None = None
    brier: float | None = None
    brier_interval: Range | None = None
    brier_at_ends: Range | None = None
    """The mean score with the lower, and with the upper end of every range stated; None if none was a range."""
    log: float | None = None
    """Mean log score in nats, of odds clipped to [.01, .99]."""
    levels: tuple[Stated, ...] = ()
    bins: tuple[Bin, ...] = ()
    line: tuple[Point, ...] = ()
    """The CORP line and its band, a point a stated level."""
    by_brier: Decomposition | None = None
    by_log: Decomposition | None = None
    luck: Luck | None = None
    skill: float | None = None
    """1 - Brier / UNC: the gain over always naming this record's own base rate; below 0 it is a loss."""
    discrimination: float | None = None
    """How often what came true had the higher odds than what did not; 0.5 is chance (area under the ROC curve)."""
    why_not: str = ""
    seed: str = ""
    """With which band and luck were drawn. It follows from the odds: while it stays, they do."""


class Worded(Struct, frozen=True, gc=False):
    """The odds read out of words by one lexicon, apart from those stated in numbers."""

    lexicon: str
    version: str
    odds: Odds
    unread: int
    """Statements with words that this lexicon gives no number."""


# -- the speaker's own claims, and the ranking -----------------------------------------------------


class Tested(Struct, frozen=True, gc=False):
    """A claim about the whole record held against it: "late half of the time" (exact binomial test)."""

    claim: str
    """``half_on_time`` or ``always_in_the_end``."""
    n: int
    expected: float
    share: float
    low: float
    high: float
    p_value: float | None
    holds: bool
    """Whether the record is consistent with it at the 90 % level."""


LISTED = 14
"""So many places of a ranking are on a page; the rest is in its table."""


class Place(Struct, frozen=True, gc=False):
    """A speaker's place in the ranking by the share on time, pulled towards all others (beta-binomial)."""

    rank: int
    slug: str
    name: str
    k: int
    n: int
    mean: float
    low: float
    high: float
    tied: int
    """The number of the bracket: places with the same number follow each other and are not separated."""


class Ranking(Struct, frozen=True, gc=False):
    """Speakers by the 5 % quantile of their posterior, the best first. ``a`` and ``b`` are the prior's.

    ``places`` are all there are, or the first of them (``leading``); ``ranked`` counts them all.
    """

    a: float = 1.0
    b: float = 1.0
    estimated: bool = False
    """Whether the prior was estimated from the speakers; if not, they were too few, and it is flat."""
    places: tuple[Place, ...] = ()
    ranked: int = 0
    level: int = 0
    """How many, from the first on, cannot be told apart from it and from each other."""
    too_few: int = 0
    """Speakers with something due, but less than a rank needs."""
    too_much_waits: int = 0
    """Speakers of whose due cohort more than a fifth waits: not ranked."""

    @property
    def leading(self) -> Ranking:
        """The same with no more places than a page lists."""
        return replace(self, places=self.places[:LISTED])


# -- all of it -------------------------------------------------------------------------------------


class Figures(Struct, frozen=True, gc=False):
    """Everything published of one subject under one choice of entries and of reading."""

    scope: str
    """``all``, ``speaker`` or ``topic``."""
    slug: str
    """Of the speaker or topic; empty for all."""
    ink: str
    reading: Reading
    as_of: date | None = None
    """The day as of which it was counted; None when nothing was."""
    log_size: int | None = None
    """How many leaves the log had; None if it was not sealed yet."""
    code: str = ""
    """The version of the rules of counting."""
    due: Due = field(default_factory=Due)
    delivery: Delivery = field(default_factory=Delivery)
    short: Delivery = field(default_factory=Delivery)
    """Of promises for less than 30 days, apart from ``delivery``."""
    odds: Odds = field(default_factory=Odds)
    """Of odds stated in numbers."""
    worded: tuple[Worded, ...] = ()
    """Of odds read out of words, once a lexicon; the default lexicon first."""
    spread: Range | None = None
    """Between what the mean Brier score of the worded odds lies over the lexicons."""
    crowd: Against | None = None
    tested: tuple[Tested, ...] = ()
