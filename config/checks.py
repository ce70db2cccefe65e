"""What an installation may not be set to. Django runs these before its commands, and ``make run`` before it starts."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error

from ledger.merkle.notes import BadNote
from ledger.merkle.signing import Signer

SHORTEST_KEY = 50
"""Characters; what Django asks of a key too."""
LONGEST_NOTICE = 24 * 90
"""Hours."""


def way_of_judging(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a way to a verdict that nothing keeps."""
    found: list[CheckMessage] = []
    if settings.REVIEWERS not in (1, 2):
        found.append(
            Error(
                f"REVIEWERS is {settings.REVIEWERS}; a verdict takes one, or two who agree.",
                hint="Set REVIEWERS to 1 or 2, or leave it unset, which is 1.",
                id="hindsight.E001",
            )
        )
    if not 0 <= settings.NOTICE_HOURS <= LONGEST_NOTICE:
        found.append(
            Error(
                f"NOTICE_HOURS is {settings.NOTICE_HOURS}, and no verdict can be announced for so long.",
                hint=f"Set NOTICE_HOURS to a number from 0 to {LONGEST_NOTICE}, or leave it unset.",
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


def log_key(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse what no checkpoint could be signed with."""
    try:
        Signer(settings.LOG_ORIGIN, settings.LOG_KEY)
    except BadNote as error:
        return [
            Error(
                f"The log cannot be signed: {error}.",
                hint="Leave LOG_KEY and LOG_ORIGIN unset: a key is made at the first start and kept, the name is SITE_URL’s host.",
                id="hindsight.E005",
            )
        ]
    return []
