"""What an installation may not be set to. Django runs these before its commands, and ``make run`` before it starts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error

SHORTEST_KEY = 50
"""Characters; what Django asks of a key too."""


def way_of_judging(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse what every page would promise and nothing would keep."""
    found: list[CheckMessage] = []
    if settings.REVIEWERS != 1:
        found.append(
            Error(
                f"REVIEWERS is {settings.REVIEWERS}, but every verdict counts when one reviewer has signed it.",
                hint="Leave REVIEWERS unset, or set it to 1.",
                id="hindsight.E001",
            )
        )
    if settings.NOTICE_HOURS != 0:
        found.append(
            Error(
                f"NOTICE_HOURS is {settings.NOTICE_HOURS}, but every verdict counts as soon as it is signed.",
                hint="Leave NOTICE_HOURS unset, or set it to 0.",
                id="hindsight.E002",
            )
        )
    return found


def public_address(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an address that no link in a mail could be made of."""
    at = urlsplit(settings.SITE_URL)
    if at.scheme in {"http", "https"} and at.hostname:
        return []
    return [
        Error(
            f"SITE_URL is “{settings.SITE_URL}”, and links in mails are made of it.",
            hint="Give it with scheme and host, like https://ledger.example.org.",
            id="hindsight.E003",
        )
    ]


def secret(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a key that can be guessed where strangers come in: it signs log-ins and the links that unsubscribe."""
    if settings.DEBUG or len(settings.SECRET_KEY) >= SHORTEST_KEY:
        return []
    return [
        Error(
            f"SECRET_KEY has {len(settings.SECRET_KEY)} characters; {SHORTEST_KEY} are needed.",
            hint="Leave SECRET_KEY unset, and a good one is made at the first start and kept.",
            id="hindsight.E004",
        )
    ]
