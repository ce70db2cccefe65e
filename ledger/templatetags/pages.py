"""What the public pages' templates can say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.dateformat import format as written
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from ledger import languages, marks, readings, wording
from ledger.dashboard import captions, linked_data
from ledger.dashboard.context import Frame, frame
from ledger.dashboard.picked import picked
from ledger.drawing import stack
from ledger.drawing.axis import Tick
from ledger.entries import Entry, Stands
from ledger.scoring.intervals import Range
from predictions.models import Source, Speaker, Topic
from predictions.spelling import spelled

if TYPE_CHECKING:
    from django.contrib.auth.models import User

register = template.Library()

register.filter("number", wording.number)
register.filter("percent", wording.percent)
register.filter("percents", wording.percents)
register.filter("span", wording.span)
register.filter("sentence", wording.sentence)
register.filter("counted", wording.counted)
register.filter("tongue", wording.tongue)
register.filter("in_quotes", wording.in_quotes)
register.filter("known", spelled)
register.filter("day", wording.day, expects_localtime=True)
register.filter("short_day", wording.short_day, expects_localtime=True)
register.filter("moment", wording.moment, expects_localtime=True)


@register.simple_tag(takes_context=True)
def page_frame(context: Context) -> Frame:
    """The day, the size of the ledger, the review mode: for the frame of every page."""
    return frame(timezone.localdate(), getattr(context.get("request"), "edition", ""))


@register.simple_tag(takes_context=True)
def language_kept(context: Context) -> str:
    """What follows the address of a form that is sent from here, so that the answer is in the language that this address names."""
    return languages.kept(context["request"].GET.get(languages.LANGUAGE, ""))


@register.simple_tag(takes_context=True)
def canonical(context: Context, query: str = "") -> SafeString:
    """The one address of this page, and where it is in each language. ``query`` is what of it stands after the "?"."""
    at = languages.addresses(context["request"].path, query)
    usual = at[settings.LANGUAGE_CODE]
    return format_html(
        '<link rel="canonical" href="{}">', at.get(get_language() or "", usual)
    ) + format_html_join(
        "", '<link rel="alternate" hreflang="{}" href="{}">', [*at.items(), ("x-default", usual)]
    )


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> str:
    """What the block ``name`` of the page says, once more, as plain text for an attribute."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return " ".join(unescape(strip_tags(block.nodelist.render(context))).split())


@register.simple_block_tag(end_name="endclosed_up")
def closed_up(content: SafeString) -> SafeString:
    """A part of a page as its language is set: no spaces after the stops of Chinese."""
    return mark_safe(wording.closed_up(content)) if (get_language() or "").startswith("zh") else content  # noqa: S308


register.filter("in_words", readings.in_words)
register.filter("rule_of", readings.of)
register.filter("undated_because", readings.undated_because)


@register.filter
def weekday(day: date) -> str:
    """As "Sunday 29 November 2026"."""
    return written(day, pgettext("a day in full", "l j F Y"))


@register.simple_tag
def linked(entry: Entry) -> SafeString:
    """What ``entry`` is, for machines. A data block is not run, so the content security policy leaves it alone."""
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(linked_data.written(linked_data.of(entry))),  # noqa: S308  # escaped as JSON escapes
    )


@register.inclusion_tag("ledger/parts/picked.html")
def picked_by_hand(of: Speaker | Topic | Source | list[Speaker] | None = None) -> dict[str, bool]:
    """The notice over shares that rest on entries picked by hand, of one subject or of the whole ledger."""
    return {"picked": picked(of), "all": isinstance(of, Source)}


@register.filter
def times(n: int) -> str:
    return wording.times(n)


@register.filter
def how_many(n: int) -> str:
    """A number that stands alone: "none", "one", "13"."""
    return wording.number(n) if n else _("none")


@register.filter
def mark(entry: Stands) -> marks.Mark:
    """The shape and words that say how ``entry`` stands."""
    return marks.mark(entry)


@register.filter
def cell(name: str) -> marks.Mark:
    """The shape and words of a cell of the due cohort."""
    return marks.CELLS[name]


@register.filter
def between(low: float, high: float) -> str:
    """``low|between:high``: two shares as "18 to 43%"."""
    return wording.percents(Range(low, high))


@register.filter
def days_from(day: date, start: date) -> int:
    """How many days ``day`` comes after ``start``."""
    return (day - start).days


@register.filter
def of(rows: Mapping[int, Sequence[str]], number: int) -> Sequence[str]:
    """What a table keyed by numbers has of ``number``; nothing where it has none."""
    return rows.get(number, ())


@register.filter
def days_to(day: date, end: date) -> int:
    """How many days lie between ``day`` and ``end``."""
    return (end - day).days


@register.filter
def across(share: float) -> float:
    """Where a share lies on a line from 0 to 1 with a little room at both ends, in per cent of the width."""
    return round(2 + 96 * share, 2)


@register.filter
def reviewer(user: User | None) -> str:
    """Who judged, by their public name."""
    return wording.public_name(user, _("a reviewer"))


@register.filter
def editor(user: User | None) -> str:
    """Who wrote it down, by their public name."""
    return wording.public_name(user, _("an editor"))


@register.filter
def figure(number: Decimal) -> str:
    """A number without the zeros that only its column has."""
    return f"{number.normalize():,f}"


@register.filter
def host(url: str) -> str:
    """Whose address it is."""
    return urlsplit(url).hostname or url


TICKS = {
    "year": pgettext_lazy("at a tick", "Y"),
    "month": pgettext_lazy("at a tick", "M"),
    "month and year": pgettext_lazy("at a tick", "M Y"),
}


@register.filter
def at_tick(tick: Tick) -> str:
    """What is written at a tick of an axis of days."""
    return written(tick.day, str(TICKS[tick.shows]))


# -- charts ----------------------------------------------------------------------------------------


@register.filter
def of_whom(finding: str, name: object) -> str:
    """``finding`` with the name of whom it is about before it, if one is given."""
    return _("%(name)s: %(finding)s") % {"name": name, "finding": finding} if name else finding


register.filter("blocks", stack.blocks)
register.filter("reach", stack.reach)
register.filter("due_finding", captions.of_due)
register.filter("delivery_finding", captions.of_delivery)
register.filter("slips_finding", captions.of_slips)
register.filter("odds_finding", captions.of_odds)
register.filter("delivery_reading", captions.read_delivery)
register.filter("odds_reading", captions.read_odds)
register.filter("spark_finding", captions.of_spark)
register.filter("test_name", captions.test_name)
register.filter("test_words", captions.test_words)


@register.filter
def odds(share: float) -> str:
    """A stated probability as it was stated, no digit lost: "10%", "97.5%"."""
    return f"{share * 100:g}%"
