"""In which language the public pages are written: what the address names, what the reader chose, what their browser asks for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

IN_ENGLISH = ("/admin/", "/api/", "/feeds/")
PROGRAMS_READ = (".csv", ".ics", ".png")
"""What is written in one language alone: the desks, and what programs read."""


class PublicLanguage(LocaleMiddleware):
    """Django's choice of a language by cookie and browser, for the public pages only; ``?lang=`` goes before both."""

    def process_request(self, request: HttpRequest) -> None:
        asked = settings.LANGUAGE_CODE if _in_english(request) else request.GET.get("lang", "").lower()
        if asked not in dict(settings.LANGUAGES):
            super().process_request(request)
            return
        translation.activate(asked)
        request.LANGUAGE_CODE = asked

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if _in_english(request) else super().process_response(request, response)


def _in_english(request: HttpRequest) -> bool:
    return request.path.startswith(IN_ENGLISH) or request.path.endswith(PROGRAMS_READ)
