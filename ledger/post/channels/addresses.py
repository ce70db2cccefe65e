"""Keeping the addresses of channels: whoever has one can post there, so no dump of the database gives one away."""

from __future__ import annotations

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from ledger.post.channels.answers import Unreadable

SERVICES = {
    "slack": "Slack",
    "discord": "Discord",
    "matrix": "Matrix",
    "matrixs": "Matrix",
    "ntfy": "ntfy",
    "ntfys": "ntfy",
    "json": "Web hook",
    "jsons": "Web hook",
}
"""The schemes that are taken, and whose they are. Apprise knows a hundred more, some of which run programs or read files."""


def sealed(address: str) -> str:
    """``address``, encrypted with a key made of ``SECRET_KEY``."""
    return _fernet().encrypt(address.encode()).decode()


def opened(sealed_address: str) -> str:
    """What ``sealed`` was given. Raises ``Unreadable`` if that was under another ``SECRET_KEY``."""
    try:
        return _fernet().decrypt(sealed_address.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _fernet() -> Fernet:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"hindsight.channels", "sha256")
    return Fernet(base64.urlsafe_b64encode(key))
