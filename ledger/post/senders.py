"""How much one place may send in a day. Of a place only the day's fingerprint is kept, and that until the next."""

from __future__ import annotations

import hashlib
import hmac
from datetime import date

from django.db.models import F

from ledger.models import Sender


def fingerprint(address: str, day: date, key: str) -> str:
    """What stands for a sender's ``address`` on one ``day``: it cannot be turned back, nor be followed to the next day."""
    return hmac.new(f"{key}:{day}".encode(), address.encode(), hashlib.sha256).hexdigest()[:32]


def may_send(sender: str, *, on: date, most: int) -> bool:
    """Count one more from the fingerprint ``sender``, and forget who sent on earlier days; say whether it is not above ``most``."""
    Sender.objects.filter(day__lt=on).delete()
    Sender.objects.get_or_create(fingerprint=sender, defaults={"day": on})
    return bool(Sender.objects.filter(fingerprint=sender, filed__lt=most).update(filed=F("filed") + 1))


def forget(sender: str) -> None:
    """Forget how often the fingerprint ``sender`` was counted."""
    Sender.objects.filter(fingerprint=sender).delete()
