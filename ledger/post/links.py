"""Links in mails, in the language that is active; the signed ones prove, without an account, that somebody reads a mailbox."""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import get_language

from ledger import languages
from ledger.models import Subscriber, Subscription


class Purpose(StrEnum):
    """What a link may do. One that ends a subscription cannot begin it, nor show what is known of its reader."""

    CONFIRM = "confirm"
    END = "end"
    MANAGE = "manage"


class Ending(StrEnum):
    """How much is ended at once."""

    ALL = "all"
    SUBSCRIPTION = "subscription"
    KIND = "kind"
    PREDICTION = "prediction"


def confirming(subscription: Subscription) -> str:
    """Where the owner of a mailbox says yes to ``subscription``."""
    return _link("confirm", token(subscription, Purpose.CONFIRM))


def ending(reader: Subscriber, what: Ending, *value: object) -> str:
    """Where ``reader`` ends one thing, named by ``value``, or all."""
    return _link("unsubscribe", token(reader, Purpose.END), what, *value)


def managing(reader: Subscriber) -> str:
    """Where ``reader`` sees and changes what they get."""
    return _link("manage", token(reader, Purpose.MANAGE))


def token(row: Subscriber | Subscription, purpose: Purpose) -> str:
    """The signed part of a link. Holds no address, and is the same in every copy of a mail."""
    return _signer(purpose).sign_object(row.pk)


def subscription_of(signed: str) -> Subscription | None:
    """The subscription that a link confirms; None if the link was not ours, or for another purpose, or it is gone."""
    pk = _read(signed, Purpose.CONFIRM)
    return Subscription.objects.select_related("subscriber").with_subject().filter(pk=pk).first()


def reader_of(signed: str, purpose: Purpose) -> Subscriber | None:
    """Whose link it is; None as above."""
    return Subscriber.objects.select_related("user").filter(pk=_read(signed, purpose)).first()


def _read(signed: str, purpose: Purpose) -> int:
    """The number of the row that a link is for; 0, which no row has, if it is not ours."""
    try:
        pk = _signer(purpose).unsign_object(signed)
    except BadSignature:
        return 0
    return pk if isinstance(pk, int) else 0


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"hindsight.mail.{purpose}", sep=".")


def page(path: str) -> str:
    """The whole address of ``path``, in the language that is active: whoever reads a mail in it wants the page in it."""
    return languages.address(path, get_language() or settings.LANGUAGE_CODE)


def _link(name: str, *args: object) -> str:
    return page(reverse(name, args=args))
