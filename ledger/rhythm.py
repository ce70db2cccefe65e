"""When a reader is written to: at once, or in one mail a day or a week, at an hour of their own clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

HOUR = 8
"""At which a digest goes out unless its reader chose another."""
MONDAY = 0


class Rhythm(TextChoices):
    AT_ONCE = "at_once", pgettext_lazy("how often", "at once")
    DAILY = "daily", pgettext_lazy("how often", "once a day, in one mail")
    WEEKLY = "weekly", pgettext_lazy("how often", "on Mondays, in one mail")


def next_turn(rhythm: Rhythm, hour: int, zone: ZoneInfo, after: datetime) -> datetime:
    """The first moment later than ``after`` at which a reader of this rhythm is written to; ``after`` itself if at once.

    One turn a day of the reader's own calendar: where the clock skips the hour, it comes as much
    later as was skipped; where the hour comes twice, the first counts.
    """
    if rhythm == Rhythm.AT_ONCE:
        return after
    day = after.astimezone(zone).date()
    while True:
        turn = datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)
        if turn > after and (rhythm == Rhythm.DAILY or day.weekday() == MONDAY):
            return turn
        day += timedelta(days=1)
