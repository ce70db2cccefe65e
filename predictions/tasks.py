"""What beat wakes, and what an import wakes at once. The clock is read here and nowhere below."""

from __future__ import annotations

from datetime import UTC, datetime

from celery import shared_task

from predictions import finding


def moment() -> datetime:
    return datetime.now(UTC)


@shared_task
def find_candidates() -> int:
    return finding.go_on(moment)
