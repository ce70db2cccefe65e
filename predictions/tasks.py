"""What beat wakes, and what an import wakes at once. The clock is read here and nowhere below."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from celery import shared_task
from kombu.exceptions import OperationalError

from predictions import finding

log = logging.getLogger(__name__)


def moment() -> datetime:
    return datetime.now(UTC)


@shared_task
def find_candidates() -> int:
    return finding.go_on(moment)


def begin_search() -> None:
    """Wake a worker now. If nobody can be reached, the next beat does."""
    try:
        find_candidates.apply_async(retry=False)
    except OperationalError:
        log.warning("the broker cannot be reached; the search begins with the next beat")
