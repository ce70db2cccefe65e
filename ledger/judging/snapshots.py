"""Hashing what evidence points to: every piece that lacks its snapshot gets one, if this installation does so at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F, Q

from ledger.judging.fetching import USUAL, NotFetched, Way, fetch
from ledger.models import Evidence, Snapshot

ROUND = 10
"""Addresses that are looked at in one turn of the job, at most."""
TURN = timedelta(seconds=20)
"""After this no further one is begun: searches wait behind this job."""
AGAIN_AFTER = timedelta(days=1)
LOOKS = 3
"""What could not be read may have been away, or this machine's network was: it is looked at again, so often in all."""


def take_missing(at: Callable[[], datetime], way: Way = USUAL) -> int:
    """Look at up to ``ROUND`` pieces whose turn it is, return how many that were: first what nobody looked at, the latest first.

    ``at`` tells the moment. Twice, or on two machines at once, gives one snapshot a piece.
    """
    began, looked = at(), 0
    failed = Q(snapshot__sha256="", snapshot__looks__lt=LOOKS, snapshot__taken_at__lte=began - AGAIN_AFTER)
    lacking = Evidence.objects.filter(Q(snapshot__isnull=True) | failed).select_related("snapshot")
    for piece in lacking.order_by(F("snapshot__taken_at").asc(nulls_first=True), "-pk")[:ROUND]:
        if at() - began > TURN:
            break
        before = getattr(piece, "snapshot", None)
        _keep(_look(piece, at, way), before)
        looked += 1
    return looked


def _keep(seen: Snapshot, before: Snapshot | None) -> None:
    """Store what was seen, in the place of the failure ``before`` it, unless another machine did meanwhile."""
    if before is None:
        Snapshot.objects.bulk_create([seen], ignore_conflicts=True)
    else:
        Snapshot.objects.filter(pk=before.pk, looks=before.looks).update(
            sha256=seen.sha256,
            size=seen.size,
            failure=seen.failure,
            taken_at=seen.taken_at,
            looks=before.looks + 1,
        )


def _look(piece: Evidence, at: Callable[[], datetime], way: Way) -> Snapshot:
    try:
        seen = fetch(piece.url, way)
    except NotFetched as why_not:
        return Snapshot(evidence=piece, failure=str(why_not)[:200], taken_at=at())
    return Snapshot(evidence=piece, sha256=seen.sha256, size=seen.size, taken_at=at())
