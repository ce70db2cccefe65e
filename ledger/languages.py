"""Where a page is read in each language: the address names it, so that whoever keeps an address keeps the language."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.utils.encoding import iri_to_uri

LANGUAGE = "lang"
"""What names a language in an address; there it goes before any choice."""


def addresses(path: str, query: str = "") -> dict[str, str]:
    """The whole address of the page at ``path`` by language code; ``query`` stands after its "?". The usual language is not named."""
    return {code: address(path, code, query) for code, _name in settings.LANGUAGES}


def address(path: str, language: str, query: str = "") -> str:
    """The one of these that is read in ``language``."""
    page = iri_to_uri(f"{settings.SITE_URL}{path}")
    parts = [query, "" if language == settings.LANGUAGE_CODE else f"{LANGUAGE}={language}"]
    asked = iri_to_uri("&".join(part for part in parts if part))
    return f"{page}?{asked}" if asked else page


def kept(asked: str) -> str:
    """What follows a path so that its page is in the language that was ``asked`` for in an address; empty if none was."""
    return f"?{urlencode({LANGUAGE: asked})}" if asked else ""
