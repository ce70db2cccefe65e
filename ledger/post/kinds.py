"""How the kinds of what is told are called."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy
from django_stubs_ext import StrOrPromise

from ledger.models import Delivery
from ledger.wording import number

KIND = Delivery.Kind
VERDICTS = {KIND.INTENDED, KIND.RESOLVED}
"""Kinds whose news is not said by the head of their part."""


@dataclass(frozen=True)
class Words:
    """How a kind is called: as a part of a digest, counted, and to whom it is switched off."""

    head: StrOrPromise
    several: StrOrPromise
    name: StrOrPromise

    def counted(self, n: int) -> str:
        """As "three predictions fell due"."""
        return str(self.several % {"many": n, "n": number(n)})


TO_ACCOUNTS = {KIND.REMINDER, KIND.TO_ANSWER}
"""Kinds that no subscriber gets, nor any channel."""

KINDS: dict[str, Words] = {
    KIND.TO_ANSWER: Words(
        gettext_lazy("Waiting for an answer"),
        ngettext_lazy("%(n)s correction waits for an answer", "%(n)s corrections wait for an answer", "many"),
        pgettext_lazy("kind of mail", "corrections that wait for an answer"),
    ),
    KIND.REMINDER: Words(
        gettext_lazy("Waiting for a verdict"),
        ngettext_lazy("%(n)s prediction waits for a verdict", "%(n)s predictions wait for a verdict", "many"),
        pgettext_lazy("kind of mail", "reminders"),
    ),
    KIND.FELL_DUE: Words(
        gettext_lazy("Fell due"),
        ngettext_lazy("%(n)s prediction fell due", "%(n)s predictions fell due", "many"),
        pgettext_lazy("kind of mail", "predictions that fell due"),
    ),
    KIND.INTENDED: Words(
        pgettext_lazy("verdicts", "Announced"),
        ngettext_lazy("%(n)s verdict is announced", "%(n)s verdicts are announced", "many"),
        pgettext_lazy("kind of mail", "verdicts that are announced"),
    ),
    KIND.RETRACTED: Words(
        pgettext_lazy("verdicts", "Taken back before they were final"),
        ngettext_lazy(
            "%(n)s announced verdict was taken back", "%(n)s announced verdicts were taken back", "many"
        ),
        pgettext_lazy("kind of mail", "announced verdicts that were taken back"),
    ),
    KIND.RESOLVED: Words(
        gettext_lazy("Verdicts"),
        ngettext_lazy("%(n)s verdict", "%(n)s verdicts", "many"),
        pgettext_lazy("kind of mail", "verdicts"),
    ),
    KIND.CORRECTED: Words(
        pgettext_lazy("news", "Corrected"),
        ngettext_lazy("%(n)s correction", "%(n)s corrections", "many"),
        pgettext_lazy("kind of mail", "corrections"),
    ),
    KIND.APPROACHING: Words(
        pgettext_lazy("deadlines", "Coming up"),
        ngettext_lazy("%(n)s deadline comes near", "%(n)s deadlines come near", "many"),
        pgettext_lazy("kind of mail", "deadlines that come near"),
    ),
}
"""In the order in which they stand in a digest. Where a mail has no room for all, what comes first is listed."""

PLACE = {kind: place for place, kind in enumerate(KINDS)}
