"""Signed links in mails: what proves, without an account, that somebody reads a mailbox."""

from __future__ import annotations

from enum import StrEnum

from django.core.signing import BadSignature, Signer

from ledger.models import Subscription


class Purpose(StrEnum):
    """What a link may do. One that ends a subscription cannot begin it."""

    CONFIRM = "confirm"
    END = "end"


def token(subscription: Subscription, purpose: Purpose) -> str:
    """The signed part of a link. Holds no address, and is the same in every copy of a mail."""
    return _signer(purpose).sign_object(subscription.pk)


def by_token(signed: str, purpose: Purpose) -> Subscription | None:
    """The subscription a link speaks of; None if the link was not ours, or for another purpose, or the subscription is gone."""
    try:
        pk = _signer(purpose).unsign_object(signed)
    except BadSignature:
        return None
    return Subscription.objects.select_related("subscriber", "speaker").filter(pk=pk).first()


def _signer(purpose: Purpose) -> Signer:
    return Signer(salt=f"hindsight.subscription.{purpose}", sep=".")
