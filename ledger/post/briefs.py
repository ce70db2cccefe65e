"""What is posted to a channel: the mail in brief, without a word about its reader and without a link that acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ledger.models import Channel, Delivery, Mail
from ledger.post import tidings
from ledger.post.letters import subject_of_many
from ledger.post.links import page
from ledger.post.tidings import Tidings
from ledger.wording import number, one_line

LONGEST = 1_300
"""Characters of a post, its title with it: Discord takes 2,000, and ntfy 4,096 bytes, of which a Chinese one has three."""
LONGEST_WORDS = 400
"""Of a quote, or of a claim in a list."""
JOINER = "\u2060"
"""Has no width and breaks no line. After an @ it makes a name a word: what somebody said calls nobody."""


@dataclass(frozen=True)
class Brief:
    """One post, as plain text."""

    title: str
    text: str


def write(mail: Mail, items: Sequence[Delivery]) -> Brief:
    """The post about ``items``, in the language of the channel. The same whenever it is asked."""
    with translation.override(mail.subscriber.language):
        told = [tidings.of(item) for item in items]
        brief = _one(told[0]) if len(told) == 1 else _many(mail, told)
    return Brief(title=_calling_nobody(brief.title), text=_calling_nobody(brief.text))


def trial(channel: Channel, language: str) -> Brief:
    """A post by which an editor sees whether ``channel`` is set up right."""
    with translation.override(language):
        return Brief(
            title=_("Hindsight posts here"),
            text=_("This is a trial. What the channel “%(name)s” follows will be told here.")
            % {"name": channel}
            + f"\n{page(reverse('dashboard'))}",
        )


def _one(told: Tidings) -> Brief:
    words = one_line(told.quoted, LONGEST_WORDS)
    said = _("%(when)s. %(text)s") % {"when": told.when, "text": told.text}
    parts = [words, told.byline, said, told.url]
    return Brief(title=told.subject, text="\n".join(part for part in parts if part))


def _many(mail: Mail, told: Sequence[Tidings]) -> Brief:
    """As many as there is room for; of the rest, how many there are."""
    title = subject_of_many(mail, told)
    lines, room = list[str](), LONGEST - len(title) - len(_rest(mail.surplus + len(told)))
    for place, one in enumerate(told):
        line = _line(one)
        room -= len(line) + 1
        if room < 0:
            return Brief(title, "\n".join([*lines, _rest(mail.surplus + len(told) - place)]))
        lines.append(line)
    return Brief(title, "\n".join([*lines, *([_rest(mail.surplus)] if mail.surplus else [])]))


def _line(told: Tidings) -> str:
    return f"• {one_line(told.claim, LONGEST_WORDS)}\n  {told.whole_line}\n  {told.url}"


def _rest(n: int) -> str:
    return _("And %(n)s more: %(url)s") % {"n": number(n), "url": page(reverse("due"))}


def _calling_nobody(text: str) -> str:
    return text.replace("@", f"@{JOINER}")
