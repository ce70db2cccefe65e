"""What is told of one prediction, on one occasion: in a subject, in sentences, in facts, in the language that is active."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as written
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django_stubs_ext import StrOrPromise

from ledger.entries import entry
from ledger.marks import mark
from ledger.models import Correction, Delivery, Event, Resolution
from ledger.moments import day_of
from ledger.post.kinds import VERDICTS
from ledger.post.links import page
from ledger.readings import in_words
from ledger.standing import intended
from ledger.wording import day, in_quotes, one_line, tongue
from predictions.dates import Precision
from predictions.models import Deadline, Prediction, Statement

LONGEST_SUBJECT = 140
LONGEST_QUOTE = 600
LONGEST_FACT = 900
"""Characters; whoever wants more of a long passage reads it on the prediction's page."""

WAITS = gettext_lazy(
    "Nobody has decided yet whether it came true. It waits for a verdict, which will stand on its page with the evidence for it."
)


@dataclass(frozen=True)
class Fact:
    """What is known of a prediction, under its ``name``; some of it in words that ``somebody_wrote``."""

    name: StrOrPromise
    text: str
    somebody_wrote: bool = False

    @property
    def language(self) -> str:
        """That of the words; empty if it is the mail's own."""
        return tongue(self.text) if self.somebody_wrote else ""


@dataclass(frozen=True)
class Tidings:
    """One thing told. ``news`` is the short form for a subject and a list, ``when`` the day it is about, in words.

    ``desk`` is where it is acted on, if it is told so that somebody acts.
    """

    kind: str
    prediction: Prediction
    news: str
    when: str
    text: str
    facts: list[Fact]
    desk: str = ""

    @property
    def claim(self) -> str:
        return one_line(self.prediction.foretold)

    @property
    def quote(self) -> str:
        return one_line(self.prediction.statement.quote, LONGEST_QUOTE)

    @property
    def quoted(self) -> str:
        """The words as they are given: in quotation marks only if they were said so."""
        own_words = self.prediction.statement.attribution == Statement.Attribution.SAID
        return in_quotes(self.quote) if own_words and self.quote else self.quote

    @property
    def line(self) -> str:
        """What a list says of it, below its claim and its news."""
        return _("%(when)s. %(byline)s") % {"when": self.when, "byline": self.byline}

    @property
    def whole_line(self) -> str:
        """The same with its news, where the list's head does not say that."""
        if self.kind not in VERDICTS:
            return self.line
        return _("%(news)s. %(line)s") % {"news": self.news, "line": self.line}

    @property
    def language(self) -> str:
        """That of the quote."""
        return self.prediction.statement.language

    @property
    def byline(self) -> str:
        """Who said it, when, and where it stands: "Ada Byron, June 2025, in Episode 7"."""
        statement = self.prediction.statement
        own_words = statement.attribution == Statement.Attribution.SAID
        parts = [str(statement.speaker), statement.said]
        if not own_words:
            parts.append(statement.get_attribution_display())
        parts.append(_("in %(source)s") % {"source": statement.source})
        return one_line(_(", ").join(part for part in parts if part))

    @property
    def who(self) -> str:
        return one_line(str(self.prediction.statement.speaker), 60)

    @property
    def subject(self) -> str:
        who = _(" (%(who)s)") % {"who": self.who}
        said = _("%(news)s: %(claim)s") % {"news": self.news, "claim": self.claim}
        return one_line(said, LONGEST_SUBJECT - len(who)) + who

    @property
    def url(self) -> str:
        return self.desk or page(self.prediction.get_absolute_url())


def of(item: Delivery) -> Tidings:
    """What ``item`` (from ``with_all``) tells its reader. The same whenever it is asked."""
    event = item.event
    if item.correction:
        return _to_answer(item.correction)
    if event is None:
        raise ValueError("A question tells nothing.")
    match item.kind:
        case Delivery.Kind.APPROACHING:
            return _approaching(event, _deadline(event.prediction))
        case Delivery.Kind.INTENDED if event.resolution:
            return _intended(event, event.resolution)
        case Delivery.Kind.RETRACTED if event.resolution:
            return _retracted(event, event.resolution)
        case Delivery.Kind.RESOLVED if event.resolution:
            return _resolved(event, event.resolution)
        case Delivery.Kind.CORRECTED if event.correction:
            return _corrected(event, event.correction)
        case _:
            return _fell_due(item.kind, event, _deadline(event.prediction))


def _approaching(event: Event, deadline: Deadline) -> Tidings:
    coming = _(
        "When that day is over, it waits for a verdict, which will stand on its page with the evidence for it. Whoever knows of evidence already can name it."
    )
    said = (
        _("This was said not to happen by then.")
        if _will_not(event.prediction)
        else _("This was said to happen by then.")
    )
    return Tidings(
        kind=Delivery.Kind.APPROACHING,
        prediction=event.prediction,
        # The day, not how many are left: nobody knows when this is sent, in a digest or once a server is back, or read.
        news=_("Last day %(day)s") % {"day": day(deadline.last_day)},
        when=_("The last day is %(day)s") % {"day": _weekday(deadline.last_day)},
        text=f"{said} {coming}",
        facts=_facts(event.prediction, deadline),
    )


def _fell_due(kind: str, event: Event, deadline: Deadline) -> Tidings:
    said = (
        _("This was said not to happen by then, and that day is over.")
        if _will_not(event.prediction)
        else _("This was said to happen by then, and that day is over.")
    )
    return Tidings(
        kind=kind,
        prediction=event.prediction,
        news=_("Fell due") if kind == Delivery.Kind.FELL_DUE else _("Waits for a verdict"),
        when=_("The last day was %(day)s") % {"day": _weekday(deadline.last_day)},
        text=f"{said} {_what_comes(event.prediction)}",
        facts=_facts(event.prediction, deadline),
    )


def _what_comes(prediction: Prediction) -> str:
    """What whoever hears of no announced verdicts is told with a deadline that is over."""
    announced = intended(prediction)
    if announced is None:
        return str(WAITS)
    return _("A verdict is announced on its page. It is final on %(day)s, unless it is stopped before.") % {
        "day": day(day_of(announced.final_at))
    }


def _intended(event: Event, verdict: Resolution) -> Tidings:
    on, final_on = day_of(event.happened_at), day_of(verdict.final_at)
    answer = verdict.get_happened_display()
    return Tidings(
        kind=Delivery.Kind.INTENDED,
        prediction=event.prediction,
        news=_("Intended verdict: %(answer)s") % {"answer": answer},
        when=_("Announced on %(day)s") % {"day": _weekday(on)},
        text=_(
            "The intended verdict: %(answer)s. It is final on %(day)s unless somebody shows before then that it is wrong. Whoever knows better can say so on its page."
        )
        % {"answer": answer, "day": day(final_on)},
        facts=_grounds(verdict, event.prediction.deadline),
    )


def _retracted(event: Event, verdict: Resolution) -> Tidings:
    return Tidings(
        kind=Delivery.Kind.RETRACTED,
        prediction=event.prediction,
        news=_("Verdict taken back"),
        when=_("Intended verdict taken back on %(day)s") % {"day": _weekday(day_of(event.happened_at))},
        text=_(
            "The intended verdict “%(answer)s”, announced on %(day)s, was taken back before it was final: it does not count. What becomes of the prediction will stand on its page."
        )
        % {"day": day(day_of(verdict.made_at)), "answer": verdict.get_happened_display()},
        facts=_given([Fact(_("Why"), event.reason, somebody_wrote=True)]),
    )


def _resolved(event: Event, verdict: Resolution) -> Tidings:
    on = day_of(event.happened_at)
    how = mark(entry(event.prediction, on))
    before = _verdict_before(event)
    replaces = _("This replaces the verdict of %(day)s.") % {"day": day(before)} if before else ""
    said = _(
        "The verdict: %(how)s. It stands on its page with the evidence for it and all that came before. Should a later verdict supersede it, you hear of that too."
    ) % {"how": f"{str(how)[:1].lower()}{str(how)[1:]}"}
    return Tidings(
        kind=Delivery.Kind.RESOLVED,
        prediction=event.prediction,
        news=_("New verdict: %(answer)s") % {"answer": how.word} if before else str(how.word),
        when=_("Judged on %(day)s") % {"day": _weekday(on)},
        text=f"{replaces} {said}".strip(),
        facts=_grounds(verdict, event.prediction.deadline),
    )


def _verdict_before(event: Event) -> date | None:
    """The day of the verdict that counted until this one."""
    final = (one for one in event.prediction.events.all() if one.kind == Event.Kind.RESOLVED)
    return max((day_of(one.happened_at) for one in final if one.pk < event.pk), default=None)


def _corrected(event: Event, correction: Correction) -> Tidings:
    return Tidings(
        kind=Delivery.Kind.CORRECTED,
        prediction=event.prediction,
        news=pgettext("news", "Corrected"),
        when=_("Corrected on %(day)s") % {"day": _weekday(day_of(event.happened_at))},
        text=_(
            "Somebody said what is wrong with this entry, and an editor found that they are right. What was written before stays readable beside it."
        ),
        facts=_given(
            [
                Fact(_("What was wrong"), correction.says, somebody_wrote=True),
                Fact(_("What the editor says"), event.reason, somebody_wrote=True),
            ]
        ),
    )


def _to_answer(correction: Correction) -> Tidings:
    announced = intended(correction.prediction)
    stops = (
        _(
            "A verdict is announced, and is final on %(day)s. Accepted before that day, the correction stops it."
        )
        % {"day": day(day_of(announced.final_at))}
        if announced
        else ""
    )
    asks = _("A reader says that something is wrong with this entry or its verdict, and waits for an answer.")
    return Tidings(
        kind=Delivery.Kind.TO_ANSWER,
        prediction=correction.prediction,
        news=_("Correction to answer"),
        when=_("Correction filed on %(day)s") % {"day": _weekday(day_of(correction.filed_at))},
        text=f"{asks} {stops}".strip(),
        facts=_given(
            [
                Fact(_("What is wrong"), correction.says, somebody_wrote=True),
                Fact(_("Where one can see it"), correction.url),
            ]
        ),
        desk=f"{settings.SITE_URL}{reverse('desk_corrections')}#correction-{correction.pk}",
    )


def _grounds(verdict: Resolution, deadline: Deadline | None) -> list[Fact]:
    """What a verdict rests on."""
    return _given(
        [
            Fact(_("Did it come true"), verdict.get_happened_display()),
            Fact(_("Which part"), verdict.which_part, somebody_wrote=True),
            Fact(pgettext("of a verdict", "When"), verdict.when_in_words),
            Fact(_("Last day"), day(deadline.last_day) if deadline else _("no date was given")),
            Fact(_("Looked until"), day(verdict.looked_until)),
            Fact(_("Why"), verdict.note, somebody_wrote=True),
        ]
    )


def _given(facts: list[Fact]) -> list[Fact]:
    """Those that there are, each on one line."""
    return [replace(fact, text=one_line(fact.text, LONGEST_FACT)) for fact in facts if fact.text]


def _will_not(prediction: Prediction) -> bool:
    return prediction.polarity == Prediction.Polarity.WILL_NOT


def _facts(prediction: Prediction, deadline: Deadline) -> list[Fact]:
    """What a reader needs in order to judge the deadline."""
    words = in_quotes(prediction.horizon_text) if prediction.horizon_text else ""
    explained = in_words(deadline)
    first = prediction.says_again.statement if prediction.says_again else None
    return _given(
        [
            Fact(_("Said again"), _first_said(first) if first else ""),
            Fact(_("Words that say when"), "" if words in explained else words, somebody_wrote=True),
            Fact(_("How they became a date"), explained, somebody_wrote=True),
            Fact(_("Why that date"), deadline.reason, somebody_wrote=True),
            Fact(_("Only if"), prediction.condition, somebody_wrote=True),
            Fact(_("What counts"), prediction.criteria, somebody_wrote=True),
            Fact(_("Logged"), _logged(prediction, deadline)),
        ]
    )


def _logged(prediction: Prediction, deadline: Deadline) -> str:
    said = {"day": day(prediction.inked_on), "dated": day(deadline.made_on)}
    if deadline.last_day < prediction.inked_on:
        return _("%(day)s, in hindsight: after its day had passed") % said
    if prediction.in_hindsight:
        return _("%(day)s; dated on %(dated)s, in hindsight: after its day had passed") % said
    return said["day"]


def _first_said(statement: Statement) -> str:
    """As "first said on 1 October 2025", or "first said in October 2025" where the day is not known."""
    known = statement.said_precision == Precision.DAY
    words = _("first said on %(day)s") if known else _("first said in %(day)s")
    return words % {"day": statement.said}


def _deadline(prediction: Prediction) -> Deadline:
    deadline = prediction.deadline
    if deadline is None:
        raise ValueError("What has no date neither approaches nor falls due.")
    return deadline


def _weekday(when: date) -> str:
    return _("%(weekday)s, %(day)s") % {"weekday": written(when, "l"), "day": day(when)}
