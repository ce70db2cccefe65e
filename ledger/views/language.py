"""The choice of a language, by a button in the foot of every page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ledger import languages
from ledger.languages import LANGUAGE

A_YEAR = 365 * 24 * 60 * 60


@csrf_exempt  # there is nothing in it to forge, and without a token a page is the same for everybody
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen in a cookie, and go back to the page it was chosen on."""
    back = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(_without_language(back))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def there(request: HttpRequest, name: str, *args: object) -> HttpResponseRedirect:
    """Lead to the page ``name``, in the language that the address of this one names, if it names any."""
    return HttpResponseRedirect(reverse(name, args=args) + languages.kept(request.GET.get(LANGUAGE, "")))


def _without_language(address: str) -> str:
    parts = urlsplit(address)
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != LANGUAGE
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))
