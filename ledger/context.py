"""What the frame round every public page says: the day, the size of the ledger, who decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from ledger.wording import counted, number, sentence
from predictions.models import Prediction


@dataclass(frozen=True)
class Frame:
    """``review_mode`` says who decides an outcome, and how long a verdict is announced before it counts."""

    today: date
    logged: int
    review_mode: str
    site_url: str
    time_zone: str


def frame(today: date) -> Frame:
    return Frame(
        today=today,
        logged=Prediction.objects.count(),
        review_mode=review_mode(settings.REVIEWERS, settings.NOTICE_HOURS),
        site_url=settings.SITE_URL,
        time_zone=settings.TIME_ZONE,
    )


def review_mode(reviewers: int, notice_hours: int) -> str:
    """How verdicts are reached here, as a sentence without its full stop."""
    who = "One reviewer" if reviewers == 1 else f"{sentence(number(reviewers))} reviewers who must agree"
    notice = f"{counted(notice_hours, 'hour')} of notice" if notice_hours else "no notice period"
    return f"{who}, {notice} before a verdict counts"
