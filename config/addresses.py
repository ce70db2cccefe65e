"""What the environment says, read. What is malformed ends the program with one line that says what to do.

No value is repeated in that line: it may hold a password.
"""

from __future__ import annotations

import logging
import zoneinfo
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASE = "postgres://user:password@host:5432/name or sqlite:////folder/file.sqlite3"
MAIL = "smtp://host:25 or smtp+tls://user:password@host:587"
BROKER = "redis://host:6379/0 or unix:///folder/socket"

DATABASES = {"postgres", "postgresql", "sqlite"}
MAILS = {"smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail"}
BROKERS = {"redis", "rediss", "unix"}

LONGEST_AHEAD = 3_660
"""Days, some ten years. On its last day nothing is announced any more: when that is over, it fell due."""


def database(url: str) -> dict[str, Any]:
    """Return Django's settings of the database at ``url``."""
    parts = _split("DATABASE_URL", url, DATABASES, DATABASE)
    if parts.scheme != "sqlite" and not parts.path.strip("/"):
        raise _malformed("DATABASE_URL", "names no database", DATABASE)
    if parts.scheme == "sqlite" and len(parts.path) < 2:
        raise _malformed("DATABASE_URL", "names no file", DATABASE)
    try:
        return dict(environ.Env.db_url_config(url))
    except (ImproperlyConfigured, ValueError, KeyError):
        raise _malformed("DATABASE_URL", "cannot be read", DATABASE) from None


def mail(url: str) -> dict[str, Any]:
    """Return Django's settings of the mail server at ``url``."""
    parts = _split("EMAIL_URL", url, MAILS, MAIL)
    if parts.scheme.startswith("smtp") and not parts.hostname:
        raise _malformed("EMAIL_URL", "names no host", MAIL)
    try:
        return dict(environ.Env.email_url_config(url))
    except (ImproperlyConfigured, ValueError, KeyError):
        raise _malformed("EMAIL_URL", "cannot be read", MAIL) from None


def broker(url: str) -> str:
    """Return ``url`` if it can be a broker's."""
    parts = _split("REDIS_URL", url, BROKERS, BROKER)
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        raise _malformed("REDIS_URL", f"names no {'socket' if parts.scheme == 'unix' else 'host'}", BROKER)
    return url


def zone(name: str) -> str:
    """Return ``name`` if it is a time zone's."""
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise _malformed(
            "TIME_ZONE", f"is “{name}”, and no time zone is called so", "Europe/Berlin or UTC"
        ) from None
    return name


def whole(variable: str, value: str, default: int) -> int:
    """Return ``value`` as a whole number; ``default`` if it is empty."""
    try:
        return int(value or default)
    except ValueError:
        raise _malformed(variable, "is no whole number", str(default)) from None


def count(variable: str, value: str) -> int:
    """Return ``value`` as a whole number that is not negative; 0 if it is empty."""
    number = whole(variable, value, 0)
    if number < 0:
        raise _malformed(variable, "is less than none", "1")
    return number


def some(variable: str, value: str, default: int) -> int:
    """Return ``value`` as a whole number that is at least one; ``default`` if it is empty."""
    number = whole(variable, value, default)
    if number < 1:
        raise _malformed(variable, "is less than one", str(default))
    return number


def days_before(variable: str, value: str) -> list[int]:
    """Return ``value`` as numbers of days before a day; none if it is empty."""
    try:
        numbers = [int(part) for part in value.split(",") if part.strip()]
    except ValueError:
        raise _malformed(variable, "is no row of whole numbers", "30,7") from None
    if any(not 1 <= number <= LONGEST_AHEAD for number in numbers):
        raise _malformed(variable, f"holds a number of days that is not from 1 to {LONGEST_AHEAD}", "30,7")
    return numbers


def log_level(value: str) -> str:
    """Return ``value`` if it is a level of logging; INFO if it is empty."""
    level = (value or "INFO").upper()
    if level not in logging.getLevelNamesMapping():
        raise _malformed("LOG_LEVEL", f"is “{value}”, and no level is called so", "INFO or WARNING")
    return level


def _split(variable: str, url: str, schemes: set[str], example: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _malformed(variable, "has no number for its port, or a bracket too many", example) from None
    if parts.scheme not in schemes:
        raise _malformed(
            variable, f"does not begin with any of {', '.join(sorted(schemes))} and a “:”", example
        )
    if port == 0:
        raise _malformed(variable, "has port 0", example)
    return parts


def _malformed(variable: str, why: str, example: str) -> SystemExit:
    return SystemExit(f"{variable} {why}. Give it like {example}, or leave it unset.")
