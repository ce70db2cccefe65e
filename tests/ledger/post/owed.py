"""What tests of the outbox share: predictions that fell due, and mail about them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ledger import due
from ledger.models import Mail
from ledger.post import envelopes, outbox
from predictions.models import Prediction
from tests import factories
from tests.factories import noon

DUE = date(2026, 10, 1)
NEXT_DAY = DUE + timedelta(days=1)
NOW = noon(NEXT_DAY)


def fall_due(count: int = 1) -> list[Prediction]:
    """``count`` predictions that fell due on 1 October 2026 and are flagged on the day after."""
    fallen = [factories.prediction() for _ in range(count)]
    assert due.flag_due(on=NEXT_DAY, at=NOW) == count
    return fallen


def send(at: datetime = NOW) -> int:
    return outbox.send(at=lambda: at)


def the_mail() -> Mail:
    """The one mail there is, made if it was not yet."""
    envelopes.fill(NOW)
    return Mail.objects.get()
