"""Times into a recording, as transcripts write them."""

from __future__ import annotations

from datetime import timedelta


def clock(written: str) -> timedelta | None:
    """``1:02:03``, ``02:03``, ``02:03.500`` or ``02:03,500`` as a span of time; None when it is none of these."""
    parts = written.strip().replace(",", ".").split(":")
    if not 2 <= len(parts) <= 3:
        return None
    try:
        *whole, seconds = parts
        numbers = [int(part) for part in whole]
        last = float(seconds)
    except ValueError:
        return None
    sixties = [last, *numbers[1:]] if len(parts) == 3 else [last]
    if max(sixties) >= 60 or min(last, *numbers) < 0 or max(numbers) > 999:
        return None
    hours = numbers[0] if len(numbers) == 2 else 0
    return timedelta(hours=hours, minutes=numbers[-1], seconds=last)
