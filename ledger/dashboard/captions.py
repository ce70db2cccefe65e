"""What is written in and above the charts: titles that state the finding, computed, and the lettering inside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ledger.drawing import delivery as curves
from ledger.drawing import reliability as diagrams
from ledger.drawing import slips as histograms
from ledger.scoring.intervals import Range
from ledger.scoring.published import ByThen, Delivery, Due, Figures, Odds, Ranking, Stated, Tested
from ledger.scoring.showing import RULES, Piece
from ledger.wording import day, number, percent, percents, sentence

FEWEST_AT_A_LEVEL = 3
"""With fewer claims a level of odds heads no chart."""


# -- titles ----------------------------------------------------------------------------------------


def of_delivery(delivery: Delivery) -> str:
    """The title of a delivery curve."""
    if not delivery.n:
        return _("No promise has been followed long enough to draw how long they take")
    if delivery.n < curves.FEWEST:
        return ngettext(
            "One promise has been followed: too few for a curve",
            "%(n)s promises have been followed: too few for a curve",
            delivery.n,
        ) % {"n": sentence(number(delivery.n))}
    on_time, twice = at(delivery, 1), at(delivery, 2)
    if on_time is None or on_time.share is None:
        return _("None of the promises has been followed to the day named")
    if twice is None or twice.share is None:
        return _("%(share)s were delivered by the day named; none was followed to twice the time") % {
            "share": percent(on_time.share)
        }
    return _("%(share)s were delivered by the day named, %(later)s by twice the time") % {
        "share": percent(on_time.share),
        "later": percent(twice.share),
    }


def of_slips(delivery: Delivery) -> str:
    """The title of a histogram of slips: where deliveries are thickest, and how many have not come."""
    if not delivery.delivered:
        return _("Nothing that was followed had come when it was looked at last")
    most = max(delivery.slips, key=lambda one: one.delivered)
    words = {
        "low": f"{most.low:g}",
        "high": f"{most.high or 0:g}",
        "k": most.delivered,
        "n": delivery.delivered,
        "open": number(delivery.open),
    }
    came = (
        _("Deliveries are thickest beyond %(low)s times the promised time: %(k)s of %(n)s") % words
        if most.high is None
        else _("Deliveries are thickest at %(low)s to %(high)s times the promised time: %(k)s of %(n)s")
        % words
    )
    if not delivery.open:
        return came
    open_ones = ngettext("%(open)s has not come", "%(open)s have not come", delivery.open) % words
    return f"{came}{_('; ')}{open_ones}"


def of_due(due: Due) -> str:
    """The title of the due cohort's bar."""
    if not due.due:
        return _("No promise has come due")
    if not due.counted:
        return ngettext(
            "One promise came due, and it cannot be counted",
            "%(n)s promises came due, and none can be counted",
            due.due,
        ) % {"n": sentence(number(due.due))}
    if not due.settled:
        return ngettext(
            "One promise came due, and no verdict settles it",
            "%(n)s promises came due, and no verdict settles them",
            due.waiting,
        ) % {"n": sentence(number(due.waiting))}
    if due.waiting:
        return _("%(low)s to %(high)s of %(n)s were on time, depending on what still waits") % {
            "low": sentence(number(due.on_time)) if due.on_time else _("None"),
            "high": number(due.on_time + due.waiting),
            "n": number(due.counted),
        }
    return _("%(k)s of %(n)s were on time") % {
        "k": sentence(number(due.on_time)) if due.on_time else _("None"),
        "n": number(due.counted),
    }


def of_odds(odds: Odds, name: str = "") -> str:
    """The title of a reliability diagram: the level that says most, or what is missing."""
    level = _telling(odds.levels)
    if level is None:
        return (
            _("Too few stated odds have been put to the test")
            if odds.n
            else _("No stated odds have been put to the test")
        )
    words = {
        "odds": percent(level.probability),
        "k": number(level.came_true) if level.came_true else _("none"),
        "n": number(level.n),
        "name": name,
    }
    if name:
        return _("Of what %(name)s gave %(odds)s, %(k)s of %(n)s came true") % words
    return _("Of what was given %(odds)s, %(k)s of %(n)s came true") % words


def of_ranking(ranking: Ranking) -> str:
    """The title of a ranking: how many cannot be told from the first."""
    if not ranking.places:
        return _("Nobody can be ranked yet")
    first = ranking.places[0]
    if ranking.level == 1:
        return (
            _("%(name)s comes first, clear of the next") % {"name": first.name}
            if ranking.ranked > 1
            else first.name
        )
    if ranking.level == ranking.ranked:
        return _("No clear first: none of the %(n)s can be told apart") % {"n": number(ranking.ranked)}
    return _("No clear first: %(k)s of the %(n)s cannot be told apart") % {
        "k": number(ranking.level),
        "n": number(ranking.ranked),
    }


def of_timeline(waiting: int, next_day: date | None, coming: int) -> str:
    """The title of the timeline: what waits and what comes."""
    parts = []
    if waiting:
        parts.append(
            ngettext(
                "one entry is past the day named and without a verdict",
                "%(n)s entries are past the day named and without a verdict",
                waiting,
            )
            % {"n": number(waiting)}
        )
    if next_day:
        parts.append(
            ngettext("one falls due on %(day)s", "%(n)s fall due on %(day)s", coming)
            % {"n": number(coming), "day": day(next_day)}
        )
    return sentence(_("; ").join(parts)) or _("Everything that had a day has been judged")


def of_topics(topics: Sequence[tuple[str, Figures]]) -> str:
    """The title of the small multiples: the best and the worst topic, if their intervals are apart."""
    known = [
        (name, share)
        for name, figures in topics
        if (share := at(figures.delivery, 1)) and share.share is not None
    ]
    if len(known) < 2:
        return _("Topic by topic")
    worst = min(known, key=lambda one: one[1].high or 0.0)
    best = max(known, key=lambda one: one[1].low or 0.0)
    if (best[1].low or 0.0) <= (worst[1].high or 0.0):
        return _("No topic keeps its dates clearly better than the others")
    return _("%(best)s: %(high)s on time. %(worst)s: %(low)s") % {
        "best": best[0],
        "worst": worst[0],
        "high": percent(best[1].share or 0.0),
        "low": percent(worst[1].share or 0.0),
    }


def _telling(levels: Sequence[Stated]) -> Stated | None:
    """The level with most claims."""
    many = [level for level in levels if level.n >= FEWEST_AT_A_LEVEL]
    return max(many, key=lambda level: (level.n, level.probability), default=None)


def at(delivery: Delivery, multiple: float) -> ByThen | None:
    """The share delivered by ``multiple`` times the promised time, if it is among those published."""
    return next((then for then in delivery.by if then.multiple == multiple), None)


# -- sentences under a chart -----------------------------------------------------------------------


def read_delivery(delivery: Delivery) -> str:
    """How the curve is read, and its middle."""
    if delivery.median is not None:
        return _("Half of them had come by %(times)s times the promised time.") % {
            "times": f"{delivery.median:.1f}"
        }
    if delivery.followed_to is None:
        return ""
    return _(
        "Half of them have not come by %(times)s times the promised time, as long as any was followed."
    ) % {"times": f"{delivery.followed_to:.1f}"}


def of_spark(figures: Figures) -> str:
    """What a small multiple shows, in numbers: they are not drawn."""
    on_time, end, n = at(figures.delivery, 1), at(figures.delivery, 4), figures.delivery.n
    words = {
        "n": n,
        "share": percent(on_time.share) if on_time and on_time.share is not None else "",
        "end": percent(end.share) if end and end.share is not None else "",
    }
    if not words["share"]:
        return (
            ngettext("one claim, not followed to its day", "%(n)s claims, not followed to their day", n)
            % words
        )
    if not words["end"]:
        return ngettext("%(share)s on time, one claim", "%(share)s on time, %(n)s claims", n) % words
    return (
        ngettext(
            "%(share)s on time, %(end)s by 4×, one claim", "%(share)s on time, %(end)s by 4×, %(n)s claims", n
        )
        % words
    )


def read_odds(odds: Odds) -> str:
    """How far the odds were off, beside what luck alone does."""
    if odds.luck is None or odds.by_brier is None:
        return _why_not(odds)
    return _(
        "Miscalibration %(mcb)s; somebody perfectly calibrated, having said the same, would show about %(luck)s (p = %(p)s)."
    ) % {
        "mcb": f"{odds.by_brier.mcb:.3f}",
        "luck": f"{odds.luck.mean_mcb:.3f}",
        "p": f"{odds.luck.p_value:.2f}",
    }


def _why_not(odds: Odds) -> str:
    """What is missing for a decomposition; empty if nothing is."""
    if not odds.n:
        return ""
    fewest = RULES[Piece.DECOMPOSITION].fewest
    if odds.n < fewest:
        return _("How far they are off is computed from %(fewest)s claims on; here are %(n)s.") % {
            "fewest": fewest,
            "n": odds.n,
        }
    return _("Everything came out the same way, so there is nothing to tell apart.")


def test_name(test: Tested) -> str:
    """The claim about a record that was held against it."""
    names = {
        "half_on_time": _("“A deadline is the middle of what to expect”"),
        "always_in_the_end": _("“Late perhaps, but it always comes”"),
    }
    return names.get(test.claim, test.claim)


def test_words(test: Tested) -> str:
    """What the record shows beside that claim."""
    words = {
        "share": percent(test.share),
        "between": percents(Range(test.low, test.high)),
        "n": number(test.n),
        "expected": percent(test.expected),
    }
    if test.claim == "half_on_time":
        return (
            _(
                "If so, %(expected)s would be on time. Of %(n)s settled, %(share)s were, 90%% interval %(between)s."
            )
            % words
        )
    return (
        _(
            "If so, nearly all would come: %(expected)s or more. As long as %(n)s have been followed, %(share)s came, 90%% interval %(between)s."
        )
        % words
    )


def reach(due: Due) -> str:
    """The headline rate with what it is made of; empty where nothing is settled."""
    if not due.settled or due.rate is None:
        return ""
    return _(
        "On time: %(rate)s. The lower end takes it that nothing that waits came true, the upper that all of it did; each is widened by its 90%% interval."
    ) % {"rate": percents(due.rate)}


def shown() -> list[tuple[int, str]]:
    """From how many claims on what is shown of a record."""
    words = {
        Piece.SHARE: _("the list, and k of n with its interval"),
        Piece.RANK: _("posterior and rank with its interval"),
        Piece.MEAN: _("mean scores, without an interval"),
        Piece.LEVELS: _("a dot per stated level, with its interval"),
        Piece.BAND: _("the band in which a calibrated speaker would lie"),
        Piece.MEAN_INTERVAL: _("an interval around a mean score"),
        Piece.LINE: _("the recalibrated line and the histogram"),
        Piece.DECOMPOSITION: _("miscalibration, discrimination, uncertainty, and the p-value"),
    }
    return [(rule.fewest, words[piece]) for piece, rule in RULES.items()]


# -- lettering -------------------------------------------------------------------------------------


def curve_words(delivery: Delivery) -> curves.Words:
    """The lettering of a delivery curve."""
    return curves.Words(
        label=_("Delivery curve. %(finding)s.") % {"finding": of_delivery(delivery)},
        percent=percent,
        said=_("said"),
        day_named=_("the day named"),
        twice=_("twice the time"),
        four_times=_("four times"),
        not_yet=_("not yet, or never"),
        on_time=_("on time"),
        by_twice=_("by twice the time"),
        by_four=_("by four times the time"),
        followed=_("Promises still being followed at each point"),
    )


def slips_words(delivery: Delivery) -> histograms.Words:
    """The lettering of a histogram of slips."""
    return histograms.Words(
        label=_("Histogram. %(finding)s.") % {"finding": of_slips(delivery)},
        said=_("said"),
        day_named=_("the day named"),
        came=_("came true"),
        not_yet=_("not there when last looked at"),
        given_up=_("given up"),
        beyond=_("later"),
    )


def diagram_words(odds: Odds) -> diagrams.Words:
    """The lettering of a reliability diagram."""
    return diagrams.Words(
        label=_("Reliability diagram. %(finding)s.") % {"finding": of_odds(odds)},
        of=_("{k} of {n}"),
        too_little=_("said too little"),
        too_much=_("said too much"),
        perfect=_("perfect calibration"),
        across=_("Stated odds, and how many claims were given them"),
    )
