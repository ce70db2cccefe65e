"""The mails themselves: one thing told, many listed, or a question asked; as text and as HTML, in their reader's language."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import Policy
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ledger.log.sealing import latest_checkpoint
from ledger.models import Delivery, Mail, Subscriber, Subscription
from ledger.moments import day_of
from ledger.post import tidings, truth
from ledger.post.kinds import KINDS, VERDICTS
from ledger.post.lines import wrapped
from ledger.post.links import Ending, confirming, ending, managing, page
from ledger.post.tidings import LONGEST_SUBJECT, Tidings
from ledger.wording import day, number, one_line, sentence
from predictions.models import Prediction

SHOWN = 3
"""So many of the things somebody follows are named in a mail's foot."""


@dataclass(frozen=True)
class Reason:
    """Why somebody gets a mail, and how to get no more of it, as pairs of what it does and where it leads."""

    text: str
    ways_out: list[tuple[str, str]]
    one_click: str


class Letter(EmailMultiAlternatives):
    """A message that is put into the form it travels in once, as soon as it is written: no mail server waits for that."""

    form: EmailMessage | None = None

    def message(self, *, policy: Policy | None = None) -> EmailMessage:
        """Raise ValueError, whenever it is asked, if a header holds what no header may."""
        if self.form is None:
            self.form = super().message()
            self.form.as_bytes = cache(self.form.as_bytes)  # type: ignore[method-assign]
            self.form.as_bytes(linesep="\r\n")  # as SMTP wants it
        return self.form


def write(mail: Mail, items: Sequence[Delivery]) -> Letter:
    """The mail about ``items``, unsent, under its own Message-ID. Copies about the same are the same to the letter."""
    with translation.override(mail.subscriber.language):
        return _write(mail, items)


def _write(mail: Mail, items: Sequence[Delivery]) -> Letter:
    reader, first = mail.subscriber, items[0]
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if first.subscription:
        template, words = "question", _question(first.subscription, first)
    elif len(items) == 1 and first.kind != Delivery.Kind.REMINDER:
        told = tidings.of(first)
        template, words = "one", _one(told, reader)
        headers |= {"References": thread(told.prediction)} | _list(words["reason"])
    else:
        template, words = "many", _many(mail, [tidings.of(item) for item in items])
        headers |= _list(words["reason"])
    if "reason" in words:
        words["plain_reason"] = wrapped(words["reason"].text)
        words["checkpoint"] = latest_checkpoint(mail.made_at)
    letter = Letter(
        subject=words["subject"],
        body=render_to_string(f"mail/{template}.txt", words),
        to=[reader.address],
        headers=headers,
    )
    letter.attach_alternative(render_to_string(f"mail/{template}.html", words), "text/html")
    with suppress(ValueError):  # it is told who hands the mail over
        letter.message()
    return letter


def thread(prediction: Prediction) -> str:
    """The id that all mails about ``prediction`` refer to, so that mailboxes keep them together."""
    return f"<{uuid.uuid5(uuid.NAMESPACE_OID, f'prediction:{prediction.pk}')}@{_host()}>"


def _list(reason: Reason) -> dict[str, str]:
    """The headers by which mail programs file and end what is sent to many (RFC 2919, 8058)."""
    return {
        "List-ID": f"<mail.{_host()}>",
        "List-Unsubscribe": f"<{reason.one_click}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _question(subscription: Subscription, asked: Delivery) -> dict[str, Any]:
    # A stranger's own words have no place in a subject that goes to an address the stranger gave.
    subject = _("a search") if subscription.words else subscription.subject
    asked_on = day(day_of(asked.owed_at))
    asks = _("Please confirm: mail about %(subject)s") % {"subject": subject}
    return {
        "subject": one_line(asks, LONGEST_SUBJECT),
        "about": one_line(subscription.about),
        "asked_on": asked_on,
        "asked_at": f"{settings.SITE_URL}{reverse('subscribe')}",
        "confirm_url": confirming(subscription),
    }


def _one(told: Tidings, reader: Subscriber) -> dict[str, Any]:
    return {
        "subject": told.subject,
        "told": told,
        "reason": _reason_of_one(told, reader),
        "manage_url": managing(reader),
        "plain_claim": wrapped(told.claim),
        "plain_quote": wrapped(told.quoted, indent=2),
        "plain_byline": wrapped(told.byline, indent=2),
        "plain_text": wrapped(told.text),
        "plain_facts": "\n".join(
            wrapped(_("%(name)s: %(fact)s") % {"name": fact.name, "fact": fact.text}, indent=2, hang=2)
            for fact in told.facts
        ),
    }


def _many(mail: Mail, told: Sequence[Tidings]) -> dict[str, Any]:
    reader = mail.subscriber
    groups = [(KINDS[kind], [one for one in told if one.kind == kind]) for kind in KINDS]
    parts = [(words, listed) for words, listed in groups if listed]
    more = _("%(n)s more") % {"n": number(mail.surplus)} if mail.surplus else ""
    return {
        "subject": subject_of_many(mail, told),
        "day": day(mail.made_at.astimezone(reader.zone).date()),
        "parts": parts,
        "verdicts": VERDICTS,
        "plain_parts": [(words, [_entry(one) for one in listed]) for words, listed in parts],
        "more": more,
        "due_url": page(reverse("due")),
        "desk_url": f"{settings.SITE_URL}{reverse('desk')}" if _waits_for_verdicts(told) else "",
        "reason": _reason_of_many(told, reader),
        "manage_url": managing(reader),
    }


def subject_of_many(mail: Mail, told: Sequence[Tidings]) -> str:
    """As "Two predictions fell due, one verdict, and 12 more"."""
    numbers = Counter(one.kind for one in told)
    said = _(", ").join(KINDS[kind].counted(numbers[kind]) for kind in KINDS if numbers[kind])
    more = _(", and %(n)s more") % {"n": number(mail.surplus)} if mail.surplus else ""
    return sentence(said) + more


def _entry(told: Tidings) -> str:
    """A line of a digest as text."""
    return "\n".join((wrapped(told.claim, indent=2), wrapped(told.whole_line, indent=4), f"    {told.url}"))


def _reason_of_one(told: Tidings, reader: Subscriber) -> Reason:
    if reader.user:
        return _reason_of_account([told], reader)
    subscription = truth.mandate(reader.followed, told.prediction)
    end = ending(reader, Ending.SUBSCRIPTION, subscription.pk) if subscription else ending(reader, Ending.ALL)
    about = one_line(subscription.about) if subscription else _("this")
    since = subscription.confirmed_at if subscription else None
    said = {"about": about, "day": day(day_of(since)) if since else ""}
    ways_out = [
        (_("Not this prediction again"), ending(reader, Ending.PREDICTION, told.prediction.pk)),
        (_no_more_of(told.kind), ending(reader, Ending.KIND, told.kind)),
    ]
    if subscription:
        ways_out.append(
            (_("End this subscription: %(subject)s") % {"subject": one_line(subscription.subject)}, end)
        )
    return Reason(
        text=_("You get this because you said on %(day)s that you want to hear of %(about)s.") % said
        if since
        else _("You get this because you said that you want to hear of %(about)s.") % said,
        ways_out=[*ways_out, (_("No more mail at all"), ending(reader, Ending.ALL))],
        one_click=end,
    )


def _reason_of_many(told: Sequence[Tidings], reader: Subscriber) -> Reason:
    if reader.user:
        return _reason_of_account(told, reader)
    followed = [one_line(one.subject) for one in reader.followed]
    shown = _(", ").join(followed[:SHOWN])
    if followed[SHOWN:]:
        shown = _("%(these)s and %(n)s more") % {"these": shown, "n": number(len(followed) - SHOWN)}
    return Reason(
        text=_("You get this because you follow %(these)s.") % {"these": shown},
        ways_out=_ways_out(told, reader),
        one_click=ending(reader, Ending.ALL),
    )


def _reason_of_account(told: Sequence[Tidings], reader: Subscriber) -> Reason:
    verdicts, corrections = _waits_for_verdicts(told), any(one.desk for one in told)
    if verdicts and corrections:
        text = _("You get this because your account may give verdicts and answer corrections.")
    elif corrections:
        text = _("You get this because your account may answer corrections.")
    else:
        text = _("You get this because your account may give verdicts.")
    return Reason(text, ways_out=_ways_out(told, reader), one_click=ending(reader, Ending.ALL))


def _waits_for_verdicts(told: Sequence[Tidings]) -> bool:
    return any(one.kind == Delivery.Kind.REMINDER for one in told)


def _ways_out(told: Sequence[Tidings], reader: Subscriber) -> list[tuple[str, str]]:
    kinds = dict.fromkeys(one.kind for one in told)
    return [
        *((_no_more_of(kind), ending(reader, Ending.KIND, kind)) for kind in kinds),
        (_("No more mail at all"), ending(reader, Ending.ALL)),
    ]


def _no_more_of(kind: str) -> str:
    return _("No more mail of this kind: %(kind)s") % {"kind": KINDS[kind].name}


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
