"""What beat wakes. Each is three lines round a function; the clock is read here and nowhere below."""

from __future__ import annotations

from datetime import UTC, datetime

from celery import shared_task
from django.conf import settings

from ledger import agenda, due, pulse
from ledger.dashboard import pictures
from ledger.house_rules import HouseRules
from ledger.judging import corrections, resolution, snapshots
from ledger.log import sealing
from ledger.moments import day_of
from ledger.post import outbox, subscriptions
from ledger.post.channels import posting


def moment() -> datetime:
    return datetime.now(UTC)


@shared_task
def flag_due() -> int:
    at = moment()
    flagged = due.flag_due(on=day_of(at), at=at)
    pulse.beat("flag_due", at=moment())
    return flagged


@shared_task
def send_alerts() -> int:
    sent = outbox.send(at=moment)
    pulse.beat("send_alerts", at=moment())
    return sent


@shared_task
def post_to_channels() -> int:
    posted = posting.send(at=moment)
    pulse.beat("post_to_channels", at=moment())
    return posted


@shared_task
def forget_readers() -> int:
    at = moment()
    return subscriptions.forget_unconfirmed(at) + subscriptions.forget_who_left(at)


@shared_task
def owe_corrections() -> None:
    corrections.owe_unanswered(at=moment(), rules=HouseRules.here())


@shared_task
def mend_agenda() -> int:
    return agenda.mend()


@shared_task
def seal() -> int:
    sealed = sealing.seal(at=moment())
    pulse.beat("seal", at=moment())
    return sealed


@shared_task
def end_notices() -> int:
    final = resolution.finalise(at=moment())
    pulse.beat("end_notices", at=moment())
    return final


@shared_task
def reckon() -> int:
    from ledger.counting import reckoning  # noqa: PLC0415  (SciPy: a second and 60 MB that only who counts pays)

    counted = reckoning.reckon(on=day_of(moment()), at=moment)
    if not reckoning.is_under_way():
        pulse.beat("reckon", at=moment())
    return counted


@shared_task
def draw() -> int:
    drawn = pictures.redraw(stored=lambda: pulse.beat("draw", at=moment()))
    pulse.beat("draw", at=moment())
    return drawn


@shared_task
def hash_evidence() -> int:
    return snapshots.take_missing(at=moment) if settings.FETCH_EVIDENCE else 0
