"""The ``--at`` of commands: another moment than now, for trying out and for making good."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime


def moment(text: str) -> datetime:
    """A moment from ISO text; without an offset it is in the installation's time zone."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise ArgumentTypeError(
            f"“{text}” is no moment. Write it like 2026-11-22T06:00 or 2026-11-22T06:00+08:00."
        )
    return found if timezone.is_aware(found) else timezone.make_aware(found, timezone.get_default_timezone())
